using System.Collections.Concurrent;

namespace StoryLsp.Server.Runs;

/// <summary>The edits of proposals that the editor is making. What asks for the undo tree right after one of them waits until it is recorded there.</summary>
internal sealed class Acceptances
{
    /// <summary>
    /// How long an answer of the editor that is on its way is waited for. A longer one is a person who is looking at the edit, for whom nothing waits.
    /// </summary>
    private static readonly TimeSpan OnItsWay = TimeSpan.FromMilliseconds(300);

    private readonly ConcurrentDictionary<Acceptance, byte> _underWay = new();

    /// <summary>Begins one, before the editor is asked; it ends when it is disposed of.</summary>
    public Acceptance Begin()
    {
        var acceptance = new Acceptance(this);
        _underWay[acceptance] = 0;
        return acceptance;
    }

    /// <summary>Waits until what the editor has applied is recorded.</summary>
    public async Task RecordedAsync(CancellationToken cancellationToken)
    {
        if (_underWay.IsEmpty)
        {
            return;
        }

        var grace = Task.Delay(OnItsWay, cancellationToken);
        foreach (var acceptance in _underWay.Keys)
        {
            if (await Task.WhenAny(acceptance.Answer, grace).ConfigureAwait(false) == acceptance.Answer)
            {
                await acceptance.Record.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>One edit.</summary>
    internal sealed class Acceptance(Acceptances all) : IDisposable
    {
        private readonly TaskCompletionSource _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _record = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Ends when the editor has answered.</summary>
        public Task Answer => _answer.Task;

        /// <summary>Ends when it is recorded, or given up.</summary>
        public Task Record => _record.Task;

        /// <summary>The editor has answered.</summary>
        public void Answered() => _answer.TrySetResult();

        public void Dispose()
        {
            all._underWay.TryRemove(this, out _);
            _answer.TrySetResult();
            _record.TrySetResult();
        }
    }
}
