using System.Diagnostics;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;

namespace StoryLsp.Protocol.JsonRpc;

/// <summary>A request of the other side, from its arrival to its one answer.</summary>
internal sealed class InboundRequest(RequestId id, string method, LanguageConnection connection, ILogger logger)
{
    private readonly CancellationTokenSource cancellation = new();
    private readonly TaskCompletionSource answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long began = Stopwatch.GetTimestamp();
    private readonly Lock gate = new();
    private bool isAnswered;
    private WorkDoneProgress? progress;

    public RequestId Id => id;

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(began);

    /// <summary>The token by which the client takes the result in parts; null: it takes it whole.</summary>
    public ProgressToken? PartToken { get; set; }

    public string Method => method;

    public CancellationToken CancellationToken => cancellation.Token;

    /// <summary>Ends with the answer.</summary>
    public Task Answered => answered.Task;

    public bool Failed { get; private set; }

    /// <summary>The callbacks of the token run elsewhere, since this is called on the reading loop.</summary>
    public void Cancel() => _ = cancellation.CancelAsync();

    public void Answer<T>(T result, JsonTypeInfo<T> type)
    {
        OutgoingFrame frame;
        try
        {
            frame = PartToken is { } token ? InParts(token, ResultParts.Write(result, type)) : MessageJson.Result(id, result, type);
        }
        catch (Exception e)
        {
            Fail(e);
            return;
        }

        Send(frame);
    }

    private OutgoingFrame InParts(ProgressToken token, ReadOnlyMemory<byte> json)
    {
        var isCut = false;
        foreach (var part in ResultParts.Cut(json))
        {
            isCut = true;
            connection.SendPart(token, part);
        }

        // What came in parts is not said again.
        return MessageJson.Result(id, isCut ? "[]"u8.ToArray() : json);
    }

    public void Fail(Exception exception)
    {
        switch (exception)
        {
            case ResponseErrorException error:
                Fail(error.Code, error.Message, error.ErrorData);
                break;
            case OperationCanceledException when cancellation.IsCancellationRequested:
                Fail((int)LSPErrorCodes.RequestCancelled, "The request was cancelled.");
                break;
            default:
                logger.LogError(exception, "The handler of {Method} failed.", method);
                Fail((int)ErrorCodes.InternalError, $"StoryLsp could not answer this request ({method}). Its log says why.");
                break;
        }
    }

    /// <summary>Shows progress with the client's token, once the answer has taken a while; pressing cancel cancels the request.</summary>
    public async Task ShowProgressAsync(ProgressToken token, string title)
    {
        if (await Task.WhenAny(Answered, Task.Delay(connection.ProgressDelay, connection.Closing)).ConfigureAwait(false) == Answered)
        {
            return;
        }

        lock (gate)
        {
            if (isAnswered || progress is not null)
            {
                return;
            }

            progress = new WorkDoneProgress(connection, token, isCancellable: true, title, null, null);
            progress.CancellationToken.Register(Cancel);
        }
    }

    /// <summary>Begins progress that the handler reports by itself.</summary>
    public WorkDoneProgress BeginProgress(ProgressToken token, string title, string? message, int? percentage)
    {
        lock (gate)
        {
            progress = new WorkDoneProgress(connection, token, isCancellable: true, title, message, percentage);
            progress.CancellationToken.Register(Cancel);
            return progress;
        }
    }

    /// <summary>Answers with an error that is nobody's fault here.</summary>
    public void Refuse(ResponseErrorException error)
    {
        logger.LogDebug("The request {Method} was refused: {Message}", method, error.Message);
        Send(MessageJson.Error(id, error.Code, error.Message));
    }

    private void Fail(int code, string message, System.Text.Json.JsonElement? data = null)
    {
        Failed = true;
        Send(MessageJson.Error(id, code, message, data));
    }

    private void Send(OutgoingFrame frame)
    {
        lock (gate)
        {
            if (isAnswered)
            {
                frame.Dispose();
                return;
            }

            // Whatever progress the client is shown ends before the answer.
            isAnswered = true;
            progress?.End();
        }

        connection.Finish(this, frame);
        answered.TrySetResult();
    }
}
