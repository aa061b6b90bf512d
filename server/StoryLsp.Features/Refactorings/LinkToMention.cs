using StoryLsp.Features.Places;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Refactorings;

/// <summary>Takes the brackets of a wikilink away; what a reader sees stays the same.</summary>
internal sealed class LinkToMention : IRefactoring
{
    public string Name => "link-to-mention";

    public string Kind => "refactor.inline.link";

    public IEnumerable<RefactoringOffer> Offers(RefactoringPlace place)
    {
        if (Shown(place) is var (_, shown))
        {
            yield return new($"Write `{shown}` without a link", RefactoringInput.None);
        }
    }

    public RefactoringResult Change(RefactoringPlace place, RefactoringInput input) => Shown(place) is var (span, shown)
        ? RefactoringResult.Of(WorkspaceChange.Edit(place.Path, new TextEdit(span, shown)))
        : RefactoringResult.Refused("There is no wikilink here that could be written as plain words. One to a heading alone, and an embedded one, show more than words.");

    private static (TextSpan Span, string Shown)? Shown(RefactoringPlace place)
    {
        if (place.What is not LinkPlace { Link: { Kind: LinkKind.Wikilink } link } || !link.Span.Contains(place.Span))
        {
            return null;
        }

        // In front matter a link is a value, and its brackets belong to it.
        var isInText = place.Document.Markdown is { } markdown && link.Span.Start >= markdown.BodyStart && !place.Document.YamlRegions.Any(region => region.Span.Contains(link.Span));
        if (!isInText)
        {
            return null;
        }

        // As it stands, so that nothing of it is decoded; what goes behind a number sign is shown only where no text is.
        var shown = link.Shown is not null && link.ShownSpan.Length > 0 ? place.Text.Slice(link.ShownSpan)
            : link.Anchor is null ? place.Text.Slice(link.TargetSpan) : "";
        return shown.Length == 0 ? null : (link.Span, shown);
    }
}
