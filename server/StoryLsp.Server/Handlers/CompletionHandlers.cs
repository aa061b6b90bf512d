using System.Text.Json;
using StoryLsp.Features.Completion;
using StoryLsp.Language.Text;
using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Session;
using CompletionItem = StoryLsp.Protocol.CompletionItem;
using CompletionList = StoryLsp.Protocol.CompletionList;
using TextEdit = StoryLsp.Protocol.TextEdit;
using Item = StoryLsp.Features.Completion.CompletionItem;

namespace StoryLsp.Server.Handlers;

/// <summary><c>textDocument/completion</c> and <c>completionItem/resolve</c>.</summary>
internal static class CompletionHandlers
{
    public static void Register(LanguageConnection connection, EditorSession session)
    {
        connection.OnRequest(LspMethods.TextDocumentCompletion, (parameters, context) =>
            session.Answer(parameters.TextDocument.Uri, context, null, (place, cancel) => Complete(place, parameters, cancel)));
        connection.OnRequest(LspMethods.CompletionItemResolve, async (item, context) =>
        {
            if (item.Data is not { } data || Read(data) is not { } known)
            {
                return item;
            }

            return await session.Answer(known.Uri, context, item, (place, _) =>
                Completions.Documentation(place.Snapshot, known.Key, place.Links) is { } text
                    ? item with { Documentation = Explanation(session, text) }
                    : item).ConfigureAwait(false);
        });
    }

    private static CompletionResult? Complete(Place place, CompletionParams parameters, CancellationToken cancel)
    {
        // An editor that does not say why it asks may ask at every letter.
        var options = new Features.Completion.CompletionOptions(place.Session.Client.TakesSnippets, IsAsked: parameters.Context?.TriggerKind == CompletionTriggerKind.Invoked && place.Session.Client.SaysWhyItCompletes);
        var caret = place.OffsetOf(parameters.Position);
        var list = Completions.At(place.Snapshot, place.Path, caret, options, cancel);
        return CompletionResult.Of(new CompletionList
        {
            IsIncomplete = list.IsIncomplete,
            Items = [.. list.Items.Select(item => Convert(place, parameters.TextDocument.Uri, item, caret))],
        });
    }

    private static CompletionItem Convert(Place place, string uri, Item item, int caret) => new()
    {
        Label = item.Label,
        Kind = KindOf(item.Kind),
        Detail = item.Detail,
        Tags = item.IsDeprecated ? [CompletionItemTag.Deprecated] : null,
        FilterText = item.FilterText,
        SortText = item.SortText.Length == 0 ? null : item.SortText,
        TextEdit = EditOf(place, item, caret),
        InsertTextFormat = item.IsSnippet ? InsertTextFormat.Snippet : null,
        InsertTextMode = item.IsSnippet ? InsertTextMode.AdjustIndentation : InsertTextMode.AsIs,
        Documentation = item.Documentation is { } text ? Explanation(place.Session, text) : null,
        Command = item.AsksAgain && place.Session.Client.AsksAgainByCommand ? new Command { Title = "Suggest", Identifier = "editor.action.triggerSuggest" } : null,
        Data = item.Data is null ? null : JsonSerializer.SerializeToElement(new CompletionData(uri, item.Data), ServerJson.Default.CompletionData),
    };

    // Within a word an editor may put in what is chosen, or let it take the word's place.
    private static TextEditOrInsertReplaceEdit EditOf(Place place, Item item, int caret) =>
        place.Session.Client.InsertsOrReplaces && item.Span.Start <= caret && caret < item.Span.End
            ? new InsertReplaceEdit(item.NewText, place.RangeOf(TextSpan.FromBounds(item.Span.Start, caret)), place.RangeOf(item.Span))
            : new TextEdit(place.RangeOf(item.Span), item.NewText);

    private static StringOrMarkupContent Explanation(EditorSession session, string text) =>
        new MarkupContent(session.Client.TakesCompletionMarkdown ? MarkupKind.Markdown : MarkupKind.PlainText, text);

    private static CompletionData? Read(JsonElement data)
    {
        try
        {
            return data.Deserialize(ServerJson.Default.CompletionData) is { Uri: not null, Key: not null } known ? known : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static CompletionItemKind KindOf(CompletionKind kind) => kind switch
    {
        CompletionKind.Container => CompletionItemKind.Reference,
        CompletionKind.File => CompletionItemKind.File,
        CompletionKind.Heading => CompletionItemKind.Constant,
        CompletionKind.Field => CompletionItemKind.Property,
        CompletionKind.Value => CompletionItemKind.EnumMember,
        CompletionKind.Type => CompletionItemKind.Class,
        CompletionKind.Snippet => CompletionItemKind.Snippet,
        _ => CompletionItemKind.Text,
    };
}
