using System.Text.Json;
using System.Text.RegularExpressions;
using ModelContextProtocol;
using NUnit.Framework;
using StoryLsp.Server.Tests.Cli;
using StoryLsp.Server.Tests.Editor;
using StoryLsp.Testing;

namespace StoryLsp.Server.Tests.Mcp;

/// <summary><c>storylsp mcp</c>, as the application of a model uses it.</summary>
public sealed partial class McpTests
{
    private const string Story = """
        //- story.yaml
        story: 1
        title: The Heron
        //- characters/ada.yaml
        id: ada
        name: Ada Vane
        born: 1901-03-02
        hair: black
        //- characters/tom.yaml
        id: tom
        name: Tom Reed
        //- items/clock.yaml
        id: clock
        name: Clock
        //- events/flood.yaml
        id: flood
        name: The Flood
        participants: [tom]
        when: 1926-11-04
        //- scenes/one.md
        ---
        id: one
        name: The Ball
        pov: ada
        when: 1926-11-05T21:30
        effects: [ada takes clock, tom dies]
        characters: [tom]
        ---
        Ada came to the ball.

        She left at once.
        //- scenes/two.md
        ---
        id: two
        name: The Morning
        pov: ada
        when: 1926-11-06
        characters: [nobody]
        ---
        It rained.
        """;

    private static readonly string[] Tools = ["check_draft", "list_findings", "propose_edit", "read_container", "read_facts", "read_file", "read_timeline", "search"];

    [Test]
    public async Task All_tools_say_what_they_take_and_only_the_proposal_leaves_something_behind()
    {
        using var story = new StoryOnDisk(Story);
        await using var session = await McpSession.StartAsync(story.Root);
        Assert.That(session.Client.ServerInfo?.Name, Is.EqualTo("storylsp"));
        Assert.That(session.Client.ServerInstructions, Does.Contain("propose_edit"));
        var tools = await session.Client.ListToolsAsync();
        Assert.That(tools.Select(tool => tool.Name).Order(), Is.EqualTo(Tools));
        Assert.That(tools.Where(tool => tool.ProtocolTool.Annotations?.ReadOnlyHint != true).Select(tool => tool.Name), Is.EqualTo(new[] { "propose_edit" }));
        Assert.That(tools.Select(tool => tool.JsonSchema.GetProperty("type").GetString()), Is.All.EqualTo("object"));
    }

    [Test]
    public void The_page_names_every_tool_and_its_settings_start_the_command()
    {
        var page = File.ReadAllText(Path.Combine(Repository.Root, "docs", "mcp.md"));
        Assert.That(Row().Matches(page).Select(match => match.Groups["name"].Value).Order(), Is.EqualTo(Tools));
        var settings = Settings().Matches(page).Select(match => JsonDocument.Parse(match.Groups["json"].Value).RootElement.EnumerateObject().Single().Value.EnumerateObject().Single().Value).ToList();
        Assert.That(settings.Select(server => $"{server.GetProperty("command").GetString()} {server.GetProperty("args")[0].GetString()}"), Is.All.EqualTo("storylsp mcp").And.Exactly(3).Items);
    }

    [Test]
    public async Task A_story_is_read_as_of_a_scene()
    {
        using var story = new StoryOnDisk(Story);
        await using var session = await McpSession.StartAsync(story.Root);
        Assert.That(await session.TextAsync("search", ("query", "ball")), Does.Contain("scenes/one.md:9 [scene one] Ada came to the ball."));
        Assert.That(await session.TextAsync("read_container", ("id", "Ada Vane"), ("as_of", "two")), Does.Contain("# Ada Vane").And.Contain("age: 25").And.Contain("has: Clock"));
        Assert.That(await session.TextAsync("read_container", ("id", "ada"), ("as_of", "one")), Does.Contain("age: 25").And.Not.Contain("Clock"));
        Assert.That(await session.TextAsync("read_container", ("id", "one")), Does.Contain("# The Ball").And.EndsWith("Ada came to the ball.\n\nShe left at once.\n"));
        Assert.That(await session.CallAsync("read_container", ("id", "two"), ("as_of", "one")), Is.EqualTo(("That scene comes after the one as of which you read.", true)));
        var facts = await session.TextAsync("read_facts", ("scene", "two"));
        Assert.That(facts, Does.Contain("## Ada Vane (character ada)").And.Contain("## Tom Reed (character tom)\n\nalive: no"));
        Assert.That(await session.TextAsync("read_facts", ("scene", "two"), ("who", "tom")), Does.Not.Contain("Ada Vane"));
    }

    [Test]
    public async Task What_happens_off_the_page_is_told_nowhere()
    {
        using var story = new StoryOnDisk(Story);
        await using var session = await McpSession.StartAsync(story.Root);
        var timeline = await session.TextAsync("read_timeline");
        Assert.That(timeline, Does.Contain("1. Friday, 5 November 1926, 21:30: The Ball (one, scene 1): tom, ada\n2. Saturday, 6 November 1926: The Morning (two, scene 2)").And.Not.Contain("Flood"));
        Assert.That(await session.TextAsync("read_timeline", ("as_of", "one")), Does.Not.Contain("Morning"));
        Assert.That(await session.TextAsync("search", ("query", "flood")), Is.EqualTo("Nothing is found.\n"));
        Assert.That((await session.CallAsync("read_container", ("id", "flood"))).IsError, Is.True);
        Assert.That(await session.TextAsync("read_file", ("path", "events/flood.yaml")), Does.Not.Contain("tom").And.Contain("[this line is not told]"));
    }

    [Test]
    public async Task Findings_are_listed_by_severity_rule_and_file()
    {
        using var story = new StoryOnDisk(Story);
        await using var session = await McpSession.StartAsync(story.Root);
        Assert.That(await session.TextAsync("list_findings", ("rule", "ref/*")), Does.StartWith("scenes/two.md:6 error ref/unresolved: `nobody` names nothing"));
        Assert.That(await session.TextAsync("list_findings", ("path", "characters")), Is.EqualTo("Nothing is found.\n"));
        Assert.That(await session.TextAsync("list_findings", ("rule", "time/order")), Is.EqualTo("Nothing is found.\n"));
        Assert.That(await session.CallAsync("list_findings", ("severity", "grave")), Is.EqualTo(("`severity` is one of `error`, `warning`, `info` and `hint`.", true)));
    }

    [Test]
    public async Task A_draft_is_checked_and_nothing_is_written()
    {
        using var story = new StoryOnDisk(Story);
        await using var session = await McpSession.StartAsync(story.Root);
        object[] wrong = [new { old = "characters: [nobody]", @new = "characters: [tom]" }];
        var checkedDraft = await session.TextAsync("check_draft", ("path", "scenes/two.md"), ("edits", wrong));
        Assert.That(checkedDraft, Does.Contain("It would add").And.Contain("time/dead-acts").And.Contain("It would take away 1:\nscenes/two.md:6 error ref/unresolved"));
        Assert.That(await session.TextAsync("check_draft", ("path", "scenes/three.md"), ("text", "---\npov: ada\nlocation: nowhere\n---\nNew.\n")), Does.Contain("scenes/three.md:3 error ref/unresolved"));
        Assert.That(await session.TextAsync("check_draft", ("path", "scenes/two.md"), ("text", story.Read("scenes/two.md"))), Does.StartWith("The draft changes nothing"));
        Assert.That(Directory.Exists(story.PathOf(".story/proposals")), Is.False);
        Assert.That(File.Exists(story.PathOf("scenes/three.md")), Is.False);
    }

    [Test]
    public async Task An_edit_becomes_a_proposal_that_says_where_it_comes_from_and_that_a_person_accepts()
    {
        using var story = new StoryOnDisk(Story);
        var before = story.Read("scenes/one.md");
        await using (var session = await McpSession.StartAsync(story.Root))
        {
            object[] edits = [new { old = "She left at once.", @new = "She stayed until the clock struck two." }];
            var answer = await session.TextAsync("propose_edit", ("path", "scenes/one.md"), ("edits", edits), ("reason", "Let her stay"));
            Assert.That(answer, Does.Match("^Proposal [0-9a-f]{12}: 1 change, no new errors"));
        }

        Assert.That(story.Read("scenes/one.md"), Is.EqualTo(before), "Nothing is written before a person accepts.");
        var id = Path.GetFileNameWithoutExtension(Directory.GetFiles(story.PathOf(".story/proposals")).Single());
        using (var kept = JsonDocument.Parse(story.Read($".story/proposals/{id}.json")))
        {
            Assert.That(kept.RootElement.GetProperty("origin").GetString(), Is.EqualTo("Proposed by Test Bench 1.2, which asked over MCP."));
            Assert.That((kept.RootElement.GetProperty("provider").GetString(), kept.RootElement.GetProperty("model").GetString()), Is.EqualTo(("mcp", "Test Bench 1.2")));
        }

        var shown = await StoryCli.RunAsync(story.Root, "proposal", "show", id);
        Assert.That(shown.Out, Does.Contain("Let her stay").And.Contain("Test Bench 1.2"));
        Assert.That((await StoryCli.RunAsync(story.Root, "proposal", "accept", id)).Code, Is.Zero);
        Assert.That(story.Read("scenes/one.md"), Is.EqualTo(before.Replace("She left at once.", "She stayed until the clock struck two.", StringComparison.Ordinal)));
        Assert.That(File.ReadAllText(Directory.GetFiles(story.PathOf(".story/provenance")).Single()), Does.Contain("Test Bench 1.2").And.Contain("\"mcp\""));
    }

    [Test]
    public async Task The_manuscript_and_its_scenes_are_resources()
    {
        using var story = new StoryOnDisk(Story);
        await using var session = await McpSession.StartAsync(story.Root);
        Assert.That((await session.Client.ListResourcesAsync()).Select(resource => resource.Uri), Is.EqualTo(new[] { "story://manuscript", "story://scene/one", "story://scene/two" }));
        Assert.That((await session.Client.ListResourceTemplatesAsync()).Select(template => template.UriTemplate), Is.EqualTo(new[] { "story://scene/{id}", "story://container/{id}" }));
        Assert.That(await session.ReadAsync("story://manuscript"), Is.EqualTo("# The Heron\n\n11 words\n\n- scene The Ball (one), 9 words\n- scene The Morning (two), 2 words\n"));
        Assert.That(await session.ReadAsync("story://scene/two"), Does.EndWith("It rained.\n"));
        Assert.That(await session.ReadAsync("story://container/Ada%20Vane"), Does.StartWith("# Ada Vane\n\nid: ada\n"));
        Assert.That(async () => await session.ReadAsync("story://scene/nowhere"), Throws.InstanceOf<McpException>().With.Message.Contains("Nothing that may be told of has that id or name."));
        Assert.That(async () => await session.ReadAsync("file:///etc/passwd"), Throws.InstanceOf<McpException>().With.Message.Contains("There is no such resource."));
        story.Write("scenes/three.md", "---\nid: three\n---\nLater.\n");
        Assert.That(async () => await PollAsync(session), Is.True.After(15_000, 250), "A story that changes is read as it is now.");
    }

    [Test]
    public async Task What_cannot_be_is_said_in_a_sentence_and_leaves_nothing()
    {
        using var story = new StoryOnDisk(Story);
        await using var session = await McpSession.StartAsync(story.Root);
        object[] twice = [new { old = "---", @new = "" }];
        object[] nowhere = [new { old = "She danced.", @new = "" }];
        Assert.That(await session.CallAsync("propose_edit", ("path", "scenes/one.md"), ("edits", twice), ("reason", "x")), Is.EqualTo(("The `old` of edit 1 stands in the file several times. Give more of what stands around it.", true)));
        Assert.That((await session.CallAsync("propose_edit", ("path", "scenes/one.md"), ("edits", nowhere), ("reason", "x"))).Text, Does.StartWith("The `old` of edit 1 does not stand in the file."));
        Assert.That((await session.CallAsync("propose_edit", ("path", "../outside.md"), ("text", "x"), ("reason", "x"))).Text, Does.StartWith("That change cannot be made"));
        Assert.That((await session.CallAsync("propose_edit", ("path", ".story/history.db"), ("text", "x"), ("reason", "x"))).IsError, Is.True);
        Assert.That((await session.CallAsync("propose_edit", ("path", "scenes/one.md"), ("reason", "x"))).Text, Is.EqualTo("Give either `edits` or `text`."));
        Assert.That((await session.CallAsync("read_file", ("path", "../../etc/passwd"))).IsError, Is.True);
        Assert.That((await session.CallAsync("search")).Text, Is.EqualTo("The argument `query` is needed, as a text."));
        Assert.That((await session.CallAsync("search", ("query", 7))).Text, Is.EqualTo("The argument `query` must be a text."));
        Assert.That((await session.CallAsync("read_facts", ("scene", "ada"))).Text, Does.StartWith("There is no one scene of that id or name."));
        Assert.That((await session.CallAsync("burn_everything")).Text, Does.StartWith("There is no such tool."));
        Assert.That(Directory.Exists(story.PathOf(".story/proposals")), Is.False);
    }

    [Test]
    public async Task A_story_that_wants_no_model_is_read_by_none()
    {
        using var story = new StoryOnDisk(Story.Replace("title: The Heron", "title: The Heron\nai: {enabled: false}", StringComparison.Ordinal));
        await using var session = await McpSession.StartAsync(story.Root);
        Assert.That(await session.CallAsync("search", ("query", "ball")), Is.EqualTo(("This story has `ai.enabled: false` in story.yaml: its writer wants no model to read it.", true)));
        Assert.That(async () => await session.ReadAsync("story://manuscript"), Throws.InstanceOf<McpException>().With.Message.Contains("ai.enabled"));
    }

    [Test]
    public async Task Nothing_but_the_protocol_is_on_stdout_and_the_end_of_stdin_ends_it()
    {
        using var story = new StoryOnDisk(Story);
        var result = await StoryCli.RunAsync(story.Root, """
            {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"raw","version":"1"}}}
            {"jsonrpc":"2.0","method":"notifications/initialized"}
            {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"search","arguments":{"query":"ball"}}}

            """, (IReadOnlyDictionary<string, string>?)null, "mcp");
        Assert.That(result.Code, Is.Zero, result.ToString());
        Assert.That(result.Lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("jsonrpc").GetString()), Is.All.EqualTo("2.0"));
        Assert.That(result.Error, Is.Empty);
        StoryCli.AssertOneLine(await StoryCli.RunAsync(story.Root, "mcp", "nowhere"), "nowhere");
    }

    [GeneratedRegex(@"^\| `(?<name>[a-z_]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"```json\r?\n(?<json>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Settings();

    private static async Task<bool> PollAsync(McpSession session) => (await session.ReadAsync("story://manuscript")).Contains("three", StringComparison.Ordinal);
}
