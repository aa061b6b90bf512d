using Microsoft.Extensions.AI;
using StoryLsp.Language.Settings;
using StoryLsp.Pipelines.Providers;
using static StoryLsp.Testing.LoopbackServer;

namespace StoryLsp.Pipelines.Tests.Providers;

[TestFixture, CancelAfter(60_000)]
internal sealed class OpenAiProviderTests
{
    private const string Key = "sk-canary-7f3a9";
    private static readonly List<ChatMessage> Question = [new(ChatRole.System, "Be brief."), new(ChatRole.User, "What happens?")];
    private static readonly PatienceOptions Steady = new() { Silence = Timeout.InfiniteTimeSpan, LongestPause = TimeSpan.FromSeconds(60) };

    [TestCase(1), TestCase(2), TestCase(3), TestCase(7), TestCase(64), TestCase(int.MaxValue)]
    public async Task AnAnswerIsReadHoweverItIsSplit(int split)
    {
        await using var server = new LoopbackServer(Answer("Ada meets Tom 🦊 at the mill, “at last”. 川の流れ", split));
        var response = await ClientOf(server).GetResponseAsync(Question);
        Assert.That(response.Text, Is.EqualTo("Ada meets Tom 🦊 at the mill, “at last”. 川の流れ"));
        Assert.That(response.ModelId, Is.EqualTo("served-model"));
    }

    [Test]
    public async Task TheRequestCarriesTheKeyTheModelAndTheMessages()
    {
        await using var server = new LoopbackServer(Answer("Yes."));
        await ClientOf(server).GetResponseAsync(Question);
        var request = server.Requests.Single();
        Assert.That(request.Head, Does.StartWith("POST /v1/chat/completions HTTP/1.1"));
        Assert.That(request.Head, Does.Contain("Authorization: Bearer " + Key));
        Assert.That(request.Body, Does.Contain("\"model\":\"some-model\"").And.Contain("\"stream\":true").And.Contain("What happens?").And.Contain("Be brief."));
        Assert.That(request.Body, Does.Not.Contain(Key).And.Not.Contain("temperature").And.Not.Contain("max_"));
    }

    [TestCase(401, ProviderFailure.NotAuthorized, "api_key_env")]
    [TestCase(403, ProviderFailure.NotAuthorized, "api_key_env")]
    [TestCase(404, ProviderFailure.Refused, "ai.model")]
    [TestCase(400, ProviderFailure.Refused, "400")]
    public async Task ARefusalIsFinalAndSaysWhy(int status, ProviderFailure failure, string says)
    {
        // OpenAI quotes the key in its message.
        await using var server = new LoopbackServer(Status(status, body: "{\"error\":{\"message\":\"Incorrect API key provided: " + Key + "\"}}"));
        var exception = (await Assert.ThrowsAsync<ProviderException>(() => ClientOf(server).GetResponseAsync(Question)))!;
        Assert.That(exception.Failure, Is.EqualTo(failure));
        Assert.That(exception.Status, Is.EqualTo(status));
        Assert.That(exception.Message, Does.Contain(says));
        Assert.That(exception.ToString(), Does.Not.Contain(Key));
        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    [TestCase("Retry-After: 7\r\n", 7), TestCase("Retry-After: 0\r\n", 0), TestCase("Retry-After: Sun, 01 Mar 2026 12:00:09 GMT\r\n", 9)]
    public async Task AServerThatAsksToWaitIsAskedAgainAfterThatTime(string header, int seconds)
    {
        await using var server = new LoopbackServer(Status(429, header), Answer("Yes."));
        var clock = new HastyClock();
        var response = await ClientOf(server, Steady, clock).GetResponseAsync(Question);
        Assert.That(response.Text, Is.EqualTo("Yes."));
        Assert.That(server.Requests, Has.Count.EqualTo(2));
        Assert.That(clock.Waits.Sum(wait => wait.TotalSeconds), Is.EqualTo(seconds));
    }

    [Test]
    public async Task TooLongAPauseIsNotWaitedForButTold()
    {
        await using var server = new LoopbackServer(Status(429, "Retry-After: 600\r\n"), Answer("Never asked."));
        var clock = new HastyClock();
        var exception = (await Assert.ThrowsAsync<ProviderException>(() => ClientOf(server, Steady, clock).GetResponseAsync(Question)))!;
        Assert.That(exception.Failure, Is.EqualTo(ProviderFailure.RateLimited));
        Assert.That(exception.Message, Does.Contain("10 minutes"));
        Assert.That(server.Requests, Has.Count.EqualTo(1));
        Assert.That(clock.Waits, Is.Empty);
    }

    [TestCase("Retry-After: -5\r\n"), TestCase("Retry-After: soon\r\n"), TestCase("Retry-After: NaN\r\n"), TestCase("")]
    public async Task WithoutATimeThePauseIsOurs(string header)
    {
        await using var server = new LoopbackServer(Status(429, header), Answer("Yes."));
        var clock = new HastyClock();
        await ClientOf(server, Steady, clock).GetResponseAsync(Question);
        Assert.That(clock.Waits, Has.Count.EqualTo(1));
        Assert.That(clock.Waits[0], Is.LessThanOrEqualTo(Steady.LongestPause));
    }

    [Test]
    public async Task APassingFaultIsTriedAgain()
    {
        await using var server = new LoopbackServer(Status(500), Status(503), Answer("Yes."));
        Assert.That((await ClientOf(server, Steady, new HastyClock()).GetResponseAsync(Question)).Text, Is.EqualTo("Yes."));
    }

    [Test]
    public async Task ALastingFaultIsGivenUp()
    {
        await using var server = new LoopbackServer(Status(500));
        var exception = (await Assert.ThrowsAsync<ProviderException>(() => ClientOf(server, Steady, new HastyClock()).GetResponseAsync(Question)))!;
        Assert.That(exception.Message, Does.Contain("500"));
        Assert.That(server.Requests, Has.Count.EqualTo(1 + Steady.Retries));
    }

    [Test]
    public async Task ACutStreamIsNoAnswer([Values] bool reset)
    {
        await using var server = new LoopbackServer(async connection =>
        {
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 100000\r\n\r\n" + Role() + Delta("Half of"));
            if (reset)
            {
                connection.Abort();
            }
        });
        await AssertFails(server, ProviderFailure.BrokenOff);
    }

    [TestCase(""), TestCase("data: [DONE]\n\n")]
    public async Task AStreamWithoutAFinishReasonIsNoAnswer(string end)
    {
        await using var server = new LoopbackServer(connection => connection.WriteAsync(StreamHead + Role() + Delta("Half of") + end));
        await AssertFails(server, ProviderFailure.BrokenOff);
    }

    [Test]
    public async Task AStreamThatFinishesWithoutDoneIsAnAnswer()
    {
        await using var server = new LoopbackServer(connection => connection.WriteAsync(StreamHead + Delta("Whole.") + Finish("stop")));
        Assert.That((await ClientOf(server).GetResponseAsync(Question)).Text, Is.EqualTo("Whole."));
    }

    [TestCase("length", ProviderFailure.BrokenOff), TestCase("content_filter", ProviderFailure.Refused), TestCase("no_such_reason", ProviderFailure.Unreadable)]
    public async Task AnAnswerThatWasCutByTheModelIsNoAnswer(string reason, ProviderFailure failure)
    {
        await using var server = new LoopbackServer(Answer("Half of", finish: reason));
        await AssertFails(server, failure);
    }

    [TestCase("data: {not json\n\n"), TestCase("data: {\"choices\": 5}\n\n"), TestCase("data: []\n\n"), TestCase("data: null\n\n"), TestCase("<html>Welcome</html>"), TestCase("{\"choices\":[]}"), TestCase("")]
    public async Task GarbageIsNoAnswer(string garbage)
    {
        await using var server = new LoopbackServer(connection => connection.WriteAsync(StreamHead + garbage));
        await AssertFails(server, ProviderFailure.Unreadable, ProviderFailure.BrokenOff);
    }

    [Test]
    public async Task WhatIsNoHttpIsNoAnswer()
    {
        await using var server = new LoopbackServer(connection => connection.WriteAsync("SSH-2.0-OpenSSH_9.9\r\n\r\n"));
        await AssertFails(server, ProviderFailure.Unreachable, ProviderFailure.BrokenOff);
    }

    [Test]
    public async Task AnEndlessAnswerIsCut()
    {
        var word = Delta(new string('a', 5000));
        await using var server = new LoopbackServer(async connection =>
        {
            await connection.WriteAsync(StreamHead);
            while (true)
            {
                await connection.WriteAsync(word);
            }
        });
        await AssertFails(server, ProviderFailure.Unreadable);
        await server.Left.Task;
    }

    [Test]
    public async Task SilenceEndsTheRequest([Values] bool afterSomeWords)
    {
        await using var server = new LoopbackServer(async connection =>
        {
            if (afterSomeWords)
            {
                await connection.WriteAsync(StreamHead + Role() + Delta("Half of"));
            }

            await connection.HangAsync();
        });
        var patience = Steady with { Silence = TimeSpan.FromMilliseconds(300) };
        var exception = (await Assert.ThrowsAsync<ProviderException>(() => ClientOf(server, patience).GetResponseAsync(Question)))!;
        Assert.That(exception.Failure, Is.EqualTo(ProviderFailure.TimedOut));
        Assert.That(server.Requests, Has.Count.EqualTo(1));
        await server.Left.Task;
    }

    [Test]
    public async Task ASlowStreamThatLivesIsNotEnded()
    {
        var clock = new ManualClock();
        var silence = TimeSpan.FromSeconds(10);
        async IAsyncEnumerable<ChatResponseUpdate> Slow()
        {
            for (var i = 0; i < 20; i++)
            {
                clock.Advance(TimeSpan.FromSeconds(9));
                await Task.Yield();
                // A model that thinks sends updates without words.
                yield return i % 2 == 0 ? new ChatResponseUpdate(ChatRole.Assistant, "word ") : new ChatResponseUpdate();
            }
        }

        Assert.That(await Slow().Watched(silence, clock, CancellationToken.None).CountAsync(), Is.EqualTo(10));
    }

    [Test]
    public async Task AStreamThatFallsSilentIsEnded()
    {
        var clock = new ManualClock();
        async IAsyncEnumerable<ChatResponseUpdate> Silent([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token = default)
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, "word ");
            clock.Advance(TimeSpan.FromSeconds(11));
            await Task.Delay(Timeout.Infinite, token);
        }

        var exception = (await Assert.ThrowsAsync<ProviderException>(async () => await Silent().Watched(TimeSpan.FromSeconds(10), clock, CancellationToken.None).CountAsync()))!;
        Assert.That(exception.Failure, Is.EqualTo(ProviderFailure.TimedOut));
    }

    [Test]
    public async Task AnAnswerWithoutWordsIsEmpty()
    {
        await using var server = new LoopbackServer(connection => connection.WriteAsync(StreamHead + Role() + Finish("stop") + "data: [DONE]\n\n"));
        Assert.That((await ClientOf(server).GetResponseAsync(Question)).Text, Is.Empty);
    }

    [Test]
    public async Task AServerThatIsNotThereIsSaidToBeUnreachable()
    {
        string endpoint;
        await using (var server = new LoopbackServer(Answer("")))
        {
            endpoint = server.Endpoint;
        }

        var client = Create(endpoint, Steady, new HastyClock());
        var exception = (await Assert.ThrowsAsync<ProviderException>(() => client.GetResponseAsync(Question)))!;
        Assert.That(exception.Failure, Is.EqualTo(ProviderFailure.Unreachable));
        Assert.That(exception.Message, Does.Contain("ai.endpoint"));
        Assert.That(exception.ToString(), Does.Not.Contain(Key));
    }

    [Test]
    public async Task CancellingClosesTheConnection([Values] bool afterSomeWords)
    {
        await using var server = new LoopbackServer(async connection =>
        {
            if (afterSomeWords)
            {
                await connection.WriteAsync(StreamHead + Role() + Delta("Half of"));
            }

            await connection.HangAsync();
        });
        using var cancel = new CancellationTokenSource();
        var asked = ClientOf(server).GetResponseAsync(Question, null, cancel.Token);
        await server.Arrived.Task;
        await cancel.CancelAsync();
        await Assert.ThatAsync(() => asked.WaitAsync(TimeSpan.FromSeconds(20)), Throws.InstanceOf<OperationCanceledException>());
        await server.Left.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task CancellingEndsThePauseBetweenTries()
    {
        await using var server = new LoopbackServer(Status(429, "Retry-After: 50\r\n"));
        using var cancel = new CancellationTokenSource();
        var asked = ClientOf(server).GetResponseAsync(Question, null, cancel.Token);
        await server.Arrived.Task;
        await cancel.CancelAsync();
        await Assert.ThatAsync(() => asked.WaitAsync(TimeSpan.FromSeconds(20)), Throws.InstanceOf<OperationCanceledException>());
    }

    private static async Task AssertFails(LoopbackServer server, params ProviderFailure[] failures)
    {
        var exception = (await Assert.ThrowsAsync<ProviderException>(() => ClientOf(server, Steady, new HastyClock()).GetResponseAsync(Question)))!;
        Assert.That(failures, Does.Contain(exception.Failure), exception.ToString());
        Assert.That(exception.ToString(), Does.Not.Contain(Key));
    }

    private static IChatClient ClientOf(LoopbackServer server, PatienceOptions? patience = null, TimeProvider? time = null) => Create(server.Endpoint, patience, time);

    private static IChatClient Create(string endpoint, PatienceOptions? patience, TimeProvider? time) => ChatClients.Create(
        new AiSettings { Provider = "openai", Endpoint = endpoint, Model = "some-model", ApiKeyEnvironmentVariable = "SOME_KEY" },
        name => name == "SOME_KEY" ? Key : null,
        patience ?? Steady,
        time);
}
