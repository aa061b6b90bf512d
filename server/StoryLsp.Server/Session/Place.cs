using StoryLsp.Index;
using StoryLsp.Language.Text;
using StoryLsp.Protocol;
using StoryLsp.Server.Conversion;

namespace StoryLsp.Server.Session;

/// <summary>A document of a snapshot, as one request sees it.</summary>
/// <param name="Session">The session.</param>
/// <param name="Story">The workspace that it belongs to.</param>
/// <param name="Snapshot">The workspace at the moment of the request.</param>
/// <param name="Path">Workspace-relative path with <c>/</c>.</param>
/// <param name="Text">Its text.</param>
/// <param name="Versions">The versions of the open documents at that moment.</param>
internal sealed record Place(EditorSession Session, StoryFolder Story, Snapshot Snapshot, string Path, SourceText Text, OpenVersions Versions)
{
    /// <summary>Where the document lies.</summary>
    public string AbsolutePath => Story.AbsolutePath(Path);

    /// <summary>The offset of a position, in UTF-16 code units.</summary>
    public int OffsetOf(Position position) =>
        Text.GetOffset(new LinePosition(position.Line, position.Character), Session.Client.Encoding);

    /// <summary>The span of a range.</summary>
    public TextSpan SpanOf(LspRange range)
    {
        var start = OffsetOf(range.Start);
        return TextSpan.FromBounds(start, Math.Max(start, OffsetOf(range.End)));
    }

    /// <summary>The range of a span of this document.</summary>
    public LspRange RangeOf(TextSpan span) => Positions.Range(Text, span, Session.Client.Encoding);

    /// <summary>The range of a span of any document of the workspace.</summary>
    public LspRange RangeOf(string path, TextSpan span) => path == Path ? RangeOf(span) : Positions.Range(Snapshot, path, span, Session.Client.Encoding);

    /// <summary>The address of a document of the workspace, as the editor spells it where it has it open.</summary>
    public string UriOf(string path) => Session.UriOf(Story.AbsolutePath(path));

    /// <summary>The location of a span of any document of the workspace.</summary>
    public Location LocationOf(string path, TextSpan span) => new(UriOf(path), RangeOf(path, span));

    /// <summary>Writes links of cards: to a file and its line.</summary>
    public string? Links(string path, LinePosition position) => UriOf(path) + "#L" + (position.Line + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
}
