using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace StoryLsp.Protocol.JsonRpc;

/// <summary>Reads the parts of messages from bytes, and writes whole messages to bytes.</summary>
internal static class MessageJson
{
    /// <summary>How messages are read.</summary>
    public static JsonReaderOptions ReaderOptions { get; } = new() { MaxDepth = JsonLimits.MaxDepth };

    // Stories are full of letters beyond ASCII; escaping them would triple the messages, and no HTML is near.
    public static JsonWriterOptions WriterOptions { get; } = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>Reads a value; what is absent is read as an empty object, which clients mean by it.</summary>
    /// <exception cref="JsonException">The value is not of the type.</exception>
    public static T Read<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type)
    {
        if (typeof(T) == typeof(NoValue))
        {
            return default!;
        }

        try
        {
            var reader = new Utf8JsonReader(json.IsEmpty ? "{}"u8 : json, ReaderOptions);
            return JsonSerializer.Deserialize(ref reader, type)!;
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException(e.Message, e);
        }
    }

    public static OutgoingFrame Request<T>(RequestId id, string method, T parameters, JsonTypeInfo<T> type) =>
        Message(writer =>
        {
            id.Write(writer, "id");
            WriteCall(writer, method, parameters, type);
        });

    public static OutgoingFrame Notification<T>(string method, T parameters, JsonTypeInfo<T> type) =>
        Message(writer => WriteCall(writer, method, parameters, type));

    public static OutgoingFrame Progress<T>(ProgressToken token, T value, JsonTypeInfo<T> type) =>
        Progress(token, writer => JsonSerializer.Serialize(writer, value, type));

    public static OutgoingFrame Progress(ProgressToken token, ReadOnlyMemory<byte> value) =>
        Progress(token, writer => writer.WriteRawValue(value.Span, skipInputValidation: true));

    private static OutgoingFrame Progress(ProgressToken token, Action<Utf8JsonWriter> writeValue) =>
        Message(writer =>
        {
            writer.WriteString("method", LspMethods.Progress.Name);
            writer.WriteStartObject("params");
            writer.WritePropertyName("token");
            JsonSerializer.Serialize(writer, token, LspJsonContext.Default.ProgressToken);
            writer.WritePropertyName("value");
            writeValue(writer);
            writer.WriteEndObject();
        });

    public static OutgoingFrame CancelRequest(RequestId id) =>
        Message(writer =>
        {
            writer.WriteString("method", LspMethods.CancelRequest.Name);
            writer.WriteStartObject("params");
            id.Write(writer, "id");
            writer.WriteEndObject();
        });

    public static OutgoingFrame Result<T>(RequestId id, T result, JsonTypeInfo<T> type) =>
        Message(writer =>
        {
            id.Write(writer, "id");
            writer.WritePropertyName("result");
            JsonSerializer.Serialize(writer, result, type);
        });

    /// <summary>A result that is JSON already.</summary>
    public static OutgoingFrame Result(RequestId id, ReadOnlyMemory<byte> result) =>
        Message(writer =>
        {
            id.Write(writer, "id");
            writer.WritePropertyName("result");
            writer.WriteRawValue(result.Span, skipInputValidation: true);
        });

    /// <summary>An error; the default id is written as null, for a message whose id is not known.</summary>
    public static OutgoingFrame Error(RequestId id, int code, string message, JsonElement? data = null) =>
        Message(writer =>
        {
            id.Write(writer, "id");
            writer.WriteStartObject("error");
            writer.WriteNumber("code", code);
            writer.WriteString("message", message);
            if (data is { } element)
            {
                writer.WritePropertyName("data");
                element.WriteTo(writer);
            }

            writer.WriteEndObject();
        });

    /// <summary>The id in the parameters of <c>$/cancelRequest</c>, as it was given; null if there is none.</summary>
    public static RequestId? ReadId(ReadOnlySpan<byte> parameters)
    {
        try
        {
            var reader = new Utf8JsonReader(parameters, ReaderOptions);
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1 && reader.ValueTextEquals("id"u8))
                {
                    reader.Read();
                    return RequestId.TryRead(ref reader, out var id) ? id : null;
                }
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // A cancellation that names no request cancels none.
        }

        return null;
    }

    /// <summary>The error of a response; null if there is none.</summary>
    public static ResponseErrorException? ReadError(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty || json.SequenceEqual("null"u8))
        {
            return null;
        }

        var reader = new Utf8JsonReader(json, ReaderOptions);
        var error = JsonElement.ParseValue(ref reader);
        var isObject = error.ValueKind == JsonValueKind.Object;
        var code = isObject && error.TryGetProperty("code", out var number) && number.ValueKind == JsonValueKind.Number && number.TryGetInt32(out var value)
            ? value
            : (int)ErrorCodes.UnknownErrorCode;
        var message = isObject && error.TryGetProperty("message", out var text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()!
            : "The editor answered with an error and no message.";
        return new(code, message, isObject && error.TryGetProperty("data", out var data) ? data : null);
    }

    /// <summary>An error as one line for the log.</summary>
    public static string ErrorText(ReadOnlySpan<byte> json) => ReadError(json) is { } error ? $"{error.Code}, {error.Message}" : "no error";

    private static void WriteCall<T>(Utf8JsonWriter writer, string method, T parameters, JsonTypeInfo<T> type)
    {
        writer.WriteString("method", method);
        if (typeof(T) != typeof(NoValue))
        {
            writer.WritePropertyName("params");
            JsonSerializer.Serialize(writer, parameters, type);
        }
    }

    private static OutgoingFrame Message(Action<Utf8JsonWriter> write)
    {
        var frame = new OutgoingFrame();
        try
        {
            using var writer = new Utf8JsonWriter(frame, WriterOptions);
            writer.WriteStartObject();
            writer.WriteString("jsonrpc", "2.0");
            write(writer);
            writer.WriteEndObject();
            writer.Flush();
            return frame;
        }
        catch
        {
            frame.Dispose();
            throw;
        }
    }
}
