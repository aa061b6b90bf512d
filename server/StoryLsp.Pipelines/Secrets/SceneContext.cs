using StoryLsp.Index;

namespace StoryLsp.Pipelines.Secrets;

/// <summary>Everything that a model is told of a scene. It is made by <see cref="ContextCompiler"/> alone.</summary>
/// <param name="Scene">The scene.</param>
/// <param name="Name">The scene's name, where it is no secret.</param>
/// <param name="Items">The containers, the scene first.</param>
/// <param name="Prose">The scene's prose.</param>
public sealed record SceneContext(Container Scene, string Name, IReadOnlyList<ContextItem> Items, string Prose);
