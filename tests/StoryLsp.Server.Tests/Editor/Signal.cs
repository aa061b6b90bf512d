namespace StoryLsp.Server.Tests.Editor;

/// <summary>Wakes those who wait whenever something happened, so that no test sleeps.</summary>
internal sealed class Signal
{
    private TaskCompletionSource _next = Fresh();

    public void Pulse() => Interlocked.Exchange(ref _next, Fresh()).TrySetResult();

    /// <summary>Looks now and after each pulse until there is something to see.</summary>
    public async Task<T> UntilAsync<T>(Func<T?> look, string what, Func<string>? state = null)
        where T : class
    {
        using var guard = new CancellationTokenSource(Patience.Limit);
        while (true)
        {
            var next = Volatile.Read(ref _next).Task;
            if (look() is { } found)
            {
                return found;
            }

            try
            {
                await next.WaitAsync(guard.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"Waited in vain for {what}. {state?.Invoke()}");
            }
        }
    }

    public Task UntilAsync(Func<bool> look, string what, Func<string>? state = null) => UntilAsync(() => look() ? this : null, what, state);

    private static TaskCompletionSource Fresh() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
