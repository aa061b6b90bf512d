using System.Text.Json;
using System.Text.Unicode;

namespace StoryLsp.Protocol.JsonRpc;

/// <summary>What a content is.</summary>
internal enum EnvelopeKind
{
    /// <summary>It has a method and an id.</summary>
    Request,

    /// <summary>It has a method and no id.</summary>
    Notification,

    /// <summary>It answers a request of ours.</summary>
    Response,

    /// <summary>It is no JSON, or no valid UTF-8.</summary>
    NoJson,

    /// <summary>It is an array of messages, which LSP does not have.</summary>
    Batch,

    /// <summary>It is JSON and no message.</summary>
    Invalid,
}

/// <summary>The outer object of a message; parameters, result and error stay bytes until their type is known.</summary>
internal readonly ref struct Envelope
{
    private Envelope(EnvelopeKind kind, RequestId id = default)
    {
        Kind = kind;
        Id = id;
    }

    public EnvelopeKind Kind { get; private init; }

    public RequestId Id { get; private init; }

    public string Method { get; private init; } = "";

    /// <summary>The parameters' JSON; empty if there are none.</summary>
    public ReadOnlySpan<byte> Params { get; private init; }

    /// <summary>The result's JSON; empty if there is none.</summary>
    public ReadOnlySpan<byte> Result { get; private init; }

    /// <summary>The error's JSON; empty if there is none.</summary>
    public ReadOnlySpan<byte> Error { get; private init; }

    public static Envelope Read(Span<byte> content)
    {
        if (content.StartsWith("\uFEFF"u8))
        {
            content = content[3..];
        }

        if (!Utf8.IsValid(content))
        {
            return new(EnvelopeKind.NoJson);
        }

        Surrogates.Repair(content);
        try
        {
            return ReadJson(content);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return new(EnvelopeKind.NoJson);
        }
    }

    private static Envelope ReadJson(ReadOnlySpan<byte> content)
    {
        var reader = new Utf8JsonReader(content, MessageJson.ReaderOptions);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            var kind = reader.TokenType == JsonTokenType.StartArray ? EnvelopeKind.Batch : EnvelopeKind.Invalid;
            reader.Skip();
            return ReadToEnd(ref reader, new(kind));
        }

        string? method = null;
        var (id, hasId, isValid) = (default(RequestId), false, true);
        ReadOnlySpan<byte> parameters = default, result = default, error = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8))
            {
                reader.Read();
                isValid &= RequestId.TryRead(ref reader, out id) || reader.TokenType == JsonTokenType.Null;
                hasId = true;
                reader.Skip();
            }
            else if (reader.ValueTextEquals("method"u8))
            {
                reader.Read();
                method = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                isValid &= method is not null;
                reader.Skip();
            }
            else if (reader.ValueTextEquals("params"u8))
            {
                parameters = Value(ref reader, content);
            }
            else if (reader.ValueTextEquals("result"u8))
            {
                result = Value(ref reader, content);
            }
            else if (reader.ValueTextEquals("error"u8))
            {
                error = Value(ref reader, content);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        var envelope = new Envelope(KindOf(method, id, hasId, isValid, !result.IsEmpty || !error.IsEmpty), id)
        {
            Method = method ?? "",
            Params = parameters,
            Result = result,
            Error = error,
        };
        return ReadToEnd(ref reader, envelope);
    }

    private static EnvelopeKind KindOf(string? method, RequestId id, bool hasId, bool isValid, bool isAnswer)
    {
        // An error without an id is how the other side says that it could not read a message of ours.
        if (isValid && method is null && hasId && isAnswer)
        {
            return EnvelopeKind.Response;
        }

        if (!isValid || method is null || (hasId && id == default))
        {
            return EnvelopeKind.Invalid;
        }

        return hasId ? EnvelopeKind.Request : EnvelopeKind.Notification;
    }

    /// <summary>Reads on, so that text behind the message is found to be no JSON.</summary>
    private static Envelope ReadToEnd(scoped ref Utf8JsonReader reader, Envelope envelope)
    {
        while (reader.Read())
        {
        }

        return envelope;
    }

    private static ReadOnlySpan<byte> Value(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> content)
    {
        reader.Read();
        var from = (int)reader.TokenStartIndex;
        reader.Skip();
        return content[from..(int)reader.BytesConsumed];
    }
}
