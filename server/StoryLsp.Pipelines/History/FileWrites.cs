using StoryLsp.Language.Text;

namespace StoryLsp.Pipelines.History;

/// <summary>
/// Writes several files of a workspace as one act. What is to be written is kept in the history first; then each file is written beside itself
/// and renamed; then the act is said to be done, with its event in the undo tree. A process that dies between is finished by the next
/// one that opens the history. A text that is neither the one before nor the one after is never written over.
/// </summary>
/// <param name="store">The history of the workspace.</param>
public sealed class FileWrites(HistoryStore store)
{
    private readonly HistorySession _session = store.Session;
    private readonly FileWrite _file = new(store.Session);

    /// <summary>Writes files.</summary>
    /// <param name="request">What is to be written.</param>
    /// <returns>What came of it. Where a file is not what it was, nothing is written, and it says so.</returns>
    /// <exception cref="HistoryException">The history cannot be written; no file was touched.</exception>
    public FileWriteResult Write(FileWriteRequest request)
    {
        using var held = Hold();
        Recover(held);
        if (_session.Read(connection => FileWriteRows.DoneUnder(connection, request.Key)) is { } done)
        {
            return done;
        }

        var files = request.Files.Select(file => FileOf(file, true)).Concat(request.Besides.Select(file => FileOf(file, false))).ToList();
        if (Stale(request.Label, files) is { } stale)
        {
            return stale;
        }

        var entry = new TreeEntry(request.Kind, request.Label, request.By, request.Run, request.Proposal);
        var intent = new FileWriteIntent(0, request.Key, entry, request.Branch, null, request.Told, files);
        return Perform(_session.Write(FaultPoints.FileWritesIntent, connection =>
        {
            var branch = request.Branch ?? TreeRows.CurrentBranch(connection);
            StoryTree.HeadOf(connection, branch);
            intent = intent with { Branch = branch };
            return intent with { Id = FileWriteRows.Add(connection, intent, _session.NowNumber) };
        }));
    }

    /// <summary>Brings the files to a branch or an event, and makes its branch the current one. What was edited by hand is recorded first.</summary>
    /// <param name="branchOrEvent">A branch's name, or an event's id.</param>
    /// <param name="by">Who does it.</param>
    /// <param name="plan">What was to be done.</param>
    /// <exception cref="HistoryException">There is no such branch or event, or the history cannot be written; no file was touched.</exception>
    public FileWriteResult Checkout(string branchOrEvent, string? by, out CheckoutPlan plan)
    {
        using var held = Hold();
        Recover(held);
        var label = "Checkout of " + branchOrEvent;
        var planned = store.Tree.PlanCheckout(branchOrEvent, path => FileText.Read(_session.Root, path).Text, path => FileText.Read(_session.Root, path).IsUnreadable);
        plan = planned;
        if (planned.Files.Count == 0)
        {
            return new FileWriteResult(label, FileWriteOutcome.Done, [], [], null, store.Tree.Commit(planned));
        }

        var files = planned.Files.Select(file => FileOf(file, true)).ToList();
        if (Stale(label, files) is { } stale)
        {
            return stale;
        }

        var intent = new FileWriteIntent(0, Guid.NewGuid().ToString("N"), new TreeEntry("checkout", label, by), planned.Branch, TreeRows.NumberOf(planned.Target), null, files);
        return Perform(_session.Write(FaultPoints.FileWritesIntent, connection =>
        {
            store.Tree.Keep(connection, planned);
            return intent with { Id = FileWriteRows.Add(connection, intent, _session.NowNumber) };
        }));
    }

    /// <summary>Finishes what a process that died has begun, if nobody else is writing just now. Called when a history is opened.</summary>
    internal IReadOnlyList<FileWriteResult> Recover()
    {
        if (!_session.Read(FileWriteRows.HasPending))
        {
            return [];
        }

        using var held = FileLock.TryTake(_session.Root, FileLock.Writing);
        return held is null ? [] : Recover(held);
    }

    // Whoever holds the lock knows that no living process is at a write that has no end.
    private List<FileWriteResult> Recover(FileStream held)
    {
        _ = held.SafeFileHandle;
        var pending = _session.Read(FileWriteRows.Pending);
        foreach (var path in pending.SelectMany(intent => intent.Files).Select(file => file.Path))
        {
            _file.RemoveTemporary(path);
        }

        return [.. pending.Select(Perform)];
    }

    private FileWriteResult Perform(FileWriteIntent intent)
    {
        var left = new List<LeftFile>();
        try
        {
            foreach (var file in intent.Files)
            {
                if (_file.Bring(file.Path, file.Before, file.After, file.Encoding ?? TextEncoding.Utf8) is { } why)
                {
                    left.Add(new LeftFile(file.Path, why));
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Undo(intent, left, exception.Message);
        }

        var written = intent.Files.Where(file => left.All(other => other.Path != file.Path)).ToList();
        var (id, branch) = _session.Write(FaultPoints.FileWritesEnd, connection => End(connection, intent, written, left));
        return new FileWriteResult(
            intent.Entry.Label, FileWriteOutcome.Done, [.. written.Select(file => file.Path)], left, id is { } number ? TreeRows.NameOf(number) : null, branch);
    }

    private (long? Event, string? Branch) End(
        Microsoft.Data.Sqlite.SqliteConnection connection, FileWriteIntent intent, List<FileWriteIntent.File> written, List<LeftFile> left)
    {
        var branch = intent.Target is { } target ? store.Tree.Commit(connection, intent.Branch!, target) : null;
        var tracked = written.Where(file => file.IsTracked).Select(file => new FileTransition(file.Path, file.Before, file.After)).ToList();
        long? id = branch is null && tracked.Count > 0 ? store.Tree.Record(connection, intent.Entry, tracked, intent.Branch) : null;
        if (intent.Told is { } told)
        {
            store.Insert(connection, told);
        }

        FileWriteRows.End(connection, intent.Id, FileWriteRows.Done, id, left, _session.NowNumber);
        return (id, branch);
    }

    // A disk that is full, a file that may not be written: what was written is put back, so that nothing is half done.
    private FileWriteResult Undo(FileWriteIntent intent, List<LeftFile> left, string why)
    {
        var skipped = left.Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        try
        {
            foreach (var file in intent.Files.Reverse().Where(file => !skipped.Contains(file.Path)))
            {
                _file.RemoveTemporary(file.Path);
                _file.Bring(file.Path, file.After, file.Before, file.Encoding ?? TextEncoding.Utf8);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new FileWriteResult(intent.Entry.Label, FileWriteOutcome.Pending, [], [.. intent.Files.Select(file => new LeftFile(file.Path, $"{file.Path} could not be written: {exception.Message}"))], null, null);
        }

        List<LeftFile> all = [.. intent.Files.Select(file => new LeftFile(file.Path, $"{file.Path} was not written: {why}"))];
        _session.Write(FaultPoints.FileWritesEnd, connection =>
        {
            FileWriteRows.End(connection, intent.Id, FileWriteRows.Undone, null, all, _session.NowNumber);
            return 0;
        });
        return new FileWriteResult(intent.Entry.Label, FileWriteOutcome.Undone, [], all, null, null);
    }

    private FileWriteResult? Stale(string label, IEnumerable<FileWriteIntent.File> files)
    {
        var left = files.Select(file => (file.Path, Why: _file.WhyNot(file.Path, file.Before, file.After)))
            .Where(file => file.Why is not null).Select(file => new LeftFile(file.Path, file.Why!)).ToList();
        return left.Count == 0 ? null : new FileWriteResult(label, FileWriteOutcome.Stale, [], left, null, null);
    }

    private FileWriteIntent.File FileOf(FileTransition file, bool isTracked)
    {
        var now = FileText.Read(_session.Root, file.Path);
        var encoding = now.Exists ? now.Encoding : _session.Read(connection => FileWriteRows.LastEncoding(connection, file.Path));
        return new FileWriteIntent.File(file.Path, file.Before, file.After, isTracked, encoding);
    }

    private FileStream Hold()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        try
        {
            return FileLock.Take(_session.Root, FileLock.Writing, patience.Token);
        }
        catch (OperationCanceledException exception)
        {
            throw new HistoryException("Another StoryLsp has been writing files here for half a minute. Nothing was written; try again.", exception);
        }
        catch (IOException exception)
        {
            throw new HistoryException("The folder .story cannot be written, so nothing was written. Allow writing there, and try again.", exception);
        }
    }
}
