using StoryLsp.Language.Text;
using StoryLsp.Protocol;
using TextEdit = StoryLsp.Language.Text.TextEdit;

namespace StoryLsp.Server.Session;

/// <summary>Applies the changes of <c>textDocument/didChange</c>, each to the text that the one before it left.</summary>
internal static class TextChanges
{
    public static SourceText Apply(SourceText text, IReadOnlyList<TextDocumentContentChangeEvent> changes, PositionEncoding encoding)
    {
        foreach (var change in changes)
        {
            text = change.TextDocumentContentChangePartial is { } part
                ? text.WithEdit(SpanOf(text, part.Range, encoding), part.Text)
                : SourceText.From(change.TextDocumentContentChangeWholeDocument!.Text);
        }

        return text;
    }

    private static TextSpan SpanOf(SourceText text, LspRange range, PositionEncoding encoding)
    {
        var start = OffsetOf(text, range.Start, encoding);
        var end = OffsetOf(text, range.End, encoding);
        return start <= end ? TextSpan.FromBounds(start, end) : TextSpan.FromBounds(end, start);
    }

    private static int OffsetOf(SourceText text, Position position, PositionEncoding encoding) =>
        text.GetOffset(new LinePosition(position.Line, position.Character), encoding);
}
