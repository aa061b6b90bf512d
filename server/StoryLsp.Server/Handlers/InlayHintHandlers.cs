using System.Text.Json;
using StoryLsp.Features.InlayHints;
using StoryLsp.Index;
using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Session;

namespace StoryLsp.Server.Handlers;

/// <summary><c>textDocument/inlayHint</c> and <c>inlayHint/resolve</c>, which says why a hint is true and leads there.</summary>
internal static class InlayHintHandlers
{
    public static void Register(LanguageConnection connection, EditorSession session)
    {
        connection.OnRequest(LspMethods.TextDocumentInlayHint, (parameters, context) =>
            session.Answer(parameters.TextDocument.Uri, context, null, (place, cancel) => (IReadOnlyList<InlayHint>?)[
                .. Hints.In(place.Snapshot, place.Path, place.SpanOf(parameters.Range), cancel).Select(hint => Convert(place, parameters.TextDocument.Uri, hint))]));
        connection.OnRequest(LspMethods.InlayHintResolve, async (hint, context) =>
            hint.Data is { } data && Read(data) is { Uri: not null } known
                ? await session.Answer(known.Uri, context, hint, (place, _) => Resolve(place, hint, known)).ConfigureAwait(false)
                : hint);
    }

    private static InlayHint Convert(Place place, string uri, Hint hint)
    {
        var data = new HintData(uri, (int)hint.Kind, hint.Subject.Index, hint.Other?.Path, hint.Other?.Index ?? 0);
        var converted = new InlayHint
        {
            Position = place.RangeOf(new(hint.Offset, 0)).Start,
            Label = (InlayHintLabelPart[])[new InlayHintLabelPart { Value = hint.Label }],
            PaddingLeft = true,
        };
        return place.Session.Client.ResolvesHints
            ? converted with { Data = JsonSerializer.SerializeToElement(data, ServerJson.Default.HintData) }
            : Resolve(place, converted, data);
    }

    private static InlayHint Resolve(Place place, InlayHint hint, HintData data)
    {
        if (!Enum.IsDefined((HintKind)data.Kind) ||
            HintDetails.Of(place.Snapshot, (HintKind)data.Kind, new(place.Path, data.Subject), data.Path is null ? null : new ContainerKey(data.Path, data.Index)) is not { } detail)
        {
            return hint;
        }

        var label = hint.Label.InlayHintLabelParts is [var first] ? first.Value : hint.Label.String ?? "";
        return hint with
        {
            Label = (InlayHintLabelPart[])[new InlayHintLabelPart { Value = label, Location = detail.Path is null ? null : place.LocationOf(detail.Path, detail.Span) }],
            Tooltip = new MarkupContent(MarkupKind.Markdown, detail.Tooltip),
        };
    }

    private static HintData? Read(JsonElement data)
    {
        try
        {
            return data.Deserialize(ServerJson.Default.HintData);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
