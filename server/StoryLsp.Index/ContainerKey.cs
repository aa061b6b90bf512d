namespace StoryLsp.Index;

/// <summary>Which container of a workspace: the document that it stands in, and its place among the containers there. It outlives a snapshot.</summary>
/// <param name="Path">Workspace-relative path of the document, with <c>/</c>.</param>
/// <param name="Index">Index in the document's facts.</param>
public readonly record struct ContainerKey(string Path, int Index);
