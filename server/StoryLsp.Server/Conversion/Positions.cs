using StoryLsp.Index;
using StoryLsp.Language.Text;
using StoryLsp.Protocol;
using LinePosition = StoryLsp.Language.Text.LinePosition;

namespace StoryLsp.Server.Conversion;

/// <summary>Spans as the protocol's ranges.</summary>
internal static class Positions
{
    /// <summary>The range of a span of a text.</summary>
    public static LspRange Range(SourceText text, TextSpan span, PositionEncoding encoding) => Of(text.GetRange(Clamp(span, text.Length), encoding));

    /// <summary>The range of a span of a document; only encodings other than UTF-16 need its text.</summary>
    public static LspRange Range(Snapshot snapshot, string path, TextSpan span, PositionEncoding encoding)
    {
        if (encoding == PositionEncoding.Utf16 && snapshot.Facts(path) is { } facts)
        {
            return Of(facts.Lines.GetRange(Clamp(span, facts.Lines.TextLength)));
        }

        return snapshot.Text(path) is { } text ? Range(text, span, encoding) : new LspRange(new Position(0, 0), new Position(0, 0));
    }

    private static TextSpan Clamp(TextSpan span, int length) => TextSpan.FromBounds(Math.Min(span.Start, length), Math.Min(span.End, length));

    private static LspRange Of(LineRange range) => new(Of(range.Start), Of(range.End));

    private static Position Of(LinePosition position) => new(position.Line, position.Character);
}
