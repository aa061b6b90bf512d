namespace StoryLsp.Protocol.JsonRpc;

/// <summary>Progress that a person sees: begun when it is made, ended once, by <see cref="End"/> or when it is disposed.</summary>
public sealed class WorkDoneProgress : IDisposable
{
    private readonly LanguageConnection? connection;
    private readonly CancellationTokenSource cancellation = new();
    private readonly Lock gate = new();
    private bool hasEnded;

    internal WorkDoneProgress(LanguageConnection? connection, ProgressToken token, bool isCancellable, string title, string? message, int? percentage)
    {
        this.connection = connection;
        Token = token;

        // Known before the client can see it, so that even the quickest press of cancel finds it.
        connection?.Remember(this);
        connection?.SendProgress(
            token,
            new WorkDoneProgressBegin { Title = title, Cancellable = isCancellable, Message = message, Percentage = percentage },
            LspJsonContext.Default.WorkDoneProgressBegin);
    }

    /// <summary>The token by which the client knows it.</summary>
    public ProgressToken Token { get; }

    /// <summary>Cancelled when the person presses cancel.</summary>
    public CancellationToken CancellationToken => cancellation.Token;

    /// <summary>Says how far it is.</summary>
    /// <param name="message">What is being done now, or null to leave the last one.</param>
    /// <param name="percentage">From 0 to 100, never less than before.</param>
    public void Report(string? message = null, int? percentage = null)
    {
        lock (gate)
        {
            if (!hasEnded)
            {
                connection?.SendProgress(
                    Token,
                    new WorkDoneProgressReport { Message = message, Percentage = percentage },
                    LspJsonContext.Default.WorkDoneProgressReport);
            }
        }
    }

    /// <summary>Ends it; a second time does nothing.</summary>
    public void End(string? message = null)
    {
        lock (gate)
        {
            if (hasEnded)
            {
                return;
            }

            hasEnded = true;
            connection?.SendProgress(Token, new WorkDoneProgressEnd { Message = message }, LspJsonContext.Default.WorkDoneProgressEnd);
            connection?.Forget(this);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => End();

    /// <summary>The callbacks of the token run elsewhere, since this is called on the reading loop.</summary>
    internal void Cancel() => _ = cancellation.CancelAsync();
}
