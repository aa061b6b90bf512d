using StoryLsp.Index;

namespace StoryLsp.Continuity.Story;

/// <summary>When a scene or event begins and ends.</summary>
internal sealed record WhenHappens(ContainerKey Key) : Question
{
    public override object? Ask(StoryWorld world) => world.Timeline.IntervalOf(Key);
}

/// <summary>Between which ticks a date of a container lies.</summary>
internal sealed record WhenIs(ContainerKey Key, string Field) : Question
{
    public override object? Ask(StoryWorld world) => world.Find(Key) is { } container ? world.BoundsOf(container, Field) : default(TickBounds);
}

/// <summary>Which of two things is certain to lie before the other.</summary>
internal sealed record OrderOf(ContainerKey Key, ContainerKey Other) : Question
{
    public override object? Ask(StoryWorld world) =>
        (world.Timeline.BeginsBefore(Key, Other), world.Timeline.EndsBefore(Key, Other), world.Timeline.BeginsBefore(Other, Key), world.Timeline.EndsBefore(Other, Key));
}
