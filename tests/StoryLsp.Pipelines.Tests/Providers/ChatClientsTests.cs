using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.AI;
using StoryLsp.Language.Settings;
using StoryLsp.Language.Text;
using StoryLsp.Pipelines.Offline;
using StoryLsp.Pipelines.Providers;

namespace StoryLsp.Pipelines.Tests.Providers;

[TestFixture]
internal sealed class ChatClientsTests
{
    [Test]
    public void WhatIsSwitchedOffIsNeverMadeAndNoSocketOpens([Values("offline", "openai", "anthropic", "nonsense")] string provider)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var settings = SettingsReader.Read(SourceText.From(
            $"story: 1\nai: {{enabled: false, provider: {provider}, endpoint: 'http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/v1', model: m, api_key_env: K}}\n")).Ai;
        var asked = false;
        var exception = Assert.Throws<ProviderException>(() => ChatClients.Create(settings, _ =>
        {
            asked = true;
            return "key";
        }))!;
        Assert.That(exception.Failure, Is.EqualTo(ProviderFailure.NotConfigured));
        Assert.That(exception.Message, Does.Contain("ai.enabled: false"));
        Assert.That(asked, Is.False, "The key was looked up.");
        Assert.That(listener.Pending(), Is.False);
    }

    [TestCase("no address", "m", "K", "ai.endpoint")]
    [TestCase("ftp://localhost/v1", "m", "K", "ai.endpoint")]
    [TestCase("", "m", "K", "ai.endpoint")]
    [TestCase("http://localhost:1/v1", null, "K", "ai.model")]
    [TestCase("http://localhost:1/v1", " ", "K", "ai.model")]
    [TestCase("http://localhost:1/v1", "m", "ABSENT", "`ABSENT`")]
    [TestCase("http://localhost:1/v1", "m", "BLANK", "`BLANK`")]
    [TestCase("http://localhost:1/v1", "m", "TWO_LINES", "line end")]
    [TestCase("http://localhost:1/v1", "m", "UMLAUT", "characters")]
    [TestCase(null, "m", null, "api_key_env")]
    public void WhatIsMissingIsSaidBeforeAnythingIsSent(string? endpoint, string? model, string? variable, string says)
    {
        string? Environment(string name) => name switch { "K" => "key", "BLANK" => "  ", "TWO_LINES" => "sk-canary\nb", "UMLAUT" => "sk-canary-ü", _ => null };
        var settings = new AiSettings { Provider = "openai", Endpoint = endpoint, Model = model, ApiKeyEnvironmentVariable = variable };
        var exception = Assert.Throws<ProviderException>(() => ChatClients.Create(settings, Environment))!;
        Assert.That(exception.Failure, Is.EqualTo(ProviderFailure.NotConfigured));
        Assert.That(exception.Message, Does.Contain(says));
        Assert.That(exception.ToString(), Does.Not.Contain("sk-canary"));
    }

    [TestCase("nonsense", "`nonsense` is no provider"), TestCase("editor", "Run this step from the editor")]
    public void AProviderThatIsNotHereIsNamed(string provider, string says) =>
        Assert.That(() => ChatClients.Create(new AiSettings { Provider = provider }, _ => null), Throws.InstanceOf<ProviderException>().With.Message.Contain(says));

    [Test]
    public void OfflineNeedsNothing() =>
        Assert.That(ChatClients.Create(new AiSettings(), _ => throw new InvalidOperationException()), Is.InstanceOf<OfflineChatClient>());

    [Test]
    public async Task OfflineSaysThatAnotherStepNeedsAModel()
    {
        using var client = new OfflineChatClient();
        var exception = (await Assert.ThrowsAsync<ProviderException>(() => client.GetResponseAsync([new ChatMessage(ChatRole.User, "Write a poem.")])))!;
        Assert.That(exception.Failure, Is.EqualTo(ProviderFailure.NeedsModel));
    }
}
