using StoryLsp.Continuity.Naming;
using StoryLsp.Features.Places;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Schemas;

namespace StoryLsp.Features.Refactorings;

/// <summary>Makes the container that a link or reference names and that is not there. What a reference field takes is a quick fix of its finding as well.</summary>
internal sealed class CreateContainer : IRefactoring
{
    private static readonly string[] Types = ["character", "location", "item"];

    public string Name => "create-container";

    public string Kind => "refactor.rewrite.create-container";

    public IEnumerable<RefactoringOffer> Offers(RefactoringPlace place)
    {
        // A note, and what a field wants, is offered by the quick fix that stands there.
        if (Missing(place) is not ({ } name, null, true))
        {
            yield break;
        }

        foreach (var type in Types)
        {
            if (NewContainer.For(place.Snapshot, place.Document, name, type, isLink: true) is { } creation)
            {
                yield return new($"Create the {type} `{creation.Path}`", new() { Type = type });
            }
        }
    }

    public RefactoringResult Change(RefactoringPlace place, RefactoringInput input)
    {
        if (Missing(place) is not var (name, target, isLink))
        {
            return RefactoringResult.Refused("Everything that is named here is there. Set the cursor on a link or a reference that leads nowhere.");
        }

        var type = input.Type is { Length: > 0 } wanted ? wanted : target ?? SchemaSet.Note;
        if (place.Snapshot.Schemas.Find(type) is null)
        {
            return RefactoringResult.Refused($"There is no type `{type}`. A schema of that name in schemas/ makes one.");
        }

        return NewContainer.For(place.Snapshot, place.Document, name, type, isLink) is { } creation
            ? RefactoringResult.Of(new([creation with { Text = creation.Text.Replace("\n", place.Text.DominantLineEnding, StringComparison.Ordinal) }]))
            : RefactoringResult.Refused($"`{name}` is no name that a file could have, or its file is there already.");
    }

    private static (string Name, string? Type, bool IsLink)? Missing(RefactoringPlace place) => place.What switch
    {
        LinkPlace { InAnchor: false, Link: { Kind: LinkKind.Wikilink or LinkKind.Embed, Target.Length: > 0 } link } when place.Snapshot.ResolveLink(link, place.Path).Kind == LinkResolutionKind.Unresolved => (link.Target, null, true),
        ReferencePlace { Reference: { IsInManuscript: false, MayBeWord: false } reference } when place.Snapshot.Resolve(reference, place.Path).Kind == ResolutionKind.Unresolved => (reference.Text, reference.Target, reference.IsLink),
        _ => null,
    };
}
