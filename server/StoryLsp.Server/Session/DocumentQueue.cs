using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace StoryLsp.Server.Session;

/// <summary>
/// Applies changes and takes snapshots one after another, in the order in which the reading loop met them, so that the loop never
/// waits for work and a request sees just the changes that came before it.
/// </summary>
internal sealed class DocumentQueue : IAsyncDisposable
{
    private readonly Channel<Action> _work = Channel.CreateUnbounded<Action>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Task _loop;
    private readonly ILogger _log;

    public DocumentQueue(ILogger log)
    {
        _log = log;
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Puts a change into the queue.</summary>
    public void Post(Action change) => _work.Writer.TryWrite(change);

    /// <summary>Puts a question into the queue; it is answered after every change that was posted before.</summary>
    public Task<T> Ask<T>(Func<T> question)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var isTaken = _work.Writer.TryWrite(() =>
        {
            try
            {
                answer.SetResult(question());
            }
            catch (Exception exception)
            {
                answer.SetException(exception);
            }
        });
        if (!isTaken)
        {
            answer.SetCanceled();
        }

        return answer.Task;
    }

    public async ValueTask DisposeAsync()
    {
        _work.Writer.TryComplete();
        await _loop.ConfigureAwait(false);
    }

    private async Task RunAsync()
    {
        await foreach (var work in _work.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            try
            {
                work();
            }
            catch (Exception exception)
            {
                // One change that fails must not end the server; the document keeps its last good state.
                _log.LogError(exception, "A change could not be applied");
            }
        }
    }
}
