using StoryLsp.Continuity.State;
using StoryLsp.Index;
using StoryLsp.Language.Facts;

namespace StoryLsp.Continuity.Story;

/// <summary>Everything that ever happens to a container; null when nothing does. The same object for as long as that stays so.</summary>
internal sealed record HistoryOf(ContainerKey Key) : Question
{
    public override object? Ask(StoryWorld world) => StoryState.Of(world.Snapshot).World.HistoryOf(Key);
}

/// <summary>By which dates one moment is entailed to lie before another; null where that is not entailed.</summary>
internal sealed record ProofOfOrder(Moment First, Moment Second) : Question
{
    public override object? Ask(StoryWorld world) => StoryState.Of(world.Snapshot).Order.ProofOf(First, Second);
}

/// <summary>Who has an item when a scene begins, in the order in which the story is taken to happen.</summary>
internal sealed record AssumedHolder(ContainerKey Item, Moment Scene) : Question
{
    public override object? Ask(StoryWorld world) => StoryState.Of(world.Snapshot).World.Before(Scene)?.HolderOf(Item);
}

/// <summary>Whether somebody knows a fact when a scene begins, in the order in which the story is taken to happen; null for who can tell.</summary>
internal sealed record AssumedKnowledge(ContainerKey Who, ContainerKey Fact, Moment Scene) : Question
{
    public override object? Ask(StoryWorld world) => StoryState.Of(world.Snapshot).World.Before(Scene)?.KnowledgeOf(Who, Fact).Knows;
}

public sealed partial class StoryReading
{
    /// <summary>What a container of the document that the rule looks at says of changes of the world; null when nothing.</summary>
    internal SourceEffects? EffectsOf(StoryContainer container) => StoryState.Of(Snapshot).World.SourceOf(container.Key);

    /// <summary>Everything that ever happens to a container; null when nothing does.</summary>
    internal EntityHistory? HistoryOf(ContainerKey key) => (EntityHistory?)Ask(new HistoryOf(key));

    /// <summary>All changes of a container, whenever they are, and those of which nobody knows whom or what they are meant for.</summary>
    internal IEnumerable<StateChange> EverythingOf(ContainerKey key)
    {
        var own = HistoryOf(key);
        var anyones = HistoryOf(Effect.Anyone);
        return [.. own?.Changes ?? [], .. own?.Unplaced ?? [], .. anyones?.Changes ?? [], .. anyones?.Unplaced ?? []];
    }

    /// <summary>By which dates one moment is entailed to lie before another; null where that is not entailed.</summary>
    internal Proof? ProofOf(Moment first, Moment second) => (Proof?)Ask(new ProofOfOrder(first, second));

    /// <summary>Whether a change may lie after another and not after a scene, so that it may undo it: what the scene itself says counts.</summary>
    internal bool MayLieBetween(StateChange change, StateChange first, Moment scene)
    {
        if (change.At == first.At)
        {
            return change.Source != first.Source || change.Index > first.Index;
        }

        return change.At == scene || (ProofOf(change.At, first.At) is null && ProofOf(scene, change.At) is null);
    }

    /// <summary>Where a change is written, and the dates by which it lies before or after a scene.</summary>
    /// <param name="change">The change.</param>
    /// <param name="proof">What says so.</param>
    /// <param name="message">What the change is, in a writer's words.</param>
    internal IReadOnlyList<RelatedPlace> PlacesOf(StateChange change, Proof proof, string message)
    {
        var result = new List<RelatedPlace>();
        if (Find(change.Source) is { } source && StoryState.Of(Snapshot).World.SourceOf(change.Source) is { } effects && change.Index < effects.Effects.Count)
        {
            result.Add(source.Place(effects.Effects[change.Index].Span, message));
        }

        foreach (var (key, name) in proof.Dates)
        {
            if (Find(key) is { } dated && dated.Field(name) is { } field && !result.Exists(place => place.Path == dated.Path && place.Span == field.Value.Span))
            {
                result.Add(dated.Place(field.Value.Span, $"When *{dated.Name}* is."));
            }
        }

        return result;
    }

    /// <summary>The point of view of a scene, where a use leaves open who it is; nothing where that is written.</summary>
    internal IEnumerable<RelatedPlace> PointOfViewOf(StoryContainer scene, WrittenUse use) =>
        use.WhoSpan is null && scene.One("pov") is { } pov && pov.Target == use.Who ? [scene.Place(pov.Span, $"{Find(use.Who)?.Name ?? pov.Text} is meant, whose point of view it is.")] : [];

    /// <summary>When and where a change is said to happen: <c>in *The Dinner* (scene 8)</c>, <c>on 1926-11-05</c>, <c>from the start</c>.</summary>
    internal string WhenOf(StateChange change) => change.At.Kind switch
    {
        MomentKind.Start => "from the start",
        MomentKind.Happens => Find(change.At.Container) is { } scene ? "in " + Wording.Title(this, scene) : "elsewhere",
        _ => Find(change.Source)?.Text(DateFieldOf(change)) is { } date ? "on " + date.Trim() : "before",
    };

    private static string DateFieldOf(StateChange change) => change.Effect switch
    {
        Dies => "died",
        Destroys => "destroyed",
        _ => change.At.Kind == MomentKind.Begins ? "born" : "died",
    };
}
