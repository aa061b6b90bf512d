using System.Text.Json.Nodes;
using NUnit.Framework;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Tests.Editor;

namespace StoryLsp.Server.Tests.Findings;

/// <summary><c>workspace/diagnostic</c> of an editor that takes results in parts: its question is held until there is news.</summary>
public sealed class LongPollTests
{
    private const string Story = """
        //- story.yaml
        story: 1
        //- characters/ada.yaml
        name: Ada Vane
        //- scenes/one.md
        ---
        pov: ada
        ---
        Ada saw [[Nobody]].
        """;

    [Test]
    public async Task A_question_is_held_until_a_finding_is_news_and_gets_no_more_than_that()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        editor.Open("scenes/one.md");
        var known = await AllAsync(editor, "first", []);
        Assert.That(known.Keys, Is.EquivalentTo(new[] { editor.UriOf("scenes/one.md") }), "what has no findings, and had none, is not named");
        var held = AllAsync(editor, "second", known);
        editor.Replace("scenes/one.md", "Ada saw", "Ada never saw");
        await editor.PullAsync("scenes/one.md");
        editor.Replace("scenes/one.md", "[[Nobody]]", "[[Nobody]] and [[Nothing]]");
        var news = await held.WaitAsync(Patience.Limit);
        Assert.That(news.Keys, Is.EquivalentTo(new[] { editor.UriOf("scenes/one.md") }));
        Assert.That(news.Values.Single(), Is.Not.EqualTo(known.Values.Single()));
    }

    [Test]
    public async Task A_held_question_ends_with_the_next_one_with_a_cancellation_and_with_shutdown()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        editor.Open("scenes/one.md");
        var known = await AllAsync(editor, "first", []);
        var second = AllAsync(editor, "second", known);
        // The answer to what is asked later says that the question is held by now.
        await editor.AskAsync("workspace/symbol", new { query = "" });
        using var cancellation = new CancellationTokenSource();
        var third = AllAsync(editor, "third", known, cancellation.Token);
        Assert.That(await second.WaitAsync(Patience.Limit), Is.Empty);
        await cancellation.CancelAsync();
        Assert.That(async () => await third.WaitAsync(Patience.Limit), Throws.InstanceOf<OperationCanceledException>());
        var fourth = AllAsync(editor, "fourth", known);
        Assert.That(await editor.ShutdownAsync(), Is.Zero);
        try
        {
            Assert.That(await fourth.WaitAsync(Patience.Limit), Is.Empty);
        }
        catch (Exception exception) when (exception is ConnectionClosedException or ResponseErrorException)
        {
            Assert.Fail("It was to be answered before the end: " + exception.Message);
        }
    }

    [Test]
    public async Task An_editor_that_takes_no_parts_is_answered_at_once()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        var first = await editor.AskAsync("workspace/diagnostic", new { previousResultIds = Array.Empty<object>() });
        var previous = first!["items"]!.AsArray().Select(item => new { uri = item!["uri"]!.GetValue<string>(), value = item["resultId"]!.GetValue<string>() }).ToArray();
        var second = await editor.AskAsync("workspace/diagnostic", new { previousResultIds = previous });
        Assert.That(second!["items"]!.AsArray().Select(item => item!["kind"]!.GetValue<string>()), Has.All.EqualTo("unchanged"));
    }

    // The result ids of what was reported, in parts and in the answer.
    private static async Task<Dictionary<string, string>> AllAsync(EditorHarness editor, string token, Dictionary<string, string> known, CancellationToken cancellationToken = default)
    {
        var answer = await editor.AskAsync(
            "workspace/diagnostic",
            new { previousResultIds = known.Select(one => new { uri = one.Key, value = one.Value }), partialResultToken = token },
            cancellationToken);
        var parts = editor.Heard.Where(heard => heard.Method == "$/progress" && heard.Params["token"]!.ToJsonString() == $"\"{token}\"").Select(heard => heard.Params["value"]!["items"]!);
        return parts.Append(answer!["items"]!).SelectMany(items => items.AsArray()).OfType<JsonNode>()
            .ToDictionary(item => item["uri"]!.GetValue<string>(), item => item["resultId"]!.GetValue<string>());
    }
}
