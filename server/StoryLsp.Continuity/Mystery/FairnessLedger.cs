using StoryLsp.Continuity.Plot;
using StoryLsp.Continuity.Story;
using StoryLsp.Index;

namespace StoryLsp.Continuity.Mystery;

/// <summary>A scene in a ledger.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Title">Its title.</param>
/// <param name="Number">Its number in the order of reading, from 1; null where the manuscript leaves it out.</param>
public sealed record LedgerScene(string Id, string Title, int? Number);

/// <summary>A clue in a ledger.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsEssential">Whether the case cannot be solved without it.</param>
/// <param name="IsRedHerring">Whether it is there to mislead.</param>
/// <param name="Planted">The first scene that plants it; null when none does.</param>
/// <param name="DetectiveSees">
/// The first scene that plants it while the detective is there, or in which the detective learns the fact that it establishes; null when there is none.
/// </param>
/// <param name="ReaderKnows">The first scene that plants it or reveals the fact that it establishes; null when there is none.</param>
/// <param name="IsInTime">Whether it is planted before the reveal; false too where the case has no reveal.</param>
public sealed record LedgerClue(
    string Id, string Name, bool IsEssential, bool IsRedHerring, LedgerScene? Planted, LedgerScene? DetectiveSees, LedgerScene? ReaderKnows, bool IsInTime);

/// <summary>What a mystery shows to whom, and when: whether a reader could have solved it.</summary>
public sealed class FairnessLedger
{
    private readonly StoryReading _story;

    private FairnessLedger(StoryReading story, CaseFile file)
    {
        _story = story;
        Id = file.Case.Id;
        Name = file.Case.Name;
        Reveal = file.Reveal is { } reveal ? Scene(reveal) : null;
        var detective = story.Find(file.Case.One("detective"));
        Detective = detective?.Name;
        Clues = [.. file.Clues.Select(clue => Read(clue, detective?.Key)).OrderBy(clue => clue.Planted?.Number ?? int.MaxValue)];
        Faults = [.. FaultsOf(story, file)];
    }

    /// <summary>The case's id.</summary>
    public string Id { get; }

    /// <summary>The case's name.</summary>
    public string Name { get; }

    /// <summary>The scene of the solution; null where the case names none that is known: then nobody can say whether it is fair.</summary>
    public LedgerScene? Reveal { get; }

    /// <summary>The detective's name; null where the case names none.</summary>
    public string? Detective { get; }

    /// <summary>The clues in the order in which they are planted; those that no scene plants come last.</summary>
    public IReadOnlyList<LedgerClue> Clues { get; }

    /// <summary>Why it is not fair, one sentence or proof each.</summary>
    public IReadOnlyList<string> Faults { get; }

    /// <summary>Whether it is fair; null where nobody can say.</summary>
    public bool? IsFair => Reveal is null ? null : Faults.Count == 0;

    /// <summary>The ledger of a case.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="mystery">The case, of that snapshot.</param>
    public static FairnessLedger Of(Snapshot snapshot, Container mystery)
    {
        var world = StoryWorld.Of(snapshot);
        var story = new StoryReading(world);
        return new(story, CaseFile.Of(story, world.Find(mystery.Key) ?? throw new ArgumentException("The case is not of this snapshot.", nameof(mystery))));
    }

    private static IEnumerable<string> FaultsOf(StoryReading story, CaseFile file)
    {
        if (file.Reveal is null)
        {
            yield break;
        }

        foreach (var clue in file.Clues.Where(clue => clue is { IsEssential: true, IsInTime: false }))
        {
            yield return Proof.Of(story, file, clue);
        }

        var verdict = Solver.Judge(file);
        if (verdict.IsFault)
        {
            yield return Proof.Of(story, file, verdict);
        }
    }

    private LedgerClue Read(CaseClue clue, ContainerKey? detective)
    {
        var plantings = clue.Plantings.Select(planting => planting.Scene).ToList();
        var fact = clue.Clue.One("establishes")?.Target;
        var seen = detective is { } who
            ? plantings.Where(scene => scene.To("pov").Concat(scene.To("characters")).Any(one => one.Target == who)).Concat(Learned(fact, who))
            : [];
        var known = plantings.Concat(fact is { } key ? _story.Referring(key, "reveals") : []);
        return new(clue.Clue.Id, clue.Clue.Name, clue.IsEssential, clue.IsRedHerring, First(plantings), First(seen), First(known), clue.IsInTime);
    }

    private IEnumerable<StoryContainer> Learned(ContainerKey? fact, ContainerKey who) => fact is { } key
        ? ((KeyList)_story.Ask(new LearnedIn(key, who))!).Keys.Select(scene => _story.Find(scene)).OfType<StoryContainer>()
        : [];

    private LedgerScene? First(IEnumerable<StoryContainer> scenes) =>
        scenes.Where(scene => _story.NarrativePosition(scene.Key) is not null).MinBy(scene => _story.NarrativePosition(scene.Key)) is { } first ? Scene(first) : null;

    private LedgerScene Scene(StoryContainer scene) => new(
        scene.Id,
        scene.Name,
        _story.Ask(new IsInManuscript(scene.Key)) is true && _story.NarrativePosition(scene.Key) is { } position ? position + 1 : null);
}
