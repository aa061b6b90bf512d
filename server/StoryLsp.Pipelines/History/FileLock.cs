namespace StoryLsp.Pipelines.History;

/// <summary>
/// A file that one process at a time has open. The operating system lets go of it when the process ends, however it ends, so a lock is
/// never stale. The files stand beside the history, and not in <c>.story/cache</c>, which anybody may delete while a lock is held.
/// </summary>
internal static class FileLock
{
    /// <summary>Held while a file that is no database is put aside.</summary>
    public const string Opening = "history.db-open.lock";

    /// <summary>Held while files of the story are written.</summary>
    public const string Writing = "history.db-write.lock";

    /// <summary>Held while somebody decides about proposals.</summary>
    public const string Deciding = "history.db-decide.lock";

    /// <summary>Held by the one run that is active.</summary>
    public const string Running = "history.db-run.lock";

    /// <summary>Held for the moment in which somebody looks whether a run is active, or takes its turn at once: so that no look is taken for a run.</summary>
    public const string Looking = "history.db-look.lock";

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(40);

    /// <summary>Takes the lock, or gives null where another holds it.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static FileStream? TryTake(string root, string name)
    {
        var path = Path.Combine(root, ".story", name);
        try
        {
            Directory.CreateDirectory(Path.Combine(root, ".story"));
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new IOException("The folder .story cannot be written.", exception);
        }
        catch (IOException exception) when (exception is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException) && File.Exists(path))
        {
            return null;
        }
    }

    /// <summary>Takes the lock, and waits for it.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static FileStream Take(string root, string name, CancellationToken cancellation)
    {
        for (; ; )
        {
            if (TryTake(root, name) is { } held)
            {
                return held;
            }

            cancellation.WaitHandle.WaitOne(Interval);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Takes the lock, and waits for it without a thread.</summary>
    /// <exception cref="IOException">The folder cannot be written.</exception>
    public static async Task<FileStream> TakeAsync(string root, string name, CancellationToken cancellation)
    {
        for (; ; )
        {
            if (TryTake(root, name) is { } held)
            {
                return held;
            }

            await Task.Delay(Interval, cancellation).ConfigureAwait(false);
        }
    }
}
