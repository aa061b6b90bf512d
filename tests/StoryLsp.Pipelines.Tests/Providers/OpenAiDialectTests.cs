using Microsoft.Extensions.AI;
using StoryLsp.Pipelines.Providers;
using static StoryLsp.Testing.LoopbackServer;

namespace StoryLsp.Pipelines.Tests.Providers;

[TestFixture, CancelAfter(60_000)]
internal sealed class OpenAiDialectTests
{
    private static readonly ChatOptions Everything = new()
    {
        Temperature = 0.5f,
        MaxOutputTokens = 100,
        ResponseFormat = ChatResponseFormat.ForJsonSchema(System.Text.Json.JsonElement.Parse("{\"type\":\"object\"}"), "shots"),
    };

    [TestCase("{\"error\":{\"message\":\"Unsupported value: 'temperature' does not support 0.5 with this model.\"}}", "temperature")]
    [TestCase("{\"error\":\"json_schema is not supported\"}", "response_format")]
    [TestCase("{\"error\":{\"message\":\"failed to parse grammar\"}}", "response_format")]
    [TestCase("{\"detail\":[{\"loc\":[\"body\",\"stream_options\"],\"msg\":\"extra fields not permitted\"}]}", "stream_options")]
    [TestCase("Bad Request", "response_format")]
    [TestCase("", "response_format")]
    public async Task AFieldThatAServerRefusesIsLeftOutAndItIsTold(string complaint, string field)
    {
        await using var server = new LoopbackServer(Status(complaint.StartsWith("{\"detail", StringComparison.Ordinal) ? 422 : 400, body: complaint), Answer("{}"), Answer("{}"));
        var desk = new ProviderDesk();
        var client = desk.Make(ProviderDesk.Of(server));
        Assert.That((await client.GetResponseAsync(ProviderDesk.Question, Everything)).Text, Is.EqualTo("{}"));
        await client.GetResponseAsync(ProviderDesk.Question, Everything);
        var has = server.Requests.Select(request => request.Body.Contains($"\"{field}\"")).ToList();
        Assert.That(has, Is.EqualTo(new[] { true, false, false }), "What was learned holds for the next request.");
        Assert.That(desk.Retries, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task TheLimitOfAnAnswerIsCalledByItsOtherName()
    {
        await using var server = new LoopbackServer(
            Status(400, body: "{\"error\":{\"message\":\"Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.\"}}"), Answer("{}"));
        await new ProviderDesk().Make(ProviderDesk.Of(server)).GetResponseAsync(ProviderDesk.Question, Everything);
        Assert.That(server.Requests.First().Body, Does.Contain("\"max_tokens\":100").And.Not.Contain("max_completion_tokens"));
        Assert.That(server.Requests.Last().Body, Does.Contain("\"max_completion_tokens\":100").And.Not.Contain("\"max_tokens\""));
    }

    [Test]
    public async Task ARefusalForAnotherReasonIsFinal()
    {
        await using var server = new LoopbackServer(Status(400, body: "{\"error\":{\"message\":\"This model's context length is 4096.\"}}"));
        await Assert.ThrowsAsync<ProviderException>(() => new ProviderDesk().Make(ProviderDesk.Of(server)).GetResponseAsync(ProviderDesk.Question, Everything));
        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task AServerThatRefusesEverythingIsGivenUp()
    {
        await using var server = new LoopbackServer(Status(400, body: "no"));
        await Assert.ThrowsAsync<ProviderException>(() => new ProviderDesk().Make(ProviderDesk.Of(server)).GetResponseAsync(ProviderDesk.Question, Everything));
        Assert.That(server.Requests, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task AnAnswerInOnePieceIsReadToo()
    {
        const string body = "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"served-model\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Whole “answer”.\"},\"finish_reason\":\"stop\"}]," +
            "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":4,\"total_tokens\":13}}";
        await using var server = new LoopbackServer(Status(200, body: body));
        var desk = new ProviderDesk();
        var response = await desk.Make(ProviderDesk.Of(server)).GetResponseAsync(ProviderDesk.Question);
        Assert.That(response.Text, Is.EqualTo("Whole “answer”."));
        Assert.That(desk.Usage, Is.EqualTo(new[] { new UsageReport("served-model", 9, 4, null) }));
    }

    [TestCase("[]"), TestCase("{}"), TestCase("{\"choices\":[]}"), TestCase("{\"choices\":[{}]}"), TestCase("{\"choices\":[{\"message\":{\"content\":null}}]}"), TestCase("{\"choices\":{\"message\":1}}"), TestCase("not json")]
    public async Task AnotherPieceOfJsonIsNoAnswer(string body)
    {
        await using var server = new LoopbackServer(Status(200, body: body));
        var exception = (await Assert.ThrowsAsync<ProviderException>(() => new ProviderDesk().Make(ProviderDesk.Of(server)).GetResponseAsync(ProviderDesk.Question)))!;
        Assert.That(exception.Failure, Is.EqualTo(ProviderFailure.Unreadable));
    }

    [Test]
    public async Task TheCountOfAStreamIsRead()
    {
        await using var server = new LoopbackServer(connection => connection.WriteAsync(StreamHead + Role() + Delta("Yes.") + Finish("stop") + Usage(120, 30) + "data: [DONE]\n\n"));
        var desk = new ProviderDesk();
        await desk.Make(ProviderDesk.Of(server) with { Prices = new(2.5m, 10m) }).GetResponseAsync(ProviderDesk.Question);
        Assert.That(desk.Usage, Is.EqualTo(new[] { new UsageReport("served-model", 120, 30, 0.0006m) }));
    }

    [TestCase("/openai/deployments/dep/chat/completions?api-version=2024-06-01", "2024-10-21", "/openai/deployments/dep/chat/completions?api-version=2024-06-01")]
    [TestCase("/openai/deployments/dep", "2024-10-21", "/openai/deployments/dep/chat/completions?api-version=2024-10-21")]
    [TestCase("/openai/v1/", "preview", "/openai/v1/chat/completions?api-version=preview")]
    [TestCase("", "2024-10-21", "/openai/deployments/some-model/chat/completions?api-version=2024-10-21")]
    public async Task AzureIsAskedAtItsOwnAddressWithItsOwnHeader(string path, string version, string asked)
    {
        await using var server = new LoopbackServer(Answer("Yes."));
        var settings = ProviderDesk.Of(server) with { Endpoint = server.Endpoint.Replace("/v1", path), ApiVersion = version };
        await new ProviderDesk().Make(settings).GetResponseAsync(ProviderDesk.Question);
        var head = server.Requests.Single().Head;
        Assert.That(head, Does.StartWith($"POST {asked} HTTP/1.1"));
        Assert.That(head, Does.Contain("api-key: " + ProviderDesk.Key).And.Not.Contain("Authorization"));
    }

    [TestCase("https://name.openai.azure.com", "https://name.openai.azure.com/openai/v1/chat/completions", true)]
    [TestCase("https://name.openai.azure.com/openai/v1", "https://name.openai.azure.com/openai/v1/chat/completions", true)]
    [TestCase("https://api.openai.com/v1", "https://api.openai.com/v1/chat/completions", false)]
    [TestCase("http://localhost:11434/v1/", "http://localhost:11434/v1/chat/completions", false)]
    [TestCase("http://localhost:8080/v1/chat/completions", "http://localhost:8080/v1/chat/completions", false)]
    public void TheAddressIsMadeOfWhatPeopleWrite(string written, string address, bool isAzure)
    {
        var made = OpenAiAddress.Of(new() { Model = "m" }, new Uri(written));
        Assert.That((made.Address.AbsoluteUri, made.IsAzure), Is.EqualTo((address, isAzure)));
    }

    [Test]
    public async Task HeadersTakeTheirValuesFromTheEnvironment()
    {
        await using var server = new LoopbackServer(Answer("Yes."));
        var desk = new ProviderDesk();
        desk.Environment["MY_TITLE"] = "My Story";
        await desk.Make(ProviderDesk.Of(server) with { Headers = [new("X-Title", "MY_TITLE")] }).GetResponseAsync(ProviderDesk.Question);
        Assert.That(server.Requests.Single().Head, Does.Contain("X-Title: My Story"));
    }

    [TestCase("X-Title", null, "env"), TestCase("Host", "SOME_KEY", "ai.headers"), TestCase("X Y", "SOME_KEY", "ai.headers"), TestCase("X-Title", "ABSENT", "ABSENT")]
    public void AHeaderThatCannotBeIsRefused(string name, string? variable, string says)
    {
        var exception = Assert.Throws<ProviderException>(() => new ProviderDesk().Make(
            new() { Provider = "openai", Endpoint = "http://localhost:1/v1", Model = "m", Headers = [new(name, variable)] }))!;
        Assert.That(exception.Message, Does.Contain(says).And.Not.Contain(ProviderDesk.Key));
    }
}
