using StoryLsp.Index;

namespace StoryLsp.Server.Session;

/// <summary>One workspace that an editor has opened.</summary>
internal sealed class StoryFolder(Workspace workspace, bool isLoose)
{
    public Workspace Workspace { get; } = workspace;

    /// <summary>Whether it was opened for lone documents alone: it is not indexed, and leaves nothing on the disk.</summary>
    public bool IsLoose { get; } = isLoose;

    /// <summary>Absolute path of the root, without a separator at its end.</summary>
    public string Root { get; } = Path.TrimEndingDirectorySeparator(Path.GetFullPath(workspace.Root));

    /// <summary>Completes when the first index is complete.</summary>
    public Task Indexed { get; set; } = Task.CompletedTask;

    /// <summary>Ends when all folders are listed that the editor has said are new.</summary>
    public Task Listed { get; set; } = Task.CompletedTask;

    /// <summary>Ends when the first index is complete and the snapshot has all changes that were told of before; complete already where nothing is under way.</summary>
    public async Task WhenReadAsync()
    {
        await Indexed.ConfigureAwait(false);
        await Listed.ConfigureAwait(false);
        await Workspace.WhenReadAsync().ConfigureAwait(false);
    }

    /// <summary>The workspace-relative path of a file; null when it lies elsewhere.</summary>
    public string? RelativePath(string absolutePath)
    {
        var prefix = Root.EndsWith(Path.DirectorySeparatorChar) ? Root : Root + Path.DirectorySeparatorChar;
        return absolutePath.StartsWith(prefix, StringComparison.Ordinal) ? absolutePath[prefix.Length..].Replace('\\', '/') : null;
    }

    /// <summary>The absolute path of a file of the workspace.</summary>
    public string AbsolutePath(string path) => Path.Combine(Root, path.Replace('/', Path.DirectorySeparatorChar));
}
