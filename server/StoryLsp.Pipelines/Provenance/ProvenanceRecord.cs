using System.Text.Json.Serialization;

namespace StoryLsp.Pipelines.Provenance;

/// <summary>Where the text of a proposal comes from, and what of it was accepted. One file in <c>.story/provenance/</c>, meant for git.</summary>
public sealed record ProvenanceRecord
{
    /// <summary>The proposal.</summary>
    public required string Proposal { get; init; }

    /// <summary>The run that made it.</summary>
    public required string Run { get; init; }

    /// <summary>The pipeline.</summary>
    public required string Pipeline { get; init; }

    /// <summary>The provider, as <c>ai.provider</c> names it; null where it is not known.</summary>
    public string? Provider { get; init; }

    /// <summary>The model, as the provider calls it.</summary>
    public required string Model { get; init; }

    /// <summary>SHA-256 of the prompt that was sent; null where it is not known.</summary>
    public string? PromptHash { get; init; }

    /// <summary>What was accepted, in the order of the decisions.</summary>
    public required IReadOnlyList<AcceptedHunk> Hunks { get; init; }

    /// <summary>Whether no model wrote it: sentences picked from the story itself, mechanical repairs.</summary>
    [JsonIgnore]
    public bool IsMechanical => Provider == "offline" || (Provider is null && Model.StartsWith("offline-", StringComparison.Ordinal));
}

/// <summary>An accepted hunk.</summary>
/// <param name="Hunk">Its id in the proposal.</param>
/// <param name="File">Workspace-relative path with <c>/</c>, as it was then.</param>
/// <param name="Container">The id of the innermost container that it lies in; null where there is none.</param>
/// <param name="By">Who accepted it.</param>
/// <param name="At">When.</param>
/// <param name="Sentences">The sentences that it made, or changed; none where it only took something away.</param>
public sealed record AcceptedHunk(int Hunk, string File, string? Container, string By, DateTimeOffset At, IReadOnlyList<AcceptedSentence> Sentences);

/// <summary>A sentence as it stood when it was accepted.</summary>
/// <param name="Text">The sentence.</param>
/// <param name="Of">
/// Where it is another wording of a sentence that stood there: the SHA-256 of that sentence's words, which tells later whether a person wrote
/// it; its own where it only came to another place, or into another dress; null where the sentence is new.
/// </param>
public sealed record AcceptedSentence(string Text, string? Of)
{
    /// <summary>Whether it is no prose, but an entry of YAML.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsEntry { get; init; }

    /// <summary>
    /// The SHA-256 of other sentences that stood in the file before the acceptance, and that could be taken for this one after an edit: whoever goes back to
    /// them has what was there before, and nothing of this one. Null where there are none.
    /// </summary>
    public IReadOnlyList<string>? Stood { get; init; }
}
