using System.Text.Json.Nodes;
using NUnit.Framework;
using StoryLsp.Server.Tests.Cli;
using StoryLsp.Server.Tests.Editor;

namespace StoryLsp.Server.Tests.Views;

/// <summary>What views beside the text are given, over the wire; what they show is tested where it is found.</summary>
public sealed class OverviewTests
{
    private const string Story = """
        //- story.yaml
        story: 1
        target_words: 50000
        //- characters/ada.yaml
        {description: "é🦊", name: "Ada Vane", relations: [{to: tom, kind: sister}], nonsense}
        //- characters/tom.yaml
        name: Tom
        //- scenes/one.md
        ---
        pov: ada
        when: 1926-11-05
        characters: [tom, nobody]
        target_words: 10
        ---
        # The Ball

        Ada came.
        //- scenes/two.md
        ---
        pov: tom
        ---
        Late.
        """;

    private static EditorProfile Viewing(EditorProfile profile)
    {
        var capabilities = JsonNode.Parse(profile.Capabilities)!;
        capabilities["experimental"] = new JsonObject { ["storylsp"] = new JsonObject { ["views"] = true } };
        return profile with { Capabilities = capabilities.ToJsonString() };
    }

    [Test]
    public async Task Places_count_in_the_units_of_the_editor()
    {
        await using var editor = await EditorHarness.StartAsync(Story, EditorProfile.Neovim);
        for (var round = 0; round < 2; round++)
        {
            var ada = (await editor.AskAsync("storylsp/bible", new { uri = editor.UriOf("") }))!["types"]![0]!["containers"]![0]!;
            Assert.That(ada["range"]!["start"]!.ToJsonString(), Is.EqualTo("{\"line\":0,\"character\":31}"));
            var edge = (await editor.AskAsync("storylsp/graph", new { uri = editor.UriOf("scenes/one.md"), of = "ada" }))!["edges"]![0]!;
            Assert.That(edge["range"]!["start"]!["character"]!.GetValue<int>(), Is.EqualTo(59));
            Assert.That(edge["label"]!.GetValue<string>(), Is.EqualTo("sister"));
        }
    }

    [Test]
    public async Task Words_that_are_typed_count_before_they_are_saved_and_the_editor_is_told_in_a_quiet_moment()
    {
        await using var editor = await EditorHarness.StartAsync(Story, Viewing(EditorProfile.VsCode));
        await editor.HearsAsync("storylsp/changed");
        var at = new { uri = editor.UriOf("scenes/one.md") };
        Assert.That((await editor.AskAsync("storylsp/status", at))!["scene"]!.ToJsonString(), Is.EqualTo("{\"id\":\"one\",\"name\":\"The Ball\",\"words\":2,\"target\":10}"));
        editor.Open("scenes/one.md");
        var before = editor.Heard.Count(heard => heard.Method == "storylsp/changed");
        editor.Replace("scenes/one.md", "Ada came.", "Ada came late.");
        await editor.UntilAsync(() => editor.Heard.Count(heard => heard.Method == "storylsp/changed") > before, "news of the change");
        Assert.That(editor.Heard.Last(heard => heard.Method == "storylsp/changed").Params["uri"]!.GetValue<string>(), Is.EqualTo(editor.UriOf("")));
        var manuscript = (await editor.AskAsync("storylsp/manuscript", at))!;
        Assert.That(manuscript["words"]!.GetValue<int>(), Is.EqualTo(4));
        Assert.That(manuscript["entries"]!.AsArray().Select(entry => entry!["words"]!.GetValue<int>()), Is.EqualTo(new[] { 3, 1 }));
        Assert.That((await editor.AskAsync("storylsp/status", at))!["words"]!.GetValue<int>(), Is.EqualTo(4));
    }

    [Test]
    public async Task The_status_counts_what_the_editor_shows_as_findings()
    {
        await using var editor = await EditorHarness.StartAsync(Story, EditorProfile.VsCode);
        var status = (await editor.AskAsync("storylsp/status", new { }))!;
        var report = (await editor.AskAsync("workspace/diagnostic", new { previousResultIds = Array.Empty<object>() }))!["items"]!.AsArray().SelectMany(one => one!["items"]!.AsArray()).ToList();
        Assert.That(status["errors"]!.GetValue<int>(), Is.EqualTo(report.Count(one => one!["severity"]!.GetValue<int>() == 1)).And.GreaterThan(0));
        Assert.That(status["warnings"]!.GetValue<int>(), Is.EqualTo(report.Count(one => one!["severity"]!.GetValue<int>() == 2)));
        Assert.That(status["index"]!.ToJsonString(), Is.EqualTo("{\"state\":\"ready\",\"files\":5}"));
        Assert.That(status["ai"]!.ToJsonString(), Is.EqualTo("{\"enabled\":true,\"provider\":\"offline\",\"runs\":0}"));
        Assert.That(status["target"]!.GetValue<int>(), Is.EqualTo(50000));
    }

    [Test]
    public async Task A_proposal_of_another_program_is_told_of()
    {
        await using var editor = await EditorHarness.StartAsync(Story, Viewing(EditorProfile.VsCode));
        await editor.HearsAsync("storylsp/changed");
        var before = editor.Heard.Count(heard => heard.Method == "storylsp/changed");
        editor.Story.Write(".story/proposals/a1.json", "{}");
        await editor.UntilAsync(() => editor.Heard.Count(heard => heard.Method == "storylsp/changed") > before, "news of the proposal");
    }

    [Test]
    public async Task An_editor_that_shows_no_views_is_told_of_none()
    {
        await using var editor = await EditorHarness.StartAsync(Story, EditorProfile.Minimal);
        editor.Open("scenes/two.md");
        // Findings are pushed in each quiet moment, just after views are told of.
        editor.Replace("scenes/two.md", "pov: tom", "pov: nobody");
        await editor.PushedBecomesAsync("scenes/two.md", "ref/unresolved");
        editor.Replace("scenes/two.md", "pov: nobody", "pov: tom");
        await editor.PushedBecomesAsync("scenes/two.md");
        Assert.That(editor.Heard.Select(heard => heard.Method), Has.None.EqualTo("storylsp/changed"));
    }

    [Test]
    public async Task Facts_are_those_of_the_command_line()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        var facts = await editor.AskAsync("storylsp/facts", new { uri = editor.UriOf("scenes/two.md"), position = new { line = 3, character = 0 } });
        var cli = await StoryCli.RunAsync(editor.Story.Root, "facts", "--at", "two", "--format", "json");
        Assert.That(JsonNode.DeepEquals(facts, cli.Json), Is.True, $"{facts!.ToJsonString()}\n{cli}");
        Assert.That((await editor.AskAsync("storylsp/facts", new { scene = "two", who = "Tom" }))!["containers"]!.AsObject().Select(one => one.Key), Is.EqualTo(new[] { "tom" }));
    }

    [Test]
    public async Task What_does_not_exist_is_refused_in_a_sentence()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        Assert.That((await editor.RefusedAsync("storylsp/graph", new { of = "zoe" })).Message, Is.EqualTo("Nothing in this story has the id or name `zoe`."));
        Assert.That((await editor.RefusedAsync("storylsp/facts", new { uri = editor.UriOf("story.yaml") })).Message, Does.StartWith("Put the cursor into a scene"));
        Assert.That((await editor.RefusedAsync("storylsp/facts", new { scene = "zoe" })).Message, Does.Contain("`zoe`"));
        Assert.That((await editor.RefusedAsync("storylsp/export", new { format = "pdf" })).Message, Does.Contain("`graph` or `timeline`"));
        Assert.That((await editor.RefusedAsync("storylsp/bible", new { uri = "file:///elsewhere/a.md" })).Message, Is.EqualTo("The file is in no open story."));
    }

    [Test]
    public async Task An_export_is_that_of_the_command_line()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        foreach (var format in new[] { "graph", "timeline" })
        {
            var text = (await editor.AskAsync("storylsp/export", new { format }))!["text"]!.GetValue<string>();
            var cli = await StoryCli.RunAsync(editor.Story.Root, "export", format);
            Assert.That((cli.Code, cli.Out), Is.EqualTo((0, text)));
            Assert.That((await editor.AskAsync("storylsp/" + format, new { }))!["mermaid"]!.GetValue<string>(), Is.EqualTo(text));
        }

        var unknown = await StoryCli.RunAsync(editor.Story.Root, "export", "graph", "--of", "zoe");
        Assert.That((unknown.Code, unknown.Out, unknown.Error), Is.EqualTo((2, "", "storylsp: nothing here has the id or name `zoe`.\n")));
    }
}
