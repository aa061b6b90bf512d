using System.Text.RegularExpressions;
using StoryLsp.Features.Rename;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Refactorings;

/// <summary>Text that goes into another file: its links lead where they led, and the links to its headings and blocks follow it.</summary>
/// <param name="before">The workspace.</param>
/// <param name="after">The workspace with the files that will be there; of their texts only the names count.</param>
/// <param name="document">The document that the text stands in.</param>
/// <param name="part">The text.</param>
/// <param name="to">Workspace-relative path of the other file.</param>
internal sealed partial class MovedText(Snapshot before, Snapshot after, Document document, TextSpan part, string to)
{
    /// <summary>Whether a link cannot be written so that it leads where it led.</summary>
    public bool LosesLink { get; private set; }

    /// <summary>Whether a footnote or a link definition would stand in another file than what uses it.</summary>
    public static bool CutsDefinition(SourceText text, TextSpan part)
    {
        foreach (Match definition in Definition().Matches(text.Text))
        {
            var isIn = part.Contains(definition.Index);
            var use = "[" + definition.Groups["label"].Value + "]";
            for (var at = text.Text.IndexOf(use, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.Text.IndexOf(use, at + 1, StringComparison.OrdinalIgnoreCase))
            {
                if (part.Contains(at) != isIn)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Whether two texts define a footnote or a link of the same label.</summary>
    public static bool DefineTheSame(SourceText one, SourceText other) =>
        Labels(one).Intersect(Labels(other), StringComparer.OrdinalIgnoreCase).Any();

    /// <summary>The text as it is to stand in the other file.</summary>
    public string Text()
    {
        var edits = Outgoing().Select(edit => edit with { Span = new(edit.Span.Start - part.Start, edit.Span.Length) });
        return SourceText.From(document.Text.Slice(part)).WithEdits(edits).Text;
    }

    /// <summary>The edits by which links to headings and blocks of the text lead to the other file; those inside of it are not among them.</summary>
    /// <param name="cancel">Gives up.</param>
    public IEnumerable<(string Path, TextEdit Edit)> Incoming(CancellationToken cancel)
    {
        if (!document.Facts.Headings.Any(heading => part.Contains(heading.Span)) && document.Facts.BlockAnchors.Count == 0)
        {
            yield break;
        }

        foreach (var facts in before.Documents)
        {
            cancel.ThrowIfCancellationRequested();
            foreach (var link in facts.Links)
            {
                if (link.Anchor is null || (facts.Path == document.Path && part.Contains(link.Span)) ||
                    before.ResolveLink(link, facts.Path) is not { Kind: LinkResolutionKind.Resolved } found || found.Path != document.Path)
                {
                    continue;
                }

                if (GoesAlong(found, link) && Written(link, facts.Path, facts.Path, to) is { } edit)
                {
                    yield return (facts.Path, edit);
                }
            }
        }
    }

    /// <summary>The edit by which a link leads to a file; null where it leads there as it is, or cannot.</summary>
    /// <param name="link">The link.</param>
    /// <param name="was">The file that it stands in.</param>
    /// <param name="from">The file that it will stand in.</param>
    /// <param name="goal">The file that it is to lead to.</param>
    public TextEdit? Written(LinkFact link, string was, string from, string goal)
    {
        var isWay = link.Kind is LinkKind.Markdown or LinkKind.Image;
        bool Leads(string target) => (!isWay || WrittenTargets.IsRelative(target, from, goal)) &&
            after.ResolveLink(With(link, target), from) is { Kind: LinkResolutionKind.Resolved or LinkResolutionKind.NoSuchAnchor, Path: { } path } && path == goal;
        if (link.Target.Length > 0 && Leads(link.Target))
        {
            return null;
        }

        var way = FileSet.WayTo(FileSet.FolderOf(from), goal);
        var bare = goal[..^System.IO.Path.GetExtension(goal).Length];
        string[] targets = isWay ? [way] : [FileSet.StemOf(goal), bare, goal, "./" + way];
        if (targets.FirstOrDefault(Leads) is { } target && before.Text(was) is { } text)
        {
            return new(link.TargetSpan, WrittenDestination.Of(link, text.Slice(link.TargetSpan), text.Text, target));
        }

        LosesLink = true;
        return null;
    }

    // The edits after which the links of the text lead from the other file where they lead now.
    private IEnumerable<TextEdit> Outgoing()
    {
        foreach (var link in document.Facts.Links)
        {
            if (!part.Contains(link.Span) || before.ResolveLink(link, document.Path) is not { Kind: LinkResolutionKind.Resolved or LinkResolutionKind.NoSuchAnchor, Path: { } path } found)
            {
                continue;
            }

            var isOwn = path == document.Path;
            var goal = isOwn && (link.Anchor is null ? after.Facts(path) is null : GoesAlong(found, link)) ? to : path;
            if (link.Target.Length == 0 ? goal != to : isOwn || Differs(link, path))
            {
                if (Written(link, document.Path, to, goal) is { } edit)
                {
                    yield return edit;
                }
            }
        }
    }

    // What leads to the same from the other file stays as it is written.
    private bool Differs(LinkFact link, string path) =>
        after.ResolveLink(link, to) is not { Kind: LinkResolutionKind.Resolved or LinkResolutionKind.NoSuchAnchor, Path: { } then } || then != path ||
        (link.Kind is LinkKind.Markdown or LinkKind.Image && WrittenTargets.IsRelative(link.Target, document.Path, path) && !WrittenTargets.IsRelative(link.Target, to, path));

    private bool GoesAlong(LinkResolution found, LinkFact link) => found.Heading is { } heading ? part.Contains(heading.Span)
        : link.Anchor is ['^', ..] && document.Text.Slice(part).Contains(link.Anchor, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> Labels(SourceText text) => Definition().Matches(text.Text).Select(match => match.Groups["label"].Value);

    private static LinkFact With(LinkFact link, string target) => new()
    {
        Kind = link.Kind, Container = link.Container, Target = target, Anchor = link.Anchor, Shown = link.Shown, Span = link.Span, TargetSpan = link.TargetSpan, AnchorSpan = link.AnchorSpan, ShownSpan = link.ShownSpan,
    };

    [GeneratedRegex(@"^ {0,3}\[(?<label>[^\[\]\r\n]+)\]:", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Definition();
}
