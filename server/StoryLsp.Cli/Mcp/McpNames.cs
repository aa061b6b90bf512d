using Humanizer;
using StoryLsp.Index;
using StoryLsp.Pipelines.Secrets;

namespace StoryLsp.Cli.Mcp;

/// <summary>Finds what a client names. What is secret is not there for it, and what it guesses is not confirmed.</summary>
internal static class McpNames
{
    /// <summary>The scene as of which a client reads; null where it names none.</summary>
    /// <exception cref="McpFailure">There is no such scene.</exception>
    public static Container? Scene(Snapshot snapshot, string? name) => name is null ? null
        : snapshot.Resolve(name, "scene").Container is { } scene && snapshot.Schemas.IsKindOf(scene.Type, "scene") && new ModelReading(snapshot, scene).MayName(scene) ? scene
        : throw new McpFailure("There is no one scene of that id or name. The resource story://manuscript lists the scenes with their ids.");

    /// <summary>What has an id or name, and may be told of: as of a scene, else as of its own place.</summary>
    /// <exception cref="McpFailure">There is none, or there are several.</exception>
    public static Container Find(Snapshot snapshot, string name, Container? asOf)
    {
        if (snapshot.Resolve(name, null) is { Kind: ResolutionKind.Resolved or ResolutionKind.Ambiguous } found)
        {
            var known = found.Candidates.Where(candidate => new ModelReading(snapshot, asOf ?? PlaceOf(snapshot, candidate)) is var reading && reading.MayName(candidate) && !reading.Secrets.Says(name, out _)).ToList();
            if (known is [var only])
            {
                return only;
            }

            if (known.Count > 1)
            {
                throw new McpFailure($"Several things are called so. Ask by one of these ids: {known.Select(snapshot.IdOf).Humanize("or")}.");
            }
        }

        throw new McpFailure("Nothing that may be told of has that id or name. The tool `search` finds things by parts of their names.");
    }

    /// <summary>The place at which the text of a container is read: a scene's own, else before all scenes.</summary>
    public static Container? PlaceOf(Snapshot snapshot, Container? container) => container is not null && snapshot.Schemas.IsKindOf(container.Type, "scene") ? container : null;
}
