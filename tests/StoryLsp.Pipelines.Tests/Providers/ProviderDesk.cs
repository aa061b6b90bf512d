using Microsoft.Extensions.AI;
using StoryLsp.Language.Settings;
using StoryLsp.Pipelines.Providers;

namespace StoryLsp.Pipelines.Tests.Providers;

/// <summary>Makes providers of a workspace, and remembers what they report.</summary>
internal sealed class ProviderDesk(string? root = null)
{
    public const string Key = "sk-canary-7f3a9";

    public static readonly IReadOnlyList<ChatMessage> Question = [new(ChatRole.System, "Be brief."), new(ChatRole.User, "What happens?")];

    public List<UsageReport> Usage { get; } = [];

    public List<RetryReport> Retries { get; } = [];

    public HastyClock Clock { get; } = new();

    public PatienceOptions Patience { get; init; } = new() { Silence = Timeout.InfiniteTimeSpan };

    public Dictionary<string, string> Environment { get; } = new() { ["SOME_KEY"] = Key };

    public Func<ProviderRequest?, IChatClient>? Editor { get; init; }

    public ChatClients? Clients { get; private set; }

    public IChatClient Make(AiSettings settings, RunUsage before = default, string run = "0123456789ab", string? model = null)
    {
        Clients ??= new(name => Environment.GetValueOrDefault(name), Patience, Clock, Editor);
        var workspace = FixtureWorkspace.Of("//- a.md\nNothing.\n");
        var snapshot = root is null ? workspace.Snapshot : StoryLsp.Index.Snapshot.Empty(root, workspace.Snapshot.Settings, workspace.Snapshot.Schemas, new NoSource());
        return Clients.Create(new(snapshot, settings, model, null, run, Usage.Add, Retries.Add) { Before = before });
    }

    public static AiSettings Of(LoopbackServer server, string provider = "openai") =>
        new() { Provider = provider, Endpoint = server.Endpoint, Model = "some-model", ApiKeyEnvironmentVariable = "SOME_KEY" };

    private sealed class NoSource : StoryLsp.Index.IDocumentSource
    {
        public StoryLsp.Language.Documents.Document? Document(string path, StoryLsp.Index.Snapshot snapshot) => null;

        public StoryLsp.Language.Text.SourceText? Text(string path) => null;
    }
}
