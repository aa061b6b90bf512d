using System.Text.Json.Nodes;
using NUnit.Framework;
using StoryLsp.Server.Tests.Editor;

namespace StoryLsp.Server.Tests.Features;

/// <summary>Refactorings as they arrive over the wire. What is changed is tested with the features themselves.</summary>
public sealed class RefactorTests
{
    private const string Story = """
        //- story.yaml
        story: 1
        ai: {enabled: false}
        //- characters/ada-vane.yaml
        name: Ada Vane
        //- scenes/one.md
        ---
        pov: Ada Vane
        ---
        🦊 Ada Vane met Tom.
        """;

    private const string Scene = "scenes/one.md";

    [Test]
    public async Task With_models_off_a_refactoring_is_offered_resolved_and_made()
    {
        await using var editor = await EditorHarness.StartAsync(Story, EditorProfile.Everything);
        Assert.That(editor.Capabilities["codeActionProvider"]!["resolveProvider"]!.GetValue<bool>());
        editor.Open(Scene);
        var action = await OfferedAsync(editor, "Link to Ada Vane");
        Assert.That((action["edit"], action["kind"]!.GetValue<string>()), Is.EqualTo(((JsonNode?)null, "refactor.rewrite.link")));
        var resolved = await editor.AskAsync("codeAction/resolve", action);
        Assert.That(editor.MakeEdit(resolved!["edit"]!));
        Assert.That(editor.Buffer(Scene), Does.Contain("🦊 [[Ada Vane]] met"));
    }

    [Test]
    public async Task An_action_of_an_older_text_is_refused()
    {
        await using var editor = await EditorHarness.StartAsync(Story, EditorProfile.Everything);
        editor.Open(Scene);
        var action = await OfferedAsync(editor, "Link to Ada Vane");
        editor.Replace(Scene, "met", "saw");
        Assert.That((await editor.RefusedAsync("codeAction/resolve", action)).Message, Does.Contain("changed since"));
    }

    [Test]
    public async Task An_editor_that_asks_about_applied_edits_gets_a_command()
    {
        var editorProfile = EditorProfile.VsCode.Capabilities.TrimEnd();
        var profile = EditorProfile.VsCode with { Capabilities = editorProfile[..^1] + ""","experimental": {"storylsp": {"refactorings": true}}}""" };
        await using var editor = await EditorHarness.StartAsync(Story, profile);
        editor.Open(Scene);
        var action = await OfferedAsync(editor, "Link to Ada Vane");
        Assert.That((action["edit"], action["data"], action["command"]!["command"]!.GetValue<string>()), Is.EqualTo(((JsonNode?)null, (JsonNode?)null, "storylsp.refactor")));
    }

    [Test]
    public async Task An_editor_that_resolves_nothing_gets_the_edit_at_once()
    {
        await using var editor = await EditorHarness.StartAsync(Story, EditorProfile.Neovim);
        editor.Open(Scene);
        var action = await OfferedAsync(editor, "Link to Ada Vane");
        Assert.That(editor.MakeEdit(action["edit"]!));
        Assert.That(editor.Buffer(Scene), Does.Contain("[[Ada Vane]] met"));
    }

    [Test]
    public async Task Kinds_that_are_not_asked_for_do_not_come_and_unasked_nothing_does()
    {
        await using var editor = await EditorHarness.StartAsync(Story, EditorProfile.Everything);
        editor.Open(Scene);
        var at = editor.Buffer(Scene).IndexOf("Ada Vane met", StringComparison.Ordinal);
        Assert.That(await editor.ActionsAsync(Scene, at, "refactor.move"), Is.Empty);
        Assert.That(await editor.ActionsAsync(Scene, at, "refactor.rewrite"), Is.Not.Empty);
        Assert.That(await editor.ActionsAsync(Scene, at, "refactor.inline"), Is.Empty);
        var position = editor.Story.PositionOf(Scene, at, Language.Text.PositionEncoding.Utf16);
        var unasked = await editor.AskAsync("textDocument/codeAction", new
        {
            textDocument = editor.Document(Scene),
            range = new { start = position, end = position },
            context = new { diagnostics = Array.Empty<object>(), triggerKind = 2 },
        });
        Assert.That(unasked!.AsArray().Where(action => action!["kind"]!.GetValue<string>() != "quickfix"), Is.Empty);
    }

    [Test]
    public async Task The_command_takes_what_a_person_says_and_says_why_it_does_nothing()
    {
        await using var editor = await EditorHarness.StartAsync(Story, EditorProfile.Neovim);
        editor.Open(Scene);
        var at = editor.Buffer(Scene).IndexOf("Tom", StringComparison.Ordinal);
        var range = new { start = editor.Story.PositionOf(Scene, at, Language.Text.PositionEncoding.Utf8), end = editor.Story.PositionOf(Scene, at + 3, Language.Text.PositionEncoding.Utf8) };
        Assert.That(await editor.RefusedCommandAsync("storylsp.refactor", new { name = "extract-container", uri = editor.UriOf(Scene), range, type = "no" }), Does.Contain("There is no type `no`"));
        Assert.That(await editor.RefusedCommandAsync("storylsp.refactor", new { name = "no", uri = editor.UriOf(Scene), range }), Does.Contain("There is no refactoring `no`"));
        var answer = await editor.ExecuteAsync("storylsp.refactor", new { name = "extract-container", uri = editor.UriOf(Scene), range, type = "character", newName = "Tom Reed" });
        Assert.That(answer["applied"]!.GetValue<bool>());
        Assert.That(editor.Buffer(Scene), Does.Contain("met [[Tom Reed|Tom]]."));
    }

    private const string Birth = """
        //- story.yaml
        story: 1
        ai: {enabled: false}
        //- characters/ada.yaml
        name: Ada Vane
        born: 1892-03-02
        //- scenes/one.md
        ---
        when: 1926-11-05
        ---
        Ada Vane was thirty-four years old. Ada was thirty years old.
        """;

    [Test]
    public async Task A_birth_in_another_year_is_one_proposal_with_models_off()
    {
        await using var editor = await EditorHarness.StartAsync(Birth, EditorProfile.VsCode);
        editor.Open("characters/ada.yaml");
        editor.Open(Scene);
        var at = editor.Buffer("characters/ada.yaml").IndexOf("born", StringComparison.Ordinal);
        var action = (await editor.ActionsAsync("characters/ada.yaml", at)).Single(action => action!["kind"]!.GetValue<string>() == "refactor.rewrite.retcon")!;
        var argument = action["command"]!["arguments"]![0]!.DeepClone();
        argument["born"] = "1872";
        var answer = await editor.ExecuteAsync("storylsp.refactor", argument);
        Assert.That((answer["applied"]!.GetValue<bool>(), answer["status"]!.GetValue<string>()), Is.EqualTo((true, "partial")));
        Assert.That(editor.Buffer("characters/ada.yaml"), Does.Contain("born: 1872-03-02"));
        Assert.That(editor.Buffer(Scene), Does.Contain("Ada Vane was fifty-four years old. Ada was thirty years old."));
        var proposal = (await editor.AskAsync("storylsp/proposal", new { id = answer["proposal"]!.GetValue<string>() }))!["proposals"]![0]!;
        Assert.That(proposal["hunks"]!.AsArray().Last()!["doubt"]!.GetValue<string>(), Does.Contain("not 30"));
    }

    [Test]
    public async Task An_editor_that_asks_for_nothing_lets_the_person_choose_a_year()
    {
        await using var editor = await EditorHarness.StartAsync(Birth, EditorProfile.VsCode);
        editor.OnQuestion = question => Task.FromResult<string?>(question["message"]!.GetValue<string>().StartsWith("Born", StringComparison.Ordinal) ? "1902" : null);
        editor.Open("characters/ada.yaml");
        editor.Open(Scene);
        var range = new { start = new { line = 1, character = 0 }, end = new { line = 1, character = 0 } };
        await editor.ExecuteAsync("storylsp.refactor", new { name = "retcon", uri = editor.UriOf("characters/ada.yaml"), range });
        Assert.That(editor.Buffer("characters/ada.yaml"), Does.Contain("born: 1902-03-02"));
    }

    private static async Task<JsonNode> OfferedAsync(EditorHarness editor, string title)
    {
        var at = editor.Buffer(Scene).IndexOf("Ada Vane met", StringComparison.Ordinal);
        return (await editor.ActionsAsync(Scene, at)).Single(action => action!["title"]!.GetValue<string>() == title)!;
    }
}
