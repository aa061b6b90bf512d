namespace StoryLsp.Pipelines.Runs;

/// <summary>A prompt as it is sent.</summary>
public sealed record PromptText
{
    /// <summary>What the model is to do.</summary>
    public required string System { get; init; }

    /// <summary>What it is to do it with.</summary>
    public required string User { get; init; }

    /// <summary>The model that a person chose for this prompt; null: the step's, the run's, or that of <c>story.yaml</c>.</summary>
    public string? Model { get; init; }
}
