using Microsoft.Extensions.AI;
using StoryLsp.Language.Settings;
using StoryLsp.Pipelines.Providers;
using StoryLsp.Pipelines.Secrets;
using static StoryLsp.Testing.LoopbackServer;

namespace StoryLsp.Pipelines.Tests.Providers;

[TestFixture, CancelAfter(60_000)]
internal sealed class AccountingTests
{
    [Test]
    public async Task WhatAServerDoesNotCountIsEstimated()
    {
        await using var server = new LoopbackServer(Answer("Ada waits at the mill."));
        var desk = new ProviderDesk();
        await desk.Make(ProviderDesk.Of(server)).GetResponseAsync(ProviderDesk.Question);
        var report = desk.Usage.Single();
        Assert.That(report.IsEstimated);
        Assert.That((report.InputTokens, report.OutputTokens, report.Cost), Is.EqualTo((Tokens.Estimate("Be brief.\nWhat happens?"), Tokens.Estimate("Ada waits at the mill."), (decimal?)null)));
    }

    [Test]
    public async Task ARunStopsBeforeTheRequestThatGoesBeyondItsTokens()
    {
        await using var server = new LoopbackServer(AnthropicAnswer("Yes.", input: 60, output: 30));
        var desk = new ProviderDesk();
        var client = desk.Make(ProviderDesk.Of(server, "anthropic") with { Limits = new() { TokensPerRun = 100 } });
        await client.GetResponseAsync(ProviderDesk.Question);
        await client.GetResponseAsync(ProviderDesk.Question);
        var exception = (await Assert.ThrowsAsync<ProviderException>(() => client.GetResponseAsync(ProviderDesk.Question)))!;
        Assert.That(exception.Failure, Is.EqualTo(ProviderFailure.LimitReached));
        Assert.That(exception.Message, Does.Contain("180 tokens").And.Contain("`ai.limits.tokens_per_run`"));
        Assert.That(server.Requests, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task WhatARunHasUsedBeforeCounts()
    {
        await using var server = new LoopbackServer(AnthropicAnswer("Yes."));
        var settings = ProviderDesk.Of(server, "anthropic") with { Limits = new() { CostPerRun = 1m }, Prices = new(3m, 15m) };
        await Assert.ThrowsAsync<ProviderException>(() => new ProviderDesk().Make(settings, new(1000, 1m)).GetResponseAsync(ProviderDesk.Question));
        Assert.That(server.Connections, Is.Zero);
        var desk = new ProviderDesk();
        await desk.Make(settings, new(1000, 0.99m)).GetResponseAsync(ProviderDesk.Question);
        Assert.That(desk.Usage.Single().Cost, Is.EqualTo((25 * 3m + 15 * 15m) / 1_000_000m));
    }

    [Test]
    public void ALimitOfCostNeedsPrices() => Assert.That(
        () => new ProviderDesk().Make(new() { Provider = "openai", Endpoint = "http://localhost:1/v1", Model = "m", Limits = new() { CostPerRun = 1m } }),
        Throws.InstanceOf<ProviderException>().With.Message.Contain("prices"));

    [Test]
    public async Task AnAnswerThatIsStoppedHasBeenUsedAsFarAsItWent()
    {
        await using var server = new LoopbackServer(async connection =>
        {
            await connection.WriteAsync(StreamHead + Role() + Delta("Half of it"));
            await connection.HangAsync();
        });
        var desk = new ProviderDesk();
        await foreach (var _ in desk.Make(ProviderDesk.Of(server)).GetStreamingResponseAsync(ProviderDesk.Question))
        {
            break;
        }

        Assert.That(desk.Usage.Single().OutputTokens, Is.EqualTo(Tokens.Estimate("Half of it")));
    }

    [Test]
    public async Task RequestsKeepTheirPaceOverAllRuns()
    {
        await using var server = new LoopbackServer(Answer("Yes."));
        var desk = new ProviderDesk();
        var settings = ProviderDesk.Of(server) with { Limits = new() { RequestsPerMinute = 2 } };
        for (var i = 0; i < 5; i++)
        {
            await desk.Make(settings, run: "run" + i).GetResponseAsync(ProviderDesk.Question);
        }

        // The clock of the test stands still: two go at once, two a minute later, one two minutes later.
        Assert.That(desk.Retries.Select(report => report.Wait.TotalSeconds), Is.EqualTo(new[] { 60.0, 60.0, 120.0 }));
        Assert.That(desk.Retries[0].Reason, Does.Contain("requests_per_minute"));
    }

    [Test]
    public async Task AStreamIsHandedOnAsItComesAndThenNotAskedForAgain()
    {
        await using var server = new LoopbackServer(async connection =>
        {
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 100000\r\n\r\n" + Role() + Delta("Half of"));
        });
        var seen = "";
        var exception = (await Assert.ThrowsAsync<ProviderException>(async () =>
        {
            await foreach (var update in new ProviderDesk().Make(ProviderDesk.Of(server)).GetStreamingResponseAsync(ProviderDesk.Question))
            {
                seen += update.Text;
            }
        }))!;
        Assert.That((exception.Failure, seen, server.Requests.Count), Is.EqualTo((ProviderFailure.BrokenOff, "Half of", 1)));
    }

    [Test]
    public async Task AStreamThatBreaksOffBeforeItsFirstWordIsAskedForAgain()
    {
        await using var server = new LoopbackServer(
            connection => connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 100000\r\n\r\n" + Role()),
            Status(503),
            Answer("Whole."));
        var desk = new ProviderDesk();
        var seen = "";
        await foreach (var update in desk.Make(ProviderDesk.Of(server)).GetStreamingResponseAsync(ProviderDesk.Question))
        {
            seen += update.Text;
        }

        Assert.That((seen, server.Requests.Count), Is.EqualTo(("Whole.", 3)));
        Assert.That(desk.Retries.Select(report => report.Attempt), Is.EqualTo(new[] { 1, 2 }));
    }

    [Test]
    public async Task TheModelOfTheRunGoesBeforeThatOfTheSettings()
    {
        await using var server = new LoopbackServer(Answer("Yes."));
        var desk = new ProviderDesk();
        await desk.Make(ProviderDesk.Of(server), model: "of-the-run").GetResponseAsync(ProviderDesk.Question);
        await desk.Make(ProviderDesk.Of(server), model: "of-the-run").GetResponseAsync(ProviderDesk.Question, new() { ModelId = "of-the-step" });
        Assert.That(server.Requests.Select(request => request.Body.Split("\"model\":\"")[1].Split('"')[0]), Is.EqualTo(new[] { "of-the-run", "of-the-step" }));
    }

    [Test]
    public async Task TheEditorIsAskedInItsModelAndToldNothingOfTheProduct()
    {
        var editor = new SeenByEditor();
        var desk = new ProviderDesk { Editor = _ => editor };
        var settings = new AiSettings { Provider = "editor", Model = "copilot/gpt" };
        Assert.That((await desk.Make(settings).GetResponseAsync(ProviderDesk.Question, new() { AdditionalProperties = new() { ["storylsp.offline"] = new object() } })).Text, Is.EqualTo("Yes."));
        Assert.That(editor.Options!.ModelId, Is.EqualTo("copilot/gpt"));
        Assert.That(editor.Options.AdditionalProperties, Is.Null);
        Assert.That(desk.Usage.Single().IsEstimated);
    }

    private sealed class SeenByEditor : IChatClient
    {
        public ChatOptions? Options { get; private set; }

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            Options = options;
            yield return new(ChatRole.Assistant, "Yes.") { FinishReason = ChatFinishReason.Stop };
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
