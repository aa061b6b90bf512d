using StoryLsp.Language.Schemas;

namespace StoryLsp.Pipelines.Files;

/// <summary>One step of a pipeline.</summary>
public abstract record StepFile
{
    private protected StepFile()
    {
    }

    /// <summary>The word that the file has for it: <c>context</c>, <c>prompt</c>, <c>intercept</c>, <c>generate</c>, <c>validate</c>, <c>critique</c> or <c>propose</c>.</summary>
    public abstract string Kind { get; }

    /// <summary>Its place in the pipeline, from 0.</summary>
    public int Index { get; internal init; }

    /// <summary>The model of this step; null: the one of the run, else that of <c>story.yaml</c>.</summary>
    public string? Model { get; internal init; }
}

/// <summary>A step that asks a model.</summary>
internal abstract record ModelStep : StepFile
{
    public double? Temperature { get; init; }

    /// <summary>The most tokens that an answer may have.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>How often a broken or empty answer is asked for again.</summary>
    public int Retries { get; init; } = 1;

    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(5);
}

/// <summary>Gathers what the model is told of the story.</summary>
internal sealed record ContextStep : StepFile
{
    public override string Kind => "context";

    public IReadOnlyList<string> Include { get; init; } = [];

    /// <summary>The most tokens of all of it.</summary>
    public int Limit { get; init; } = 8000;
}

/// <summary>Puts the prompt together.</summary>
internal sealed record PromptStep : StepFile
{
    public override string Kind => "prompt";

    public required string System { get; init; }

    public required string User { get; init; }
}

/// <summary>Stops, so that a person may read and change the prompt.</summary>
internal sealed record InterceptStep : StepFile
{
    public override string Kind => "intercept";
}

/// <summary>What an answer is.</summary>
internal enum OutputKind
{
    /// <summary>One short text.</summary>
    Text,

    /// <summary>Prose of the manuscript.</summary>
    Prose,

    /// <summary>A YAML file.</summary>
    Yaml,

    /// <summary>One JSON object.</summary>
    Json,
}

/// <summary>Asks the model.</summary>
internal sealed record GenerateStep : ModelStep
{
    public override string Kind => "generate";

    /// <summary>What later prompts call the answer; null: <c>answer</c> alone.</summary>
    public string? Name { get; init; }

    public OutputKind Output { get; init; }

    /// <summary>The fields of a JSON answer.</summary>
    public IReadOnlyList<FieldSchema> Schema { get; init; } = [];

    /// <summary>The most words that an answer may have.</summary>
    public int? MaxWords { get; init; }

    /// <summary>The algorithm of the provider <c>offline</c>; null: there is no honest one.</summary>
    public string? Offline { get; init; }
}

/// <summary>What becomes of an answer that stays at fault.</summary>
internal enum OnFailure
{
    /// <summary>The last valid one is taken.</summary>
    Keep,

    /// <summary>The run goes back to its prompt.</summary>
    RollBack,

    /// <summary>The run ends.</summary>
    Fail,
}

/// <summary>Checks the answer, and tells the model what is wrong with it.</summary>
internal sealed record ValidateStep : StepFile
{
    public override string Kind => "validate";

    /// <summary>Whether the rules of continuity are run on the story as it would be.</summary>
    public bool Rules { get; init; }

    /// <summary>How often the model may repair its answer.</summary>
    public int Rounds { get; init; } = 1;

    public OnFailure OnFailure { get; init; } = OnFailure.Fail;
}

/// <summary>A second reading of the answer by a model, whose complaints go into one round of repair.</summary>
internal sealed record CritiqueStep : ModelStep
{
    public override string Kind => "critique";

    public required string System { get; init; }

    public required string User { get; init; }
}

/// <summary>Where a result goes.</summary>
internal enum ProposalTarget
{
    /// <summary>Nowhere: the answer is kept in the history alone.</summary>
    Nothing,

    /// <summary>A field of the container.</summary>
    Field,

    /// <summary>Behind the prose of the container.</summary>
    Append,

    /// <summary>In place of the prose of the container.</summary>
    Replace,

    /// <summary>A file, mostly a new one.</summary>
    File,

    /// <summary>Edits of any files, as the answer lists them.</summary>
    Edits,

    /// <summary>Notes for the writer; no file changes.</summary>
    Notes,
}

/// <summary>Makes a proposal of the answer.</summary>
internal sealed record ProposeStep : StepFile
{
    public override string Kind => "propose";

    public ProposalTarget To { get; init; }

    /// <summary>The field, for <see cref="ProposalTarget.Field"/>.</summary>
    public string? Field { get; init; }

    /// <summary>The path of the file, for <see cref="ProposalTarget.File"/>, with <c>{{input}}</c> or <c>{{name}}</c>.</summary>
    public string? File { get; init; }

    /// <summary>The list of a JSON answer whose entries become containers of the file; null: the answer is the file.</summary>
    public string? Of { get; init; }
}
