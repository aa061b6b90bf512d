using System.Text.Json.Serialization.Metadata;

namespace StoryLsp.Protocol.JsonRpc;

/// <summary>What a handler knows of the request beside its parameters.</summary>
public sealed class RequestContext
{
    private readonly InboundRequest request;

    internal RequestContext(InboundRequest request, LanguageConnection connection)
    {
        this.request = request;
        Connection = connection;
    }

    /// <summary>The request's id as the client gave it.</summary>
    public RequestId Id => request.Id;

    /// <summary>The request's name.</summary>
    public string Method => request.Method;

    /// <summary>Cancelled by <c>$/cancelRequest</c> and by the connection's end.</summary>
    public CancellationToken CancellationToken => request.CancellationToken;

    /// <summary>The connection that the request came by.</summary>
    public LanguageConnection Connection { get; }

    /// <summary>Sends a part of the result; false if the client gave no token, and everything belongs into the answer.</summary>
    public bool SendPart<T>(IPartialResultParams parameters, T part, JsonTypeInfo<T> type)
    {
        if (parameters.PartialResultToken is not { } token)
        {
            return false;
        }

        Connection.SendProgress(token, part, type);
        return true;
    }

    /// <summary>
    /// Begins progress with the client's token, with a text of its own; null if it gave none. It ends when it is disposed, or with the answer, and pressing
    /// cancel cancels the request. A request that does not do so shows progress by itself when it takes long.
    /// </summary>
    public WorkDoneProgress? BeginProgress(IWorkDoneProgressParams parameters, string title, string? message = null, int? percentage = null) =>
        parameters.WorkDoneToken is { } token ? request.BeginProgress(token, title, message, percentage) : null;
}
