using Microsoft.Extensions.AI;
using StoryLsp.Pipelines.Providers;
using static StoryLsp.Testing.LoopbackServer;

namespace StoryLsp.Pipelines.Tests.Providers;

[TestFixture, CancelAfter(60_000)]
internal sealed class AnthropicProviderTests
{
    [Test]
    public async Task AnAnswerIsReadWithItsCount()
    {
        await using var server = new LoopbackServer(AnthropicAnswer("Ada meets Tom 🦊 at the mill, “at last”. 川の流れ"));
        var desk = new ProviderDesk();
        var response = await desk.Make(ProviderDesk.Of(server, "anthropic")).GetResponseAsync(ProviderDesk.Question);
        Assert.That(response.Text, Is.EqualTo("Ada meets Tom 🦊 at the mill, “at last”. 川の流れ"));
        Assert.That(response.ModelId, Is.EqualTo("served-model"));
        Assert.That(desk.Usage, Is.EqualTo(new[] { new UsageReport("served-model", 25, 15, null) }));
    }

    [Test]
    public async Task AnAnswerIsHandedOnAsItComes()
    {
        await using var server = new LoopbackServer(async connection =>
        {
            await connection.WriteAsync(StreamHead + AnthropicStart() + AnthropicDelta("Half"));
            await connection.HangAsync();
        });
        using var cancel = new CancellationTokenSource();
        var seen = "";
        await Assert.ThatAsync(
            async () =>
            {
                await foreach (var update in new ProviderDesk().Make(ProviderDesk.Of(server, "anthropic")).GetStreamingResponseAsync(ProviderDesk.Question, null, cancel.Token))
                {
                    seen += update.Text;
                    await cancel.CancelAsync();
                }
            },
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(seen, Is.EqualTo("Half"));
        await server.Left.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [TestCase(""), TestCase("/v1"), TestCase("/v1/"), TestCase("/proxy")]
    public async Task TheRequestGoesToTheEndpointWithTheKeyInItsHeader(string path)
    {
        await using var server = new LoopbackServer(AnthropicAnswer("Yes."));
        var settings = ProviderDesk.Of(server, "anthropic") with { Endpoint = server.Endpoint.Replace("/v1", path) };
        await new ProviderDesk().Make(settings).GetResponseAsync(ProviderDesk.Question);
        var request = server.Requests.Single();
        Assert.That(request.Head, Does.StartWith($"POST {(path == "/proxy" ? path : "")}/v1/messages HTTP/1.1"));
        Assert.That(request.Head, Does.Contain("x-api-key: " + ProviderDesk.Key).And.Not.Contain("Authorization").And.Contain("anthropic-version: "));
        Assert.That(request.Body, Does.Contain("\"model\":\"some-model\"").And.Contain("\"stream\":true").And.Contain("What happens?").And.Contain("Be brief.").And.Not.Contain(ProviderDesk.Key));
    }

    [TestCase(401, ProviderFailure.NotAuthorized, "api_key_env")]
    [TestCase(403, ProviderFailure.NotAuthorized, "api_key_env")]
    [TestCase(404, ProviderFailure.Refused, "ai.model")]
    [TestCase(413, ProviderFailure.Refused, "too long")]
    [TestCase(400, ProviderFailure.Refused, "400")]
    public async Task ARefusalIsFinalAndSaysWhy(int status, ProviderFailure failure, string says)
    {
        await using var server = new LoopbackServer(Status(status, body: "{\"type\":\"error\",\"error\":{\"type\":\"x\",\"message\":\"the key " + ProviderDesk.Key + "\"}}"));
        var exception = (await Assert.ThrowsAsync<ProviderException>(() => new ProviderDesk().Make(ProviderDesk.Of(server, "anthropic")).GetResponseAsync(ProviderDesk.Question)))!;
        Assert.That((exception.Failure, exception.Status), Is.EqualTo((failure, status)));
        Assert.That(exception.ToString(), Does.Contain(says).And.Not.Contain(ProviderDesk.Key));
        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    [TestCase(429), TestCase(529), TestCase(500)]
    public async Task AServerThatIsBusyIsAskedAgainAndItIsTold(int status)
    {
        await using var server = new LoopbackServer(Status(status, "Retry-After: 7\r\n"), AnthropicAnswer("Yes."));
        var desk = new ProviderDesk();
        Assert.That((await desk.Make(ProviderDesk.Of(server, "anthropic")).GetResponseAsync(ProviderDesk.Question)).Text, Is.EqualTo("Yes."));
        Assert.That(desk.Clock.Waits.Where(wait => wait == TimeSpan.FromSeconds(7)), Has.Exactly(1).Items);
        Assert.That(desk.Retries, Has.Count.EqualTo(1));
        Assert.That(desk.Retries[0].Wait, Is.EqualTo(TimeSpan.FromSeconds(7)));
        Assert.That(desk.Retries[0].Reason, Does.Contain(status.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    [TestCase("max_tokens", ProviderFailure.BrokenOff, "max_tokens"), TestCase("refusal", ProviderFailure.Refused, "content filter"), TestCase("tool_use", ProviderFailure.Unreadable, "")]
    public async Task AnAnswerThatWasCutByTheModelIsNoAnswer(string stop, ProviderFailure failure, string says)
    {
        await using var server = new LoopbackServer(AnthropicAnswer("Half of", stop));
        var exception = (await Assert.ThrowsAsync<ProviderException>(() => new ProviderDesk().Make(ProviderDesk.Of(server, "anthropic")).GetResponseAsync(ProviderDesk.Question)))!;
        Assert.That(exception.Failure, Is.EqualTo(failure));
        Assert.That(exception.Message, Does.Contain(says));
        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    [TestCase("event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded sk-canary-7f3a9\"}}\n\n")]
    [TestCase("event: content_block_delta\ndata: {not json\n\n")]
    [TestCase("event: message_start\ndata: []\n\n"), TestCase("<html>Welcome</html>"), TestCase("data: null\n\n"), TestCase("")]
    public async Task GarbageIsNoAnswer(string garbage)
    {
        await using var server = new LoopbackServer(connection => connection.WriteAsync(StreamHead + garbage));
        var exception = (await Assert.ThrowsAsync<ProviderException>(() => new ProviderDesk().Make(ProviderDesk.Of(server, "anthropic")).GetResponseAsync(ProviderDesk.Question)))!;
        Assert.That(exception.Failure, Is.EqualTo(ProviderFailure.Unreadable).Or.EqualTo(ProviderFailure.BrokenOff));
        Assert.That(exception.ToString(), Does.Not.Contain(ProviderDesk.Key));
    }

    [Test]
    public async Task ACutStreamIsNoAnswer([Values] bool reset)
    {
        await using var server = new LoopbackServer(async connection =>
        {
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 100000\r\n\r\n" + AnthropicStart() + AnthropicDelta("Half of"));
            if (reset)
            {
                connection.Abort();
            }
        });
        var exception = (await Assert.ThrowsAsync<ProviderException>(() => new ProviderDesk().Make(ProviderDesk.Of(server, "anthropic")).GetResponseAsync(ProviderDesk.Question)))!;
        Assert.That(exception.Failure, Is.EqualTo(ProviderFailure.BrokenOff));
    }

    [Test]
    public async Task AModelThatTakesNoFormOfItsAnswerIsAskedWithoutOne()
    {
        await using var server = new LoopbackServer(
            Status(400, body: "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"output_config: Extra inputs are not permitted\"}}"), AnthropicAnswer("{}"));
        var desk = new ProviderDesk();
        var options = new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(System.Text.Json.JsonElement.Parse("{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}},\"required\":[\"a\"],\"additionalProperties\":false}"), "shots") };
        Assert.That((await desk.Make(ProviderDesk.Of(server, "anthropic")).GetResponseAsync(ProviderDesk.Question, options)).Text, Is.EqualTo("{}"));
        var bodies = server.Requests.Select(request => request.Body.Contains("output_config")).ToList();
        Assert.That(bodies, Is.EqualTo(new[] { true, false }));
        Assert.That(desk.Retries.Single().Reason, Does.Contain("form for its answer"));
    }
}
