using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace StoryLsp.Pipelines.Providers;

/// <summary>
/// Stands between a vendor's library and servers that speak almost its protocol: a field that a server refuses is left out, and the request is sent again.
/// What a server says of a refused request is read for the names of fields alone, and never told on.
/// </summary>
/// <param name="inner">The way to the network.</param>
/// <param name="onAdapted">Is told what is left out, in words for the writer.</param>
internal abstract class RequestDialect(HttpMessageHandler inner, Action<string> onAdapted) : DelegatingHandler(inner)
{
    private const int LongestComplaint = 16_384;

    // What was learned of the server holds for all later requests of this client.
    private readonly HashSet<string> _leftOut = new(StringComparer.Ordinal);

    /// <summary>Guards what was learned.</summary>
    protected Lock Learned { get; } = new();

    /// <summary>The fields that may be left out, with the words by which a complaint names them beside their own name.</summary>
    protected abstract IReadOnlyList<(string Field, string[] Words)> Optional { get; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var written = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        while (true)
        {
            var body = Parse(written);
            if (body is not null)
            {
                lock (Learned)
                {
                    Translate(body);
                }
            }

            var response = await base.SendAsync(Copy(request, body is null ? written : Encoding.UTF8.GetBytes(body.ToJsonString())), cancellationToken).ConfigureAwait(false);
            if (response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity && body is not null)
            {
                var complaint = Encoding.UTF8.GetString(await ReadAsync(response, LongestComplaint, cancellationToken).ConfigureAwait(false));
                lock (Learned)
                {
                    if (Learn(body, complaint))
                    {
                        response.Dispose();
                        continue;
                    }
                }
            }

            return response.IsSuccessStatusCode ? await ReadAnswerAsync(response, cancellationToken).ConfigureAwait(false) : response;
        }
    }

    /// <summary>Where a request goes.</summary>
    protected virtual Uri? AddressOf(HttpRequestMessage request) => request.RequestUri;

    /// <summary>Puts a request into the words of the server.</summary>
    protected virtual void Translate(JsonObject body)
    {
        foreach (var field in _leftOut)
        {
            body.Remove(field);
        }
    }

    /// <summary>Learns from a refusal; false where there is nothing to learn, and asking again does not help.</summary>
    protected virtual bool Learn(JsonObject body, string complaint)
    {
        foreach (var (field, words) in Optional)
        {
            if (body.ContainsKey(field) && words.Prepend(field).Any(word => complaint.Contains(word, StringComparison.OrdinalIgnoreCase)))
            {
                return LeaveOut(field);
            }
        }

        return false;
    }

    /// <summary>Leaves a field out from now on; false where that was tried.</summary>
    protected bool LeaveOut(string field)
    {
        if (!_leftOut.Add(field))
        {
            return false;
        }

        onAdapted(field switch
        {
            "response_format" or "output_config" => "The model's server does not take a form for its answer, so it is asked again without one; the prompt alone tells it what to write.",
            _ => $"The model's server does not take `{field}`, so it is asked again without it.",
        });
        return true;
    }

    /// <summary>Puts an answer into the form that the library reads.</summary>
    protected virtual Task<HttpResponseMessage> ReadAnswerAsync(HttpResponseMessage response, CancellationToken cancellationToken) => Task.FromResult(response);

    protected static async Task<byte[]> ReadAsync(HttpResponseMessage response, int most, CancellationToken cancellationToken)
    {
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var result = new MemoryStream();
        var buffer = new byte[8192];
        while (result.Length < most && await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) is > 0 and var read)
        {
            result.Write(buffer, 0, read);
        }

        return result.ToArray();
    }

    protected static JsonObject? Parse(byte[] bytes)
    {
        try
        {
            return JsonNode.Parse(bytes) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private HttpRequestMessage Copy(HttpRequestMessage request, byte[] body)
    {
        var copy = new HttpRequestMessage(request.Method, AddressOf(request)) { Version = request.Version, VersionPolicy = request.VersionPolicy, Content = new ByteArrayContent(body) };
        foreach (var (name, values) in request.Headers)
        {
            copy.Headers.TryAddWithoutValidation(name, values);
        }

        copy.Content.Headers.TryAddWithoutValidation("Content-Type", "application/json");
        return copy;
    }
}

/// <summary>The servers that speak the protocol of Anthropic: older models know no form of the answer, and some take no temperature.</summary>
internal sealed class AnthropicDialect(HttpMessageHandler inner, Action<string> onAdapted) : RequestDialect(inner, onAdapted)
{
    protected override IReadOnlyList<(string Field, string[] Words)> Optional { get; } =
        [("output_config", ["output_format", "json_schema", "structured output"]), ("temperature", []), ("top_p", []), ("stop_sequences", [])];
}
