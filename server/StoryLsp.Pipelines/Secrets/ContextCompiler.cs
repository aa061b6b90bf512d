using StoryLsp.Index;

namespace StoryLsp.Pipelines.Secrets;

/// <summary>
/// Compiles what a model is told. It is the only way to a model: what a schema marks as secret, at any depth and in any container, is left out, and so is every field
/// that no schema knows, and whatever the story itself keeps at the place that is told of (<see cref="Continuity.Secrets.StorySecrets"/>).
/// </summary>
public static class ContextCompiler
{
    /// <summary>Compiles what a model is told, for the place in the story where its subject stands. What is secret there is left out, and counted.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="request">What is wanted.</param>
    public static CompiledContext Compile(Snapshot snapshot, ContextRequest request) => new Compilation(snapshot, request).Compile();
}
