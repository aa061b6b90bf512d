using System.Diagnostics.Tracing;
using Microsoft.Extensions.AI;
using StoryLsp.Language.Settings;
using StoryLsp.Pipelines.Offline;
using StoryLsp.Pipelines.Providers;
using static StoryLsp.Testing.LoopbackServer;

namespace StoryLsp.Pipelines.Tests.Providers;

[TestFixture, CancelAfter(60_000), NonParallelizable]
internal sealed class AiOffTests
{
    [Test]
    public async Task OfflineAndOffOpenNoSocketAndAskForNothing()
    {
        using var sockets = new SocketWatch();
        var lookedUp = new List<string>();
        var made = 0;
        var workspace = FixtureWorkspace.Of("//- scenes/a.md\nAda waited.\n");
        var clients = new ChatClients(
            name =>
            {
                lookedUp.Add(name);
                return "sk-canary";
            },
            editor: _ => throw new InvalidOperationException("The editor was asked."),
            handlers: () =>
            {
                made++;
                return new SocketsHttpHandler();
            });
        foreach (var provider in (string[])["offline", "openai", "anthropic", "editor", "replay"])
        {
            var off = new AiSettings { Enabled = false, Provider = provider, Endpoint = "http://127.0.0.1:9/v1", Model = "m", ApiKeyEnvironmentVariable = "K", Record = "openai" };
            var exception = Assert.Throws<ProviderException>(() => clients.Create(new(workspace.Snapshot, off, null, null, "r", null, null)))!;
            Assert.That(exception.Failure, Is.EqualTo(ProviderFailure.NotConfigured));
        }

        var offline = clients.Create(new(workspace.Snapshot, new() { Model = "m", ApiKeyEnvironmentVariable = "K", Endpoint = "http://127.0.0.1:9/v1" }, null, null, "r", null, null));
        var input = new OfflineInput([], workspace.Snapshot, null, new(), []);
        var answer = await offline.GetResponseAsync(
            [new(ChatRole.User, StoryLsp.Pipelines.Secrets.Fence.Data("a text", "Ada waited."))], new() { AdditionalProperties = new() { [OfflineTask.Key] = new OfflineTask("summary", input) } });
        Assert.That(answer.Text, Is.EqualTo("Ada waited."));
        Assert.That((made, lookedUp.Count, sockets.Connects), Is.EqualTo((0, 0, 0)));

        // The watch sees what there is to see.
        await using var server = new LoopbackServer(Answer("Yes."));
        await new ProviderDesk().Make(ProviderDesk.Of(server)).GetResponseAsync(ProviderDesk.Question);
        Assert.That(sockets.Connects, Is.GreaterThan(0));
    }

    private sealed class SocketWatch : EventListener
    {
        private int _connects;

        public int Connects => Volatile.Read(ref _connects);

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name == "System.Net.Sockets")
            {
                EnableEvents(eventSource, EventLevel.Informational);
            }
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            if (eventData.EventName is "ConnectStart")
            {
                Interlocked.Increment(ref _connects);
            }
        }
    }
}
