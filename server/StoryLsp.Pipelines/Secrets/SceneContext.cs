using StoryLsp.Index;

namespace StoryLsp.Pipelines.Secrets;

/// <summary>One piece of what a model is told, and why.</summary>
/// <param name="Container">The id of the container that it comes from.</param>
/// <param name="Reason">Why it is there, as <c>the scene</c> or <c>in the cast</c>.</param>
/// <param name="Attributes">Its attributes as lines of <c>key: value</c>, without any secret.</param>
public sealed record ContextItem(string Container, string Reason, string Attributes);

/// <summary>Everything that a model is told of a scene. It is made by <see cref="ContextCompiler"/> alone.</summary>
/// <param name="Scene">The scene.</param>
/// <param name="Name">The scene's name, where it is no secret.</param>
/// <param name="Items">The containers, the scene first.</param>
/// <param name="Prose">The scene's prose.</param>
public sealed record SceneContext(Container Scene, string Name, IReadOnlyList<ContextItem> Items, string Prose);
