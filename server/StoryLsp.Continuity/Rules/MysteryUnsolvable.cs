using StoryLsp.Continuity.Mystery;
using StoryLsp.Continuity.Story;
using StoryLsp.Language.Facts;

namespace StoryLsp.Continuity.Rules;

/// <summary><c>mystery/unsolvable</c></summary>
internal sealed class MysteryUnsolvable : StoryRule
{
    public override string Code => "mystery/unsolvable";

    public override Severity Severity => Severity.Error;

    public override string Summary => "The clues before the reveal leave more than one suspect, or none, or clear who did it.";

    public override string Documentation => """
        A reader who has seen every clue before the case's `reveal` strikes out of the `suspects` whoever a clue `eliminates`. One has to
        be left, and it has to be the `culprit` (or all of them, where several did it). The message is the proof, step by step. The rule
        begins to look as soon as one clue that is planted clears somebody; clues that another case lists prove nothing here, and what a red herring
        clears is doubtful.

        Where an essential clue is not planted and all were well with it, that is `mystery/unfair-clue`, and not this.
        """;

    public override void Check(StoryReading story, DocumentFacts document, Action<Finding> report)
    {
        foreach (var mystery in story.In(document.Path, "case"))
        {
            var file = CaseFile.Of(story, mystery);
            var verdict = Solver.Judge(file);
            if (!verdict.IsFault || mystery.One("reveal") is not { } reveal)
            {
                continue;
            }

            var cleared = verdict.Steps.Select(step => step.Who).ToHashSet();
            var culprit = mystery.To("culprit").FirstOrDefault(one => one.Target is { } who && cleared.Contains(who));
            var isCleared = verdict.Outcome == Outcome.CulpritCleared;
            report(new(Code, Severity, isCleared ? culprit.Span : reveal.Span, Proof.Of(story, file, verdict))
            {
                Related =
                [
                    .. isCleared ? [mystery.Place(reveal.Span, "The solution is given here.")] : Array.Empty<RelatedPlace>(),
                    .. Solver.Grounds(file, verdict).Select(ground => ground.Container.Place(ground.Reference.Span, MessageOf(ground.Container, ground.Reference))),
                ],
            });
        }
    }

    private static string MessageOf(StoryContainer container, StoryReference reference) => reference.Field switch
    {
        "eliminates" => $"{container.Name} clears somebody.",
        "plants" => "The reader is shown the clue.",
        _ => "A suspect.",
    };
}
