using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;
using StoryLsp.Continuity;
using StoryLsp.Pipelines.Offline;
using StoryLsp.Pipelines.Providers;
using StoryLsp.Pipelines.Secrets;

namespace StoryLsp.Pipelines.Tests.Offline;

[TestFixture]
internal sealed class OfflineAlgorithmTests
{
    private const string Scene = """
        The old mill stood black against the sky. Rain ran down the roofs.

        Ada waited by the door. “You are late,” said Tom. “I have been here since six, and I will not wait again.” She looked at the letter on the table.

        “No!” Then she ran across the yard to the river.
        """;

    [TestCase("poem"), TestCase(null), TestCase("Summary")]
    public async Task WhatHasNoHonestAlgorithmNeedsAModel(string? algorithm)
    {
        var exception = (await Assert.ThrowsAsync<ProviderException>(() => AskAsync(algorithm, Fence.Data(CompiledContext.ProseLabel, Scene))))!;
        Assert.That(exception.Failure, Is.EqualTo(ProviderFailure.NeedsModel));
        Assert.That(exception.Message, Does.Contain("needs a model"));
    }

    [Test]
    public async Task EachSaysWhatItIs()
    {
        var prompt = Fence.Data(CompiledContext.ProseLabel, Scene);
        Assert.That((await AskAsync("summary", prompt)).ModelId, Is.EqualTo("offline-extractive"));
        Assert.That((await AskAsync("shots", prompt)).ModelId, Is.EqualTo("offline-shots"));
        Assert.That((await AskAsync("repairs", prompt)).ModelId, Is.EqualTo("offline-repairs"));
        Assert.That(OfflineChatClient.Algorithms, Is.EqualTo(new[] { "summary", "shots", "repairs" }));
    }

    [Test]
    public async Task ManyTextsAreSummedUpInTheirOrder()
    {
        var prompt = Fence.Data("a scene before: one", "Ada came.") + "\n" + Fence.Data("a scene before: two", "Tom left.");
        Assert.That((await AskAsync("summary", prompt)).Text, Is.EqualTo("Ada came.\n\nTom left."));
    }

    [Test]
    public async Task WhatAPersonChangedInThePromptCounts()
    {
        var prompt = Fence.Data(CompiledContext.ProseLabel, "Ada came. Tom left.").Replace("Tom left.", "Tom stayed.");
        Assert.That((await AskAsync("summary", prompt)).Text, Is.EqualTo("Ada came. Tom stayed."));
        Assert.That((await AskAsync("shots", prompt)).Text, Does.Contain("Tom stayed.").And.Not.Contain("left"));
    }

    [Test]
    public async Task ASceneBecomesShots()
    {
        var cards = Fence.Data("the place: mill", "type: location\nname: The Old Mill\n") + Fence.Data("in the cast: ada", "type: character\nname: Ada Vane\n") +
            Fence.Data("in the cast: tom", "type: character\nname: Tom\n");
        var shots = Shots((await AskAsync("shots", cards + Fence.Data(CompiledContext.ProseLabel, Scene))).Text);
        Assert.That(shots.Select(shot => $"{shot.Number} {shot.Size} {shot.Movement} {shot.Duration} {shot.Description}"), Is.EqualTo(new[]
        {
            "1 WS static 3.5 The Old Mill: The old mill stood black against the sky. Rain ran down the roofs.",
            "2 MWS static 1.5 Ada waited by the door.",
            "3 MCU static 7 “You are late,” said Tom. “I have been here since six, and I will not wait again.”",
            "4 INSERT static 2 She looked at the letter on the table.",
            "5 CU static 1.5 “No!”",
            "6 FS pan 2.5 Then she ran across the yard to the river.",
        }));
    }

    [Test]
    public async Task TheScenesOfTheExampleAreBrokenIntoShots()
    {
        var workspace = FixtureWorkspace.OfFolder(Path.Combine(Repository.Root, "examples", "hollow-creek"));
        var list = new System.Text.StringBuilder();
        foreach (var scene in workspace.Snapshot.Narrative.Scenes(workspace.Snapshot))
        {
            var context = ContextCompiler.Compile(workspace.Snapshot, new() { Subject = scene, Include = [ContextPart.Subject, ContextPart.Cast, ContextPart.Place, ContextPart.Items] });
            if (context.Prose.Length > 0)
            {
                list.Append("## ").Append(scene.Name).Append('\n');
                foreach (var shot in Shots((await AskAsync("shots", context.Text)).Text))
                {
                    list.Append(System.Globalization.CultureInfo.InvariantCulture, $"{shot.Number}. {shot.Size} {shot.Movement}, {shot.Duration} s: {shot.Description}\n");
                }

                list.Append('\n');
            }
        }

        Verified.Match(list.ToString(), "hollow-creek-shots", "md");
    }

    [Test]
    public async Task WithoutProseThereAreNoShots()
    {
        var exception = (await Assert.ThrowsAsync<ProviderException>(() => AskAsync("shots", Fence.Data(CompiledContext.ProseLabel, "# Title\n\n* * *"))))!;
        Assert.That(exception.Failure, Is.EqualTo(ProviderFailure.NothingToDo));
    }

    [Test]
    public async Task AVeryLongSceneHasNoMoreShotsThanAStoryboardHolds()
    {
        var shots = Shots((await AskAsync("shots", Fence.Data(CompiledContext.ProseLabel, string.Concat(Enumerable.Repeat(Scene + "\n\n", 100))))).Text);
        Assert.That(shots, Has.Count.InRange(60, 120));
        Assert.That(shots.Select(shot => shot.Description.Length), Has.All.LessThanOrEqualTo(800));
    }

    [Test]
    public void WhateverThePromptHoldsTheAnswerIsTheSameAndQuotesIt()
    {
        var words = Gen.Elements("Ada", "ran.", "“No,”", "said", "Tom!", "\n\n", "\n", "# ", "*", "<<<DATA", "…", "雨が降る。", "\ud83e", "\udd8a", "letter", "\"", "\\", "{", "\0", "- a in b, line 1:", "'Well!'", "\r\n", "\u200b");
        var texts = Gen.ArrayOf(words).Select(parts => string.Join(' ', parts));
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(texts.ToArbitrary(), text =>
        {
            var prompt = Fence.Data(CompiledContext.ProseLabel, text);
            var inside = Flat(string.Concat(Fence.Read(prompt).Select(part => part.Text)));
            foreach (var algorithm in OfflineChatClient.Algorithms)
            {
                foreach (var sent in (string[])[prompt, text])
                {
                    var first = Answer(algorithm, sent);
                    if (first != Answer(algorithm, sent))
                    {
                        return false;
                    }

                    // Each description is a run of sentences, in one line, of what was fenced.
                    if (algorithm == "shots" && first[0] == '{' && sent == prompt && !Shots(first).All(shot => inside.Contains(Flat(shot.Description), StringComparison.Ordinal)))
                    {
                        return false;
                    }
                }
            }

            return true;
        }));
    }

    [Test]
    public async Task AMechanicalFaultIsMended()
    {
        var workspace = FixtureWorkspace.Of("""
            //- story.yaml
            story: 1
            //- characters/ada.yaml
            name: Ada
            //- scenes/a.md
            ---
            when: 1926-11-06
            ---
            On Friday, 6 November 1926, Ada came.

            Then she left.
            """);
        var asked = workspace.AllFindings().Select(found => (found.Path, found.Finding)).ToList();
        Assert.That(asked.Select(found => found.Finding.Code), Does.Contain("time/weekday"));
        var (path, finding) = asked.First(found => found.Finding.Code == "time/weekday");
        var line = workspace.Text(path)!.GetPosition(finding.Span.Start).Line + 1;
        var prompt = Fence.Data("findings", $"- time/weekday in {path}, line {line}: {finding.Message}");
        var input = new OfflineInput([], workspace.Snapshot, null, new Findings(), asked);
        var answer = JsonDocument.Parse((await AskAsync("repairs", prompt, input)).Text).RootElement.GetProperty("edits");
        Assert.That(answer.GetArrayLength(), Is.EqualTo(1));
        var edit = answer[0];
        Assert.That((edit.GetProperty("file").GetString(), edit.GetProperty("old").GetString(), edit.GetProperty("new").GetString(), edit.GetProperty("code").GetString()),
            Is.EqualTo((path, "On Friday, 6 November 1926, Ada came.", "On Saturday, 6 November 1926, Ada came.", "time/weekday")));

        // What a person takes out of the list is left alone.
        var without = JsonDocument.Parse((await AskAsync("repairs", Fence.Data("findings", "- nothing"), input)).Text).RootElement.GetProperty("edits");
        Assert.That(without.GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task EveryEditQuotesWordsThatStandOnceAndMendsWhatItNames()
    {
        var before = 0;
        var after = 0;
        foreach (var seed in Enumerable.Range(1, 6))
        {
            var workspace = Faulty(seed);
            var asked = workspace.AllFindings().Select(found => (found.Path, found.Finding)).ToList();
            var list = string.Join('\n', asked.Select(found => $"- {found.Finding.Code} in {found.Path}, line {workspace.Text(found.Path)!.GetPosition(found.Finding.Span.Start).Line + 1}: x"));
            var answer = (await AskAsync("repairs", Fence.Data("findings", list), new([], workspace.Snapshot, null, new Findings(), asked))).Text;
            var texts = new Dictionary<string, string>();
            foreach (var edit in JsonDocument.Parse(answer).RootElement.GetProperty("edits").EnumerateArray())
            {
                var (file, old, now) = (edit.GetProperty("file").GetString()!, edit.GetProperty("old").GetString()!, edit.GetProperty("new").GetString()!);
                var text = texts.GetValueOrDefault(file) ?? workspace.Text(file)!.Text;
                Assert.That(workspace.Text(file)!.Text.Split(old), Has.Length.EqualTo(2), $"seed {seed}: {old}");
                texts[file] = text.Replace(old, now);
            }

            before += asked.Count;
            after += Remaining(workspace, texts);
        }

        Assert.That(after, Is.LessThan(before));
    }

    private static int Remaining(FixtureWorkspace workspace, Dictionary<string, string> texts)
    {
        var change = new StoryLsp.Index.WorkspaceChange([.. texts.Select(file => new StoryLsp.Index.TextChange(file.Key, [new(new(0, workspace.Text(file.Key)!.Length), file.Value)]))]);
        return workspace.Apply(change).AllFindings().Count();
    }

    private static FixtureWorkspace Faulty(int seed) => FixtureWorkspace.Of($"""
        //- story.yaml
        story: 1
        //- characters/ada.yaml
        name: Ada Vane
        eyes: grey
        //- characters/tom.yaml
        name: Tom
        //- scenes/{seed}.md
        ---
        when: 1926-11-0{seed}
        characters: [Ada Vane, Tom]
        ---
        It was Sunday, {seed} November 1926. It was Monday, {seed} November 1926.

        It was Sunday, {seed} November 1926. Ada Vane came. Her blue eyes were tired.
        """);

    private static string Answer(string algorithm, string prompt)
    {
        try
        {
            return AskAsync(algorithm, prompt).GetAwaiter().GetResult().Text;
        }
        catch (ProviderException exception)
        {
            return exception.Message;
        }
    }

    private static async Task<ChatResponse> AskAsync(string? algorithm, string prompt, OfflineInput? input = null)
    {
        using var client = new OfflineChatClient();
        input ??= new([], FixtureWorkspace.Of("//- a.md\nNothing.\n").Snapshot, null, new Findings(), []);
        return await client.GetResponseAsync(
            [new(ChatRole.System, Fence.Rule), new(ChatRole.User, prompt)], new() { AdditionalProperties = new() { [OfflineTask.Key] = new OfflineTask(algorithm, input) } });
    }

    private static string Flat(string text) =>
        string.Join(' ', System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text)).Replace("*", "").Replace("#", "").Replace(">", "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static List<(string Number, string Size, string Movement, double Duration, string Description)> Shots(string json) => [.. JsonDocument.Parse(json).RootElement.GetProperty("shots").EnumerateArray()
        .Select(shot => (shot.GetProperty("number").GetString()!, shot.GetProperty("size").GetString()!, shot.GetProperty("movement").GetString()!, shot.GetProperty("duration").GetDouble(), shot.GetProperty("description").GetString()!))];
}
