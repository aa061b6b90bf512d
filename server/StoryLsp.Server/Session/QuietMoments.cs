namespace StoryLsp.Server.Session;

/// <summary>The moments after changes in which nothing has changed for a while: then what an editor shows is brought up to date.</summary>
internal sealed class QuietMoments
{
    private TaskCompletionSource _next = Fresh();

    /// <summary>Raised with the documents of each story that have changed since the last one; null: any of them. It must not wait.</summary>
    public event Action<IReadOnlyList<KeyValuePair<StoryFolder, HashSet<string>?>>>? Came;

    /// <summary>Ends with the next one.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    /// <summary>Says that it is quiet.</summary>
    public void Come(IReadOnlyList<KeyValuePair<StoryFolder, HashSet<string>?>> changed)
    {
        Came?.Invoke(changed);
        Interlocked.Exchange(ref _next, Fresh()).TrySetResult();
    }

    private static TaskCompletionSource Fresh() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
