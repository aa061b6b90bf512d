using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;

namespace StoryLsp.Protocol.JsonRpc;

/// <summary>A request of the other side, from its arrival to its one answer.</summary>
internal sealed class InboundRequest(RequestId id, string method, LanguageConnection connection, ILogger logger)
{
    private readonly CancellationTokenSource cancellation = new();
    private readonly TaskCompletionSource answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int isAnswered;

    public RequestId Id => id;

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
            frame = MessageJson.Result(id, result, type);
        }
        catch (Exception e)
        {
            Fail(e);
            return;
        }

        Send(frame);
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
        if (Interlocked.Exchange(ref isAnswered, 1) != 0)
        {
            frame.Dispose();
            return;
        }

        connection.Finish(this, frame);
        answered.TrySetResult();
    }
}
