using System.Text.Json;
using StoryLsp.Protocol;

namespace StoryLsp.Server.Extensions;

/// <summary>The argument of <c>storylsp.run</c>.</summary>
internal sealed record RunArguments
{
    public string? Pipeline { get; init; }

    public string? Uri { get; init; }

    public string? Container { get; init; }

    public LspRange? Range { get; init; }

    public string? Text { get; init; }

    public string? Instruction { get; init; }

    public string? Model { get; init; }

    public bool? Auto { get; init; }

    public string? Key { get; init; }
}

/// <summary>The argument of <c>storylsp.resume</c>.</summary>
internal sealed record ResumeArguments
{
    public string? Run { get; init; }

    public string? Key { get; init; }

    public string? Model { get; init; }

    public int? From { get; init; }

    public bool? Again { get; init; }
}

/// <summary>The argument of the other commands about a run; <see cref="Model"/> is for <c>storylsp.changeModel</c> alone.</summary>
internal sealed record RunReference
{
    public string? Run { get; init; }

    public string? Model { get; init; }
}

/// <summary>What the commands that start a run, or go on with one, answer.</summary>
internal sealed record RunAnswer
{
    public required string Run { get; init; }

    public string? Pipeline { get; init; }

    public required string Status { get; init; }

    public string? Message { get; init; }

    public string? Prompt { get; init; }

    public string? Proposal { get; init; }

    public FindingsChangeJson? Findings { get; init; }

    public IReadOnlyList<NoteJson>? Notes { get; init; }
}

/// <summary>What a proposal does to the findings.</summary>
internal sealed record FindingsChangeJson(int Added, int Removed, string Summary);

/// <summary>A remark of a critique.</summary>
internal sealed record NoteJson(string Rule, string Quote, string Note, string? Uri, LspRange? Range);

/// <summary>The argument of <c>storylsp.remark.putAside</c>.</summary>
internal sealed record RemarkArguments
{
    public string? Uri { get; init; }

    public string? Rule { get; init; }

    public string? Note { get; init; }
}

/// <summary>How many remarks were put aside.</summary>
internal sealed record RemarkAnswer(int Remarks);

/// <summary>What the other commands about a run answer.</summary>
internal sealed record RunState(string Run, string Status, string? Model = null);

/// <summary>The notification <c>storylsp/run</c>.</summary>
internal sealed record RunNews
{
    public required string Run { get; init; }

    public string? Pipeline { get; init; }

    public required string Status { get; init; }

    public int? Step { get; init; }

    public string? Kind { get; init; }

    public string? Message { get; init; }

    public string? Text { get; init; }

    public int? Words { get; init; }

    public string? Prompt { get; init; }

    public string? Proposal { get; init; }

    public long? Tokens { get; init; }

    public decimal? Cost { get; init; }
}

/// <summary>The params of requests about a story as a whole.</summary>
internal sealed record StoryParams
{
    public string? Uri { get; init; }
}

/// <summary>A pipeline in a palette.</summary>
internal sealed record PipelineJson(string Name, string Title, string Description, string Input, string? Path);

/// <summary>The answer of <c>storylsp/pipelines</c>.</summary>
internal sealed record PipelinesAnswer(IReadOnlyList<PipelineJson> Pipelines);

/// <summary>A run in a list.</summary>
internal sealed record RunJson(
    string Run, string Pipeline, string Input, string Status, int Step, DateTimeOffset Started, long Tokens, decimal? Cost, string? Proposal, string? Prompt);

/// <summary>The answer of <c>storylsp/runs</c>.</summary>
internal sealed record RunsAnswer(IReadOnlyList<RunJson> Runs);

/// <summary>The params of <c>storylsp/runEvents</c>.</summary>
internal sealed record RunEventsParams
{
    public long? After { get; init; }

    public string? Run { get; init; }

    public int? Limit { get; init; }

    public string? Uri { get; init; }
}

/// <summary>Something that was recorded of a run.</summary>
internal sealed record RunEventJson(long Id, string Run, string Kind, int? Step, JsonElement? Data, string? Correlation, long? Causation, DateTimeOffset At);

/// <summary>The answer of <c>storylsp/runEvents</c>.</summary>
internal sealed record RunEventsAnswer(IReadOnlyList<RunEventJson> Events, long Last);

/// <summary>A model that can be chosen.</summary>
internal sealed record ModelJson(string Id, string? Name = null);

/// <summary>The answer of <c>storylsp/models</c>.</summary>
internal sealed record ModelsAnswer(string Provider, string? Current, IReadOnlyList<ModelJson> Models);
