namespace StoryLsp.Pipelines.History;

/// <summary>
/// Held by the one run of a workspace that is active, over all processes. In a process those who wait come in the order in which they
/// asked. The operating system lets go of it when the process ends, however it ends.
/// </summary>
public sealed class RunLock : IDisposable
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, LinkedList<TaskCompletionSource>> Lines = new(StringComparer.Ordinal);

    private readonly string _root;
    private readonly LinkedListNode<TaskCompletionSource> _place;
    private FileStream? _held;

    private RunLock(string root, LinkedListNode<TaskCompletionSource> place, FileStream held)
    {
        _root = root;
        _place = place;
        _held = held;
    }

    /// <summary>Takes the lock when its turn comes.</summary>
    /// <param name="root">The root of the workspace.</param>
    /// <param name="onQueued">Called once, where there is somebody to wait for.</param>
    /// <param name="cancellation">Gives up the place.</param>
    /// <exception cref="OperationCanceledException">The wait was given up.</exception>
    /// <exception cref="IOException">The folder <c>.story</c> cannot be written.</exception>
    public static async Task<RunLock> TakeAsync(string root, Action? onQueued, CancellationToken cancellation)
    {
        root = Path.GetFullPath(root);
        var place = Join(root);
        try
        {
            if (TryHold(root, place) is { } atOnce)
            {
                return atOnce;
            }

            onQueued?.Invoke();
            await place.Value.Task.WaitAsync(cancellation).ConfigureAwait(false);
            return new RunLock(root, place, await FileLock.TakeAsync(root, FileLock.Running, cancellation).ConfigureAwait(false));
        }
        catch
        {
            Leave(root, place);
            throw;
        }
    }

    /// <summary>Takes the lock if nobody holds it or waits for it; else null.</summary>
    /// <param name="root">The root of the workspace.</param>
    /// <exception cref="IOException">The folder <c>.story</c> cannot be written.</exception>
    public static RunLock? TryTake(string root)
    {
        root = Path.GetFullPath(root);
        var place = Join(root);
        RunLock? held = null;
        try
        {
            held = TryHold(root, place);
            return held;
        }
        finally
        {
            if (held is null)
            {
                Leave(root, place);
            }
        }
    }

    /// <summary>Whether somebody holds the lock, or waits for it in this process. Whoever looks takes no place in the line and stands in nobody's way.</summary>
    /// <param name="root">The root of the workspace.</param>
    /// <exception cref="IOException">The folder <c>.story</c> cannot be written.</exception>
    public static bool IsHeld(string root)
    {
        root = Path.GetFullPath(root);
        lock (Gate)
        {
            if (Lines.ContainsKey(root))
            {
                return true;
            }
        }

        using var looking = FileLock.Take(root, FileLock.Looking, CancellationToken.None);
        using var free = FileLock.TryTake(root, FileLock.Running);
        return free is null;
    }

    /// <summary>Lets the next one have it. A second call does nothing.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _held, null) is { } held)
        {
            held.Dispose();
            Leave(_root, _place);
        }
    }

    private static RunLock? TryHold(string root, LinkedListNode<TaskCompletionSource> place)
    {
        if (!place.Value.Task.IsCompleted)
        {
            return null;
        }

        using var looking = FileLock.Take(root, FileLock.Looking, CancellationToken.None);
        return FileLock.TryTake(root, FileLock.Running) is { } held ? new RunLock(root, place, held) : null;
    }

    private static LinkedListNode<TaskCompletionSource> Join(string root)
    {
        lock (Gate)
        {
            if (!Lines.TryGetValue(root, out var line))
            {
                Lines[root] = line = new LinkedList<TaskCompletionSource>();
            }

            var place = line.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            if (line.First == place)
            {
                place.Value.SetResult();
            }

            return place;
        }
    }

    private static void Leave(string root, LinkedListNode<TaskCompletionSource> place)
    {
        lock (Gate)
        {
            var line = Lines[root];
            line.Remove(place);
            if (line.First is { } next)
            {
                next.Value.TrySetResult();
            }
            else
            {
                Lines.Remove(root);
            }
        }
    }
}
