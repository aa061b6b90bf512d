using StoryLsp.Index;

namespace StoryLsp.Features.Rename;

/// <summary>Files and folders that get other paths, all at once.</summary>
/// <param name="Moves">Each from and to, workspace-relative with <c>/</c>; a folder stands for all that is in it.</param>
internal sealed record PathMoves(IReadOnlyList<(string From, string To)> Moves)
{
    /// <summary>Nothing moves.</summary>
    public static PathMoves None { get; } = new([]);

    /// <summary>Where a path will be; itself when it does not move.</summary>
    public string Of(string path)
    {
        foreach (var (from, to) in Moves)
        {
            if (path == from)
            {
                return to;
            }

            if (path.Length > from.Length && path[from.Length] == '/' && path.StartsWith(from, StringComparison.Ordinal))
            {
                return to + path[from.Length..];
            }
        }

        return path;
    }

    /// <summary>The files of a workspace that move.</summary>
    public IReadOnlyList<(string From, string To)> FilesOf(Snapshot snapshot) =>
        [.. snapshot.Files.All.Select(path => (From: path, To: Of(path))).Where(move => move.From != move.To)];
}
