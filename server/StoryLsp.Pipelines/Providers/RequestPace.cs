namespace StoryLsp.Pipelines.Providers;

/// <summary>
/// Keeps requests to so many in any minute, first come, first served. (The framework's own limiters wait by the system's clock alone, which no test can move on.)
/// </summary>
/// <param name="perMinute">How many.</param>
/// <param name="time">The clock.</param>
internal sealed class RequestPace(int perMinute, TimeProvider time)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Queue<DateTimeOffset> _starts = new();
    private readonly Lock _lock = new();

    /// <summary>Waits for the next free place.</summary>
    /// <param name="onWait">Is told how long it takes, where it takes any time.</param>
    /// <param name="cancellationToken">Stops the waiting; the place stays taken.</param>
    public Task WaitAsync(Action<TimeSpan> onWait, CancellationToken cancellationToken)
    {
        TimeSpan wait;
        lock (_lock)
        {
            var now = time.GetUtcNow();
            var start = now;
            if (_starts.Count == perMinute && _starts.Dequeue() + Window is var free && free > now)
            {
                start = free;
            }

            _starts.Enqueue(start);
            wait = start - now;
        }

        if (wait <= TimeSpan.Zero)
        {
            return Task.CompletedTask;
        }

        onWait(wait);
        return Task.Delay(wait, time, cancellationToken);
    }
}
