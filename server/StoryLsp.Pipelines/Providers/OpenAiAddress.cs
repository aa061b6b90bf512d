using StoryLsp.Language.Settings;

namespace StoryLsp.Pipelines.Providers;

/// <summary>Where chat completions are asked for, and how a server of that kind wants to be asked.</summary>
/// <param name="Address">The whole address.</param>
/// <param name="IsAzure">The key goes into the header <c>api-key</c>.</param>
/// <param name="IsNewest">The server is the vendor's own, which knows the newest names of all fields.</param>
internal sealed record OpenAiAddress(Uri Address, bool IsAzure, bool IsNewest)
{
    private const string Path = "/chat/completions";

    private static readonly string[] AzureHosts = [".openai.azure.com", ".cognitiveservices.azure.com", ".services.ai.azure.com"];

    /// <summary>The address of the settings: the base as people write it for OpenAI (<c>…/v1</c>), a deployment on Azure, or the whole address as Azure shows it.</summary>
    /// <param name="settings">What the workspace says; the model names a deployment.</param>
    /// <param name="endpoint">The address that it writes.</param>
    public static OpenAiAddress Of(AiSettings settings, Uri endpoint)
    {
        var isAzure = settings.ApiVersion is not null || AzureHosts.Any(host => endpoint.IdnHost.EndsWith(host, StringComparison.OrdinalIgnoreCase));
        var path = endpoint.AbsolutePath.TrimEnd('/');
        if (!path.EndsWith(Path, StringComparison.OrdinalIgnoreCase))
        {
            path = isAzure ? AzurePath(settings, path) : path + Path;
        }

        var query = endpoint.Query.TrimStart('?');
        if (settings.ApiVersion is { Length: > 0 } version && !query.Contains("api-version=", StringComparison.OrdinalIgnoreCase))
        {
            query += (query.Length == 0 ? "" : "&") + "api-version=" + Uri.EscapeDataString(version);
        }

        var address = new UriBuilder(endpoint) { Path = path, Query = query, Fragment = "" }.Uri;
        return new(address, isAzure, isAzure || endpoint.IdnHost.Equals("api.openai.com", StringComparison.OrdinalIgnoreCase));
    }

    private static string AzurePath(AiSettings settings, string path)
    {
        if (path.Contains("/deployments/", StringComparison.OrdinalIgnoreCase) || path.EndsWith("/v1", StringComparison.OrdinalIgnoreCase))
        {
            return path + Path;
        }

        path = path.EndsWith("/openai", StringComparison.OrdinalIgnoreCase) ? path : path + "/openai";
        return settings.ApiVersion is null ? path + "/v1" + Path : $"{path}/deployments/{Uri.EscapeDataString(settings.Model ?? "")}{Path}";
    }
}
