using Microsoft.Data.Sqlite;

namespace StoryLsp.Pipelines.History;

/// <summary>
/// The undo tree of the story's texts. The state at an event is the fold of all events from the root to it, over the text that each file had
/// when it was first seen. What was edited by hand is recorded as an event of its own before anything is recorded over it.
/// </summary>
public sealed partial class StoryTree
{
    private readonly HistorySession _session;

    internal StoryTree(HistorySession session) => _session = session;

    /// <summary>The branch on which the next event is recorded.</summary>
    /// <exception cref="HistoryException">It cannot be read.</exception>
    public Branch CurrentBranch => Branches().Single(branch => branch.IsCurrent);

    /// <summary>The hash by which a text is kept: the SHA-256 of it as UTF-8, in lower-case hexadecimal digits.</summary>
    /// <param name="text">The text, without a byte order mark.</param>
    public static string HashOf(string text) => TreeRows.HashOf(text)!;

    /// <summary>Records what has changed. The files themselves are not touched.</summary>
    /// <param name="label">What was done, for a person.</param>
    /// <param name="kind">What did it.</param>
    /// <param name="by">Who did it.</param>
    /// <param name="run">The run that it comes from.</param>
    /// <param name="proposal">The proposal that it comes from.</param>
    /// <param name="files">The files, each once. Where <see cref="FileTransition.Before"/> is not what the tree has, that is recorded first, as edited by hand.</param>
    /// <param name="branch">The branch; the current one when left out.</param>
    /// <returns>The event; the newest of the branch where no file changes.</returns>
    /// <exception cref="HistoryException">It cannot be written, or there is no such branch.</exception>
    public TreeEvent Record(string label, string kind, string? by, string? run, string? proposal, IReadOnlyList<FileTransition> files, string? branch = null) =>
        _session.Write(FaultPoints.RecordTreeEvent, connection =>
            TreeRows.Event(connection, Record(connection, new TreeEntry(kind, label, by, run, proposal), files, branch))!);

    /// <summary>The events of a branch, newest first.</summary>
    /// <param name="branch">The branch; the current one when null.</param>
    /// <exception cref="HistoryException">They cannot be read, or there is no such branch.</exception>
    public IReadOnlyList<TreeEvent> Log(string? branch) => _session.Read(connection =>
        TreeRows.Line(connection, HeadOf(connection, branch ?? TreeRows.CurrentBranch(connection))));

    /// <summary>All events of all branches, newest first.</summary>
    /// <exception cref="HistoryException">They cannot be read.</exception>
    public IReadOnlyList<TreeEvent> Events() => _session.Read(TreeRows.All);

    /// <summary>An event; null when there is none of that id.</summary>
    /// <exception cref="HistoryException">It cannot be read.</exception>
    public TreeEvent? Event(string id) => TreeRows.NumberOf(id) is { } number ? _session.Read(connection => TreeRows.Event(connection, number)) : null;

    /// <summary>The event that a branch's name or an event's id stands for.</summary>
    /// <exception cref="HistoryException">There is none, or it cannot be read.</exception>
    public TreeEvent Resolve(string branchOrEvent) => _session.Read(connection => TreeRows.Event(connection, Resolve(connection, branchOrEvent))!);

    /// <summary>All branches, oldest first.</summary>
    /// <exception cref="HistoryException">They cannot be read.</exception>
    public IReadOnlyList<Branch> Branches() => _session.Read(TreeRows.Branches);

    /// <summary>Makes a branch; the current one stays the current one.</summary>
    /// <param name="name">Its name: letters, digits and <c>-_./</c>, and not digits alone, which would be an event.</param>
    /// <param name="atEvent">The event at which it begins; the newest of the current branch when null.</param>
    /// <exception cref="HistoryException">The name is no name for a branch, or taken; or there is no such event.</exception>
    public void CreateBranch(string name, string? atEvent) => _session.Write(FaultPoints.CreateBranch, connection =>
    {
        RefuseName(name);
        if (TreeRows.Head(connection, name) is not null)
        {
            throw new HistoryException($"There is a branch `{name}` already. Choose another name.");
        }

        TreeRows.AddBranch(connection, name, Resolve(connection, atEvent ?? TreeRows.CurrentBranch(connection)), _session.NowNumber);
        return 0;
    });

    /// <summary>Makes a branch the current one. No file is touched: see <see cref="PlanCheckout"/> for that.</summary>
    /// <exception cref="HistoryException">There is no such branch.</exception>
    public void Switch(string name) => _session.Write(FaultPoints.SwitchBranch, connection =>
    {
        HeadOf(connection, name);
        TreeRows.Switch(connection, name, _session.NowNumber);
        return 0;
    });

    /// <summary>The fold from the root: each file that the tree has ever seen, with the hash of its text, or null where it does not exist.</summary>
    /// <exception cref="HistoryException">There is no such event.</exception>
    public IReadOnlyDictionary<string, string?> StateAt(string eventId) => _session.Read(connection => TreeRows.StateAt(connection, Resolve(connection, eventId)));

    /// <summary>The files that differ between two states, by path.</summary>
    /// <param name="from">A branch or an event.</param>
    /// <param name="to">A branch or an event.</param>
    /// <exception cref="HistoryException">There is no such branch or event.</exception>
    public IReadOnlyList<TreeFile> Compare(string from, string to) => _session.Read<IReadOnlyList<TreeFile>>(connection =>
    {
        var before = TreeRows.StateAt(connection, Resolve(connection, from));
        var after = TreeRows.StateAt(connection, Resolve(connection, to));
        return [.. before.Keys.Where(path => before[path] != after[path]).Order(StringComparer.Ordinal).Select(path => new TreeFile(path, before[path], after[path]))];
    });

    /// <summary>A text that the tree keeps.</summary>
    /// <exception cref="HistoryException">There is none of that hash.</exception>
    public string Text(string hash) =>
        _session.Read(connection => TreeRows.Text(connection, hash)) ?? throw new HistoryException($"The history keeps no text `{hash}`.");

    internal long Record(SqliteConnection connection, TreeEntry entry, IReadOnlyList<FileTransition> files, string? branch)
    {
        branch ??= TreeRows.CurrentBranch(connection);
        var head = KeepHand(connection, branch, [.. files.Select(file => (file.Path, file.Before))]);
        var changes = files.Select(file => new TreeFile(file.Path, TreeRows.HashOf(file.Before), TreeRows.Keep(connection, file.After)))
            .Where(file => file.Before != file.After).ToList();
        if (changes.DistinctBy(file => file.Path, StringComparer.Ordinal).Count() != changes.Count)
        {
            throw new ArgumentException("A file stands twice in one event.", nameof(files));
        }

        return changes.Count == 0 ? head : TreeRows.Add(connection, head, branch, entry, changes, _session.NowNumber);
    }

    /// <summary>Records what texts are where the tree has them otherwise; a text that it sees for the first time was always so. Gives the newest event.</summary>
    internal long KeepHand(SqliteConnection connection, string branch, IReadOnlyList<(string Path, string? Text)> today)
    {
        var head = HeadOf(connection, branch);
        var state = TreeRows.StateAt(connection, head);
        var edited = new List<TreeFile>();
        foreach (var (path, text) in today)
        {
            var hash = TreeRows.Keep(connection, text);
            if (!state.TryGetValue(path, out var known))
            {
                connection.Run("INSERT INTO baselines VALUES(?1, ?2) ON CONFLICT DO NOTHING", path, hash);
            }
            else if (known != hash)
            {
                edited.Add(new TreeFile(path, known, hash));
            }
        }

        return edited.Count == 0 ? head : TreeRows.Add(connection, head, branch, new TreeEntry(TreeEvent.Hand, "Edited by hand"), edited, _session.NowNumber);
    }

    internal static long HeadOf(SqliteConnection connection, string branch) =>
        TreeRows.Head(connection, branch) ?? throw new HistoryException($"There is no branch `{branch}`. See `storylsp history branch`.");

    internal static long Resolve(SqliteConnection connection, string branchOrEvent)
    {
        if (TreeRows.Head(connection, branchOrEvent) is { } head)
        {
            return head;
        }

        return TreeRows.NumberOf(branchOrEvent) is { } number && TreeRows.Event(connection, number) is not null
            ? number
            : throw new HistoryException($"There is no branch or event `{branchOrEvent}`. See `storylsp history log` and `storylsp history branch`.");
    }

    private static void RefuseName(string name)
    {
        if (name.Length is 0 or > 100 || name.All(char.IsAsciiDigit) || name[0] is '-' or '.' || !name.All(letter => char.IsLetterOrDigit(letter) || letter is '-' or '_' or '.' or '/'))
        {
            throw new HistoryException($"`{name}` is no name for a branch. Use letters, digits, `-`, `_`, `.` and `/`; digits alone would be an event.");
        }
    }
}
