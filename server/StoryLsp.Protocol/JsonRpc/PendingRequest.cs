using System.Text.Json;

namespace StoryLsp.Protocol.JsonRpc;

/// <summary>A request of ours that waits for its answer.</summary>
internal interface IPendingRequest
{
    /// <summary>Ends it with the result's JSON.</summary>
    void Complete(ReadOnlySpan<byte> result);

    /// <summary>Ends it with an error.</summary>
    void Fail(Exception exception);
}

/// <summary>A request of ours whose answer has this type.</summary>
internal sealed class PendingRequest<TParams, TResult>(RequestMethod<TParams, TResult> method) : IPendingRequest
{
    private readonly TaskCompletionSource<TResult> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<TResult> Task => completion.Task;

    public void Complete(ReadOnlySpan<byte> result)
    {
        try
        {
            var value = MessageJson.Read(result.IsEmpty ? "null"u8 : result, method.Result);
            if (value is null && !method.ResultMayBeNull)
            {
                Fail(new ResponseErrorException(ErrorCodes.InternalError, $"The editor answered {method.Name} with nothing."));
                return;
            }

            completion.TrySetResult(value);
        }
        catch (JsonException e)
        {
            Fail(new ResponseErrorException(ErrorCodes.ParseError, $"The editor's answer to {method.Name} cannot be read: {JsonFault.Of(e)}."));
        }
    }

    public void Fail(Exception exception) => completion.TrySetException(exception);
}
