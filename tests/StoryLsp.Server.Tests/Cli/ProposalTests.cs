using System.Diagnostics;
using NUnit.Framework;
using StoryLsp.Pipelines.Proposals;
using StoryLsp.Server.Tests.Editor;
using StoryLsp.Testing;

namespace StoryLsp.Server.Tests.Cli;

/// <summary><c>proposal</c> and <c>disclosure</c>: a story on disk, a proposal in its drawer.</summary>
internal sealed class ProposalTests
{
    private const string Text = "---\nname: Arrival\n---\n\nAda walked down to the old mill by the river. Nobody had come for the letters. It rained hard.\n";
    private const string Draft = "---\nname: Arrival\n---\n\nAda walked down to the old mill by the stream. Nobody had come for the letters. It rained hard all night. The great wheel stood still in the dark.\n";

    private const string Story = """
        //- story.yaml
        story: 1
        //- characters/ada.yaml
        name: Ada Vane
        """;

    [Test]
    public async Task AFileThatIsNoProposalAnyMoreIsNamed()
    {
        using var story = Begin(out _);
        var file = story.PathOf(".story/proposals/abc123.json");
        await File.WriteAllTextAsync(file, "<<<<<<< HEAD\n" + await File.ReadAllTextAsync(file));
        var list = await StoryCli.RunAsync(story.Root, "proposal", "list");
        Assert.That((list.Code, list.Out), Is.EqualTo((1, "")));
        Assert.That(list.Error, Does.Contain(".story/proposals/abc123.json cannot be read"));
        StoryCli.AssertOneLine(await StoryCli.RunAsync(story.Root, "proposal", "show", "abc123"), ".story/proposals/abc123.json cannot be read");
        Assert.That(File.Exists(file), "it is left to the person");
    }

    [Test]
    public async Task HunksAreTakenAndLeftOneByOne()
    {
        using var story = Begin(out var proposal);
        var shown = await StoryCli.RunAsync(story.Root, "proposal", "show", "abc123", "--format", "json");
        Assert.That(shown.Json["hunks"]!.AsArray().Select(hunk => hunk!["new"]!.GetValue<string>()), Is.EqualTo(proposal.Hunks.Select(hunk => hunk.New)));
        Assert.That(shown.Json["hunks"]![0]!["confidence"]!.GetValue<double>(), Is.EqualTo(0.75));
        Assert.That(shown.Json["hunks"]![2]!["doubt"]!.GetValue<string>(), Does.Contain("error"));
        Assert.That((shown.Json["findings"]!["added"]!.GetValue<int>(), shown.Json["findings"]!["removed"]!.GetValue<int>()), Is.EqualTo((2, 1)));
        Assert.That((await StoryCli.RunAsync(story.Root, "proposal", "show", "abc123")).Out, Does.Contain("Continuity: +2 errors, −1.").And.Contain("! It brings an error").And.Contain("+ It rained hard all night."));

        var first = await StoryCli.RunAsync(story.Root, "proposal", "accept", "abc123", "--hunk", "2");
        Assert.That((first.Code, first.Out.Trim()), Is.EqualTo((0, "Wrote scenes/one.md.")), first.Error);
        Assert.That(story.Read("scenes/one.md"), Is.EqualTo(Text.Replace("hard.", "hard all night.", StringComparison.Ordinal)));
        Assert.That((await StoryCli.RunAsync(story.Root, "proposal", "list")).Lines.Single(), Does.Contain("3 hunks, 2 open"));

        // Again: nothing is written twice. What is not there is said.
        var again = await StoryCli.RunAsync(story.Root, "proposal", "accept", "abc123", "--hunk", "2");
        Assert.That((again.Code, again.Out), Is.EqualTo((0, "")), again.Error);
        StoryCli.AssertOneLine(await StoryCli.RunAsync(story.Root, "proposal", "accept", "abc123", "--hunk", "9"), "no hunk 9");

        // The ticked ones, and why one is left.
        var ticked = await StoryCli.RunAsync(story.Root, "proposal", "accept", "abc123");
        Assert.That((ticked.Code, ticked.Out.Trim()), Is.EqualTo((1, "Wrote scenes/one.md.")));
        Assert.That(ticked.Error, Does.Contain("hunk 3").And.Contain("error"));
        var all = await StoryCli.RunAsync(story.Root, "proposal", "accept", "abc123", "--all");
        Assert.That(all.Code, Is.Zero, all.Error);
        Assert.That(story.Read("scenes/one.md"), Is.EqualTo(Draft));
        Assert.That(File.Exists(story.PathOf(".story/proposals/abc123.json")), Is.False);
        StoryCli.AssertOneLine(await StoryCli.RunAsync(story.Root, "proposal", "accept", "abc123"), "the proposal `abc123` is decided: ");

        var disclosure = await StoryCli.RunAsync(story.Root, "disclosure", "--format", "json");
        Assert.That(disclosure.Json["whole"]!["generated"]!["sentences"]!.GetValue<int>(), Is.EqualTo(1));
        Assert.That(disclosure.Json["whole"]!["assisted"]!["sentences"]!.GetValue<int>(), Is.EqualTo(2));
        Assert.That(disclosure.Json["kdp"]!["text"]!.GetValue<string>(), Is.EqualTo("Some sections, with minimal or no editing"));
        Assert.That((await StoryCli.RunAsync(story.Root, "disclosure")).Out, Does.Contain("Arrival: ").And.Contain("AI-generated").And.Contain("Models: m."));
    }

    [Test]
    public async Task EachDecisionIsOneEventOfTheUndoTree()
    {
        using var story = Begin(out _);
        await StoryCli.RunAsync(story.Root, "proposal", "accept", "abc123", "--hunk", "1", "--hunk", "2");
        await StoryCli.RunAsync(story.Root, "proposal", "reject", "abc123", "--hunk", "3");
        using var history = Pipelines.History.HistoryStore.Open(story.Root);
        var log = history.Tree.Log(null);
        Assert.That(log.Where(entry => entry.Kind == "proposal").Select(entry => (entry.Proposal, entry.Files.Single().Path)), Is.EqualTo(new[] { ("abc123", "scenes/one.md") }));
        Assert.That(log[0].Label, Is.EqualTo("Draft (2 changes of a proposal)"));
    }

    [Test]
    public async Task APatchIsWhatAnAcceptanceWouldWrite()
    {
        using var story = Begin(out _);
        var exported = await StoryCli.RunAsync(story.Root, "proposal", "export", "abc123", "--all", "-o", Path.Combine(story.Root, "p.patch"));
        Assert.That(exported.Code, Is.Zero, exported.Error);
        Assert.That((await StoryCli.RunAsync(story.Root, "proposal", "export", "abc123", "--all")).Out.ReplaceLineEndings("\n").Trim(), Is.EqualTo(story.Read("p.patch").Trim()));
        Assert.That(story.Read("scenes/one.md"), Is.EqualTo(Text), "nothing is written");
        if (Git(story.Root, "apply", "p.patch") is not { } applied)
        {
            Assert.Ignore("git is not installed here.");
            return;
        }

        Assert.That(applied.Code, Is.Zero, applied.Output);
        Assert.That(story.Read("scenes/one.md"), Is.EqualTo(Draft));
    }

    [Test]
    public async Task TrailersAreOnesThatGitTakesAndEndWithTheCommit()
    {
        using var story = Begin(out _);
        if (Git(story.Root, "init", "-q") is null)
        {
            Assert.Ignore("git is not installed here.");
        }

        await StoryCli.RunAsync(story.Root, "proposal", "accept", "abc123", "--all");
        var trailers = await StoryCli.RunAsync(story.Root, "disclosure", "--trailers");
        Assert.That(trailers.Code, Is.Zero, trailers.Error);
        Assert.That(trailers.Lines, Is.EqualTo(new[] { "Assisted-by: storylsp:m (pipeline draft)", "AI-Generated: 1 sentence, 8 words", "AI-Assisted: 2 sentences, 15 words" }));
        story.Write("message", "Write on\n\n" + trailers.Out);
        Assert.That(Git(story.Root, "interpret-trailers", "--parse", "message")!.Value.Output.ReplaceLineEndings("\n").Trim(), Is.EqualTo(trailers.Out.ReplaceLineEndings("\n").Trim()));
        Git(story.Root, "add", ".story/provenance");
        Git(story.Root, "-c", "user.name=A", "-c", "user.email=a@b.c", "commit", "-qm", "x");
        Assert.That((await StoryCli.RunAsync(story.Root, "disclosure", "--trailers")).Out, Is.Empty);
    }

    [Test]
    public async Task BytesAroundAHunkStayWhatTheyWere()
    {
        using var story = Begin(out _);
        byte[] marked = [0xEF, 0xBB, 0xBF, .. System.Text.Encoding.UTF8.GetBytes(Text.ReplaceLineEndings("\r\n").TrimEnd())];
        File.WriteAllBytes(story.PathOf("scenes/one.md"), marked);
        var accepted = await StoryCli.RunAsync(story.Root, "proposal", "accept", "abc123", "--hunk", "1");
        Assert.That(accepted.Code, Is.Zero, accepted.Error);
        Assert.That(File.ReadAllBytes(story.PathOf("scenes/one.md")), Is.EqualTo((byte[])[0xEF, 0xBB, 0xBF, .. System.Text.Encoding.UTF8.GetBytes(Text.ReplaceLineEndings("\r\n").TrimEnd().Replace("river", "stream", StringComparison.Ordinal))]));
    }

    private static StoryOnDisk Begin(out Proposal proposal)
    {
        var story = new StoryOnDisk(Story);
        story.Write("scenes/one.md", Text);
        var workspace = FixtureWorkspace.OfTexts([KeyValuePair.Create("scenes/one.md", Text)]);
        proposal = ProposalBuilder.Build(
            new()
            {
                Id = "abc123", Run = "run1", Pipeline = "draft", Model = "m", Provider = "openai", Origin = "Written by the model m.", Input = "one", Label = "Draft",
                Files = [new("scenes/one.md", Text, Draft) { Confidence = 0.75 }],
            },
            workspace.Snapshot);
        Assert.That(proposal.Hunks, Has.Count.EqualTo(3));
        proposal = proposal with
        {
            Hunks = [.. proposal.Hunks.Select(hunk => hunk.Id == 3 ? hunk with { Doubt = "It brings an error (x/y in a.md): z." } : hunk)],
            Findings = new(2, 1, 2, 1, []),
        };
        new ProposalStore(story.Root).Save(proposal);
        return story;
    }

    private static (int Code, string Output)? Git(string folder, params string[] arguments)
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = folder, RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true })!;
            git.StandardInput.Close();
            var error = git.StandardError.ReadToEndAsync();
            var output = git.StandardOutput.ReadToEnd();
            git.WaitForExit();
            return (git.ExitCode, git.ExitCode == 0 ? output : error.GetAwaiter().GetResult());
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
