namespace StoryLsp.Pipelines.History;

/// <summary>One step of the story's texts. It never changes; what follows it has it as parent.</summary>
/// <param name="Id">Its number, as people write it.</param>
/// <param name="Parent">The event before it; null for the root.</param>
/// <param name="Branch">The branch on which it was recorded.</param>
/// <param name="Kind">What made it: <c>root</c>, <c>hand</c>, <c>proposal</c>, …</param>
/// <param name="Label">What it did, for a person.</param>
/// <param name="By">Who did it, where it is known.</param>
/// <param name="Run">The run that it comes from.</param>
/// <param name="Proposal">The proposal that it comes from.</param>
/// <param name="Files">The files that it changed, by path.</param>
/// <param name="At">When it was recorded.</param>
public sealed record TreeEvent(
    string Id, string? Parent, string Branch, string Kind, string Label, string? By, string? Run, string? Proposal, IReadOnlyList<TreeFile> Files, DateTimeOffset At)
{
    /// <summary>The kind of the event before all others.</summary>
    public const string Root = "root";

    /// <summary>The kind of an event that keeps what was edited outside of the history.</summary>
    public const string Hand = "hand";
}

/// <summary>A file in an event, or in the comparison of two.</summary>
/// <param name="Path">Workspace-relative path with <c>/</c>.</param>
/// <param name="Before">The hash of the text before; null: no such file.</param>
/// <param name="After">The hash of the text after; null: no such file.</param>
public sealed record TreeFile(string Path, string? Before, string? After);

/// <summary>A line of events with a name.</summary>
/// <param name="Name">The name.</param>
/// <param name="Head">Its newest event.</param>
/// <param name="IsCurrent">Whether what happens next is recorded on it.</param>
/// <param name="At">When it was made; the beginning of time for the first one.</param>
public sealed record Branch(string Name, string Head, bool IsCurrent, DateTimeOffset At);
