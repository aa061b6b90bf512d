using System.Text.Json;

namespace StoryLsp.Protocol.JsonRpc;

/// <summary>
/// A request that is answered with an error. A handler throws it to choose code and message; a caller gets it when the
/// other side answered so. The message is shown to writers, so it says what happened in their words.
/// </summary>
public sealed class ResponseErrorException : Exception
{
    /// <summary>Makes the error.</summary>
    public ResponseErrorException(int code, string message, JsonElement? data = null)
        : base(message)
    {
        Code = code;
        ErrorData = data;
    }

    /// <summary>Makes the error with a code of JSON-RPC.</summary>
    public ResponseErrorException(ErrorCodes code, string message)
        : this((int)code, message)
    {
    }

    /// <summary>Makes the error with a code of LSP.</summary>
    public ResponseErrorException(LSPErrorCodes code, string message)
        : this((int)code, message)
    {
    }

    /// <summary>The number that clients tell errors by.</summary>
    public int Code { get; }

    /// <summary>What came with the error beyond its message.</summary>
    public JsonElement? ErrorData { get; }

    /// <summary>The text changed under the request, so that its result is of no use; the client asks again by itself.</summary>
    public static ResponseErrorException ContentModified() =>
        new(LSPErrorCodes.ContentModified, "The text changed while the answer was being worked out.");
}
