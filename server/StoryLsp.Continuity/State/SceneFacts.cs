using System.Globalization;
using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.State;

/// <summary>What is known of a container when a scene begins; what is null or empty is unknown, or not so.</summary>
/// <param name="Container">The container.</param>
public sealed record ContainerFacts(Container Container)
{
    /// <summary>Whether a character is born and has not died.</summary>
    public bool? IsAlive { get; init; }

    /// <summary>Where a character died, as words for a sentence: <c>in *The Dinner* (scene 8)</c>, <c>on 1926-11-05</c>.</summary>
    public string? Died { get; init; }

    /// <summary>The age of a character, in full years.</summary>
    public long? Age { get; init; }

    /// <summary>Where a character is, or was when the story last showed them; where an item is that nobody has taken.</summary>
    public Container? Location { get; init; }

    /// <summary>The items that a character has.</summary>
    public IReadOnlyList<Container> Holds { get; init; } = [];

    /// <summary>The injuries of a character that have not healed.</summary>
    public IReadOnlyList<string> Injuries { get; init; } = [];

    /// <summary>The facts that a character knows.</summary>
    public IReadOnlyList<Container> Knows { get; init; } = [];

    /// <summary>
    /// The values of the fields that change in the course of the story; for an item <c>owner</c>, where somebody has it, and <c>destroyed</c> for what is no more.
    /// </summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new SortedDictionary<string, string>();

    /// <summary>Whether nothing is known.</summary>
    public bool IsEmpty => IsAlive is null && Age is null && Location is null && Holds.Count + Injuries.Count + Knows.Count + Fields.Count == 0;
}

/// <summary>The state of the world when a scene begins, in the order in which the story is taken to happen.</summary>
public sealed class SceneFacts
{
    private static readonly string[] Types = ["character", "location", "item"];

    private readonly Snapshot _snapshot;
    private readonly StoryWorld _story;
    private readonly StoryState _state;
    private readonly WorldAt _now;
    private readonly int _rank;

    private SceneFacts(Snapshot snapshot, Container scene, StoryState state, int rank)
    {
        _snapshot = snapshot;
        _story = StoryWorld.Of(snapshot);
        _state = state;
        _rank = rank;
        _now = new WorldAt(state.World, rank);
        Scene = scene;
    }

    /// <summary>The scene.</summary>
    public Container Scene { get; }

    /// <summary>The state when a scene or event begins; null for what is neither, and for an event of which nobody knows when it happens.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="scene">The scene or event.</param>
    public static SceneFacts? At(Snapshot snapshot, Container scene)
    {
        if (!snapshot.Schemas.IsKindOf(scene.Type, "scene") && !snapshot.Schemas.IsKindOf(scene.Type, "event"))
        {
            return null;
        }

        var state = StoryState.Of(snapshot);
        return state.World.Order.RankOf(new(scene.Key, MomentKind.Happens)) is { } rank ? new(snapshot, scene, state, rank) : null;
    }

    /// <summary>The title of the scene with its number where the reader meets it, and when it happens where that is known.</summary>
    public string Title
    {
        get
        {
            var number = _story.NarrativePosition(Scene.Key) is { } position ? string.Create(CultureInfo.InvariantCulture, $" (scene {position + 1})") : "";
            var interval = _story.Timeline.IntervalOf(Scene.Key);
            var when = interval is { EarliestStart: { } first, LatestStart: { } last } && _story.Calendar.StartOfDay(first) == _story.Calendar.StartOfDay(last)
                ? ", " + (first == last ? _story.Calendar.Format(first) : _story.Calendar.FormatDay(first))
                : "";
            return Scene.Name + number + when;
        }
    }

    /// <summary>What is known of all characters, and of everything else that changes, by type and then by id.</summary>
    public IEnumerable<ContainerFacts> All() => _snapshot.ContainersOf("character")
        .Concat(_state.World.Histories.Select(history => Find(history.Entity)).OfType<Container>())
        .DistinctBy(container => container.Key)
        .OrderBy(container => Array.FindIndex(Types, type => IsKindOf(container, type)) is >= 0 and var index ? index : Types.Length)
        .ThenBy(_snapshot.IdOf, StringComparer.Ordinal)
        .Select(Of)
        .Where(facts => !facts.IsEmpty);

    /// <summary>What is known of one container.</summary>
    public ContainerFacts Of(Container container)
    {
        var facts = new ContainerFacts(container) { Fields = FieldsOf(container) };
        if (IsKindOf(container, "character"))
        {
            var being = _now.BeingOf(container.Key);
            return facts with
            {
                IsAlive = being.Kind switch { BeingKind.There => true, BeingKind.Unknown => null, _ => false },
                Died = being is { Kind: BeingKind.Gone, Since: { } death } ? WhenOf(death) : null,
                Age = being.Kind is BeingKind.There or BeingKind.Unknown ? AgeOf(container) : null,
                Location = LastPlaceOf(container.Key),
                Holds = Found(_now.HeldBy(container.Key)),
                Injuries = [.. _now.InjuriesOf(container.Key).Select(change => ((Injures)change.Effect).What)],
                Knows = Found(_now.KnownTo(container.Key)),
            };
        }

        return IsKindOf(container, "item") && _now.HolderOf(container.Key) is { Kind: HolderKind.Unknown, Since: null }
            ? facts with { Location = Target(container, "location") }
            : facts;
    }

    private static IEnumerable<string> ChangingFields(EntityHistory history) =>
        history.Changes.Select(change => change.Effect).OfType<Sets>().Select(sets => sets.Field).Distinct(StringComparer.OrdinalIgnoreCase);

    private SortedDictionary<string, string> FieldsOf(Container container)
    {
        var result = new SortedDictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (_state.World.HistoryOf(container.Key) is not { } history)
        {
            return result;
        }

        foreach (var field in ChangingFields(history))
        {
            if (((_now.FieldOf(container.Key, field)?.Effect as Sets)?.To ?? Written(container, field)) is { } value)
            {
                result[field] = value;
            }
        }

        if (_now.HolderOf(container.Key) is { Kind: HolderKind.Held, Who: { } who } && IsKindOf(container, "item") && Find(who) is { } owner)
        {
            result["owner"] = _snapshot.IdOf(owner);
        }

        if (!IsKindOf(container, "character") && _now.BeingOf(container.Key).Kind == BeingKind.Gone)
        {
            result["destroyed"] = "true";
        }

        return result;
    }

    private static string? Written(Container container, string field) => container.Fact.Fields
        .FirstOrDefault(written => written.Name.Equals(field, StringComparison.OrdinalIgnoreCase))?.Value.AsTexts() is { Count: > 0 } texts ? string.Join(", ", texts) : null;

    private long? AgeOf(Container container)
    {
        if (container.Fact.Field("born") is null)
        {
            return long.TryParse(container.Fact.Field("age")?.Value.AsText(), NumberStyles.None, CultureInfo.InvariantCulture, out var age) ? age : null;
        }

        return _story.Find(container.Key) is { } character && _story.Find(Scene.Key) is { } scene ? Ages.At(_story, character, scene) : null;
    }

    // Who was last seen somewhere is there until they are seen elsewhere.
    private Container? LastPlaceOf(ContainerKey who)
    {
        for (var rank = _rank; rank >= 0; rank--)
        {
            var moment = _state.World.Order.Moments[rank];
            if (moment.Kind == MomentKind.Happens && (rank == _rank || !_state.World.Order.IsDream(moment.Container)) && _story.Find(moment.Container) is { } scene &&
                Cast.Present(scene).Any(reference => reference.Target == who))
            {
                return scene.One("location")?.Target is { } place ? Find(place) : null;
            }
        }

        return null;
    }

    private string WhenOf(StateChange death) => death.At.Kind == MomentKind.Happens
        ? _story.Find(death.At.Container) is { } scene ? $"in *{scene.Name}*" : "before"
        : Find(death.Source)?.Fact.Field("died")?.Value.AsText() is { } date ? "on " + date.Trim() : "before";

    private Container? Target(Container container, string field) => _story.Find(container.Key)?.One(field)?.Target is { } key ? Find(key) : null;

    private bool IsKindOf(Container container, string type) => _snapshot.Schemas.IsKindOf(container.Type, type);

    private List<Container> Found(IEnumerable<ContainerKey> keys) => [.. keys.Select(Find).OfType<Container>()];

    private Container? Find(ContainerKey key) => _snapshot.ContainersIn(key.Path).ElementAtOrDefault(key.Index);
}
