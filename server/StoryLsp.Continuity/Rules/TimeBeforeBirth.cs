using StoryLsp.Continuity.Edits;
using StoryLsp.Continuity.State;
using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;

namespace StoryLsp.Continuity.Rules;

/// <summary><c>time/before-birth</c></summary>
internal sealed class TimeBeforeBirth : StoryRule
{
    public override string Code => "time/before-birth";

    public override Severity Severity => Severity.Error;

    public override string Summary => "Somebody is among the characters of a scene that happens before they are born.";

    public override string Documentation => """
        `born: 1930-05-01` rules out every scene that is over before that day. A child that is only hoped for is talked about: it belongs in `mentions`.
        Where only the year is known (`born: 1930`), only scenes before that year are reported.
        """;

    public override void Check(StoryReading story, DocumentFacts document, Action<Finding> report)
    {
        foreach (var scene in Cast.Waking(story, document))
        {
            foreach (var reference in Cast.Listed(scene))
            {
                if (Lifetime.BirthAfter(story, reference.Target!.Value, Cast.At(scene)) is var (birth, proof) && story.Find(reference) is { } unborn)
                {
                    report(new(Code, Severity, reference.Span,
                        $"{unborn.Name} is in the cast, but is born only {story.WhenOf(birth)}, after this scene. Move {unborn.Name} to `mentions`, or correct one of the dates.")
                    {
                        Related = story.PlacesOf(birth, proof, $"{unborn.Name} is born."),
                    });
                }
            }
        }
    }

    public override IEnumerable<Fix> Fixes(Snapshot snapshot, Document document, Finding finding) => CastFixes.MoveToMentions(snapshot, document, finding);
}
