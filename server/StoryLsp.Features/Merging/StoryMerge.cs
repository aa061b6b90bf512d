using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Merging;

/// <summary>What came of a merge.</summary>
/// <param name="Text">The text; where it has conflicts, with git's marks around them.</param>
/// <param name="Conflicts">How many conflicts a person has to decide.</param>
public sealed record MergeResult(string Text, int Conflicts);

/// <summary>Merges texts line by line, as git does.</summary>
/// <param name="ours">Our text.</param>
/// <param name="origin">The text that both come from.</param>
/// <param name="theirs">Their text.</param>
public delegate MergeResult LineMerge(string ours, string origin, string theirs);

/// <summary>How conflicts are marked.</summary>
/// <param name="MarkerSize">How long the marks are; git's is 7.</param>
/// <param name="ShowsOrigin">Whether the text that both come from is shown, as in git's style <c>diff3</c>.</param>
/// <param name="Ours">What stands behind the first mark.</param>
/// <param name="Theirs">What stands behind the last mark.</param>
public sealed record ConflictMarks(int MarkerSize = 7, bool ShowsOrigin = false, string Ours = "ours", string Theirs = "theirs")
{
    /// <summary>What stands behind the mark of the text that both come from.</summary>
    public const string Origin = "base";
}

/// <summary>
/// Merges two changes of one story file by what the YAML says: by container and field, lists by their items. The untouched bytes of ours stay as they are. The prose of Markdown is
/// merged by lines, with the front matter and the <c>story</c> fences put in that were merged by their fields.
/// </summary>
public static class StoryMerge
{
    /// <summary>
    /// The merged text; null where it is not sure to hold what both sides say, so that a merge by lines has to do: broken YAML, a text of another kind, a shape that is not understood.
    /// </summary>
    /// <param name="path">Workspace-relative path with <c>/</c>, which says what kind of file it is.</param>
    /// <param name="ours">Our text.</param>
    /// <param name="origin">The text that both come from; empty where both made the file.</param>
    /// <param name="theirs">Their text.</param>
    /// <param name="context">Schemas and settings.</param>
    /// <param name="marks">How conflicts are marked.</param>
    /// <param name="lines">Merges prose.</param>
    public static MergeResult? Of(string path, string ours, string origin, string theirs, ReadingContext context, ConflictMarks marks, LineMerge lines)
    {
        if (ours == theirs || theirs == origin)
        {
            return new(ours, 0);
        }

        if (ours == origin)
        {
            return new(theirs, 0);
        }

        var end = SourceText.From(ours).DominantLineEnding;
        // A carriage return alone ends a line here and none for git.
        if (new[] { ours, origin, theirs }.Any(text => text.Replace("\r\n", "", StringComparison.Ordinal).Contains('\r', StringComparison.Ordinal)))
        {
            return null;
        }

        var (o, b, t) = (Read(ours), Read(Aligned(origin)), Read(Aligned(theirs)));
        return DocumentReader.KindOf(path) switch
        {
            DocumentKind.Markdown => new MarkdownMerge(o, b, t, marks, lines).Merge(),
            DocumentKind.Fountain => null,
            _ => WholeFile(),
        };

        MergeResult? WholeFile() => YamlMerge.Of(
            MergePart.Of(o, o.Document.YamlRegions[0]), origin.Length == 0 ? null : MergePart.Of(b, b.Document.YamlRegions[0]), MergePart.Of(t, t.Document.YamlRegions[0]), marks, lines);

        MergeSide Read(string text) => MergeSide.Read(path, SourceText.From(text), context);

        // Line ends are no change; ours stand. Other separators, such as U+2028, are text.
        string Aligned(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\n", end, StringComparison.Ordinal);
    }
}
