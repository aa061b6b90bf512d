using Microsoft.Extensions.AI;
using StoryLsp.Language.Settings;
using StoryLsp.Pipelines.Providers;
using static StoryLsp.Testing.LoopbackServer;

namespace StoryLsp.Pipelines.Tests.Providers;

[TestFixture, CancelAfter(60_000)]
internal sealed class ReplayTests
{
    private string _root = "";

    [SetUp]
    public void MakeFolder() => _root = Directory.CreateTempSubdirectory("storylsp-replay-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_root, recursive: true);

    [Test]
    public async Task WhatWasRecordedIsReplayedWithoutAnybodyBeingAsked([Values("openai", "anthropic")] string provider)
    {
        const string text = "“Ada” waits\n\nat the mill. 🦊\n";
        await using var server = new LoopbackServer(Model(_ => text));
        var first = new ProviderDesk(_root);
        var settings = ProviderDesk.Of(server) with { Provider = "replay", Record = provider };
        Assert.That((await first.Make(settings).GetResponseAsync(ProviderDesk.Question)).Text, Is.EqualTo(text));
        var second = new ProviderDesk(_root);
        var replayed = await second.Make(new() { Provider = "replay", Model = "some-model" }).GetResponseAsync(ProviderDesk.Question);
        Assert.That((replayed.Text, replayed.ModelId), Is.EqualTo((text, "served-model")));
        Assert.That(server.Requests, Has.Count.EqualTo(1));
        Assert.That(second.Usage.Single().Cost, Is.Zero);
        var again = new ProviderDesk(_root);
        await again.Make(settings).GetResponseAsync(ProviderDesk.Question);
        Assert.That(server.Requests, Has.Count.EqualTo(1), "What is recorded is not asked for again.");
    }

    [Test]
    public async Task ARecordingIsForPeopleAndHoldsNoKey()
    {
        await using var server = new LoopbackServer(Model(_ => "Ada waits, “here”.\nTom comes."));
        var desk = new ProviderDesk(_root);
        desk.Environment["OTHER"] = "canary-header";
        await desk.Make(ProviderDesk.Of(server) with { Provider = "replay", Record = "openai", Headers = [new("X-Other", "OTHER")] }).GetResponseAsync(ProviderDesk.Question);
        Assert.That(server.Requests.Single().Head, Does.Contain(ProviderDesk.Key).And.Contain("canary-header"));
        var file = Directory.EnumerateFiles(Path.Combine(_root, ".story", "replays")).Single();
        var written = await File.ReadAllTextAsync(file);
        Assert.That(written, Does.Contain("\"Ada waits, “here”.\",\n").And.Contain("\"What happens?\"").And.Contain("\"provider\": \"openai\"").And.Contain(Path.GetFileNameWithoutExtension(file)));
        Assert.That(written, Does.Not.Contain("canary").And.Not.Contain("127.0.0.1"));
    }

    [Test]
    public async Task AMissingRecordingIsNamedWithItsRemedy()
    {
        var exception = (await Assert.ThrowsAsync<ProviderException>(() => new ProviderDesk(_root).Make(new() { Provider = "replay" }).GetResponseAsync(ProviderDesk.Question)))!;
        var (hash, _) = Recording.Of(ProviderDesk.Question, null, null);
        Assert.That(exception.Failure, Is.EqualTo(ProviderFailure.NotConfigured));
        Assert.That(exception.Message, Does.Contain($"`.story/replays/{hash}.json`").And.Contain("ai.record"));
        Assert.That(Directory.Exists(Path.Combine(_root, ".story")), Is.False);
    }

    [Test]
    public async Task TheSameRequestTwiceInARunHasTwoRecordings()
    {
        var count = 0;
        await using var server = new LoopbackServer(Model(_ => "Answer " + ++count));
        var settings = ProviderDesk.Of(server) with { Provider = "replay", Record = "openai" };
        var first = new ProviderDesk(_root);
        await first.Make(settings).GetResponseAsync(ProviderDesk.Question);
        await first.Make(settings).GetResponseAsync(ProviderDesk.Question);
        var second = new ProviderDesk(_root);
        Assert.That((await second.Make(settings).GetResponseAsync(ProviderDesk.Question)).Text, Is.EqualTo("Answer 1"));
        Assert.That((await second.Make(settings).GetResponseAsync(ProviderDesk.Question)).Text, Is.EqualTo("Answer 2"));
        var third = new ProviderDesk(_root);
        var replay = settings with { Record = null };
        var texts = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            texts.Add((await third.Make(replay).GetResponseAsync(ProviderDesk.Question)).Text);
        }

        Assert.That(texts, Is.EqualTo(new[] { "Answer 1", "Answer 2", "Answer 2", "Answer 2" }), "Asked more often than recorded, the last answer comes again.");
        Assert.That((await second.Make(settings, run: "another").GetResponseAsync(ProviderDesk.Question)).Text, Is.EqualTo("Answer 1"));
    }

    [Test]
    public void TheHashIsThatOfWhatIsAsked()
    {
        static string Of(string text, ChatOptions? options = null, string? model = "m") => Recording.Of([new(ChatRole.User, text)], options, model).Hash;
        var all = new[]
        {
            Of("a"), Of("b"), Of("a", model: "n"), Of("a", new() { Temperature = 0.5f }), Of("a", new() { MaxOutputTokens = 7 }), Of("a", new() { StopSequences = ["x"] }),
            Of("a", new() { ResponseFormat = ChatResponseFormat.Json }), Recording.Of([new(ChatRole.System, "a")], null, "m").Hash, Of("a\n"),
        };
        Assert.That(all, Is.Unique);
        Assert.That(Of("a\r\nb"), Is.EqualTo(Of("a\nb")));
        Assert.That(Of("a", new() { ModelId = "m" }, null), Is.EqualTo(Of("a")));
        Assert.That(Of("a", new() { AdditionalProperties = new() { ["x"] = 1 } }), Is.EqualTo(Of("a")));
        Assert.That(Of("a"), Is.EqualTo("651dab0526630720251a0dccd7b66abe"), "Recordings that exist must be found again.");
    }

    [TestCase("../out"), TestCase("/tmp"), TestCase("a/../../b"), TestCase(""), TestCase("C:/x")]
    public void RecordingsStayInTheWorkspace(string folder) =>
        Assert.That(() => new ProviderDesk(_root).Make(new() { Provider = "replay", Replays = folder }), Throws.InstanceOf<ProviderException>().With.Message.Contain("ai.replays"));

    [TestCase("{"), TestCase("[]"), TestCase("null"), TestCase("{}"), TestCase("{\"hash\":\"x\",\"request\":null,\"answer\":{\"text\":null}}")]
    public async Task ABrokenRecordingIsNamed(string content)
    {
        var (hash, _) = Recording.Of(ProviderDesk.Question, null, null);
        Directory.CreateDirectory(Path.Combine(_root, "tests", "replays"));
        await File.WriteAllTextAsync(Path.Combine(_root, "tests", "replays", hash + ".json"), content);
        var exception = (await Assert.ThrowsAsync<ProviderException>(
            () => new ProviderDesk(_root).Make(new() { Provider = "replay", Replays = "tests/replays" }).GetResponseAsync(ProviderDesk.Question)))!;
        Assert.That(exception.Message, Does.Contain($"tests/replays/{hash}.json"));
    }

    [Test]
    public async Task AnAnswerThatBreaksOffIsNotRecorded()
    {
        await using var server = new LoopbackServer(Answer("Half of", finish: "length"));
        await Assert.ThrowsAsync<ProviderException>(() => new ProviderDesk(_root).Make(ProviderDesk.Of(server) with { Provider = "replay", Record = "openai" }).GetResponseAsync(ProviderDesk.Question));
        Assert.That(Directory.Exists(Path.Combine(_root, ".story")), Is.False);
    }
}
