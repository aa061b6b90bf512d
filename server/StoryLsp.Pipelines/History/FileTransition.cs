namespace StoryLsp.Pipelines.History;

/// <summary>What a file was and what it becomes.</summary>
/// <param name="Path">Workspace-relative path with <c>/</c>.</param>
/// <param name="Before">The text before, without a byte order mark; null: there is no such file.</param>
/// <param name="After">The text after, without a byte order mark; null: there is no such file.</param>
public sealed record FileTransition(string Path, string? Before, string? After);
