using System.Text.Json.Nodes;
using NUnit.Framework;
using StoryLsp.Index;
using StoryLsp.Pipelines.Proposals;
using StoryLsp.Server.Tests.Editor;

namespace StoryLsp.Server.Tests.Ai;

/// <summary>A proposal before a person, in editors of every kind: nothing is changed unasked, and what was taken is known exactly.</summary>
public sealed class ProposalTests
{
    private const string Scene = "scenes/one.md";
    private const string Story = """
        //- story.yaml
        story: 1
        ai: {provider: offline}
        //- characters/ada.yaml
        name: Ada Vane
        //- scenes/one.md
        ---
        title: The Mill
        ---
        Ada Vane walked to the mill. The wheel stood still. She found the ledger.
        """;

    private static readonly EditorProfile Ticking = With(EditorProfile.VsCode, """{"storylsp": {"ticks": true, "documents": true}}""");
    private static readonly EditorProfile Reviewing = With(EditorProfile.Neovim, """{"storylsp": {"documents": true}}""", showsDocuments: true);
    private static readonly EditorProfile Filing = With(EditorProfile.Neovim, "{}", showsDocuments: true);

    [Test]
    public async Task An_editor_with_annotations_gets_one_edit_with_one_annotation_for_each_hunk()
    {
        await using var editor = await EditorHarness.StartAsync(Story, Ticking);
        editor.Open(Scene);
        var id = await ProposeAsync(editor, doubtful: 2);
        JsonNode? sent = null;
        editor.OnApplyEdit = parameters =>
        {
            sent = parameters;
            return Task.FromResult(editor.MakeEdit(parameters["edit"]!));
        };
        var answer = await editor.ExecuteAsync("storylsp.proposal.open", new { id });
        var annotations = sent!["edit"]!["changeAnnotations"]!.AsObject();
        Assert.Multiple(() =>
        {
            Assert.That(annotations.Select(annotation => annotation.Value!["needsConfirmation"]!.GetValue<bool>()).ToArray(), Has.Length.EqualTo(2).And.All.True);
            Assert.That(annotations["hunk-2"]!["label"]!.GetValue<string>(), Does.StartWith("In doubt: "));
            Assert.That(annotations["hunk-2"]!["description"]!.GetValue<string>(), Is.EqualTo("It brings an error."));
            Assert.That(sent["label"]!.GetValue<string>(), Does.Contain("+1 error, −0"));
            Assert.That(sent["edit"]!["documentChanges"]!.AsArray().Single()!["textDocument"]!["version"]!.GetValue<int>(), Is.EqualTo(1));
            Assert.That(answer["status"]!.GetValue<string>(), Is.EqualTo("accepted"));
            Assert.That(answer["accepted"]!.ToJsonString(), Is.EqualTo("[1,2]"));
            Assert.That(editor.Buffer(Scene), Does.Contain("Ada Vane ran to the mill.").And.Contain("She burned the ledger."));
            Assert.That(Proposals(editor), Is.Empty);
        });
    }

    [TestCase(1, "Ada Vane ran to the mill.", "She found the ledger.")]
    [TestCase(2, "Ada Vane walked to the mill.", "She burned the ledger.")]
    public async Task What_the_person_unticks_stays_in_the_proposal(int ticked, string first, string last)
    {
        await using var editor = await EditorHarness.StartAsync(Story, Ticking);
        editor.Open(Scene);
        var id = await ProposeAsync(editor);
        editor.OnApplyEdit = parameters => Task.FromResult(editor.MakeEdit(Only(parameters["edit"]!, ticked)));
        var answer = await editor.ExecuteAsync("storylsp.proposal.open", new { id });
        Assert.That(answer["status"]!.GetValue<string>(), Is.EqualTo("partial"));
        Assert.That(answer["accepted"]!.ToJsonString(), Is.EqualTo($"[{ticked}]"));
        Assert.That(answer["left"]!.AsArray().Select(left => left!["hunk"]!.GetValue<int>()), Is.EqualTo(new[] { 3 - ticked }));
        Assert.That(editor.Buffer(Scene), Does.Contain(first).And.Contain(last));

        editor.OnApplyEdit = null;
        var rest = await editor.ExecuteAsync("storylsp.proposal.accept", new { id });
        Assert.That(rest["status"]!.GetValue<string>(), Is.EqualTo("accepted"));
        Assert.That(editor.Buffer(Scene), Does.Contain("Ada Vane ran to the mill.").And.Contain("She burned the ledger."));
        Assert.That(Proposals(editor), Is.Empty);
    }

    [Test]
    public async Task Applying_with_nothing_ticked_decides_nothing()
    {
        await using var editor = await EditorHarness.StartAsync(Story, Ticking);
        editor.Open(Scene);
        var id = await ProposeAsync(editor);
        editor.OnApplyEdit = static _ => Task.FromResult(true);
        Assert.That((await editor.ExecuteAsync("storylsp.proposal.open", new { id }))["status"]!.GetValue<string>(), Is.EqualTo("pending"));
        Assert.That(Proposals(editor), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task A_preview_that_is_closed_decides_nothing()
    {
        await using var editor = await EditorHarness.StartAsync(Story, Ticking);
        editor.Open(Scene);
        var before = editor.Buffer(Scene);
        var id = await ProposeAsync(editor);
        editor.OnApplyEdit = static _ => Task.FromResult(false);
        Assert.That((await editor.ExecuteAsync("storylsp.proposal.open", new { id }))["status"]!.GetValue<string>(), Is.EqualTo("pending"));
        Assert.That(editor.Buffer(Scene), Is.EqualTo(before));
        Assert.That(Proposals(editor), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Where_the_person_cannot_untick_what_is_in_doubt_is_left_out_and_told()
    {
        await using var editor = await EditorHarness.StartAsync(Story, With(EditorProfile.VsCode, """{"storylsp": {"documents": true}}"""));
        editor.Open(Scene);
        var id = await ProposeAsync(editor, doubtful: 2);
        editor.OnQuestion = static _ => Task.FromResult<string?>("Open");
        var answer = await editor.ExecuteAsync("storylsp.proposal.open", new { id });
        Assert.That(answer["status"]!.GetValue<string>(), Is.EqualTo("partial"));
        Assert.That(answer["left"]!.AsArray().Single()!["why"]!.GetValue<string>(), Is.EqualTo("It brings an error."));
        Assert.That(editor.Buffer(Scene), Does.Contain("Ada Vane ran to the mill.").And.Contain("She found the ledger."));
        await editor.UntilAsync(() => editor.Shown.Contains($"storylsp:/proposal/{id}.md"), "the page");
    }

    [Test]
    public async Task An_editor_without_annotations_gets_a_page_to_open_and_never_a_silent_edit()
    {
        await using var editor = await EditorHarness.StartAsync(Story, Reviewing);
        editor.Open(Scene);
        var before = editor.Buffer(Scene);
        var id = await ProposeAsync(editor, doubtful: 2);
        var answer = await editor.ExecuteAsync("storylsp.proposal.open", new { id });
        var page = editor.Shown.Single();
        var text = await editor.ContentAsync(page);
        Assert.Multiple(() =>
        {
            Assert.That(answer["status"]!.GetValue<string>(), Is.EqualTo("pending"));
            Assert.That(editor.Heard.Select(heard => heard.Method), Has.None.EqualTo("workspace/applyEdit"));
            Assert.That(editor.Buffer(Scene), Is.EqualTo(before));
            Assert.That(page, Is.EqualTo($"storylsp:/proposal/{id}.md"));
            Assert.That(text, Does.Contain("+1 error, −0").And.Contain("- Ada Vane walked to the mill.").And.Contain("+ Ada Vane ran to the mill.").And.Contain("> It brings an error."));
        });

        Assert.That(await editor.ContentAsync($"storylsp:/before/{id}/{Scene}"), Is.EqualTo(before));
        Assert.That(await editor.ContentAsync($"storylsp:/after/{id}/{Scene}"), Is.EqualTo(before.Replace("walked", "ran", StringComparison.Ordinal)));
        Assert.That(await editor.ContentAsync($"storylsp:/after/{id}/story.yaml"), Does.Not.Contain("provider"), "no file but the proposal's is shown");

        var lenses = await editor.LensesAsync(page);
        Assert.That(lenses.Select(lens => lens["command"]!["title"]!.GetValue<string>()), Is.EqualTo(new[] { "Accept what is ticked", "Reject all", "Accept", "Reject", "Accept", "Reject" }));
        var lines = text.Split('\n');
        Assert.That(lines[lenses[4]["range"]!["start"]!["line"]!.GetValue<int>()], Does.StartWith("## 2. Repair “The Mill”"));

        await editor.ExecuteAsync(lenses[4]["command"]!);
        Assert.That(editor.Buffer(Scene), Is.EqualTo(before.Replace("found", "burned", StringComparison.Ordinal)));
        await editor.HearsAsync("workspace/textDocumentContent/refresh", part => part["uri"]!.GetValue<string>() == page);
        var rest = await editor.ExecuteAsync((await editor.LensesAsync(page))[1]["command"]!);
        Assert.That(rest["status"]!.GetValue<string>(), Is.EqualTo("accepted"), "something was taken, and nothing is open");
        Assert.That(await editor.LensesAsync(page), Is.Empty);
        Assert.That(await editor.ContentAsync(page), Does.Contain("decided"));
    }

    [Test]
    public async Task A_file_that_the_person_left_out_is_not_taken_though_the_editor_cannot_tick()
    {
        await using var editor = await EditorHarness.StartAsync(Story + "\n//- scenes/two.md\n---\ntitle: Two\n---\nThe rain went on.\n");
        editor.Open(Scene);
        var two = editor.Story.Read("scenes/two.md");
        var id = await ProposeAsync(editor, [
            new FileDraft(Scene, editor.Story.Read(Scene), editor.Story.Read(Scene).Replace("walked", "ran", StringComparison.Ordinal)),
            new FileDraft("scenes/two.md", two, two.Replace("went on", "ended", StringComparison.Ordinal))]);
        editor.OnApplyEdit = parameters =>
        {
            var edit = parameters["edit"]!.DeepClone();
            var changes = edit["documentChanges"]!.AsArray();
            changes.Remove(changes.Single(change => change!["textDocument"]!["uri"]!.GetValue<string>().EndsWith("two.md", StringComparison.Ordinal)));
            return Task.FromResult(editor.MakeEdit(edit));
        };
        var answer = await editor.ExecuteAsync("storylsp.proposal.open", new { id });
        Assert.That(answer["status"]!.GetValue<string>(), Is.EqualTo("partial"));
        Assert.That(answer["accepted"]!.ToJsonString(), Is.EqualTo("[1]"));
    }

    [Test]
    public async Task An_editor_that_opens_only_files_gets_the_page_as_a_file_with_its_lenses()
    {
        await using var editor = await EditorHarness.StartAsync(Story, Filing);
        editor.Open(Scene);
        var id = await ProposeAsync(editor);
        await editor.ExecuteAsync("storylsp.proposal.open", new { id });
        var path = editor.PathOf(editor.Shown.Single());
        editor.Open(path);
        Assert.That(editor.Buffer(path), Does.Contain("+ Ada Vane ran to the mill."));
        var lenses = await editor.LensesAsync(editor.UriOf(path));
        await editor.ExecuteAsync(lenses[0]["command"]!);
        Assert.That(editor.Buffer(Scene), Does.Contain("Ada Vane ran to the mill.").And.Contain("She burned the ledger."));
        Assert.That(File.Exists(editor.Story.PathOf(path)), Is.False, "it is of no use any more");
    }

    [Test]
    public async Task A_sentence_that_was_changed_meanwhile_is_told_and_the_others_are_taken()
    {
        await using var editor = await EditorHarness.StartAsync(Story, Reviewing);
        editor.Open(Scene);
        var id = await ProposeAsync(editor);
        editor.Replace(Scene, "She found the ledger.", "She never found it.");
        var states = (await editor.AskAsync("storylsp/proposal", new { id }))!["proposals"]![0]!["hunks"]!.AsArray();
        Assert.That(states.Select(hunk => hunk!["state"]!.GetValue<string>()), Is.EqualTo(new[] { "open", "stale" }));
        Assert.That(editor.TextAt(Scene, states[0]!["range"]!), Is.EqualTo(states[0]!["old"]!.GetValue<string>()));
        var answer = await editor.ExecuteAsync("storylsp.proposal.accept", new { id, hunks = new[] { 1, 2 } });
        Assert.That(answer["status"]!.GetValue<string>(), Is.EqualTo("partial"));
        Assert.That(answer["left"]!.AsArray().Single()!["why"]!.GetValue<string>(), Does.Contain("changed"));
        Assert.That(editor.Buffer(Scene), Does.Contain("Ada Vane ran to the mill.").And.Contain("She never found it."));
        Assert.That(await editor.RefusedCommandAsync("storylsp.proposal.accept", new { id, hunks = new[] { 2 } }), Does.Contain("changed in the meantime"));
    }

    [Test]
    public async Task An_unsaved_buffer_counts_and_line_ends_stay_as_they_are()
    {
        await using var editor = await EditorHarness.StartAsync(Story, Reviewing);
        editor.Open(Scene, editor.Story.Read(Scene).ReplaceLineEndings("\r\n") + "\r\nA new line, unsaved.\r\n");
        var id = await ProposeAsync(editor, editor.Buffer(Scene));
        await editor.ExecuteAsync("storylsp.proposal.accept", new { id });
        Assert.That(editor.Buffer(Scene), Does.Contain("Ada Vane ran to the mill.").And.EndsWith("\r\nA new line, unsaved.\r\n"));
        Assert.That(editor.Buffer(Scene).Replace("\r\n", "", StringComparison.Ordinal), Does.Not.Contain("\n"));
    }

    [Test]
    public async Task A_file_that_is_not_open_is_told_of_by_the_editor_s_word()
    {
        await using var editor = await EditorHarness.StartAsync(Story, Reviewing);
        var id = await ProposeAsync(editor);
        editor.OnApplyEdit = static _ => Task.FromResult(true);
        var answer = await editor.ExecuteAsync("storylsp.proposal.accept", new { id });
        Assert.That(answer["status"]!.GetValue<string>(), Is.EqualTo("accepted"));
    }

    [Test]
    public async Task An_editor_that_takes_no_edits_is_told_of_the_command_line()
    {
        await using var editor = await EditorHarness.StartAsync(Story, EditorProfile.Minimal);
        var id = await ProposeAsync(editor);
        await editor.ExecuteAsync("storylsp.proposal.open", new { id });
        Assert.That((await editor.HearsAsync("window/showMessage")).Params["message"]!.GetValue<string>(), Does.Contain($"storylsp proposal accept {id}"));
        Assert.That(await editor.RefusedCommandAsync("storylsp.proposal.accept", new { id }), Does.Contain($"storylsp proposal accept {id}"));
    }

    [Test]
    public async Task A_new_file_is_made_where_the_editor_can_and_else_left_to_the_command_line([Values] bool can)
    {
        var profile = can ? Reviewing : Reviewing with { Capabilities = Reviewing.Capabilities.Replace("\"create\",", "", StringComparison.Ordinal) };
        await using var editor = await EditorHarness.StartAsync(Story, profile);
        var id = await ProposeAsync(editor, new FileDraft("scenes/two.md", null, "---\ntitle: Two\n---\nNight fell.\n"));
        JsonNode? sent = null;
        editor.OnApplyEdit = parameters =>
        {
            sent = parameters["edit"];
            return Task.FromResult(true);
        };
        var answer = await editor.ExecuteAsync("storylsp.proposal.accept", new { id });
        if (can)
        {
            Assert.That(sent!["documentChanges"]![0]!["kind"]!.GetValue<string>(), Is.EqualTo("create"));
            Assert.That(string.Concat(sent["documentChanges"]![1]!["edits"]!.AsArray().Select(edit => edit!["newText"]!.GetValue<string>())), Is.EqualTo("---\ntitle: Two\n---\nNight fell.\n"));
            Assert.That(answer["status"]!.GetValue<string>(), Is.EqualTo("accepted"));
        }
        else
        {
            Assert.That(sent, Is.Null);
            Assert.That(answer["status"]!.GetValue<string>(), Is.EqualTo("pending"));
            Assert.That((await editor.HearsAsync("window/showMessage")).Params["message"]!.GetValue<string>(), Does.Contain("storylsp proposal accept"));
        }
    }

    [Test]
    public async Task Undecided_proposals_are_listed_and_one_that_is_gone_is_told()
    {
        await using var editor = await EditorHarness.StartAsync(Story, Reviewing);
        var id = await ProposeAsync(editor, doubtful: 2);
        var listed = (await editor.AskAsync("storylsp/proposal", new { }))!["proposals"]!.AsArray().Single()!;
        Assert.That(listed["id"]!.GetValue<string>(), Is.EqualTo(id));
        Assert.That(listed["hunks"]!.AsArray().Select(hunk => hunk!["ticked"]!.GetValue<bool>()), Is.EqualTo(new[] { true, false }));
        Assert.That(listed["review"], Is.Null);
        await editor.ExecuteAsync("storylsp.proposal.reject", new { id });
        Assert.That((await editor.AskAsync("storylsp/proposal", new { }))!["proposals"]!.AsArray(), Is.Empty);
        foreach (var command in new[] { "storylsp.proposal.open", "storylsp.proposal.accept", "storylsp.proposal.reject" })
        {
            Assert.That(await editor.RefusedCommandAsync(command, new { id }), Does.Contain("no proposal"));
        }
    }

    private static JsonNode Only(JsonNode edit, int hunk)
    {
        var copy = edit.DeepClone();
        var edits = copy["documentChanges"]![0]!["edits"]!.AsArray();
        foreach (var other in edits.Where(one => one!["annotationId"]!.GetValue<string>() != $"hunk-{hunk}").ToList())
        {
            edits.Remove(other);
        }

        return copy;
    }

    private static Task<string> ProposeAsync(EditorHarness editor, string? text = null, int doubtful = 0)
    {
        text ??= editor.Story.Read(Scene);
        var after = text.Replace("walked", "ran", StringComparison.Ordinal).Replace("found", "burned", StringComparison.Ordinal);
        return ProposeAsync(editor, new FileDraft(Scene, text, after), doubtful);
    }

    private static Task<string> ProposeAsync(EditorHarness editor, FileDraft draft, int doubtful = 0) => ProposeAsync(editor, [draft], doubtful);

    private static async Task<string> ProposeAsync(EditorHarness editor, FileDraft[] drafts, int doubtful = 0)
    {
        using var workspace = Workspace.Open(new WorkspaceOptions { Root = editor.Story.Root, UseIndexFile = false });
        await workspace.IndexAsync(null, CancellationToken.None);
        var proposal = ProposalBuilder.Build(
            new ProposalRequest { Run = "0123456789ab", Pipeline = "repair", Model = "small", Origin = "Written by the model small.", Input = "one", Label = "Repair “The Mill”", Files = drafts },
            workspace.Current);
        proposal = proposal with
        {
            Hunks = [.. proposal.Hunks.Select(hunk => hunk.Id == doubtful ? hunk with { Doubt = "It brings an error." } : hunk)],
            Findings = doubtful == 0 ? null : new ProposalFindings(1, 0, 1, 0, []),
        };
        new ProposalStore(editor.Story.Root).Save(proposal);
        return proposal.Id;
    }

    private static EditorProfile With(EditorProfile profile, string experimental, bool showsDocuments = false)
    {
        var capabilities = JsonNode.Parse(profile.Capabilities)!;
        capabilities["experimental"] = JsonNode.Parse(experimental);
        if (showsDocuments)
        {
            capabilities["window"]!["showDocument"] = JsonNode.Parse("""{"support": true}""");
        }

        return profile with { Capabilities = capabilities.ToJsonString() };
    }

    private static string[] Proposals(EditorHarness editor)
    {
        var folder = editor.Story.PathOf(".story/proposals");
        return Directory.Exists(folder) ? Directory.GetFiles(folder, "*.json") : [];
    }
}
