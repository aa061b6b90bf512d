namespace StoryLsp.Pipelines.Proposals;

/// <summary>A file as the proposal found it, or as the last decision left it.</summary>
/// <param name="Path">Workspace-relative path with <c>/</c>.</param>
/// <param name="Hash">SHA-256 of its text as UTF-8 without a byte order mark, in lower-case hexadecimal; empty where there is no such file.</param>
public sealed record BaseFile(string Path, string Hash);

/// <summary>What a person decided about a hunk.</summary>
public enum HunkDecision
{
    /// <summary>It was taken: its text was written.</summary>
    Accepted,

    /// <summary>It was left.</summary>
    Rejected,
}

/// <summary>What a pipeline suggests. It changes nothing until a person accepts it.</summary>
public sealed record Proposal
{
    /// <summary>Its id: letters and digits.</summary>
    public required string Id { get; init; }

    /// <summary>The id of the run that made it.</summary>
    public required string Run { get; init; }

    /// <summary>The pipeline, as <c>synopsis</c>.</summary>
    public required string Pipeline { get; init; }

    /// <summary>The model that wrote it, as the provider calls it.</summary>
    public required string Model { get; init; }

    /// <summary>The provider, as <c>ai.provider</c> names it; null where it is not known.</summary>
    public string? Provider { get; init; }

    /// <summary>What it does, as <c>Continue “Arrival”</c>; null for one of a former version.</summary>
    public string? Label { get; init; }

    /// <summary>Where the text comes from, in a sentence for the writer.</summary>
    public required string Origin { get; init; }

    /// <summary>The id of the container that it is about.</summary>
    public required string Input { get; init; }

    /// <summary>SHA-256 of the prompt that was sent, in lower-case hexadecimal; null where it is not known.</summary>
    public string? PromptHash { get; init; }

    /// <summary>When it was made; null for one of a former version.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>The files as they were.</summary>
    public required IReadOnlyList<BaseFile> Base { get; init; }

    /// <summary>The changes, decided ones too. Those of one file stand in the order of their places.</summary>
    public required IReadOnlyList<Hunk> Hunks { get; init; }

    /// <summary>What was decided so far, by the ids of the hunks.</summary>
    public IReadOnlyDictionary<int, HunkDecision> Decisions { get; init; } = NoDecisions;

    /// <summary>What it does to the findings; null where nobody has looked.</summary>
    public ProposalFindings? Findings { get; init; }

    /// <summary>The hunks about which nothing is decided.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IEnumerable<Hunk> Open => Hunks.Where(hunk => !Decisions.ContainsKey(hunk.Id));

    /// <summary>The ids of the open hunks that an acceptance takes when nobody names others.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IReadOnlySet<int> Ticked => Open.Where(hunk => hunk.IsTicked).Select(hunk => hunk.Id).ToHashSet();

    internal static IReadOnlyDictionary<int, HunkDecision> NoDecisions { get; } = new Dictionary<int, HunkDecision>();

    /// <summary>The hash of a file in the base; null where the proposal does not touch it.</summary>
    internal string? BaseHash(string path) => Base.FirstOrDefault(file => file.Path == path)?.Hash;
}
