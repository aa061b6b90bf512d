using StoryLsp.Continuity.Plot;
using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Mystery;

/// <summary>That a scene shows a clue to the reader.</summary>
/// <param name="Scene">The scene.</param>
/// <param name="Reference">Its reference to the clue.</param>
/// <param name="IsInTime">Whether the reader meets the scene before the reveal.</param>
internal sealed record Planting(StoryContainer Scene, StoryReference Reference, bool IsInTime);

/// <summary>A clue of a case.</summary>
/// <param name="Clue">The clue.</param>
/// <param name="Listed">Where the case lists it; null where no case lists it.</param>
/// <param name="Plantings">The scenes that plant it, in the order of reading.</param>
internal sealed record CaseClue(StoryContainer Clue, StoryReference? Listed, IReadOnlyList<Planting> Plantings)
{
    /// <summary>Whether the case cannot be solved without it.</summary>
    public bool IsEssential => Listed is { Field: "clues" } && Clue.Fact.Field("essential")?.Value.AsBoolean() is true;

    /// <summary>Whether it is there to mislead.</summary>
    public bool IsRedHerring => Listed is { Field: "red_herrings" } || IsMarked;

    /// <summary>Whether it says itself that it is there to mislead.</summary>
    public bool IsMarked => Clue.Fact.Field("red_herring")?.Value.AsBoolean() is true;

    /// <summary>Whether the reader meets it before the reveal.</summary>
    public bool IsInTime => Plantings.Any(planting => planting.IsInTime);
}

/// <summary>A case with all that its solution follows from.</summary>
internal sealed class CaseFile
{
    private readonly StoryReading _story;

    private CaseFile(StoryReading story, StoryContainer mystery)
    {
        _story = story;
        Case = mystery;
        Reveal = story.Find(mystery.One("reveal"));
        Suspects = [.. mystery.To("suspects.who")];
        Culprits = [.. mystery.To("culprit")];
        Clues = [.. Listed().Concat(Unlisted())];
    }

    /// <summary>The case.</summary>
    public StoryContainer Case { get; }

    /// <summary>The scene of the solution; null where the case names none.</summary>
    public StoryContainer? Reveal { get; }

    /// <summary>The suspects as the case names them.</summary>
    public IReadOnlyList<StoryReference> Suspects { get; }

    /// <summary>Who did it.</summary>
    public IReadOnlyList<StoryReference> Culprits { get; }

    /// <summary>The clues that the case lists, red herrings among them, and those that clear a suspect where no other case is.</summary>
    public IReadOnlyList<CaseClue> Clues { get; }

    /// <summary>The essential clues that the reader does not meet before the reveal.</summary>
    public IEnumerable<CaseClue> Unfair => Reveal is null ? [] : Clues.Where(clue => clue.IsEssential && !clue.IsInTime && !MayBePlanted(clue));

    /// <summary>Reads a case.</summary>
    public static CaseFile Of(StoryReading story, StoryContainer mystery) => new(story, mystery);

    /// <summary>Whether a scene may have meant to plant it, and made a slip.</summary>
    public bool MayBePlanted(CaseClue clue) => _story.Ask(new IsPerhapsMeant(clue.Clue.Key, "plants")) is true;

    /// <summary>The name of somebody.</summary>
    public string NameOf(ContainerKey who) => _story.Find(who)?.Name ?? who.Path;

    private IEnumerable<CaseClue> Listed() => Case.To("red_herrings").Concat(Case.To("clues"))
        .Where(listed => listed.Target is not null)
        .DistinctBy(listed => listed.Target)
        .Select(listed => Read(listed.Target!.Value, listed))
        .OfType<CaseClue>();

    // With two cases, a clue that neither lists may belong to the other.
    private IEnumerable<CaseClue> Unlisted()
    {
        if (_story.OfType("case").Count != 1)
        {
            return [];
        }

        var listed = Case.To("red_herrings").Concat(Case.To("clues")).Select(reference => reference.Target).ToHashSet();
        return Suspects.Concat(Culprits)
            .Select(suspect => suspect.Target)
            .OfType<ContainerKey>()
            .Distinct()
            .SelectMany(suspect => _story.Referring(suspect, "eliminates"))
            .Select(clue => clue.Key)
            .Where(clue => !listed.Contains(clue))
            .Distinct()
            .Select(clue => Read(clue, null))
            .OfType<CaseClue>();
    }

    private bool MayBeAnywhere(StoryContainer scene) => _story.Ask(new IsAnywhere(scene.Key)) is true;

    private CaseClue? Read(ContainerKey key, StoryReference? listed)
    {
        if (_story.Find(key) is not { } clue)
        {
            return null;
        }

        var plantings = _story.Referring(key, "plants")
            .Where(scene => _story.IsKindOf(scene.Key, "scene"))
            .SelectMany(scene => scene.To("plants").Where(reference => reference.Target == key).Select(reference =>
                new Planting(scene, reference, Reveal is not null && (_story.IsReadBefore(scene.Key, Reveal.Key) || MayBeAnywhere(scene) || MayBeAnywhere(Reveal)))))
            .ToList();
        plantings.Sort((a, b) => a.Scene.Key == b.Scene.Key ? a.Reference.Span.Start.CompareTo(b.Reference.Span.Start) : _story.IsReadBefore(a.Scene.Key, b.Scene.Key) ? -1 : 1);
        return new(clue, listed, plantings);
    }
}
