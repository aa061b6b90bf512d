using StoryLsp.Continuity;
using StoryLsp.Index;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Rename;

/// <summary>Keeps all links and references right when files and folders get other paths.</summary>
public static class FileMoves
{
    /// <summary>The group of what leads to files that move.</summary>
    public static ChangeGroup Into { get; } = new("links-to-moved", "Links to what is moved");

    /// <summary>The group of links that stand in the files that move.</summary>
    public static ChangeGroup OutOf { get; } = new("links-of-moved", "Links of the moved files");

    /// <summary>
    /// What is to be changed in texts so that each link and reference means after the moves what it means now: wikilinks, Markdown links, pictures,
    /// references by path or by an id that comes from the file's name. The paths and spans are those before the moves; the moves are not among the changes.
    /// </summary>
    /// <param name="snapshot">The workspace before the moves.</param>
    /// <param name="moves">The files and folders, each from and to; workspace-relative paths with <c>/</c>.</param>
    /// <param name="cancel">Gives up.</param>
    public static WorkspaceChange Moved(Snapshot snapshot, IReadOnlyList<(string From, string To)> moves, CancellationToken cancel)
    {
        var all = new PathMoves(moves);
        if (all.FilesOf(snapshot) is not { Count: > 0 } files)
        {
            return new([]);
        }

        var edits = new LinkMending(snapshot, After(snapshot, files), all).Edits(cancel);
        return new([.. edits.GroupBy(edit => edit.Path, StringComparer.Ordinal).Select(file => (FileChange)new TextChange(file.Key, [.. file.Select(edit => edit.Edit)])
        {
            Group = all.Of(file.Key) == file.Key ? Into : OutOf,
        })]);
    }

    /// <summary>
    /// The same for files that have moved already: the paths are those after the moves. Whether the snapshot has seen the moves does not matter.
    /// </summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="moves">The files and folders, each from and to; workspace-relative paths with <c>/</c>.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>The change, and the texts that its spans count in.</returns>
    public static (WorkspaceChange Change, Func<string, SourceText> Texts) HaveMoved(Snapshot snapshot, IReadOnlyList<(string From, string To)> moves, CancellationToken cancel)
    {
        var seen = new PathMoves([.. moves.Where(move => !IsThere(snapshot, move.From)).Select(move => (move.To, move.From))]);
        var before = seen.FilesOf(snapshot) is { Count: > 0 } files ? After(snapshot, files) : snapshot;
        var all = new PathMoves(moves);
        var change = Moved(before, moves, cancel);
        var paths = change.Files.ToDictionary(file => all.Of(file.Path), file => file.Path, StringComparer.Ordinal);
        return (new([.. change.Files.Select(file => file with { Path = all.Of(file.Path) })]), path => before.Text(paths[path]) ?? SourceText.Empty);
    }

    private static bool IsThere(Snapshot snapshot, string path) =>
        snapshot.Files.Contains(path) || snapshot.Files.All.Any(file => file.StartsWith(path + "/", StringComparison.Ordinal));

    /// <summary>The workspace as it is once files have moved.</summary>
    /// <param name="snapshot">The workspace before.</param>
    /// <param name="files">The files, each from and to.</param>
    /// <param name="texts">Texts that are changed as well, by their paths before the moves.</param>
    internal static Snapshot After(Snapshot snapshot, IReadOnlyList<(string From, string To)> files, IReadOnlyDictionary<string, SourceText>? texts = null)
    {
        var now = new Dictionary<string, SourceText?>(StringComparer.Ordinal);
        foreach (var (path, text) in texts ?? new Dictionary<string, SourceText>())
        {
            now[path] = text;
        }

        var moved = files.Select(file => (file.From, file.To, Text: now.GetValueOrDefault(file.From) ?? (snapshot.Facts(file.From) is null ? SourceText.Empty : snapshot.Text(file.From) ?? SourceText.Empty))).ToList();
        foreach (var (from, _, _) in moved)
        {
            now[from] = null;
        }

        foreach (var (_, to, text) in moved)
        {
            now[to] = text;
        }

        return snapshot.Projected(now, Findings.DocumentRules);
    }
}
