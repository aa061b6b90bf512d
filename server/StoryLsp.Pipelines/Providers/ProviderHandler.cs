using System.Globalization;

namespace StoryLsp.Pipelines.Providers;

/// <summary>
/// Stands outermost before the network: an answer that is none becomes a <see cref="ProviderException"/> here, so that no library makes an exception of it that
/// quotes what the server said.
/// </summary>
internal sealed class FaultHandler(HttpMessageHandler inner, TimeProvider time) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        try
        {
            response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw ProviderFaults.Of(exception, cancellationToken);
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw ProviderFaults.OfStatus((int)response.StatusCode, WaitOf(response));
        }
    }

    private TimeSpan? WaitOf(HttpResponseMessage response)
    {
        if (!response.Headers.NonValidated.TryGetValues("Retry-After", out var values))
        {
            return null;
        }

        var value = values.ToString();
        if (double.TryParse(value, CultureInfo.InvariantCulture, out var seconds))
        {
            return seconds >= 0 ? TimeSpan.FromSeconds(Math.Min(seconds, 86_400)) : null;
        }

        var now = time.GetUtcNow();
        return DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, out var date) && date > now ? date - now : null;
    }
}

/// <summary>
/// Stands innermost: puts the key and the headers of the settings on a request, and on none that goes anywhere else than to the provider's own address. The
/// libraries never hold the key, so they cannot log it.
/// </summary>
internal sealed class KeyHandler(HttpMessageHandler inner, Uri endpoint, IReadOnlyList<KeyValuePair<string, string>> headers) : DelegatingHandler(inner)
{
    private static readonly string[] KeyHeaders = ["Authorization", "x-api-key", "api-key"];

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        foreach (var name in KeyHeaders)
        {
            request.Headers.Remove(name);
        }

        if (request.RequestUri is { } address && Uri.Compare(address, endpoint, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0)
        {
            foreach (var (name, value) in headers)
            {
                request.Headers.Remove(name);
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return base.SendAsync(request, cancellationToken);
    }
}

/// <summary>The way of a request from a library to the network.</summary>
internal static class ProviderHttp
{
    // A redirect is no answer, so that a key goes nowhere but where it was sent; nothing is kept from one request to the next.
    private static readonly Lazy<SocketsHttpHandler> Sockets = new(() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(20),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    });

    /// <summary>A client that carries requests to one address.</summary>
    /// <param name="endpoint">The address.</param>
    /// <param name="headers">The key and the headers of the settings.</param>
    /// <param name="carrier">What carries the requests; null: the system's sockets.</param>
    /// <param name="dialect">What stands between the faults and the key; null: nothing.</param>
    /// <param name="time">Reads the clock, for a server that names the date of the next try.</param>
    public static HttpClient Client(
        Uri endpoint, IReadOnlyList<KeyValuePair<string, string>> headers, HttpMessageHandler? carrier, Func<HttpMessageHandler, DelegatingHandler>? dialect, TimeProvider time)
    {
        HttpMessageHandler handler = new KeyHandler(carrier ?? Sockets.Value, endpoint, headers);
        handler = new FaultHandler(dialect?.Invoke(handler) ?? handler, time);
        return new(handler, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
    }
}
