using Microsoft.Extensions.AI;
using StoryLsp.Language.Settings;
using StoryLsp.Pipelines.Offline;
using StoryLsp.Pipelines.Secrets;

namespace StoryLsp.Pipelines.Providers;

/// <summary>Makes the provider that a workspace names, behind all that stands before every provider. One instance serves a process; safe for use by several threads.</summary>
/// <param name="environment">Looks up an environment variable, or what the editor keeps in its place; keys come from nowhere else.</param>
/// <param name="patience">How long to wait; null: the defaults.</param>
/// <param name="time">The clock of all waiting; null: the system's.</param>
/// <param name="editor">Asks the editor's own models, in the model that <see cref="ChatOptions.ModelId"/> names; null: there is no editor.</param>
/// <param name="handlers">What carries HTTP requests; null: the system's sockets.</param>
public sealed class ChatClients(
    Func<string, string?> environment,
    PatienceOptions? patience = null,
    TimeProvider? time = null,
    Func<IChatClient>? editor = null,
    Func<HttpMessageHandler>? handlers = null)
{
    private const string DefaultEndpoint = "https://api.openai.com/v1";

    /// <summary>The provider of a run: the firewall outermost, then the count of tokens with its limits, then what waits and asks again, then the provider itself.</summary>
    /// <param name="request">What is asked for.</param>
    /// <exception cref="ProviderException">The settings do not suffice, or models are switched off; nothing was made, and nothing sent.</exception>
    public IChatClient Create(ProviderRequest request)
    {
        RequireEnabled(request.Ai);
        var settings = request.Model is null ? request.Ai : request.Ai with { Model = request.Model };
        var client = Provider(settings);
        if (settings.Provider != "offline")
        {
            client = new AccountingChatClient(client, settings, request.Before, request.OnUsage);
        }

        return request.Secrets is { } secrets ? new FirewallChatClient(client, secrets) : client;
    }

    /// <summary>What is wrong with the settings, as a sentence for the writer; null where nothing is. Nothing is sent.</summary>
    /// <param name="settings">What the workspace says.</param>
    public string? Check(AiSettings settings)
    {
        try
        {
            RequireEnabled(settings);
            Provider(settings).Dispose();
            return null;
        }
        catch (ProviderException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>The provider of the settings alone, without firewall and limits.</summary>
    /// <param name="settings">What the workspace says.</param>
    /// <param name="environment">Looks up an environment variable; keys come from nowhere else.</param>
    /// <param name="patience">How long to wait; null: the defaults.</param>
    /// <param name="time">The clock of all waiting; null: the system's.</param>
    /// <exception cref="ProviderException">The settings do not suffice, or models are switched off.</exception>
    public static IChatClient Create(AiSettings settings, Func<string, string?> environment, PatienceOptions? patience = null, TimeProvider? time = null)
    {
        RequireEnabled(settings);
        return new ChatClients(environment, patience, time).Provider(settings);
    }

    private static void RequireEnabled(AiSettings settings)
    {
        if (!settings.Enabled)
        {
            throw new ProviderException(ProviderFailure.NotConfigured, "This workspace has `ai.enabled: false` in story.yaml, so no step that calls a model is run.");
        }
    }

    private IChatClient Provider(AiSettings settings) => settings.Provider switch
    {
        "offline" => new OfflineChatClient(),
        "openai" => new RetryingChatClient(OpenAi(settings), patience ?? new PatienceOptions(), time),
        "editor" when editor is not null => editor(),
        "anthropic" or "editor" or "replay" => throw new ProviderException(ProviderFailure.NotConfigured,
            $"The provider `{settings.Provider}` is not in this version. Set `ai.provider` in story.yaml to `offline` or `openai`."),
        var other => throw new ProviderException(ProviderFailure.NotConfigured,
            $"`{other}` is no provider. Set `ai.provider` in story.yaml to `offline` or `openai`."),
    };

    private OpenAiChatClient OpenAi(AiSettings settings)
    {
        if (!Uri.TryCreate(settings.Endpoint ?? DefaultEndpoint, UriKind.Absolute, out var endpoint) || endpoint.Scheme is not ("http" or "https"))
        {
            throw new ProviderException(ProviderFailure.NotConfigured, "`ai.endpoint` in story.yaml is no address; it looks like `http://localhost:11434/v1`.");
        }

        if (string.IsNullOrWhiteSpace(settings.Model))
        {
            throw new ProviderException(ProviderFailure.NotConfigured, "`ai.model` in story.yaml does not name a model.");
        }

        return new OpenAiChatClient(endpoint, settings.Model.Trim(), KeyOf(settings, environment), time, handlers?.Invoke());
    }

    private static string? KeyOf(AiSettings settings, Func<string, string?> environment)
    {
        if (settings.ApiKeyEnvironmentVariable is not { } variable)
        {
            // A server on one's own machine needs no key; OpenAI's does.
            return settings.Endpoint is not null ? null : throw new ProviderException(ProviderFailure.NotConfigured,
                "Name the environment variable that holds the key: `api_key_env: OPENAI_API_KEY` under `ai` in story.yaml. For a server of your own, name its `endpoint`.");
        }

        if (environment(variable)?.Trim() is not { Length: > 0 } key)
        {
            throw new ProviderException(ProviderFailure.NotConfigured, $"The environment variable `{variable}`, which `ai.api_key_env` in story.yaml names, is not set.");
        }

        return key.All(unit => unit is > ' ' and <= '~') ? key : throw new ProviderException(ProviderFailure.NotConfigured,
            $"The environment variable `{variable}`, which `ai.api_key_env` in story.yaml names, holds characters that no key has, such as a space or a line end.");
    }
}
