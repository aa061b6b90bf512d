using System.Collections.Concurrent;
using Microsoft.Extensions.AI;
using StoryLsp.Continuity.Secrets;
using StoryLsp.Language.Settings;
using StoryLsp.Pipelines.Offline;
using StoryLsp.Pipelines.Secrets;

namespace StoryLsp.Pipelines.Providers;

/// <summary>Makes the provider that a workspace names, behind all that stands before every provider. One instance serves a process; safe for use by several threads.</summary>
/// <param name="environment">Looks up an environment variable, or what the editor keeps in its place; keys come from nowhere else.</param>
/// <param name="patience">How long to wait; null: the defaults.</param>
/// <param name="time">The clock of all waiting; null: the system's.</param>
/// <param name="editor">Asks the editor's own models, for a request (null: none is made yet), in the model that <see cref="ChatOptions.ModelId"/> names; null: there is no editor.</param>
/// <param name="handlers">What carries HTTP requests; null: the system's sockets, which follow no redirects.</param>
public sealed class ChatClients(
    Func<string, string?> environment,
    PatienceOptions? patience = null,
    TimeProvider? time = null,
    Func<ProviderRequest?, IChatClient>? editor = null,
    Func<HttpMessageHandler>? handlers = null)
{
    private const string OpenAiEndpoint = "https://api.openai.com/v1";
    private const string AnthropicEndpoint = "https://api.anthropic.com";
    private const string Providers = "`offline`, `openai`, `anthropic`, `editor` or `replay`";

    /// <summary>An editor asks its user whether a model may be used, which takes its time.</summary>
    private static readonly TimeSpan EditorSilence = TimeSpan.FromMinutes(10);

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly ProviderKeys _keys = new(environment);
    private readonly ConcurrentDictionary<(string Provider, string Endpoint, int PerMinute), RequestPace> _paces = new();
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, int>> _replayed = new();

    /// <summary>The provider of a run: the firewall outermost, then the count of tokens with its limits, then what waits and asks again, then the provider itself.</summary>
    /// <param name="request">What is asked for.</param>
    /// <exception cref="ProviderException">The settings do not suffice, or models are switched off; nothing was made, and nothing sent.</exception>
    public IChatClient Create(ProviderRequest request)
    {
        RequireEnabled(request.Ai);
        var settings = string.IsNullOrWhiteSpace(request.Model) ? request.Ai : request.Ai with { Model = request.Model };
        if (settings.Limits.CostPerRun is not null && settings.Prices is null && settings.Provider != "offline")
        {
            throw NotConfigured("`ai.limits.cost_per_run` in story.yaml needs to know what the model costs: write `prices: {input: …, output: …}` under `ai`, per million tokens.");
        }

        var client = Provider(new(settings, request.Snapshot.Root, request.Run, request.OnRetry, request));
        if (settings.Provider != "offline")
        {
            client = new AccountingChatClient(client, settings, request.Before, request.OnUsage);
        }

        // Whoever names no place in the story is before its beginning, where everything is secret that ever is.
        return new FirewallChatClient(client, request.Secrets ?? StorySecrets.At(request.Snapshot, null));
    }

    /// <summary>What is wrong with the settings, as a sentence for the writer; null where nothing is. Nothing is sent.</summary>
    /// <param name="settings">What the workspace says.</param>
    public string? Check(AiSettings settings)
    {
        try
        {
            RequireEnabled(settings);
            Provider(new(settings, "", "", null)).Dispose();
            return null;
        }
        catch (ProviderException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>The provider of the settings alone, without firewall and limits: for tests of the provider itself.</summary>
    /// <param name="settings">What the workspace says.</param>
    /// <param name="environment">Looks up an environment variable; keys come from nowhere else.</param>
    /// <param name="patience">How long to wait; null: the defaults.</param>
    /// <param name="time">The clock of all waiting; null: the system's.</param>
    /// <exception cref="ProviderException">The settings do not suffice, or models are switched off.</exception>
    internal static IChatClient Create(AiSettings settings, Func<string, string?> environment, PatienceOptions? patience = null, TimeProvider? time = null)
    {
        RequireEnabled(settings);
        return new ChatClients(environment, patience, time).Provider(new(settings, "", "", null));
    }

    private static void RequireEnabled(AiSettings settings)
    {
        if (!settings.Enabled)
        {
            throw NotConfigured("This workspace has `ai.enabled: false` in story.yaml, so no step that calls a model is run.");
        }
    }

    private IChatClient Provider(Asked asked) => asked.Settings.Provider switch
    {
        "offline" => new OfflineChatClient(),
        "openai" => OpenAi(asked),
        "anthropic" => Anthropic(asked),
        "editor" => Editor(asked),
        "replay" => Replay(asked),
        var other => throw NotConfigured($"`{other}` is no provider. Set `ai.provider` in story.yaml to {Providers}."),
    };

    private IChatClient OpenAi(Asked asked)
    {
        var endpoint = EndpointOf(asked.Settings, OpenAiEndpoint, "OPENAI_API_KEY");
        var model = ModelOf(asked.Settings);
        var address = OpenAiAddress.Of(asked.Settings with { Model = model }, endpoint);
        var headers = _keys.HeadersFor(asked.Settings, address.Address, address.IsAzure ? ("api-key", "") : ("Authorization", "Bearer "));
        var http = ProviderHttp.Client(
            address.Address, headers, handlers?.Invoke(), inner => new OpenAiDialect(inner, address, what => asked.OnRetry?.Invoke(new(1, TimeSpan.Zero, what))), _time);
        return Patient(asked, new OpenAiChatClient(model, http), address.Address.Host, null);
    }

    private IChatClient Anthropic(Asked asked)
    {
        var endpoint = EndpointOf(asked.Settings, AnthropicEndpoint, "ANTHROPIC_API_KEY");
        var headers = _keys.HeadersFor(asked.Settings, endpoint, ("x-api-key", ""));
        var http = ProviderHttp.Client(endpoint, headers, handlers?.Invoke(), inner => new AnthropicDialect(inner, what => asked.OnRetry?.Invoke(new(1, TimeSpan.Zero, what))), _time);
        return Patient(asked, new AnthropicChatClient(endpoint, ModelOf(asked.Settings), http), endpoint.Host, null);
    }

    private IChatClient Editor(Asked asked) => editor is null
        ? throw NotConfigured("The provider `editor` asks the models of an editor, and here is none. Run this step from the editor, or set `ai.provider` in story.yaml to another one.")
        : Patient(asked, editor(asked.Request), "", EditorSilence);

    private IChatClient Replay(Asked asked)
    {
        var settings = asked.Settings;
        if (settings.Record is "replay")
        {
            throw NotConfigured("`ai.record` in story.yaml names the provider that is recorded; `replay` cannot record itself.");
        }

        var shown = (settings.Replays ?? ".story/replays").Replace('\\', '/').Trim('/');
        var parts = shown.Split('/');
        if (shown.Length == 0 || Path.IsPathRooted(settings.Replays ?? "") || shown.Contains(':', StringComparison.Ordinal) || parts.Contains("..") || shown.Any(char.IsControl))
        {
            throw NotConfigured("`ai.replays` in story.yaml must be a folder inside the workspace, as `.story/replays`.");
        }

        var source = settings.Record is null ? null : Provider(asked with { Settings = settings with { Provider = settings.Record } });
        return new ReplayChatClient(
            Path.Combine([asked.Root, .. parts]), shown, settings.Model?.Trim(), source, settings.Record, _replayed.GetOrAdd(asked.Run, _ => new()));
    }

    private RetryingChatClient Patient(Asked asked, IChatClient client, string host, TimeSpan? silence)
    {
        var limits = asked.Settings.Limits;
        var wait = patience ?? new PatienceOptions();
        wait = wait with { Silence = limits.Timeout ?? (patience is null ? silence : null) ?? wait.Silence };
        return new(new PlainOptionsChatClient(client, asked.Settings.Model?.Trim()), wait, _time, asked.OnRetry)
        {
            Pace = limits.RequestsPerMinute is { } perMinute
                ? _paces.GetOrAdd((asked.Settings.Provider, host, perMinute), key => new(key.PerMinute, _time))
                : null,
        };
    }

    private static Uri EndpointOf(AiSettings settings, string vendor, string example)
    {
        if (!Uri.TryCreate(settings.Endpoint ?? vendor, UriKind.Absolute, out var endpoint) || endpoint.Scheme is not ("http" or "https") || endpoint.Host.Length == 0)
        {
            throw NotConfigured("`ai.endpoint` in story.yaml is no address; it looks like `http://localhost:11434/v1`.");
        }

        if (endpoint.UserInfo.Length > 0)
        {
            throw NotConfigured("`ai.endpoint` in story.yaml holds a name or a password before the `@`. Keys are never written in a file: take it out, and name an environment variable by `api_key_env`.");
        }

        // A server on one's own machine needs no key; a vendor's does.
        if (settings.Endpoint is null && settings.ApiKeyEnvironmentVariable is null)
        {
            throw NotConfigured($"Name the environment variable that holds the key: `api_key_env: {example}` under `ai` in story.yaml. For a server of your own, name its `endpoint`.");
        }

        return endpoint;
    }

    private static string ModelOf(AiSettings settings) =>
        string.IsNullOrWhiteSpace(settings.Model) ? throw NotConfigured("`ai.model` in story.yaml does not name a model.") : settings.Model.Trim();

    private static ProviderException NotConfigured(string message) => new(ProviderFailure.NotConfigured, message);

    private sealed record Asked(AiSettings Settings, string Root, string Run, Action<RetryReport>? OnRetry, ProviderRequest? Request = null);
}
