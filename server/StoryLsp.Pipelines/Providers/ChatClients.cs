using Microsoft.Extensions.AI;
using StoryLsp.Language.Settings;

namespace StoryLsp.Pipelines.Providers;

/// <summary>Makes the provider that a workspace names.</summary>
public static class ChatClients
{
    private const string DefaultEndpoint = "https://api.openai.com/v1";

    /// <summary>The provider of the settings.</summary>
    /// <param name="settings">What the workspace says.</param>
    /// <param name="environment">Looks up an environment variable; keys come from nowhere else.</param>
    /// <param name="patience">How long to wait; null: the defaults.</param>
    /// <param name="time">The clock of all waiting; null: the system's.</param>
    /// <exception cref="ProviderException">The settings do not suffice, or models are switched off.</exception>
    public static IChatClient Create(AiSettings settings, Func<string, string?> environment, PatienceOptions? patience = null, TimeProvider? time = null)
    {
        if (!settings.Enabled)
        {
            throw new ProviderException(ProviderFailure.NotConfigured, "This workspace has `ai.enabled: false` in story.yaml, so no step that calls a model is run.");
        }

        return settings.Provider switch
        {
            "offline" => new OfflineChatClient(),
            "openai" => new RetryingChatClient(OpenAi(settings, environment, time), patience ?? new PatienceOptions(), time),
            "anthropic" or "editor" or "replay" => throw new ProviderException(ProviderFailure.NotConfigured,
                $"The provider `{settings.Provider}` is not in this version. Set `ai.provider` in story.yaml to `offline` or `openai`."),
            var other => throw new ProviderException(ProviderFailure.NotConfigured,
                $"`{other}` is no provider. Set `ai.provider` in story.yaml to `offline` or `openai`."),
        };
    }

    private static OpenAiChatClient OpenAi(AiSettings settings, Func<string, string?> environment, TimeProvider? time)
    {
        if (!Uri.TryCreate(settings.Endpoint ?? DefaultEndpoint, UriKind.Absolute, out var endpoint) || endpoint.Scheme is not ("http" or "https"))
        {
            throw new ProviderException(ProviderFailure.NotConfigured, "`ai.endpoint` in story.yaml is no address; it looks like `http://localhost:11434/v1`.");
        }

        if (string.IsNullOrWhiteSpace(settings.Model))
        {
            throw new ProviderException(ProviderFailure.NotConfigured, "`ai.model` in story.yaml does not name a model.");
        }

        return new OpenAiChatClient(endpoint, settings.Model.Trim(), KeyOf(settings, environment), time);
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
