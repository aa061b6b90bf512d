using StoryLsp.Language.Text;

namespace StoryLsp.Pipelines.Proposals;

/// <summary>What a proposal is made of.</summary>
public sealed record ProposalRequest
{
    /// <summary>The proposal's id: letters and digits; null makes one.</summary>
    public string? Id { get; init; }

    /// <summary>The run.</summary>
    public required string Run { get; init; }

    /// <summary>The pipeline.</summary>
    public required string Pipeline { get; init; }

    /// <summary>The model, as the provider calls it.</summary>
    public required string Model { get; init; }

    /// <summary>The provider, as <c>ai.provider</c> names it.</summary>
    public string? Provider { get; init; }

    /// <summary>Where the text comes from, in a sentence for the writer.</summary>
    public required string Origin { get; init; }

    /// <summary>The id of the container that it is about.</summary>
    public required string Input { get; init; }

    /// <summary>SHA-256 of the prompt that was sent, in lower-case hexadecimal.</summary>
    public string? PromptHash { get; init; }

    /// <summary>What the proposal does, as <c>Continue “Arrival”</c>; the label of each hunk begins with it.</summary>
    public required string Label { get; init; }

    /// <summary>When it is made.</summary>
    public DateTimeOffset At { get; init; }

    /// <summary>Files as they are to be; the hunks are found by comparing.</summary>
    public IReadOnlyList<FileDraft> Files { get; init; } = [];

    /// <summary>Files whose edits are known.</summary>
    public IReadOnlyList<FileEdits> Edits { get; init; } = [];
}

/// <summary>A file as it is to be.</summary>
/// <param name="Path">Workspace-relative path with <c>/</c>.</param>
/// <param name="Before">The text that it was made from; null takes the text of today, or none where there is no such file.</param>
/// <param name="After">The text that it is to have; null: no file. A person must tick that.</param>
public sealed record FileDraft(string Path, string? Before, string? After)
{
    /// <summary>How sure the model is, from 0 to 1.</summary>
    public double? Confidence { get; init; }
}

/// <summary>Edits of a file.</summary>
/// <param name="Path">Workspace-relative path with <c>/</c>.</param>
/// <param name="Edits">The edits, in any order; they must not overlap.</param>
public sealed record FileEdits(string Path, IReadOnlyList<LabelledEdit> Edits)
{
    /// <summary>The text that the spans count in; null takes the text of today.</summary>
    public SourceText? Text { get; init; }
}

/// <summary>An edit and what it does.</summary>
/// <param name="Edit">The edit.</param>
/// <param name="Label">What it does; null takes the proposal's label.</param>
/// <param name="Confidence">How sure the model is, from 0 to 1.</param>
public sealed record LabelledEdit(TextEdit Edit, string? Label = null, double? Confidence = null)
{
    /// <summary>Why it is not taken unless a person says so, in a sentence; null where nothing speaks against it.</summary>
    public string? Doubt { get; init; }
}
