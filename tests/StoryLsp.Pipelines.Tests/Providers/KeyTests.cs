using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.AI;
using StoryLsp.Language.Settings;
using StoryLsp.Pipelines.Providers;
using static StoryLsp.Testing.LoopbackServer;

namespace StoryLsp.Pipelines.Tests.Providers;

[TestFixture, CancelAfter(60_000)]
internal sealed class KeyTests
{
    [TestCase("https://api.openai.com/v1", "", true)]
    [TestCase("https://name.openai.azure.com/openai/v1", "", true)]
    [TestCase("https://api.anthropic.com", "", true)]
    [TestCase("https://openrouter.ai/api/v1", "", true)]
    [TestCase("http://localhost:11434/v1", "", true)]
    [TestCase("http://127.0.0.1:1/v1", "", true)]
    [TestCase("http://[::1]:1/v1", "", true)]
    [TestCase("http://api.openai.com/v1", "", false)]
    [TestCase("https://api.openai.com:8443/v1", "", false)]
    [TestCase("https://api.openai.com.evil.example/v1", "", false)]
    [TestCase("https://evilapi.openai.com/v1", "", false)]
    [TestCase("https://openai.azure.com/v1", "", false)]
    [TestCase("https://xopenai.azure.com/v1", "", false)]
    [TestCase("https://evil.example/v1", "", false)]
    [TestCase("http://localhost.evil.example/v1", "", false)]
    [TestCase("https://evil.example/v1", "other.example", false)]
    [TestCase("https://models.example/v1", "other.example, models.example", true)]
    [TestCase("https://a.models.example/v1", "*.models.example", true)]
    [TestCase("https://models.example/v1", "*.models.example", false)]
    [TestCase("https://models.example:8443/v1", "models.example", false)]
    [TestCase("https://models.example:8443/v1", "models.example:8443", true)]
    [TestCase("http://box/v1", "box", false)]
    [TestCase("http://box:8080/v1", "http://box:8080", true)]
    [TestCase("https://anything/v1", "*", false)]
    [TestCase("https://anything.com/v1", "*.", false)]
    public void AKeyGoesOnlyWhereItIsSafe(string endpoint, string trusted, bool isSafe)
    {
        var asked = new List<string>();
        var clients = new ChatClients(name =>
        {
            asked.Add(name);
            return name == ProviderKeys.TrustedHosts ? trusted : "AWS-CANARY";
        });
        var said = clients.Check(new() { Provider = "openai", Endpoint = endpoint, Model = "m", ApiKeyEnvironmentVariable = "AWS_SECRET_ACCESS_KEY" });
        Assert.That(said is null, Is.EqualTo(isSafe), said);
        Assert.That(asked.Contains("AWS_SECRET_ACCESS_KEY"), Is.EqualTo(isSafe), "What may not be sent is not even looked up.");
        if (said is not null)
        {
            Assert.That(said, Does.Contain(ProviderKeys.TrustedHosts).And.Not.Contain("CANARY"));
        }

        Assert.That(clients.Check(new() { Provider = "openai", Endpoint = endpoint, Model = "m" }), isSafe ? Is.Null : Does.Contain(ProviderKeys.TrustedHosts), "The prose goes no further than the key.");
    }

    [Test]
    public void NothingGoesToAnAddressThatOnlyTheStoryNames([Values("openai", "anthropic", "replay")] string provider)
    {
        var connections = 0;
        var clients = new ChatClients(_ => null, handlers: () =>
        {
            connections++;
            return new HttpClientHandler();
        });
        var workspace = StoryLsp.Testing.FixtureWorkspace.Of("//- scenes/one.md\nA word.\n");
        var settings = new AiSettings { Provider = provider, Record = "openai", Endpoint = "http://anybody.example/v1", Model = "m" };
        var exception = Assert.Throws<ProviderException>(() => clients.Create(new(workspace.Snapshot, settings, null, null, "r", null, null)));
        Assert.That(exception!.Message, Does.Contain("Nothing was sent to `http://anybody.example`").And.Contain(ProviderKeys.TrustedHosts));
        Assert.That(connections, Is.Zero);
    }

    [Test]
    public void TheRemedyThatIsNamedIsOne([Values("https://evil.example/v1", "http://box:8080/v1", "https://box:9/v1", "http://böx.example/v1")] string endpoint)
    {
        var settings = new AiSettings { Provider = "openai", Endpoint = endpoint, Model = "m", ApiKeyEnvironmentVariable = "K" };
        var said = new ChatClients(_ => null).Check(settings)!;
        var remedy = said.Split('`')[^2];
        Assert.That(new ChatClients(name => name == ProviderKeys.TrustedHosts ? remedy : "key").Check(settings), Is.Null, said);
    }

    [Test]
    public void AnAddressWithAPasswordIsRefused() => Assert.That(
        new ChatClients(_ => null).Check(new() { Provider = "openai", Endpoint = "https://me:sk-canary@models.example/v1", Model = "m" }), Does.Contain("never written in a file").And.Not.Contain("canary"));

    [Test]
    public async Task AHeaderOfAForeignServerIsGuardedLikeAKey()
    {
        await Task.Yield();
        var said = new ChatClients(_ => "AWS-CANARY").Check(new() { Provider = "anthropic", Endpoint = "https://evil.example", Model = "m", Headers = [new("X-A", "AWS_SECRET_ACCESS_KEY")] });
        Assert.That(said, Does.Contain(ProviderKeys.TrustedHosts).And.Not.Contain("CANARY"));
    }

    [TestCase("sk-CANARYKEY9876543210abcdef", false)]
    [TestCase("sk_CANARYKEY", false)]
    [TestCase("gsk_CANARY", false)]
    [TestCase("AIzaSyCANARYxxxxxxxxxxxxxxxxxxxxxxxxxxx", false)]
    [TestCase("hf_CANARY", false)]
    [TestCase("a4CANARY1f09b7c2d31e8a55f0", false)]
    [TestCase("9CANARY", false)]
    [TestCase("my CANARY", false)]
    [TestCase("", false)]
    [TestCase("OPENAI_API_KEY", true)]
    [TestCase("openai_key_2", true)]
    [TestCase("_K", true)]
    [TestCase("MyVeryOwnKeyForTheModelOf2026", true)]
    public void AKeyInThePlaceOfItsNameIsNeverSaidAgain(string written, bool isName)
    {
        foreach (var settings in new AiSettings[]
        {
            new() { Provider = "openai", Model = "m", ApiKeyEnvironmentVariable = written },
            new() { Provider = "anthropic", Model = "m", ApiKeyEnvironmentVariable = written },
            new() { Provider = "openai", Model = "m", Endpoint = "https://evil.example/v1", ApiKeyEnvironmentVariable = written },
            new() { Provider = "replay", Record = "openai", Model = "m", ApiKeyEnvironmentVariable = written },
            new() { Provider = "openai", Model = "m", Endpoint = "http://localhost:1/v1", Headers = [new("X-A", written)] },
        })
        {
            var asked = new List<string>();
            var said = new ChatClients(name =>
            {
                asked.Add(name);
                return null;
            }).Check(settings)!;
            Assert.That(asked.Contains(written), Is.EqualTo(isName && settings.Endpoint is not "https://evil.example/v1"));
            Assert.That(said, isName ? Does.Contain(settings.Endpoint is "https://evil.example/v1" ? "Nothing was sent" : $"`{written}`") : Does.Contain("no name of an environment variable").And.Not.Contain("CANARY"));
        }
    }

    [Test]
    public async Task ARedirectIsNotFollowed([Values("openai", "anthropic")] string provider, [Values(301, 302, 307, 308)] int status)
    {
        await using var thief = new LoopbackServer(Model(_ => "Caught."));
        await using var server = new LoopbackServer(Status(status, $"Location: {thief.Endpoint}/chat/completions\r\n"));
        var exception = (await Assert.ThrowsAsync<ProviderException>(() => new ProviderDesk().Make(ProviderDesk.Of(server, provider)).GetResponseAsync(ProviderDesk.Question)))!;
        Assert.That(exception.Message, Does.Contain("another address"));
        Assert.That(thief.Connections, Is.Zero);
        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task AKeyIsNowhereInWhatIsSaid([Values("openai", "anthropic")] string provider, [Values(400, 401, 403, 404, 409, 418, 422, 429, 500, 503)] int status)
    {
        var echo = ProviderDesk.Key;
        await using var server = new LoopbackServer(Status(status, $"X-Key: {echo}\r\nRetry-After: {echo}\r\n", "{\"error\":{\"message\":\"" + echo + "\",\"type\":\"" + echo + "\"}}"));
        var desk = new ProviderDesk();
        var client = desk.Make(ProviderDesk.Of(server, provider));
        await AssertSilentAsync(client, desk);
        Assert.That(server.Requests.First().Head, Does.Contain(echo), "The key was sent, so it could have been told.");
    }

    [Test]
    public async Task AKeyIsNowhereInABrokenAnswer([Values("openai", "anthropic")] string provider, [Values("data: {\"sk-canary-7f3a9\n\n", "event: error\ndata: {\"type\":\"error\",\"error\":{\"message\":\"sk-canary-7f3a9\"}}\n\n", "sk-canary-7f3a9")] string answer)
    {
        await using var server = new LoopbackServer(connection => connection.WriteAsync(StreamHead + answer));
        var desk = new ProviderDesk();
        await AssertSilentAsync(desk.Make(ProviderDesk.Of(server, provider)), desk);
    }

    [Test]
    public async Task ACertificateThatNobodyVouchesForEndsTheRequestBeforeTheKeyIsSent([Values("openai", "anthropic")] string provider)
    {
        using var rsa = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=localhost", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var received = 0;
        var serve = Task.Run(async () =>
        {
            using var client = await listener.AcceptTcpClientAsync();
            await using var stream = new SslStream(client.GetStream());
            try
            {
                await stream.AuthenticateAsServerAsync(certificate);
                received = await stream.ReadAsync(new byte[1000]);
            }
            catch (Exception exception) when (exception is IOException or System.Security.Authentication.AuthenticationException)
            {
            }
        });
        var desk = new ProviderDesk { Patience = new() { Retries = 0, Silence = Timeout.InfiniteTimeSpan } };
        var client = desk.Make(new() { Provider = provider, Endpoint = $"https://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}/v1", Model = "m", ApiKeyEnvironmentVariable = "SOME_KEY" });
        var exception = (await Assert.ThrowsAsync<ProviderException>(() => client.GetResponseAsync(ProviderDesk.Question)))!;
        Assert.That(exception.Failure, Is.EqualTo(ProviderFailure.Unreachable));
        Assert.That(exception.ToString(), Does.Contain("certificate").And.Not.Contain(ProviderDesk.Key));
        await serve;
        Assert.That(received, Is.Zero);
    }

    private static async Task AssertSilentAsync(IChatClient client, ProviderDesk desk)
    {
        var exception = (await Assert.ThrowsAsync<ProviderException>(() => client.GetResponseAsync(ProviderDesk.Question)))!;
        for (Exception? inner = exception; inner is not null; inner = inner.InnerException)
        {
            Assert.That(inner.ToString() + inner.Data.Count + inner.Source, Does.Not.Contain(ProviderDesk.Key));
        }

        Assert.That(string.Join('\n', desk.Retries) + string.Join('\n', desk.Usage) + client + desk.Clients, Does.Not.Contain(ProviderDesk.Key));
    }
}
