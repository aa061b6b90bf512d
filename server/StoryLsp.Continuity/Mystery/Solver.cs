using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Language.Text;

namespace StoryLsp.Continuity.Mystery;

/// <summary>What the clues of a case come to.</summary>
internal enum Outcome
{
    /// <summary>Nobody can say: nothing is cleared by any planted clue, or something is unknown that would decide it.</summary>
    Open,

    /// <summary>Nobody is left but those who did it.</summary>
    Solved,

    /// <summary>Several are left.</summary>
    SeveralLeft,

    /// <summary>Nobody is left.</summary>
    NobodyLeft,

    /// <summary>Who did it is cleared.</summary>
    CulpritCleared,
}

/// <summary>A step of a proof: a clue that is planted in time clears somebody.</summary>
/// <param name="Clue">The clue.</param>
/// <param name="Who">Who is cleared.</param>
/// <param name="Reference">The clue's reference to them.</param>
internal sealed record Elimination(CaseClue Clue, ContainerKey Who, StoryReference Reference);

/// <summary>The outcome of a case, and why.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Steps">Who is cleared by what, in the order of reading.</param>
/// <param name="Left">Who of the suspects is left.</param>
internal sealed record Verdict(Outcome Outcome, IReadOnlyList<Elimination> Steps, IReadOnlyList<ContainerKey> Left)
{
    /// <summary>Whether the case cannot be solved.</summary>
    public bool IsFault => Outcome is Outcome.SeveralLeft or Outcome.NobodyLeft or Outcome.CulpritCleared;
}

/// <summary>A place that a verdict may rest on.</summary>
internal readonly record struct Ground(string Path, TextSpan Span);

/// <summary>Says who remains of the suspects of a case when all clues are known that are planted before the reveal.</summary>
internal static class Solver
{
    /// <summary>
    /// The verdict. Where a clue is missing that the writer calls essential, or that a slip keeps from being planted, and all were well with
    /// it, that clue is the fault, and the verdict is open.
    /// </summary>
    /// <param name="file">The case.</param>
    /// <param name="without">A place whose text is taken as not written, to find out whether the verdict rests on it.</param>
    public static Verdict Judge(CaseFile file, Ground? without = null)
    {
        if (file.Reveal is null)
        {
            return new(Outcome.Open, [], []);
        }

        var planted = file.Clues.Where(clue => clue.Plantings.Any(planting => planting.IsInTime && !Is(without, planting.Scene, planting.Reference))).ToList();
        var verdict = Judge(file, planted, without);
        if (!verdict.IsFault)
        {
            return verdict;
        }

        var missing = file.Clues.Except(planted).Where(clue => clue.IsEssential || file.MayBePlanted(clue)).ToList();
        return missing.Count > 0 && !Judge(file, [.. planted, .. missing], without).IsFault ? verdict with { Outcome = Outcome.Open } : verdict;
    }

    /// <summary>The places without each of which there were no fault, the reveal apart.</summary>
    public static IEnumerable<(StoryContainer Container, StoryReference Reference)> Grounds(CaseFile file, Verdict verdict)
    {
        var suspects = file.Suspects.Select(suspect => (file.Case, suspect));
        var eliminations = verdict.Steps.Select(step => (step.Clue.Clue, step.Reference));
        var plantings = verdict.Steps.Select(step => step.Clue).Distinct().SelectMany(clue => clue.Plantings).Where(planting => planting.IsInTime).Select(planting => (planting.Scene, planting.Reference));
        return suspects.Concat(eliminations).Concat(plantings)
            .Where(ground => !Judge(file, new Ground(ground.Item1.Path, ground.Item2.Span)).IsFault);
    }

    private static Verdict Judge(CaseFile file, List<CaseClue> planted, Ground? without)
    {
        var proofs = planted.Where(clue => !clue.IsRedHerring).ToList();
        var steps = Steps(proofs, without).ToList();
        var suspects = file.Suspects.Where(suspect => !Is(without, file.Case, suspect)).ToList();
        var known = suspects.Select(suspect => suspect.Target).OfType<ContainerKey>().Distinct().ToList();
        var cleared = steps.Select(step => step.Who).ToHashSet();
        var left = known.Where(suspect => !cleared.Contains(suspect)).ToList();
        var outcome = steps.Count == 0 || known.Count == 0 ? Outcome.Open
            : file.Culprits.Any(culprit => culprit.Target is { } who && cleared.Contains(who)) ? Outcome.CulpritCleared
            : left.Count == 0 ? (known.Count == suspects.Count ? Outcome.NobodyLeft : Outcome.Open)
            : AreSeveral(file, planted, left) ? Outcome.SeveralLeft
            : Outcome.Solved;
        return new(outcome, steps, left);
    }

    // Several who did it together may all be left. Whom a doubtful clue clears is not left for certain.
    private static bool AreSeveral(CaseFile file, List<CaseClue> planted, List<ContainerKey> left)
    {
        var doubtful = planted.SelectMany(clue => clue.Clue.To("eliminates").Where(reference => clue.IsRedHerring || reference.Target is null)).ToList();
        var certain = left.Count(suspect => !doubtful.Exists(reference => reference.Target is null || reference.Target == suspect));
        return certain > Math.Max(1, file.Culprits.Count);
    }

    private static IEnumerable<Elimination> Steps(List<CaseClue> clues, Ground? without) =>
        from clue in clues
        from reference in clue.Clue.To("eliminates")
        where reference.Target is not null && !Is(without, clue.Clue, reference)
        select new Elimination(clue, reference.Target!.Value, reference);

    private static bool Is(Ground? ground, StoryContainer container, StoryReference reference) =>
        ground is { } place && place.Path == container.Path && place.Span == reference.Span;
}
