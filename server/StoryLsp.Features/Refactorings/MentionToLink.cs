using StoryLsp.Features.Places;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Refactorings;

/// <summary>Makes a wikilink of a name in prose; what a reader sees stays the same.</summary>
internal sealed class MentionToLink : IRefactoring
{
    public string Name => "mention-to-link";

    public string Kind => "refactor.rewrite.link";

    public IEnumerable<RefactoringOffer> Offers(RefactoringPlace place)
    {
        if (Link(place) is { } link)
        {
            yield return new($"Link to {link.Container.Name}", RefactoringInput.None);
        }
    }

    public RefactoringResult Change(RefactoringPlace place, RefactoringInput input) => Link(place) is { } link
        ? RefactoringResult.Of(WorkspaceChange.Edit(place.Path, new TextEdit(link.Span, link.Text)))
        : RefactoringResult.Refused("There is no name here that one link could lead to. Set the cursor on a name in the prose of a Markdown file.");

    private static (TextSpan Span, string Text, Container Container)? Link(RefactoringPlace place)
    {
        // Only Markdown has wikilinks in its prose. A heading is the name of something itself.
        if (place.Document.Markdown is null || !place.Span.IsEmpty && !place.IsProse(place.Span) ||
            place.What is not NamePlace { Containers: [var container] } name || !place.IsProse(name.Span) || (container.Path == place.Path && container.Fact.Index == 0) ||
            place.Facts.Headings.Any(heading => heading.Span.Overlaps(name.Span)))
        {
            return null;
        }

        var shown = place.Text.Slice(name.Span);
        if (shown.AsSpan().ContainsAny("[]|\r\n"))
        {
            return null;
        }

        var link = LinkText.For(place.Snapshot, container, place.Path, shown);
        return link is null ? null : (name.Span, link, container);
    }
}

/// <summary>Writes wikilinks.</summary>
internal static class LinkText
{
    /// <summary>A wikilink to a container that shows a text; null where no name of it leads there.</summary>
    public static string? For(Snapshot snapshot, Container container, string from, string shown)
    {
        if (LeadsTo(snapshot, container, from, shown))
        {
            return $"[[{shown}]]";
        }

        var names = container.Fact.IdIsWritten ? [snapshot.IdOf(container), container.Name] : (string[])[container.Name, snapshot.IdOf(container)];
        string[] targets = Index.FileSet.FolderOf(container.Path) is var folder && container.Document.Kind == DocumentKind.Markdown && container.Fact.Index == 0
            ? [FileSet.StemOf(container.Path), .. names, folder.Length == 0 ? FileSet.StemOf(container.Path) : $"{folder}/{FileSet.StemOf(container.Path)}"]
            : names;
        var target = targets.FirstOrDefault(target => LeadsTo(snapshot, container, from, target));
        return target is null ? null : $"[[{target}|{shown}]]";
    }

    private static bool LeadsTo(Snapshot snapshot, Container container, string from, string target)
    {
        if (target.Length == 0 || target.AsSpan().ContainsAny("[]|#^\r\n") || target != target.Trim())
        {
            return false;
        }

        var link = new LinkFact { Kind = LinkKind.Wikilink, Container = -1, Target = target, Span = default, TargetSpan = default };
        return snapshot.ResolveLink(link, from) is { Kind: LinkResolutionKind.Resolved, Container: { } found } && found.IsSameAs(container);
    }
}
