using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Refactorings;

/// <summary>Text that goes into another file: its links lead where they led, and the links to its headings and blocks follow it.</summary>
internal static class MovedText
{
    /// <summary>The edits of a part of a document after which its links lead from another file where they lead now.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="document">The document.</param>
    /// <param name="part">What is moved.</param>
    /// <param name="to">Workspace-relative path of the other file.</param>
    public static IEnumerable<TextEdit> Outgoing(Snapshot snapshot, Document document, TextSpan part, string to)
    {
        foreach (var link in document.Facts.Links)
        {
            if (!part.Contains(link.Span) || snapshot.ResolveLink(link, document.Path) is not { Kind: LinkResolutionKind.Resolved or LinkResolutionKind.NoSuchAnchor, Path: { } path } found)
            {
                continue;
            }

            if (link.Target.Length == 0)
            {
                // To a heading of the same file: it goes along, or it stays behind and the link names its file.
                if (found.Heading is { } heading ? !part.Contains(heading.Span) : !HasBlock(document, part, link.Anchor))
                {
                    yield return new(link.TargetSpan, link.Kind == LinkKind.Wikilink ? FileSet.StemOf(document.Path) : Relative(to, document.Path));
                }
            }
            else if (link.Kind is LinkKind.Markdown or LinkKind.Image)
            {
                if (FileSet.FolderOf(to) != FileSet.FolderOf(document.Path) && FileSet.Combine(FileSet.FolderOf(document.Path), link.Target.Replace('\\', '/')) == path)
                {
                    yield return new(link.TargetSpan, Relative(to, path));
                }
            }
            else if (snapshot.Files.FindLinked(link.Target, document.Path) is { } file && snapshot.Files.FindLinked(link.Target, to) != file)
            {
                yield return new(link.TargetSpan, file);
            }
        }
    }

    /// <summary>A part of a document as it is to stand in another file.</summary>
    public static string Text(Snapshot snapshot, Document document, TextSpan part, string to)
    {
        var edits = Outgoing(snapshot, document, part, to).Select(edit => edit with { Span = new(edit.Span.Start - part.Start, edit.Span.Length) });
        return SourceText.From(document.Text.Slice(part)).WithEdits(edits).Text;
    }

    /// <summary>The edits by which links to headings and blocks of a part of a document lead to another file; those inside of the part are not among them.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="document">The document.</param>
    /// <param name="part">What is moved.</param>
    /// <param name="to">Workspace-relative path of the other file, which may not be there yet.</param>
    /// <param name="cancel">Gives up.</param>
    public static IEnumerable<(string Path, TextEdit Edit)> Incoming(Snapshot snapshot, Document document, TextSpan part, string to, CancellationToken cancel)
    {
        if (!document.Facts.Headings.Any(heading => part.Contains(heading.Span)) && document.Facts.BlockAnchors.Count == 0)
        {
            yield break;
        }

        foreach (var facts in snapshot.Documents)
        {
            cancel.ThrowIfCancellationRequested();
            foreach (var link in facts.Links)
            {
                if (link.Anchor is null || (facts.Path == document.Path && part.Contains(link.Span)) ||
                    snapshot.ResolveLink(link, facts.Path) is not { Kind: LinkResolutionKind.Resolved } found || found.Path != document.Path)
                {
                    continue;
                }

                if (found.Heading is { } heading ? part.Contains(heading.Span) : HasBlock(document, part, link.Anchor))
                {
                    yield return (facts.Path, new(link.TargetSpan, link.Kind is LinkKind.Wikilink or LinkKind.Embed ? FileSet.StemOf(to) : Relative(facts.Path, to)));
                }
            }
        }
    }

    /// <summary>The path to a file as a Markdown link writes it.</summary>
    public static string Relative(string from, string to)
    {
        var here = FileSet.FolderOf(from).Split('/', StringSplitOptions.RemoveEmptyEntries);
        var there = to.Split('/');
        var shared = 0;
        while (shared < here.Length && shared < there.Length - 1 && here[shared] == there[shared])
        {
            shared++;
        }

        var path = string.Concat(Enumerable.Repeat("../", here.Length - shared)) + string.Join('/', there[shared..]);
        return Uri.EscapeDataString(path).Replace("%2F", "/", StringComparison.Ordinal);
    }

    private static bool HasBlock(Document document, TextSpan part, string? anchor) =>
        anchor is ['^', ..] && document.Text.Slice(part).Contains(anchor, StringComparison.OrdinalIgnoreCase);
}
