using System.Text.Json;

namespace StoryLsp.Protocol.JsonRpc;

/// <summary>How a request gets to its handler.</summary>
internal interface IRequestRoute
{
    /// <summary>Runs on the reading loop until the handler returns its task.</summary>
    void Handle(InboundRequest request, ReadOnlySpan<byte> parameters);
}

/// <summary>How a notification gets to its handler.</summary>
internal interface INotificationRoute
{
    /// <summary>Runs on the reading loop, in order.</summary>
    /// <exception cref="JsonException">The parameters are not of the method's type.</exception>
    void Handle(ReadOnlySpan<byte> parameters);
}

/// <inheritdoc/>
internal sealed class RequestRoute<TParams, TResult>(
    RequestMethod<TParams, TResult> method,
    Func<TParams, RequestContext, Task<TResult>> handler,
    LanguageConnection connection) : IRequestRoute
{
    /// <inheritdoc/>
    public void Handle(InboundRequest request, ReadOnlySpan<byte> parameters)
    {
        Task<TResult> task;
        try
        {
            var value = ReadParameters(parameters);
            if (value is InitializeParams { ProcessId: { } client })
            {
                connection.WatchClientProcess(client);
            }

            if (value is IPartialResultParams { PartialResultToken: { } part })
            {
                request.PartToken = part;
            }

            task = handler(value, new RequestContext(request, connection));
            if (value is IWorkDoneProgressParams { WorkDoneToken: { } token } && !task.IsCompleted)
            {
                _ = request.ShowProgressAsync(token, connection.TitleOf(method.Name));
            }
        }
        catch (Exception e)
        {
            request.Fail(e);
            return;
        }

        if (task.IsCompletedSuccessfully)
        {
            request.Answer(task.Result, method.Result);
        }
        else
        {
            _ = AnswerAsync(request, task);
        }
    }

    private TParams ReadParameters(ReadOnlySpan<byte> parameters)
    {
        try
        {
            return MessageJson.Read(parameters, method.Params)
                ?? throw new ResponseErrorException(ErrorCodes.InvalidParams, $"The parameters of {method.Name} may not be null.");
        }
        catch (JsonException e)
        {
            throw new ResponseErrorException(ErrorCodes.InvalidParams, $"The parameters of `{method.Name}` cannot be read: {JsonFault.Of(e)}.");
        }
    }

    private async Task AnswerAsync(InboundRequest request, Task<TResult> task)
    {
        try
        {
            request.Answer(await task.ConfigureAwait(false), method.Result);
        }
        catch (Exception e)
        {
            request.Fail(e);
        }
    }
}

/// <inheritdoc/>
internal sealed class NotificationRoute<TParams>(NotificationMethod<TParams> method, Action<TParams> handler) : INotificationRoute
{
    /// <inheritdoc/>
    public void Handle(ReadOnlySpan<byte> parameters) =>
        handler(MessageJson.Read(parameters, method.Params) ?? throw new JsonException("The parameters may not be null."));
}
