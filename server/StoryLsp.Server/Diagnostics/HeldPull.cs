namespace StoryLsp.Server.Diagnostics;

/// <summary>The one question of an editor that is held until there is news; a later one ends the one before.</summary>
internal sealed class HeldPull
{
    private readonly Lock _gate = new();
    private CancellationTokenSource? _last;

    /// <summary>Takes the place of the one before, which ends.</summary>
    public Turn Take(params CancellationToken[] ends)
    {
        var turn = CancellationTokenSource.CreateLinkedTokenSource(ends);
        CancellationTokenSource? before;
        lock (_gate)
        {
            before = _last;
            _last = turn;
        }

        before?.CancelAsync();
        return new Turn(this, turn);
    }

    private void Leave(CancellationTokenSource turn)
    {
        lock (_gate)
        {
            _last = _last == turn ? null : _last;
        }
    }

    /// <summary>A question that is held.</summary>
    internal sealed class Turn(HeldPull held, CancellationTokenSource source) : IDisposable
    {
        /// <summary>Cancelled when it must end.</summary>
        public CancellationToken Token => source.Token;

        // Not disposed of: a later one may be about to cancel it.
        public void Dispose() => held.Leave(source);
    }
}
