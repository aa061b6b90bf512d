using StoryLsp.Features.Formatting;
using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Session;
using LanguageEdit = StoryLsp.Language.Text.TextEdit;

namespace StoryLsp.Server.Handlers;

/// <summary><c>textDocument/formatting</c>, <c>rangeFormatting</c>, <c>rangesFormatting</c> and <c>onTypeFormatting</c>.</summary>
internal static class FormattingHandlers
{
    public static void Register(LanguageConnection connection, EditorSession session)
    {
        connection.OnRequest(LspMethods.TextDocumentFormatting, (parameters, context) =>
            session.Answer(parameters.TextDocument.Uri, context, null, (place, cancel) => Edits(place, DocumentFormats.Of(place.Snapshot, place.Path, OptionsOf(parameters.Options), cancel))));
        connection.OnRequest(LspMethods.TextDocumentRangeFormatting, (parameters, context) =>
            session.Answer(parameters.TextDocument.Uri, context, null, (place, cancel) => InRanges(place, [parameters.Range], parameters.Options, cancel)));
        connection.OnRequest(LspMethods.TextDocumentRangesFormatting, (parameters, context) =>
            session.Answer(parameters.TextDocument.Uri, context, null, (place, cancel) => InRanges(place, parameters.Ranges, parameters.Options, cancel)));
        connection.OnRequest(LspMethods.TextDocumentOnTypeFormatting, (parameters, context) =>
            session.Answer(parameters.TextDocument.Uri, context, null, (place, cancel) => Typed(place, parameters, cancel)));
    }

    private static IReadOnlyList<TextEdit>? InRanges(Place place, IReadOnlyList<LspRange> ranges, FormattingOptions options, CancellationToken cancel) =>
        Edits(place, DocumentFormats.InSpans(place.Snapshot, place.Path, [.. ranges.Select(place.SpanOf)], OptionsOf(options), cancel));

    private static IReadOnlyList<TextEdit>? Typed(Place place, DocumentOnTypeFormattingParams parameters, CancellationToken cancel) => parameters.Ch is [var typed]
        ? Edits(place, TypeFormatting.At(place.Snapshot, place.Path, place.OffsetOf(parameters.Position), typed, OptionsOf(parameters.Options), cancel))
        : null;

    private static IReadOnlyList<TextEdit>? Edits(Place place, IReadOnlyList<LanguageEdit> edits) =>
        edits.Count == 0 ? null : [.. edits.Select(edit => new TextEdit(place.RangeOf(edit.Span), edit.NewText))];

    private static FormatOptions OptionsOf(FormattingOptions options) => new()
    {
        IndentSize = options.TabSize,
        TrimsLineEnds = options.TrimTrailingWhitespace != false,
        TrimsEnd = options.TrimFinalNewlines != false,
        EndsLastLine = options.InsertFinalNewline == true,
    };
}
