using StoryLsp.Index;

namespace StoryLsp.Features.Rename;

/// <summary>Files and folders that get other paths, all at once.</summary>
/// <param name="Moves">Each from and to, workspace-relative with <c>/</c>; a folder stands for all that is in it.</param>
internal sealed record PathMoves(IReadOnlyList<(string From, string To)> Moves)
{
    /// <summary>Nothing moves.</summary>
    public static PathMoves None { get; } = new([]);

    // Of two moves of one path the first counts.
    private readonly Dictionary<string, (int Order, string To)> _to = Moves.Select((move, order) => (move, order)).DistinctBy(entry => entry.move.From).ToDictionary(entry => entry.move.From, entry => (entry.order, entry.move.To), StringComparer.Ordinal);

    /// <summary>Where a path will be; itself when it does not move. Of the path itself and the folders around it that move the first of the moves counts.</summary>
    public string Of(string path)
    {
        var (first, result) = (int.MaxValue, path);
        for (var end = _to.Count == 0 ? -1 : path.Length; end > 0; end = path.LastIndexOf('/', end - 1))
        {
            if (_to.TryGetValue(path[..end], out var move) && move.Order < first)
            {
                (first, result) = (move.Order, move.To + path[end..]);
            }
        }

        return result;
    }

    /// <summary>The files of a workspace that move.</summary>
    public IReadOnlyList<(string From, string To)> FilesOf(Snapshot snapshot) =>
        [.. snapshot.Files.All.Select(path => (From: path, To: Of(path))).Where(move => move.From != move.To)];
}
