using NUnit.Framework;
using StoryLsp.Server.Extensions;
using StoryLsp.Server.Tests.Editor;

namespace StoryLsp.Server.Tests.Views;

/// <summary>Pages about the story, as an editor opens them and is told of their changes.</summary>
public sealed class ViewTests
{
    private const string Story = """
        //- story.yaml
        story: 1
        //- characters/ada.yaml
        name: Ada Vane
        born: 1901-03-02
        //- items/clock.yaml
        name: Clock
        //- scenes/one.md
        ---
        pov: ada
        when: 1926-11-05T21:30
        effects: [ada takes clock]
        ---
        # The Ball

        Ada came.
        //- scenes/two.md
        ---
        pov: ada
        when: 1926-11-06
        ---
        # The Morning

        Ada $0left.
        //- cases/ball.yaml
        type: case
        name: The Missing Clock
        reveal: two
        """;

    private static readonly EditorProfile Opening = EditorProfile.Everything;

    [Test]
    public async Task The_state_of_the_scene_at_the_cursor_is_opened_and_renewed_when_another_document_changes_it()
    {
        await using var editor = await EditorHarness.StartAsync(Story, Opening);
        editor.Open("scenes/one.md");
        var at = editor.Story.PositionOf("scenes/two.md", editor.Story.File("scenes/two.md").Cursor!.Value, editor.Profile.Encoding);
        var answer = await editor.ExecuteAsync("storylsp.view", new { page = "state", uri = editor.UriOf("scenes/two.md"), position = at });
        var uri = answer["uri"]!.GetValue<string>();
        Assert.That(answer["shown"]!.GetValue<bool>(), Is.True);
        Assert.That(editor.Shown, Is.EqualTo(new[] { uri }));
        Assert.That(uri, Does.EndWith("/state/two.md").And.Not.Contain(Path.GetFileName(Path.GetDirectoryName(editor.Story.Root))), "it says nothing of the machine");
        Assert.That(await editor.ContentAsync(uri), Does.Contain("# When The Morning (scene 2), 6 November 1926 begins").And.Contain("alive, 25 years old").And.Contain("has Clock"));
        editor.Replace("scenes/one.md", "effects: [ada takes clock]", "effects: []");
        await editor.HearsAsync("workspace/textDocumentContent/refresh", part => part["uri"]!.GetValue<string>() == uri);
        Assert.That(await editor.ContentAsync(uri), Does.Not.Contain("Clock"));
    }

    [Test]
    public async Task A_page_that_stays_the_same_is_not_renewed()
    {
        await using var editor = await EditorHarness.StartAsync(Story, Opening);
        editor.Open("scenes/one.md");
        var timeline = (await editor.ExecuteAsync("storylsp.view", new { page = "timeline" }))["uri"]!.GetValue<string>();
        var before = await editor.ContentAsync(timeline);
        Assert.That(before, Does.Contain("## Friday, 5 November 1926").And.Contain("- **21:30** The Ball (scene 1) — Ada Vane"));
        editor.Replace("scenes/one.md", "Ada came.", "Ada came in.");
        editor.Replace("scenes/one.md", "1926-11-05T21:30", "1926-11-04T21:30");
        await editor.HearsAsync("workspace/textDocumentContent/refresh");
        Assert.That(await editor.ContentAsync(timeline), Is.Not.EqualTo(before));
        int Heard(string method) => editor.Heard.Count(one => one.Method == method);
        editor.Open("scenes/two.md");
        var heard = Heard("workspace/textDocumentContent/refresh");
        foreach (var word in new[] { "in", "out" })
        {
            // Some quiet moments of the harness long.
            editor.Replace("scenes/one.md", "Ada came", "Ada came " + word);
            await Task.Delay(200);
        }

        Assert.That(Heard("workspace/textDocumentContent/refresh"), Is.EqualTo(heard));
    }

    [Test]
    public async Task An_editor_that_opens_nothing_but_files_gets_a_file()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        editor.Open("scenes/one.md");
        var answer = await editor.ExecuteAsync("storylsp.view", new { page = "fairness" });
        Assert.That(answer["uri"]!.GetValue<string>(), Does.EndWith("/.story/cache/views/fairness-ball.md"));
        Assert.That(editor.Story.Read(".story/cache/views/fairness-ball.md"), Does.Contain("# The Missing Clock: is it fair?"));
        await editor.ExecuteAsync("storylsp.view", new { page = "timeline" });
        editor.Replace("scenes/one.md", "The Ball", "The Dance");
        using var guard = new CancellationTokenSource(Patience.Limit);
        while (!editor.Story.Read(".story/cache/views/timeline.md").Contains("The Dance", StringComparison.Ordinal))
        {
            await Task.Delay(20, guard.Token);
        }
    }

    [Test]
    public async Task An_editor_that_shows_no_documents_is_told_where_the_page_is()
    {
        await using var editor = await EditorHarness.StartAsync(Story, EditorProfile.Neovim);
        var answer = await editor.ExecuteAsync("storylsp.view", new { page = "timeline" });
        Assert.That(answer["shown"]!.GetValue<bool>(), Is.False);
        await editor.HearsAsync("window/showMessage", part => part["message"]!.GetValue<string>().Contains(".story/cache/views/timeline.md", StringComparison.Ordinal));
    }

    [TestCase("{\"page\": \"weather\"}", "takes one argument")]
    [TestCase("{\"page\": \"state\", \"container\": \"nobody\"}", "`nobody`")]
    [TestCase("{\"page\": \"state\"}", "cursor")]
    [TestCase("{\"page\": \"fairness\", \"container\": \"one\"}", "`one`")]
    public async Task What_cannot_be_shown_is_refused_in_words(string argument, string says)
    {
        await using var editor = await EditorHarness.StartAsync(Story, Opening);
        Assert.That(await editor.RefusedCommandAsync("storylsp.view", System.Text.Json.Nodes.JsonNode.Parse(argument)!), Does.Contain(says));
    }

    [TestCase("storylsp:/view/00000000/timeline.md", "not open any more")]
    [TestCase("storylsp:/view/STORY/state/nobody.md", "There is no scene or event `nobody`")]
    [TestCase("storylsp:/view/STORY/fairness/one.md", "There is no case `one`")]
    public async Task An_address_from_yesterday_says_what_is_gone(string uri, string says)
    {
        await using var editor = await EditorHarness.StartAsync(Story, Opening);
        Assert.That(await editor.ContentAsync(uri.Replace("STORY", ViewAddress.NameOf(editor.Story.Root), StringComparison.Ordinal)), Does.Contain(says));
    }

    [TestCase("state", "one")]
    [TestCase("state", "Ünïcödé & 100% a/b.md")]
    [TestCase("fairness", "x")]
    [TestCase("timeline", "")]
    public void An_address_is_read_as_it_was_written(string page, string container)
    {
        var address = new ViewAddress("1a2b3c4d", page, container);
        Assert.That(ViewAddress.Parse(address.ToString()), Is.EqualTo(address));
    }

    [TestCase("storylsp:/view/")]
    [TestCase("storylsp:/view/.md")]
    [TestCase("storylsp:/view/x/state.md")]
    [TestCase("storylsp:/view/x/state/.md")]
    [TestCase("storylsp:/view/x/weather/y.md")]
    [TestCase("storylsp:/proposal/x.md")]
    [TestCase("file:///view/x/timeline.md")]
    public void What_is_no_address_of_a_view_is_none(string uri) => Assert.That(ViewAddress.Parse(uri), Is.Null);

    [Test]
    public async Task A_page_that_is_fetched_no_more_is_told_of_once()
    {
        await using var editor = await EditorHarness.StartAsync(Story, Opening);
        editor.Open("scenes/one.md");
        var uri = (await editor.ExecuteAsync("storylsp.view", new { page = "timeline", uri = editor.UriOf("scenes/two.md") }))["uri"]!.GetValue<string>();
        await editor.ContentAsync(uri);
        int Told() => editor.Heard.Count(heard => heard.Method == "workspace/textDocumentContent/refresh");
        editor.Replace("scenes/one.md", "1926-11-05", "1926-11-04");
        await editor.UntilAsync(() => Told() == 1, "a refresh");
        editor.Replace("scenes/one.md", "1926-11-04", "1926-11-03");
        await Task.Delay(300);
        Assert.That(Told(), Is.EqualTo(1));
        Assert.That(await editor.ContentAsync(uri), Does.Contain("3 November"));
        editor.Replace("scenes/one.md", "1926-11-03", "1926-11-02");
        await editor.UntilAsync(() => Told() == 2, "a refresh of what is fetched again");
    }
}
