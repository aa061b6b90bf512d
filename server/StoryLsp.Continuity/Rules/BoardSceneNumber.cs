using System.Globalization;
using StoryLsp.Continuity.Board;
using StoryLsp.Continuity.Edits;
using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;

namespace StoryLsp.Continuity.Rules;

/// <summary><c>board/scene-number</c></summary>
internal sealed class BoardSceneNumber : StoryRule
{
    public override string Code => "board/scene-number";

    public override Severity Severity => Severity.Warning;

    public override string Summary => "Two scenes have the same written `chapter` and `order`.";

    public override string Documentation => """
        `chapter` and `order` say where the reader meets a scene. If two scenes write the same, which of them comes first is left to the
        names of their files. The finding sits on the `order` of the later scene by path; its fix gives it the next number that is free in
        that chapter. Scenes of different parts, acts, books or volumes, where they write one, are not compared.
        """;

    public override void Check(StoryReading story, DocumentFacts document, Action<Finding> report)
    {
        foreach (var scene in story.In(document.Path, "scene"))
        {
            if (SceneNumbers.Of(scene) is { } number && scene.Field("order") is { } order && scene.Field("chapter") is { } chapter &&
                story.Ask(new OthersOfNumber(scene.Key, number)) is Others others && story.Find(others.First) is { } first)
            {
                report(new(Code, Severity, order.Value.Span,
                    $"{Wording.Title(story, first)} has this place in the chapter already, so nobody knows which of the two is read first. Give this scene a number of its own.")
                {
                    Related = [scene.Place(chapter.Value.Span, "The chapter of this scene."), .. Places(first, others)],
                });
            }
        }
    }

    public override IEnumerable<Fix> Fixes(Snapshot snapshot, Document document, Finding finding)
    {
        if (snapshot.ContainerAt(document.Path, finding.Span.Start) is not { } container ||
            StoryWorld.Of(snapshot) is var world && world.Find(container.Key) is not { } scene || SceneNumbers.Of(scene) is not { } number)
        {
            yield break;
        }

        var free = SceneNumbers.Of(world).NextFree(number).ToString(CultureInfo.InvariantCulture);
        if (FieldEdits.Set(snapshot, document, container.Fact, "order", free) is { } edit)
        {
            yield return new($"Renumber to `{free}`", WorkspaceChange.Edit(document.Path, edit));
        }
    }

    // Of several others each could be renumbered, and the fault would stand.
    private static IEnumerable<RelatedPlace> Places(StoryContainer first, Others others)
    {
        if (others.Count == 1)
        {
            yield return first.Place(first.Field("chapter")!.Value.Span, "The same chapter.");
            yield return first.Place(first.Field("order")!.Value.Span, "The same place in it.");
        }
    }

    private sealed record Others(ContainerKey First, int Count);

    /// <summary>The scenes with the same number, where the first of them stands before this one; null otherwise.</summary>
    private sealed record OthersOfNumber(ContainerKey Scene, SceneNumber Number) : Question
    {
        public override object? Ask(StoryWorld world)
        {
            var all = SceneNumbers.Of(world).With(Number);
            return all.Count > 1 && all[0] != Scene ? new Others(all[0], all.Count - 1) : null;
        }
    }
}
