using System.Text.Json.Nodes;
using NUnit.Framework;
using StoryLsp.Server.Tests.Editor;

namespace StoryLsp.Server.Tests.Ai;

/// <summary>The undo tree in an editor: a checkout is one edit, and no word of a buffer is lost by it.</summary>
public sealed class HistoryTests
{
    private const string Scene = "scenes/one.md";
    private const string Story = """
        //- story.yaml
        story: 1
        ai: {provider: offline}
        //- scenes/one.md
        ---
        title: The Mill
        ---
        Ada Vane walked to the mill at dusk. The wheel stood still.
        """;

    [Test]
    public async Task A_checkout_leads_the_buffer_back_and_keeps_what_was_typed()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        editor.Open(Scene);
        var before = editor.Buffer(Scene);
        await SynopsisAsync(editor);
        var written = editor.Buffer(Scene);
        Assert.That(written, Is.Not.EqualTo(before));
        editor.Replace(Scene, "stood still", "turned");
        var typed = editor.Buffer(Scene);

        var answer = await editor.ExecuteAsync("storylsp.history.checkout", new { to = await RootAsync(editor) });
        Assert.That(answer["applied"]!.GetValue<bool>(), Is.True);
        Assert.That(answer["files"]!.ToJsonString(), Is.EqualTo($"[\"{Scene}\"]"));
        Assert.That(editor.Buffer(Scene), Is.EqualTo(before));
        Assert.That(editor.Heard.Count(heard => heard.Method == "workspace/applyEdit"), Is.EqualTo(2), "one edit is one undo");

        var history = (await editor.AskAsync("storylsp/history", new { }))!;
        Assert.That(history["current"]!.GetValue<string>(), Is.EqualTo(answer["branch"]!.GetValue<string>()).And.Not.EqualTo("main"));
        Assert.That(history["branches"]!.AsArray().Select(branch => branch!["name"]!.GetValue<string>()), Does.Contain("main"));
        Assert.That(history["events"]!.AsArray().Select(happened => happened!["kind"]!.GetValue<string>()), Does.Contain("proposal").And.Contain("hand"));
        await editor.ExecuteAsync("storylsp.history.checkout", new { to = "main" });
        Assert.That(editor.Buffer(Scene), Is.EqualTo(typed), "what was typed and not saved is back");
    }

    [Test]
    public async Task A_checkout_that_the_editor_refuses_changes_no_branch()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        editor.Open(Scene);
        await SynopsisAsync(editor);
        editor.OnApplyEdit = static _ => Task.FromResult(false);
        var answer = await editor.ExecuteAsync("storylsp.history.checkout", new { to = await RootAsync(editor) });
        Assert.That(answer["applied"]!.GetValue<bool>(), Is.False);
        Assert.That((await editor.AskAsync("storylsp/history", new { }))!["current"]!.GetValue<string>(), Is.EqualTo("main"));
    }

    [Test]
    public async Task A_branch_right_after_an_acceptance_begins_behind_it()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        editor.Open(Scene);
        var branched = Task.CompletedTask;
        editor.OnApplyEdit = parameters =>
        {
            // The editor has answered, and tells of its buffer a little later; the branch is asked for in between.
            branched = Task.Run(async () =>
            {
                await Task.Delay(20);
                var branching = editor.ExecuteAsync("storylsp.history.branch", new { name = "what-if" });
                await Task.Delay(200);
                editor.MakeEdit(parameters["edit"]!);
                await branching;
            });
            return Task.FromResult(true);
        };
        await SynopsisAsync(editor);
        await branched;
        var history = (await editor.AskAsync("storylsp/history", new { branch = "what-if" }))!;
        Assert.That(history["events"]![0]!["kind"]!.GetValue<string>(), Is.EqualTo("proposal"));
    }

    [Test]
    public async Task Whoever_switches_models_off_keeps_the_way_back_to_their_words()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        editor.Open(Scene);
        var before = editor.Buffer(Scene);
        await SynopsisAsync(editor);
        editor.Open("story.yaml");
        editor.Replace("story.yaml", "provider: offline", "enabled: false");
        await editor.ExecuteAsync("storylsp.history.checkout", new { to = await RootAsync(editor) });
        Assert.That(editor.Buffer(Scene), Is.EqualTo(before));
        Assert.That(await editor.RefusedCommandAsync("storylsp.run", new { pipeline = "synopsis", uri = editor.UriOf(Scene), container = "one" }), Does.Contain("ai.enabled"));
    }

    [Test]
    public async Task What_if_branches_stand_side_by_side()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        editor.Open(Scene);
        await SynopsisAsync(editor);
        await editor.ExecuteAsync("storylsp.history.branch", new { name = "what-if", at = await RootAsync(editor) });
        await editor.ExecuteAsync("storylsp.history.checkout", new { to = "what-if" });
        Assert.That(editor.Buffer(Scene), Does.Not.Contain("synopsis:"));
        var what = (await editor.AskAsync("storylsp/history", new { branch = "what-if" }))!["events"]!.AsArray();
        Assert.That(what.Select(happened => happened!["kind"]!.GetValue<string>()), Has.None.EqualTo("proposal"));
        Assert.That(await editor.RefusedCommandAsync("storylsp.history.branch", new { name = "what-if" }), Does.Contain("what-if"));
    }

    [Test]
    public async Task An_editor_that_takes_no_edits_is_told_of_the_command_line()
    {
        await using var editor = await EditorHarness.StartAsync(Story);
        editor.Open(Scene);
        await SynopsisAsync(editor);
        editor.Tell("textDocument/didSave", new { textDocument = editor.Document(Scene) });
        editor.Story.Write(Scene, editor.Buffer(Scene));
        await using var other = await editor.BesideAsync(EditorProfile.Minimal);
        Assert.That(await other.RefusedCommandAsync("storylsp.history.checkout", new { to = await RootAsync(editor) }), Does.Contain("storylsp history checkout"));
    }

    private static async Task SynopsisAsync(EditorHarness editor) =>
        Assert.That((await editor.ExecuteAsync("storylsp.synopsis", new { uri = editor.UriOf(Scene), container = "one" }))["status"]!.GetValue<string>(), Is.EqualTo("accepted"));

    private static async Task<string> RootAsync(EditorHarness editor) =>
        (await editor.AskAsync("storylsp/history", new { }))!["events"]!.AsArray().Single(happened => happened!["parents"]!.AsArray().Count == 0)!["id"]!.GetValue<string>();
}
