using StoryLsp.Features.Colours;
using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Session;

namespace StoryLsp.Server.Handlers;

/// <summary><c>textDocument/documentColor</c> and <c>colorPresentation</c>.</summary>
internal static class ColourHandlers
{
    public static void Register(LanguageConnection connection, EditorSession session)
    {
        connection.OnRequest(LspMethods.TextDocumentDocumentColor, (parameters, context) =>
            session.Answer<IReadOnlyList<ColorInformation>>(parameters.TextDocument.Uri, context, [], (place, cancel) =>
                [.. DocumentColours.In(place.Snapshot, place.Path, cancel).Select(found => new ColorInformation(place.RangeOf(found.Span), Convert(found.Colour)))]));
        connection.OnRequest(LspMethods.TextDocumentColorPresentation, (parameters, context) =>
            session.Answer<IReadOnlyList<ColorPresentation>>(parameters.TextDocument.Uri, context, [], (place, _) =>
                [.. DocumentColours.Texts(place.Snapshot, place.Path, place.SpanOf(parameters.Range), Convert(parameters.Color))
                    .Select(text => new ColorPresentation { Label = text.Label, TextEdit = new TextEdit(parameters.Range, text.NewText) })]));
    }

    private static Color Convert(Colour colour) => new(colour.Red / 255.0, colour.Green / 255.0, colour.Blue / 255.0, colour.Alpha / 255.0);

    private static Colour Convert(Color color) => new(Part(color.Red), Part(color.Green), Part(color.Blue), Part(color.Alpha));

    private static byte Part(double part) => (byte)Math.Round(Math.Clamp(double.IsNaN(part) ? 0 : part, 0, 1) * 255);
}
