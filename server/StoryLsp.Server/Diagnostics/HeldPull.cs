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
        lock (_gate)
        {
            _last?.CancelAsync();
            _last = turn;
        }

        return new Turn(this, turn);
    }

    private void Leave(CancellationTokenSource turn)
    {
        lock (_gate)
        {
            _last = _last == turn ? null : _last;

            // Whoever is the last one is cancelled, and it is so no more. Else the session would keep every question that it ever held.
            turn.Dispose();
        }
    }

    /// <summary>A question that is held.</summary>
    internal sealed class Turn(HeldPull held, CancellationTokenSource source) : IDisposable
    {
        /// <summary>Cancelled when it must end.</summary>
        public CancellationToken Token { get; } = source.Token;

        public void Dispose() => held.Leave(source);
    }
}
