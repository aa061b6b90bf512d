using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json.Nodes;

namespace StoryLsp.Pipelines.Providers;

/// <summary>
/// The servers that speak almost the protocol of OpenAI: the limit of an answer has two names, some know no form of the answer and no count of tokens in a
/// stream, models that reason take no temperature, and a server that does not stream answers in one piece, which is handed on as a stream.
/// </summary>
/// <param name="inner">The way to the network.</param>
/// <param name="address">Where requests go.</param>
/// <param name="onAdapted">Is told what is left out, in words for the writer.</param>
internal sealed class OpenAiDialect(HttpMessageHandler inner, OpenAiAddress address, Action<string> onAdapted) : RequestDialect(inner, onAdapted)
{
    private const string NewLimit = "max_completion_tokens";
    private const string OldLimit = "max_tokens";
    private const int LongestBody = 4_000_000;

    private string _limit = address.IsNewest ? NewLimit : OldLimit;
    private bool _isLimitSettled;

    protected override IReadOnlyList<(string Field, string[] Words)> Optional { get; } =
        [("response_format", ["json_schema", "json_object", "grammar"]), ("stream_options", ["include_usage"]), ("temperature", []), ("top_p", []), ("seed", []), ("stop", [])];

    protected override Uri? AddressOf(HttpRequestMessage request) => address.Address;

    protected override void Translate(JsonObject body)
    {
        base.Translate(body);
        var other = _limit == NewLimit ? OldLimit : NewLimit;
        if (body[other] is { } value)
        {
            body.Remove(other);
            body[_limit] = value.DeepClone();
        }
    }

    // A server that complains names what it does not know. One that only says no is asked once more without what the fewest servers know.
    protected override bool Learn(JsonObject body, string complaint)
    {
        if (!_isLimitSettled && body.ContainsKey(_limit) && complaint.Contains(_limit, StringComparison.OrdinalIgnoreCase))
        {
            _limit = _limit == NewLimit ? OldLimit : NewLimit;
            _isLimitSettled = true;
            return true;
        }

        return base.Learn(body, complaint) ||
            (IsSilent(complaint) && ((string[])["response_format", "stream_options"]).FirstOrDefault(body.ContainsKey) is { } field && LeaveOut(field));
    }

    // An answer in one piece, from a server that does not stream, in the form of a stream of one piece.
    protected override async Task<HttpResponseMessage> ReadAnswerAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentType?.MediaType is not "application/json")
        {
            return response;
        }

        var bytes = await ReadAsync(response, LongestBody, cancellationToken).ConfigureAwait(false);
        var stream = Parse(bytes) is { } whole ? StreamOf(whole) : null;
        // The vendor's library wants a stream that goes forward only, as one from the network does.
        var content = new StreamContent(PipeReader.Create(new ReadOnlySequence<byte>(stream is null ? bytes : Encoding.UTF8.GetBytes(stream))).AsStream());
        content.Headers.TryAddWithoutValidation("Content-Type", "text/event-stream");
        response.Content.Dispose();
        response.Content = content;
        return response;
    }

    private static bool IsSilent(string complaint) => !complaint.Contains("\"error\"", StringComparison.Ordinal) && !complaint.Contains("\"message\"", StringComparison.Ordinal);

    private static string? StreamOf(JsonObject whole)
    {
        if (whole["choices"] is not JsonArray { Count: > 0 } choices || choices[0] is not JsonObject choice || choice["message"] is not JsonObject message || message["content"] is not JsonValue text)
        {
            return null;
        }

        var chunk = new JsonObject
        {
            ["id"] = "answer",
            ["object"] = "chat.completion.chunk",
            ["created"] = 0,
            ["model"] = whole["model"]?.DeepClone(),
            ["choices"] = new JsonArray(new JsonObject
            {
                ["index"] = 0,
                ["delta"] = new JsonObject { ["role"] = "assistant", ["content"] = text.DeepClone() },
                ["finish_reason"] = choice["finish_reason"]?.DeepClone(),
            }),
        };
        if (whole["usage"] is JsonObject usage)
        {
            chunk["usage"] = usage.DeepClone();
        }

        return $"data: {chunk.ToJsonString()}\n\ndata: [DONE]\n\n";
    }
}
