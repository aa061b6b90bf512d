using StoryLsp.Continuity.Edits;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Markdown;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Settings;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Rules;

/// <summary><c>markdown/front-matter</c></summary>
internal sealed class MarkdownFrontMatter : Rule, IDocumentRule
{
    public override string Code => "markdown/front-matter";

    public override Severity Severity => Severity.Error;

    public override string Summary => "Front matter is never closed, or is not a list of `key: value` lines.";

    public override string Documentation => """
        A Markdown file whose first line is `---` and whose second line is a key has front matter, which ends at the next line `---`.
        Without that line, the prose would be read as part of it. Close it where the text begins.
        """;

    public void Check(Document document, SchemaSet schemas, StorySettings settings, Action<Finding> report)
    {
        if (document.Markdown?.FrontMatter is not { } front)
        {
            return;
        }

        if (!front.IsClosed)
        {
            report(new(Code, Severity, FirstLine(document.Text, front.Span),
                "This front matter is never closed, so nobody can tell where the prose begins. Write `---` on a line of its own behind the last key."));
        }
        else if (Region(document, front) is { } region && NotMapping(region.Tree) is { } root)
        {
            report(new(Code, Severity, FirstLine(document.Text, root.Span),
                "This front matter is no list of `key: value` lines, so nothing in it counts. Write each value behind a key and a colon."));
        }
    }

    public override IEnumerable<Fix> Fixes(Snapshot snapshot, Document document, Finding finding)
    {
        if (document.Markdown?.FrontMatter is { IsClosed: false } front)
        {
            yield return new("Close the front matter", WorkspaceChange.Edit(document.Path, Closing(document.Text, front)), IsPreferred: true);
        }
    }

    private static TextEdit Closing(SourceText text, FrontMatter front)
    {
        // The content may end with its last line's end, or before it.
        var end = front.Content.End;
        while (end > front.Content.Start && text.Text[end - 1] is '\n' or '\r' or ' ')
        {
            end--;
        }

        return EntryEdits.InsertLine(text, TextSpan.FromBounds(front.Span.Start, Math.Max(end, front.Span.Start + 3)), "---");
    }

    private static YamlRegion? Region(Document document, FrontMatter front) =>
        document.YamlRegions.FirstOrDefault(region => front.Span.Contains(region.Span));

    private static YamlNode? NotMapping(YamlTree tree) =>
        tree.Errors.Count == 0 && tree.Documents is [{ Root: YamlSequence or YamlScalar { IsNull: false } }] ? tree.Documents[0].Root : null;

    private static TextSpan FirstLine(SourceText text, TextSpan span)
    {
        var line = text.GetLineSpan(text.GetPosition(span.Start).Line);
        return TextSpan.FromBounds(span.Start, Math.Min(span.End, line.End));
    }
}
