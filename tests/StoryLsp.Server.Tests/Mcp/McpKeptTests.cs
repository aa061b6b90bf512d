using System.Text.RegularExpressions;
using NUnit.Framework;
using StoryLsp.Server.Tests.Editor;

namespace StoryLsp.Server.Tests.Mcp;

/// <summary>What a writer keeps from models beside secret fields: comments, settings, and the answer to a guess.</summary>
public sealed partial class McpKeptTests
{
    private const string Kept = "[this line is not told]";

    private const string Commented = """
        //- story.yaml
        story: 1
        title: The Heron
        ai: {api_key: zqvk-settings, endpoint: "https://zqvk.example/v1", headers: {Authorization: Bearer zqvk}, provider: zqvk-name, limits: {tokens_per_run: zqvk-limit}}
        zqvkunknown: zqvk
        //- characters/ada.yaml
        # zqvk above
        id: ada
        name: Ada Vane
        hair: black # zqvk behind
        description: >
          Number #1 of her class, C# too.
        //- characters/torn.yaml
        id: torn
        name: Torn
        hair: "black
          # zqvk in what is broken
        tags: [a # zqvk within
        //- scenes/one.md
        ---
        pov: ada
        # zqvk in the front matter
        ---
        She told <!-- zqvk in a line --> nothing.

        <!-- zqvk block

        zqvk second line

        zqvk --> and on.

        It rained %% zqvk in a line %% all day.

        %%
        zqvk in a block
        %%

        % zqvk of a drafting program

        %note: zqvk of the same

        [//]: # (zqvk as a link)

        The canary sang.
        //- scenes/two.fountain
        INT. HALL - DAY

        Ada comes in. [[zqvk note]]

        /* zqvk boneyard

        zqvk goes on */

        She sits down.
        //- scenes/three.md
        It ends here.

        <!-- zqvk that is never closed

        zqvk at the end
        """;

    private const string Case = """
        //- story.yaml
        story: 1
        //- characters/tom.yaml
        name: Tom
        //- characters/lena.yaml
        name: Lena
        //- characters/hugh.yaml
        name: Hugh
        //- cases/theft.yaml
        type: case
        id: theft
        name: The Theft
        culprit: tom
        suspects:
          - {who: tom}
          - {who: lena}
          - {who: hugh}
        clues: [lamp]
        reveal: two
        //- scenes/one.md
        ---
        id: one
        plants: [lamp]
        characters: [tom, lena, hugh]
        ---
        They met.
        //- scenes/two.md
        ---
        id: two
        ---
        It was told.
        """;

    [Test]
    public async Task Comments_are_told_by_no_tool()
    {
        using var story = new StoryOnDisk(Commented);
        await using var session = await McpSession.StartAsync(story.Root);
        var told = "";
        foreach (var path in new[] { "characters/ada.yaml", "characters/torn.yaml", "scenes/one.md", "scenes/two.fountain", "scenes/three.md" })
        {
            told += await session.TextAsync("read_file", ("path", path));
            told += (await session.CallAsync("check_draft", ("path", path), ("text", "Anew.\n"))).Text;
        }

        told += await session.TextAsync("search", ("query", "zqvk"));
        Assert.That(told, Does.Not.Contain("zqvk").And.Contain(Kept));
        Assert.That(told, Does.Contain("The canary sang.").And.Contain("She sits down.").And.Contain("name: Ada Vane").And.Contain("Number #1 of her class, C# too.").And.Contain("It ends here."));
        object[] guess = [new { old = "zqvk goes on", @new = "x" }];
        Assert.That((await session.CallAsync("check_draft", ("path", "scenes/two.fountain"), ("edits", guess))).Text, Does.StartWith("The `old` of edit 1 does not stand in the file."));
        Assert.That((await session.CallAsync("propose_edit", ("path", "scenes/one.md"), ("text", "Anew.\n"), ("reason", "x"))).Text, Does.StartWith("Not every line of that file is told"));
    }

    [TestCase("story.yaml")]
    [TestCase("story.yml")]
    [TestCase("notes/story.yml")]
    public async Task Settings_are_neither_told_nor_edited(string path)
    {
        using var story = new StoryOnDisk(Commented.Replace("//- story.yaml", "//- " + path, StringComparison.Ordinal));
        await using var session = await McpSession.StartAsync(story.Root);
        var told = (await session.CallAsync("read_file", ("path", path))).Text;
        told += await session.TextAsync("search", ("query", "zqvk*"), ("limit", 100));
        told += await session.TextAsync("search", ("query", "authorization"));
        told += await session.TextAsync("list_findings", ("severity", "hint"), ("limit", 500));
        told += (await session.CallAsync("read_container", ("id", "story"))).Text;
        told += (await session.CallAsync("check_draft", ("path", "schemas/scene.yaml"), ("text", "schema: scene\nextends: scene\nfields: {hush: {type: nonsense}}\n"))).Text;
        foreach (var other in new[] { path, "story.yaml" }.Distinct())
        {
            var (text, isError) = await session.CallAsync("propose_edit", ("path", other), ("text", "story: 1\nai: {endpoint: \"https://elsewhere.example\"}\n"), ("reason", "x"));
            Assert.That(isError, Is.True, text);
            told += text;
        }

        Assert.That(told, Does.Not.Contain("zqvk").And.Not.Contain("Bearer"));
    }

    [Test]
    public async Task A_guess_who_did_it_is_answered_alike_when_it_is_right_and_when_it_is_wrong()
    {
        using var story = new StoryOnDisk(Case);
        await using var session = await McpSession.StartAsync(story.Root);
        var answers = new Dictionary<string, string>();
        foreach (var who in new[] { "tom", "lena", "hugh" })
        {
            (string, object?)[] draft = [("path", "clues/lamp.yaml"), ("text", $"type: clue\nid: lamp\nname: The Lamp\neliminates: [{who}]\n")];
            var answer = await session.TextAsync("check_draft", draft) + await session.TextAsync("propose_edit", [.. draft, ("reason", "A clue")]);
            answers[who] = Id().Replace(answer, "ID");
        }

        Assert.That(answers.Values, Is.All.EqualTo(answers["tom"]));
        Assert.That(answers["tom"], Does.Contain("ref/unresolved").Or.Contain("other finding"), "what is no secret is told");
        Assert.That(Directory.EnumerateFiles(story.PathOf(".story/proposals")).Select(File.ReadAllText), Has.Exactly(3).Contains("mystery/unsolvable"), "the writer is told of the fault, so there is something to keep");
    }

    [Test]
    public async Task A_secret_that_is_guessed_in_prose_is_not_counted()
    {
        using var story = new StoryOnDisk("""
            //- story.yaml
            story: 1
            //- characters/ada.yaml
            name: Ada
            //- facts/deed.yaml
            type: fact
            id: deed
            name: The deed
            statement: the silver heron flew over the mill
            secret_until: two
            //- scenes/one.md
            ---
            id: one
            pov: ada
            ---
            She slept.
            //- scenes/two.md
            ---
            id: two
            pov: ada
            reveals: [deed]
            ---
            She woke.
            """);
        await using var session = await McpSession.StartAsync(story.Root);
        var answers = new List<string>();
        foreach (var guess in new[] { "the silver heron flew over the mill", "the golden raven sank under the lake" })
        {
            object[] edits = [new { old = "She slept.", @new = $"She knew that {guess}." }];
            (string, object?)[] draft = [("path", "scenes/one.md"), ("edits", edits)];
            answers.Add(Id().Replace(await session.TextAsync("check_draft", draft) + await session.TextAsync("propose_edit", [.. draft, ("reason", "A thought")]), "ID"));
        }

        Assert.That(answers[0], Is.EqualTo(answers[1]));
        Assert.That(Directory.EnumerateFiles(story.PathOf(".story/proposals")).Select(File.ReadAllText), Has.Exactly(1).Contains("know/reveal-leak"), "the writer is told of the leak, so there is something to keep");
    }

    [GeneratedRegex("[0-9a-f]{12}")]
    private static partial Regex Id();
}
