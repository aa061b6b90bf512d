using StoryLsp.Continuity.Edits;
using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;

namespace StoryLsp.Continuity.Rules;

/// <summary><c>know/pov-absent</c></summary>
internal sealed class KnowPovAbsent : StoryRule
{
    public override string Code => "know/pov-absent";

    public override Severity Severity => Severity.Warning;

    public override string Summary => "The point of view is not among the characters of a scene that lists them.";

    public override string Documentation => """
        Whoever tells a scene is in it. `pov: ada` beside `characters: [tom, lena]` leaves Ada out of her own scene: add her to the list, or
        name somebody who is there as the point of view. A scene without a list says nothing, and nothing is said of it.
        """;

    public override void Check(StoryReading story, DocumentFacts document, Action<Finding> report)
    {
        foreach (var scene in story.In(document.Path, "scene"))
        {
            if (scene.One("pov") is { } pov && scene.Field("characters") is { } list && IsAbsent(scene, pov) && story.Find(pov) is { } narrator)
            {
                report(new(Code, Severity, pov.Span,
                    $"{narrator.Name} tells this scene, but is not among its `characters`. Add {narrator.Name} to the list, or tell it through somebody who is there.")
                {
                    Related = [scene.Place(list.KeySpan, "The characters of the scene.")],
                });
            }
        }
    }

    public override IEnumerable<Fix> Fixes(Snapshot snapshot, Document document, Finding finding)
    {
        if (snapshot.ContainerAt(document.Path, finding.Span.Start) is { } scene &&
            FieldEdits.AddToList(snapshot, document, scene.Fact, "characters", document.Text.Slice(finding.Span)) is { } edit)
        {
            yield return new("Add to `characters`", WorkspaceChange.Edit(document.Path, edit), IsPreferred: true);
        }
    }

    // A name in the list that means nothing may be the narrator's.
    private static bool IsAbsent(StoryContainer scene, StoryReference pov) =>
        scene.To("characters").All(one => one.Target is { } target && target != pov.Target);
}
