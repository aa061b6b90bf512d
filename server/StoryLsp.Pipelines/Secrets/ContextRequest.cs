using StoryLsp.Index;
using StoryLsp.Language.Facts;

namespace StoryLsp.Pipelines.Secrets;

/// <summary>What a model may be told of.</summary>
public enum ContextPart
{
    /// <summary>The subject's own attributes, and its prose.</summary>
    Subject,

    /// <summary>Who is in the scene, as they are when it begins.</summary>
    Cast,

    /// <summary>Where it is set.</summary>
    Place,

    /// <summary>The items that are used or had in it.</summary>
    Items,

    /// <summary>The threads that it carries on, sets up or pays off, and the clues that it plants.</summary>
    Threads,

    /// <summary>The facts that the viewpoint character knows, and those that are revealed here.</summary>
    Facts,

    /// <summary>The prose of the scenes before it, the nearest first, as far as it fits.</summary>
    Before,

    /// <summary>The synopsis of the scene that follows it. Nothing else tells of what is to come.</summary>
    After,

    /// <summary>The synopses of earlier scenes.</summary>
    Synopses,

    /// <summary>The fields of a type.</summary>
    Schema,

    /// <summary>Findings that were asked about.</summary>
    Findings,
}

/// <summary>What a pipeline wants to tell a model.</summary>
public sealed record ContextRequest
{
    /// <summary>What it is about; its place in the story decides what is secret. Null: no container, at a place before all scenes.</summary>
    public Container? Subject { get; init; }

    /// <summary>Where in the story it is told, if that is not where the subject stands.</summary>
    public Container? Position { get; init; }

    /// <summary>Through whose eyes; null: the scene's own point of view.</summary>
    public Container? Viewpoint { get; init; }

    /// <summary>What is wanted.</summary>
    public IReadOnlyList<ContextPart> Include { get; init; } = [ContextPart.Subject, ContextPart.Cast, ContextPart.Place];

    /// <summary>How many tokens it may be, by the estimate of <see cref="Tokens"/>.</summary>
    public int TokenLimit { get; init; } = 24_000;

    /// <summary>The type whose fields are told; null: that of the subject.</summary>
    public string? SchemaType { get; init; }

    /// <summary>The findings that are told, with the workspace-relative paths of their documents.</summary>
    public IReadOnlyList<(string Path, Finding Finding)> Findings { get; init; } = [];
}
