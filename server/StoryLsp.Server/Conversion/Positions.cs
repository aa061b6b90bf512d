using StoryLsp.Features.Diagnostics;
using StoryLsp.Index;
using StoryLsp.Language.Text;
using StoryLsp.Protocol;
using LinePosition = StoryLsp.Language.Text.LinePosition;

namespace StoryLsp.Server.Conversion;

/// <summary>Spans as the protocol's ranges.</summary>
internal static class Positions
{
    /// <summary>The range of a span of a text.</summary>
    public static LspRange Range(SourceText text, TextSpan span, PositionEncoding encoding) => Of(text.GetRange(span, encoding));

    /// <summary>The range of a span of a document.</summary>
    public static LspRange Range(Snapshot snapshot, string path, TextSpan span, PositionEncoding encoding) => Of(Ranges.Of(snapshot, path, span, encoding));

    /// <summary>The same for views that show very many places (see <see cref="Ranges.Kept"/>).</summary>
    public static LspRange Kept(Snapshot snapshot, string path, TextSpan span, PositionEncoding encoding) => Of(Ranges.Kept(snapshot, path, span, encoding));

    private static LspRange Of(LineRange range) => new(Of(range.Start), Of(range.End));

    private static Position Of(LinePosition position) => new(position.Line, position.Character);
}
