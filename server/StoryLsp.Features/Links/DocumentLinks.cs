using StoryLsp.Features.Navigation;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Links;

/// <summary>A text that leads to a file.</summary>
/// <param name="Span">What is clicked, in UTF-16 code units: what stands in the brackets of a wikilink, the target of a Markdown link.</param>
/// <param name="File">Absolute path of the file.</param>
/// <param name="Line">The line to show, from 0; null for the beginning, and where <paramref name="Block"/> must be looked for first.</param>
/// <param name="Block">The name of the block that it leads to, without its caret; null for none. Its line is in the text of the file, which nobody has read yet.</param>
/// <param name="Title">What it leads to, in a few words.</param>
public sealed record DocumentLink(TextSpan Span, string File, int? Line, string? Block, string Title);

/// <summary>The links of a document that lead somewhere. What names nothing, or several things, is left out: a click would disappoint.</summary>
public static class DocumentLinks
{
    /// <summary>The links in prose and front matter, and the pictures that <c>image</c> fields name, in the order written.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="path">Workspace-relative path of the document.</param>
    /// <param name="cancel">Gives up.</param>
    public static IReadOnlyList<DocumentLink> Of(Snapshot snapshot, string path, CancellationToken cancel)
    {
        if (snapshot.Facts(path) is not { } facts)
        {
            return [];
        }

        var found = new List<DocumentLink>();
        foreach (var link in facts.Links)
        {
            cancel.ThrowIfCancellationRequested();
            if (OfLink(snapshot, facts, link) is { } leads)
            {
                found.Add(leads);
            }
        }

        foreach (var reference in facts.References)
        {
            if (reference.IsLink && snapshot.Resolve(reference, path).Container is { } named)
            {
                found.Add(To(snapshot, reference.Span, named));
            }
        }

        found.AddRange(facts.Containers.SelectMany(container => Pictures(snapshot, facts, container)));
        found.Sort((a, b) => a.Span.Start.CompareTo(b.Span.Start));
        return found;
    }

    /// <summary>The line of a block in a file, from 0; null where it is not found.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="path">Workspace-relative path of the file.</param>
    /// <param name="block">The name of the block, without its caret.</param>
    public static int? LineOfBlock(Snapshot snapshot, string path, string block) =>
        Definitions.OfBlock(snapshot, path, block) is { } place && snapshot.Text(path) is { } text ? text.Lines.GetLine(place.SelectionSpan.Start) : null;

    private static DocumentLink? OfLink(Snapshot snapshot, DocumentFacts facts, LinkFact link)
    {
        var target = snapshot.ResolveLink(link, facts.Path);
        var span = SpanOf(link);
        switch (target)
        {
            case { Kind: LinkResolutionKind.Resolved, Heading: { } heading, Path: { } page }:
                return new(span, Absolute(snapshot, page), LineOf(snapshot, page, heading.Span.Start), null, heading.Text);
            case { Kind: LinkResolutionKind.Resolved, Path: { } page } when link.Anchor is ['^', .. var block]:
                return new(span, Absolute(snapshot, page), null, block, page);
            case { Container: { } container, Path: { } file } when container.Path == file:
                return To(snapshot, span, container);
            case { Path: { } file }:
                return new(span, Absolute(snapshot, file), null, null, file);
            case { Kind: LinkResolutionKind.Resolved }:
                return Outside(snapshot, facts.Path, link, span);
            default:
                return null;
        }
    }

    // A link may lead out of the workspace; a folder is nothing that an editor could show.
    private static DocumentLink? Outside(Snapshot snapshot, string from, LinkFact link, TextSpan span)
    {
        if (link.Target.AsSpan().ContainsAny(Path.GetInvalidPathChars()))
        {
            return null;
        }

        var file = Path.GetFullPath(Path.Combine(snapshot.Root, FileSet.FolderOf(from), link.Target.TrimStart('/')));
        return File.Exists(file) ? new(span, file, null, null, Path.GetFileName(file)) : null;
    }

    private static DocumentLink To(Snapshot snapshot, TextSpan span, Container container)
    {
        var line = LineOf(snapshot, container.Path, Definitions.LocationOf(container).SelectionSpan.Start);
        return new(span, Absolute(snapshot, container.Path), line > 0 ? line : null, null, container.Name);
    }

    private static IEnumerable<DocumentLink> Pictures(Snapshot snapshot, DocumentFacts facts, ContainerFact container)
    {
        foreach (var field in container.Fields)
        {
            // A wikilink in the field is a link already.
            if (field.Name == "image" && field.Value is YamlScalar { IsNull: false } scalar && !facts.Links.Any(link => link.Span.Overlaps(scalar.Span)) &&
                snapshot.Files.FindLinked(scalar.Value.Trim(), facts.Path) is { } file)
            {
                yield return new(scalar.ContentSpan, Absolute(snapshot, file), null, null, file);
            }
        }
    }

    // What stands in the brackets of a wikilink, in prose as in the quotes of YAML; of a Markdown link its target.
    private static TextSpan SpanOf(LinkFact link)
    {
        var start = link.TargetSpan.Length > 0 ? link.TargetSpan.Start : Math.Max(0, link.AnchorSpan.Start - 1);
        var end = Math.Max(link.TargetSpan.End, link.AnchorSpan.End);
        return TextSpan.FromBounds(start, link.Kind is LinkKind.Wikilink or LinkKind.Embed ? Math.Max(end, link.ShownSpan.End) : end);
    }

    private static int LineOf(Snapshot snapshot, string path, int offset) => snapshot.Facts(path)?.Lines.GetLine(offset) ?? 0;

    private static string Absolute(Snapshot snapshot, string path) => Path.Combine(snapshot.Root, path.Replace('/', Path.DirectorySeparatorChar));
}
