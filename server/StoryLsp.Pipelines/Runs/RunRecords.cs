using StoryLsp.Language.Text;
using StoryLsp.Pipelines.Proposals;

namespace StoryLsp.Pipelines.Runs;

/// <summary>How a run stands.</summary>
public enum RunStatus
{
    /// <summary>It waits until another run of the workspace has ended.</summary>
    Queued,

    /// <summary>It is under way.</summary>
    Running,

    /// <summary>It waits for a person, who may read and change its prompt.</summary>
    Paused,

    /// <summary>It has ended well.</summary>
    Done,

    /// <summary>It has ended without a result; it can be resumed from where it failed.</summary>
    Failed,

    /// <summary>A person has stopped it.</summary>
    Cancelled,

    /// <summary>Its process ended in the middle of it; it can be resumed.</summary>
    Interrupted,
}

/// <summary>What is asked of a runner.</summary>
public sealed record RunRequest
{
    /// <summary>The name of the pipeline.</summary>
    public required string Pipeline { get; init; }

    /// <summary>The id, name or path of a container, or free text, as the pipeline's <c>input</c> says.</summary>
    public string? Input { get; init; }

    /// <summary>What the person wants beside it, in their own words.</summary>
    public string? Instruction { get; init; }

    /// <summary>Does not stop for a look at the prompt.</summary>
    public bool Auto { get; init; }

    /// <summary>The same key gives the same run, however often it is asked.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>The model; null: the one of the step, else that of <c>story.yaml</c>.</summary>
    public string? Model { get; init; }

    /// <summary>The id of the run, 12 lower-case hexadecimal digits; null: a new one.</summary>
    public string? Id { get; init; }

    /// <summary>Does not wait where another run is under way: the run stays queued until somebody resumes it.</summary>
    public bool NoWait { get; init; }
}

/// <summary>How a paused, failed or interrupted run goes on.</summary>
public sealed record ResumeRequest
{
    /// <summary>The same key does one thing, however often it is asked.</summary>
    public string? Key { get; init; }

    /// <summary>The prompt as the person left it; null: it is read from the prompt file.</summary>
    public string? PromptText { get; init; }

    /// <summary>Another model for the steps that name none.</summary>
    public string? Model { get; init; }

    /// <summary>Does everything from this step (from 0) on again; what came before is kept, and what it made stays in the history.</summary>
    public int? FromStep { get; init; }

    /// <summary>Goes on although the time to do so has run out.</summary>
    public bool Again { get; init; }
}

/// <summary>A remark of a model on the text. It changes nothing.</summary>
/// <param name="Code">The kind of remark, as <c>model/voice</c>.</param>
/// <param name="Path">The workspace-relative path of the file that it quotes.</param>
/// <param name="Span">Where the quoted words stand, in UTF-16 code units.</param>
/// <param name="Quote">The words, as they stand in the file.</param>
/// <param name="Message">The remark.</param>
public sealed record CritiqueNote(string Code, string Path, TextSpan Span, string Quote, string Message);

/// <summary>How a run, or a stretch of it, ended.</summary>
/// <param name="Run">Its id.</param>
/// <param name="Status">How it stands.</param>
/// <param name="PromptPath">The workspace-relative path of the prompt file, when paused.</param>
/// <param name="Proposal">What it proposes, when there is something.</param>
/// <param name="Notes">The remarks, when it made some.</param>
/// <param name="Message">A sentence for the writer, when there is something to say.</param>
public sealed record RunOutcome(string Run, RunStatus Status, string? PromptPath, Proposal? Proposal, IReadOnlyList<CritiqueNote>? Notes, string? Message)
{
    /// <summary>The answer itself, where the pipeline proposes nothing.</summary>
    public string? Answer { get; init; }

    /// <summary>Nothing was done, as somebody else did it or it cannot be done now; the message says why.</summary>
    public bool Refused { get; init; }
}

/// <summary>What a run is doing.</summary>
/// <param name="Run">Its id.</param>
/// <param name="Status">How it stands.</param>
/// <param name="Step">The step, from 0; -1: none.</param>
/// <param name="StepKind">The step's word, as <c>generate</c>.</param>
/// <param name="Message">What is being done, for people.</param>
/// <param name="Text">The next part of the answer, as it arrives.</param>
public sealed record RunUpdate(string Run, RunStatus Status, int Step, string StepKind, string Message, string? Text);

/// <summary>One run in a list.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Pipeline">The pipeline's name.</param>
/// <param name="Input">What it is about.</param>
/// <param name="Status">How it stands.</param>
/// <param name="Step">The step that is next or under way, from 0.</param>
/// <param name="Started">When it was asked for.</param>
/// <param name="Tokens">How many tokens it has used.</param>
/// <param name="Cost">What it has cost, in the currency of <c>ai.prices</c>; null where no price is known.</param>
/// <param name="Proposal">The id of its newest proposal.</param>
/// <param name="Prompt">The workspace-relative path of the prompt file, when paused.</param>
public sealed record RunSummary(
    string Id, string Pipeline, string Input, RunStatus Status, int Step, DateTimeOffset Started, long Tokens, decimal? Cost, string? Proposal, string? Prompt);
