using System.Text.RegularExpressions;
using StoryLsp.Continuity.Fields;
using StoryLsp.Continuity.Naming;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Continuity.Rules;

/// <summary><c>ref/broken-path</c></summary>
internal sealed partial class RefBrokenPath : SnapshotRule
{
    public override string Code => "ref/broken-path";

    public override Severity Severity => Severity.Warning;

    public override string Summary => "A relative Markdown link leads to no file, or to no heading of its file.";

    public override string Documentation => """
        `[the map](maps/town.png)` is read from the folder of the file that it stands in, then from the top folder, and in a vault without a `story.yaml` as a wikilink is. Correct the path, or the heading behind `#`.
        Addresses such as `https://…` are never looked up.
        """;

    public override void Check(Snapshot snapshot, DocumentFacts document, Action<Finding> report)
    {
        var severity = snapshot.Settings.Exists ? Severity : Severity.Hint;
        foreach (var (link, resolution) in Broken(snapshot, document))
        {
            if (resolution.Kind == LinkResolutionKind.NoSuchAnchor)
            {
                report(new(Code, severity, AnchorSpan(link),
                    $"`{resolution.Path}` has no heading `{link.Anchor}`, so the link leads to the top of the page. Correct it, or add the heading.")
                {
                    Related = resolution.Path == document.Path ? [] : [new(resolution.Path!, new(0, 0), "The page that was looked through.")],
                });
            }
            else
            {
                report(new(Code, severity, link.TargetSpan,
                    $"There is no file `{link.Target}`, looked up from {(link.Target.StartsWith('/') ? "the top folder" : Folder(document.Path))}, so the link leads nowhere. Correct the path, or create the file."));
            }
        }
    }

    public override IEnumerable<Fix> Fixes(Snapshot snapshot, Document document, Finding finding)
    {
        foreach (var (link, resolution) in Broken(snapshot, document.Facts))
        {
            if (resolution.Kind == LinkResolutionKind.NoSuchAnchor && AnchorSpan(link) == finding.Span && !link.AnchorSpan.IsEmpty)
            {
                return Replacements(document, link.AnchorSpan, NearHeadings(snapshot, link, resolution.Path!));
            }

            if (resolution.Kind == LinkResolutionKind.Unresolved && link.TargetSpan == finding.Span)
            {
                return Replacements(document, link.TargetSpan, NearPaths(snapshot, document, link));
            }
        }

        return [];
    }

    private static IEnumerable<(LinkFact Link, LinkResolution Resolution)> Broken(Snapshot snapshot, DocumentFacts document)
    {
        foreach (var link in document.Links)
        {
            if (link.Kind is not (LinkKind.Markdown or LinkKind.Image) || Elsewhere().IsMatch(link.Target) || Placeholder.IsIn(link.Target) ||
                (link.Target.Length == 0 && string.IsNullOrEmpty(link.Anchor)))
            {
                continue;
            }

            var resolution = snapshot.ResolveLink(link, document.Path);
            if ((resolution.Kind == LinkResolutionKind.Unresolved && !IsFolder(snapshot, document.Path, link.Target)) ||
                (resolution.Kind == LinkResolutionKind.NoSuchAnchor && !IsHtmlAnchor(snapshot, resolution.Path!, link.Anchor!)))
            {
                yield return (link, resolution);
            }
        }
    }

    private static bool IsFolder(Snapshot snapshot, string from, string target) =>
        FileSet.Combine(FileSet.FolderOf(from), target) is { } folder && (folder.Length == 0 || snapshot.Files.All.Any(path => path.StartsWith(folder + "/", StringComparison.OrdinalIgnoreCase)));

    // A page may name a place by HTML, or by an attribute behind its heading.
    private static bool IsHtmlAnchor(Snapshot snapshot, string path, string anchor) =>
        anchor is "top" || (snapshot.Text(path) is { } text && (
            text.Text.Contains($"id=\"{anchor}\"", StringComparison.OrdinalIgnoreCase) ||
            text.Text.Contains($"name=\"{anchor}\"", StringComparison.OrdinalIgnoreCase) ||
            text.Text.Contains($"id='{anchor}'", StringComparison.OrdinalIgnoreCase) ||
            text.Text.Contains($"name='{anchor}'", StringComparison.OrdinalIgnoreCase) ||
            text.Text.Contains($"{{#{anchor}", StringComparison.OrdinalIgnoreCase)));

    private static IEnumerable<Fix> Replacements(Document document, TextSpan span, IEnumerable<string> texts)
    {
        var first = true;
        foreach (var text in texts.Take(3))
        {
            yield return new($"Replace with `{text}`", WorkspaceChange.Edit(document.Path, new TextEdit(span, text)), first);
            first = false;
        }
    }

    private static IEnumerable<string> NearHeadings(Snapshot snapshot, LinkFact link, string path) =>
        Nearest.Of(link.Anchor!, snapshot.Facts(path)?.Headings.Select(heading => heading.Slug) ?? [], Math.Clamp(link.Anchor!.Length / 3, 1, 5));

    // The same name in another folder first, then names that are nearly the same.
    private static IEnumerable<string> NearPaths(Snapshot snapshot, Document document, LinkFact link)
    {
        var name = link.Target[(link.Target.LastIndexOf('/') + 1)..];
        var folder = FileSet.FolderOf(document.Path);
        var files = snapshot.Files.All.ToLookup(path => path[(path.LastIndexOf('/') + 1)..], StringComparer.OrdinalIgnoreCase);
        var names = Nearest.Of(name, files.Select(group => group.Key), Math.Clamp(name.Length / 4, 1, 4)).Where(near => !near.Equals(name, StringComparison.OrdinalIgnoreCase));
        return files[name].Concat(names.SelectMany(near => files[near]))
            .Where(path => path != document.Path)
            .Select(path => Escaped(FileSet.WayTo(folder, path)));
    }

    private static string Escaped(string path) =>
        path.Replace("%", "%25", StringComparison.Ordinal).Replace(" ", "%20", StringComparison.Ordinal)
            .Replace("(", "%28", StringComparison.Ordinal).Replace(")", "%29", StringComparison.Ordinal)
            .Replace("#", "%23", StringComparison.Ordinal).Replace("?", "%3F", StringComparison.Ordinal);

    private static TextSpan AnchorSpan(LinkFact link) => link.AnchorSpan.IsEmpty ? link.TargetSpan : link.AnchorSpan;

    private static string Folder(string path) => FileSet.FolderOf(path) is { Length: > 0 } folder ? $"the folder `{folder}`" : "the top folder";

    [GeneratedRegex(@"\A([A-Za-z][A-Za-z0-9+.-]*:|//)")]
    private static partial Regex Elsewhere();
}
