using StoryLsp.Continuity.Plot;
using StoryLsp.Continuity.Story;
using StoryLsp.Index;

namespace StoryLsp.Continuity.Mystery;

/// <summary>The words of a verdict and of a clue that the reader does not get, each with its reasons and its remedy.</summary>
internal static class Proof
{
    /// <summary>Why an essential clue is not fair.</summary>
    public static string Of(StoryReading story, CaseFile file, CaseClue clue)
    {
        var reveal = Wording.Title(story, file.Reveal!);
        return $"The clue *{clue.Clue.Name}* is essential, but {Whereabouts(story, file, clue)}, so no reader can work out what {reveal} tells. Plant it in a scene before {reveal}.";
    }

    /// <summary>Why a case cannot be solved, step by step.</summary>
    public static string Of(StoryReading story, CaseFile file, Verdict verdict)
    {
        var reveal = Wording.Title(story, file.Reveal!);
        var culprits = file.Culprits.Select(culprit => culprit.Target).OfType<ContainerKey>().ToHashSet();
        var suspects = Wording.All(Known(file).Select(file.NameOf));
        switch (verdict.Outcome)
        {
            case Outcome.CulpritCleared:
                var steps = verdict.Steps.Where(step => culprits.Contains(step.Who)).ToList();
                var who = Wording.All(steps.Select(step => step.Who).Distinct().Select(file.NameOf));
                return $"{who} did it, but before {reveal} the clues clear {who}. {Steps(story, file, steps)} Take {who} out of what the clue `eliminates`, or name another culprit.";
            case Outcome.NobodyLeft:
                return $"Before {reveal} the clues clear every suspect: {suspects}. {Steps(story, file, Needed(file, verdict))} Name who did it among the `suspects`, or let a clue clear fewer of them.";
            default:
                var innocent = verdict.Left.Where(left => !culprits.Contains(left)).ToList();
                var wanted = Wording.All((innocent.Count > 0 ? innocent : verdict.Left).Select(file.NameOf));
                return $"Of {suspects}, the clues before {reveal} leave {Wording.All(verdict.Left.Select(file.NameOf))}, so no reader can know who did it. " +
                    $"{Steps(story, file, Needed(file, verdict))} Nothing that is planted clears {wanted}{Late(story, file, innocent)}. Plant a clue that `eliminates` {wanted}.";
        }
    }

    /// <summary>Where a clue is planted that is not planted in time.</summary>
    private static string Whereabouts(StoryReading story, CaseFile file, CaseClue clue)
    {
        if (clue.Plantings.Count == 0)
        {
            return "no scene plants it";
        }

        var first = clue.Plantings[0].Scene;
        if (first.Key == file.Reveal!.Key)
        {
            return "is planted only in the scene of the solution itself";
        }

        return story.Ask(new IsInManuscript(first.Key)) is true
            ? $"is planted only in {Wording.Title(story, first)}, after the solution"
            : $"is planted only in *{first.Name}*, which the manuscript leaves out";
    }

    // One clue for each who is cleared is enough of a reason.
    private static List<Elimination> Needed(CaseFile file, Verdict verdict)
    {
        var known = Known(file).ToHashSet();
        return [.. verdict.Steps.Where(step => known.Contains(step.Who)).DistinctBy(step => step.Who)];
    }

    private static IEnumerable<ContainerKey> Known(CaseFile file) => file.Suspects.Select(suspect => suspect.Target).OfType<ContainerKey>().Distinct();

    private static string Steps(StoryReading story, CaseFile file, List<Elimination> steps) => string.Join(' ', steps.Select((step, index) =>
        $"({index + 1}) *{step.Clue.Clue.Name}*, in {Wording.Title(story, step.Clue.Plantings.First(planting => planting.IsInTime).Scene)}, clears {file.NameOf(step.Who)}."));

    private static string Late(StoryReading story, CaseFile file, List<ContainerKey> wanted)
    {
        var late = file.Clues.FirstOrDefault(clue => !clue.IsInTime && !clue.IsRedHerring && clue.Clue.To("eliminates").Any(who => who.Target is { } key && wanted.Contains(key)));
        return late is null ? "" : $". *{late.Clue.Name}* would, but {Whereabouts(story, file, late).Replace("no scene plants it", "is planted nowhere", StringComparison.Ordinal)}";
    }
}
