using StoryLsp.Language.Settings;

namespace StoryLsp.Pipelines.Providers;

/// <summary>
/// Where keys come from, and where they and the prose may go. A <c>story.yaml</c> comes with a story that somebody else may have written, so it alone cannot send
/// a value of the environment, or the person's own words, to a server of its choice: only to known vendors over https, to this machine, and to hosts that the person trusts.
/// </summary>
/// <param name="environment">Looks up an environment variable.</param>
internal sealed class ProviderKeys(Func<string, string?> environment)
{
    /// <summary>The environment variable that lists further hosts: <c>models.example.com</c>, <c>*.example.com:8443</c>, or <c>http://box:8080</c> for one without https.</summary>
    public const string TrustedHosts = "STORYLSP_TRUSTED_HOSTS";

    private static readonly string[] Vendors =
    [
        "api.openai.com", "*.openai.azure.com", "*.cognitiveservices.azure.com", "*.services.ai.azure.com", "api.anthropic.com", "openrouter.ai", "api.mistral.ai", "api.groq.com",
        "api.together.xyz", "api.deepseek.com", "api.x.ai", "api.fireworks.ai", "api.cerebras.ai", "api.perplexity.ai", "generativelanguage.googleapis.com",
        "router.huggingface.co", "ollama.com",
    ];

    private static readonly string[] Reserved = ["Host", "Content-Length", "Content-Type", "Transfer-Encoding", "Connection", "Upgrade", "Expect", "TE", "Trailer", "Cookie"];

    /// <summary>The headers of a request: the key, and those of the settings.</summary>
    /// <param name="settings">What the workspace says.</param>
    /// <param name="endpoint">Where the requests go.</param>
    /// <param name="key">The header of the key, and what stands in it before the key.</param>
    /// <exception cref="ProviderException">A value is missing, or nothing may go there. No value is looked up that may not.</exception>
    public IReadOnlyList<KeyValuePair<string, string>> HeadersFor(AiSettings settings, Uri endpoint, (string Header, string Before) key)
    {
        foreach (var (field, named) in settings.Headers.Select(header => ("headers", header.Value)).Prepend(("api_key_env", settings.ApiKeyEnvironmentVariable)))
        {
            RequireName(field, named);
        }

        RequireTrust(endpoint);
        var result = new List<KeyValuePair<string, string>>();
        if (settings.ApiKeyEnvironmentVariable is { } variable)
        {
            result.Add(new(key.Header, key.Before + ValueOf(variable, "api_key_env")));
        }

        foreach (var (name, source) in settings.Headers)
        {
            if (name.Length == 0 || !name.All(unit => char.IsAsciiLetterOrDigit(unit) || unit is '-' or '_') || Reserved.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                throw NotConfigured("A name under `ai.headers` in story.yaml is none that a header can have here.");
            }

            result.Add(new(name, ValueOf(source ?? throw NotConfigured($"The header `{name}` under `ai.headers` in story.yaml names no environment variable: write `{name}: {{env: SOME_VARIABLE}}`. The value itself never stands in a file."),
                "headers")));
        }

        return result;
    }

    /// <summary>Whether keys and prose may go to an address.</summary>
    public bool IsTrusted(Uri endpoint) =>
        endpoint.IsLoopback ||
        (endpoint.Scheme == Uri.UriSchemeHttps && endpoint.IsDefaultPort && Vendors.Any(vendor => Covers(vendor, endpoint.IdnHost))) ||
        (environment(TrustedHosts) ?? "").Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Any(entry => Covers(entry, endpoint));

    private static bool Covers(string entry, Uri endpoint)
    {
        var scheme = Uri.UriSchemeHttps;
        if (entry.IndexOf("://", StringComparison.Ordinal) is > 0 and var at)
        {
            (scheme, entry) = (entry[..at], entry[(at + 3)..].TrimEnd('/'));
        }

        var port = scheme == Uri.UriSchemeHttp ? 80 : 443;
        if (entry.LastIndexOf(':') is > 0 and var colon && int.TryParse(entry[(colon + 1)..], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var written))
        {
            (entry, port) = (entry[..colon], written);
        }

        return endpoint.Scheme.Equals(scheme, StringComparison.OrdinalIgnoreCase) && endpoint.Port == port && Covers(entry, endpoint.IdnHost);
    }

    // `*.example.com` covers what stands below it, and not `example.com` itself.
    private static bool Covers(string pattern, string host) => pattern.StartsWith("*.", StringComparison.Ordinal)
        ? pattern.Length > 2 && host.Length > pattern.Length - 1 && host.EndsWith(pattern[1..], StringComparison.OrdinalIgnoreCase)
        : host.Equals(pattern, StringComparison.OrdinalIgnoreCase);

    private static void RequireName(string field, string? variable)
    {
        if (variable is not null && !VariableName.IsOne(variable))
        {
            // It may be a key, which is not said again: what is said here stands in logs and in the history.
            throw NotConfigured($"`ai.{field}` in story.yaml holds something that is no name of an environment variable. If it is a key, take it out and have the provider make you another one, " +
                "as this one stood in a file; keep the new one in an environment variable, and write the name of that here, such as `OPENAI_API_KEY`.");
        }
    }

    // The prose goes where the key goes, so the address is looked at for a request without a key as well.
    private void RequireTrust(Uri endpoint)
    {
        if (!IsTrusted(endpoint))
        {
            throw NotConfigured($"Nothing was sent to `{endpoint.Scheme}://{endpoint.IdnHost}`, which `ai.endpoint` in story.yaml names: a story may come from somebody else, so its prose and your key go only to this machine, over https to a known vendor, " +
                $"or to a host that you trust. If you trust this one, set the environment variable {TrustedHosts} to `{(endpoint.Scheme == Uri.UriSchemeHttp ? "http://" : "")}{endpoint.IdnHost}{(endpoint.IsDefaultPort ? "" : ":" + endpoint.Port)}`.");
        }
    }

    private string ValueOf(string variable, string field)
    {
        if (environment(variable)?.Trim() is not { Length: > 0 } value)
        {
            throw NotConfigured($"The environment variable `{variable}`, which `ai.{field}` in story.yaml names, is not set.");
        }

        return value.All(unit => unit is > ' ' and <= '~' || (unit == ' ' && field == "headers")) ? value : throw NotConfigured(
            $"The environment variable `{variable}`, which `ai.{field}` in story.yaml names, holds characters that no key has, such as a space or a line end.");
    }

    private static ProviderException NotConfigured(string message) => new(ProviderFailure.NotConfigured, message);
}
