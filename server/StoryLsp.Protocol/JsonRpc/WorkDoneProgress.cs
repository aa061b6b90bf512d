namespace StoryLsp.Protocol.JsonRpc;

/// <summary>Progress that a person sees: begun when it is made, or when the client has said that it takes it, and ended once, by <see cref="End"/> or when it is disposed.</summary>
public sealed class WorkDoneProgress : IDisposable
{
    private readonly LanguageConnection connection;
    private readonly CancellationTokenSource cancellation = new();
    private readonly Lock gate = new();
    private readonly string title;
    private readonly bool isCancellable;
    private bool isTaken;
    private bool hasEnded;
    private string? message;
    private int? percentage;

    internal WorkDoneProgress(LanguageConnection connection, ProgressToken token, bool isCancellable, string title, string? message, int? percentage, bool isTaken = true)
    {
        this.connection = connection;
        this.title = title;
        this.isCancellable = isCancellable;
        this.message = message;
        this.percentage = percentage;
        Token = token;
        if (isTaken)
        {
            Begin();
        }
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
            this.message = message ?? this.message;
            this.percentage = percentage ?? this.percentage;
            if (isTaken && !hasEnded)
            {
                connection.SendProgress(
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
            this.message = message;
            if (isTaken)
            {
                SendEnd();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => End();

    /// <summary>The client takes it: it begins with what was reported so far; a client that took its time is told of the beginning and the end together.</summary>
    internal void Begin()
    {
        lock (gate)
        {
            isTaken = true;

            // Known before the client can see it, so that even the quickest press of cancel finds it.
            connection.Remember(this);
            connection.SendProgress(
                Token,
                new WorkDoneProgressBegin { Title = title, Cancellable = isCancellable, Message = hasEnded ? null : message, Percentage = percentage },
                LspJsonContext.Default.WorkDoneProgressBegin);
            if (hasEnded)
            {
                SendEnd();
            }
        }
    }

    /// <summary>The callbacks of the token run elsewhere, since this is called on the reading loop.</summary>
    internal void Cancel() => _ = cancellation.CancelAsync();

    private void SendEnd()
    {
        connection.SendProgress(Token, new WorkDoneProgressEnd { Message = message }, LspJsonContext.Default.WorkDoneProgressEnd);
        connection.Forget(this);
    }
}
