using StoryLsp.Continuity.Edits;
using StoryLsp.Continuity.State;
using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;

namespace StoryLsp.Continuity.Rules;

/// <summary><c>time/dead-acts</c></summary>
internal sealed class TimeDeadActs : StoryRule
{
    public override string Code => "time/dead-acts";

    public override Severity Severity => Severity.Error;

    public override string Summary => "Somebody is present who has died before and has not come back to life.";

    public override string Documentation => """
        Whoever dies in a scene (`effects: [josiah dies]`, or `died: 1926-11-05` among the character's fields) is in that scene, and in none that comes after it in the
        order of the story. Somebody who is only talked about belongs in `mentions`. A scene that shows what was before is a `flashback`, and in a
        `dream` anything may happen. Linear scenes of one strand happen in the order in which they are read, unless their dates say otherwise;
        scenes of different strands are compared by their dates alone.
        """;

    public override void Check(StoryReading story, DocumentFacts document, Action<Finding> report)
    {
        foreach (var scene in Cast.Waking(story, document).Where(scene => scene.Timeline != SceneTimeline.Flashback))
        {
            foreach (var reference in Cast.Present(scene))
            {
                if (Lifetime.DeathBefore(story, reference.Target!.Value, Cast.At(scene)) is var (death, proof) && story.Find(reference) is { } dead)
                {
                    var role = reference.Field == "pov" ? "is the point of view here" : "is in the cast";
                    var remedy = reference.Field == "pov" ? "Tell it through somebody else" : $"Move {dead.Name} to `mentions`";
                    report(new(Code, Severity, reference.Span, $"{dead.Name} {role}, but died {story.WhenOf(death)}. {remedy}, or mark this scene as a flashback.")
                    {
                        Related = story.PlacesOf(death, proof, $"{dead.Name} dies."),
                    });
                }
            }
        }
    }

    public override IEnumerable<Fix> Fixes(Snapshot snapshot, Document document, Finding finding) =>
        CastFixes.MoveToMentions(snapshot, document, finding).Concat(CastFixes.MarkAsFlashback(snapshot, document, finding));
}
