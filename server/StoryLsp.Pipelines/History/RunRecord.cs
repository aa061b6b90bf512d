namespace StoryLsp.Pipelines.History;

/// <summary>A run as it was asked for. What became of it is in its events.</summary>
/// <param name="Id">Twelve lower-case hexadecimal digits.</param>
/// <param name="Pipeline">The name of the pipeline.</param>
/// <param name="PipelineVersion">The version that its file has.</param>
/// <param name="PipelineSource">The text of its file, so that a run can be resumed as it was begun.</param>
/// <param name="Input">What it runs over; empty for nothing.</param>
/// <param name="Arguments">What else was asked, as JSON.</param>
/// <param name="By">Who asked.</param>
/// <param name="At">When; the default value is replaced by the time of writing.</param>
public sealed record RunRecord(string Id, string Pipeline, int PipelineVersion, string PipelineSource, string Input, string Arguments, string By, DateTimeOffset At = default);

/// <summary>Something that happened in a run.</summary>
/// <param name="Id">Its number, growing in the order of commits over all runs; zero while it is not written.</param>
/// <param name="Run">The run.</param>
/// <param name="Kind">What happened: <c>run.started</c>, <c>step.finished</c>, …</param>
/// <param name="Step">The step, from zero; -1 for none.</param>
/// <param name="Data">What is to be known of it, as JSON.</param>
/// <param name="Correlation">What belongs together over several runs and commands.</param>
/// <param name="Causation">The event that led to this one.</param>
/// <param name="At">When; the default value is replaced by the time of writing.</param>
public sealed record RunEvent(long Id, string Run, string Kind, int Step, string Data, string Correlation, long? Causation = null, DateTimeOffset At = default);

/// <summary>Something that a step made: a context, a prompt, an answer.</summary>
/// <param name="Id">Its number; zero while it is not written.</param>
/// <param name="Run">The run.</param>
/// <param name="Step">The step, from zero.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Version">Its version within the run, from one.</param>
/// <param name="Parent">The artifact that it was made from.</param>
/// <param name="PromptVersion">The version of the prompt that it answers.</param>
/// <param name="Model">The model that made it.</param>
/// <param name="Inputs">The files that went into it.</param>
/// <param name="Content">Its text.</param>
/// <param name="At">When; the default value is replaced by the time of writing.</param>
public sealed record Artifact(
    long Id, string Run, int Step, string Kind, int Version, long? Parent, int? PromptVersion, string? Model, IReadOnlyList<ArtifactInput> Inputs, string Content, DateTimeOffset At = default);

/// <summary>A file that went into an artifact, as it was then.</summary>
/// <param name="Path">Workspace-relative path with <c>/</c>.</param>
/// <param name="Hash">The SHA-256 of its text, in lower-case hexadecimal digits.</param>
public sealed record ArtifactInput(string Path, string Hash);

/// <summary>A command that was asked for under a key: whoever asks again gets the first one's record.</summary>
/// <param name="Key">The key of idempotency.</param>
/// <param name="Kind">What was asked.</param>
/// <param name="Run">The run that it is about; empty for none.</param>
/// <param name="Payload">What was asked, as JSON.</param>
/// <param name="IsNew">Whether this call wrote it.</param>
/// <param name="Result">What came of it; null while it is not finished.</param>
/// <param name="At">When it was first asked for.</param>
public sealed record CommandRecord(string Key, string Kind, string Run, string Payload, bool IsNew, string? Result, DateTimeOffset At);

/// <summary>The right to resume a paused run, once.</summary>
/// <param name="Id">The handle.</param>
/// <param name="Run">The run.</param>
/// <param name="Step">The step at which it resumes, from zero.</param>
/// <param name="Expires">From then on it is worth nothing.</param>
public sealed record ResumeHandle(string Id, string Run, int Step, DateTimeOffset Expires);
