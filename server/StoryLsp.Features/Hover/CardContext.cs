using StoryLsp.Continuity.State;

namespace StoryLsp.Features.Hover;

/// <summary>Where a card is shown.</summary>
/// <param name="Links">Writes the address of a place; null: places are not linked.</param>
/// <param name="Scene">The state of the world in the scene that one stands in; null outside of scenes.</param>
internal readonly record struct CardContext(LinkWriter? Links, SceneFacts? Scene);
