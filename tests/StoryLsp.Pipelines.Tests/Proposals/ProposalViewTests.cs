using System.Diagnostics;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using StoryLsp.Language.Text;
using StoryLsp.Pipelines.Proposals;

namespace StoryLsp.Pipelines.Tests.Proposals;

[TestFixture]
internal sealed class ProposalViewTests
{
    private string _root = "";

    [SetUp]
    public void MakeFolder() => _root = Directory.CreateTempSubdirectory("storylsp-patch-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_root, true);

    [TestCase("a.md", "One came.\nTwo went.\n", "One came.\nTwo left.\n")]
    [TestCase("a.md", "One came.\r\nTwo went.\r\n", "One came.\r\nTwo left.\r\n\r\nThree.\r\n")]
    [TestCase("a.md", "One came.\nTwo went.", "One came.\nTwo left.")]
    [TestCase("a.md", "One came.\nTwo went.", "One came.\nTwo went.\n")]
    [TestCase("a.md", "One came.\nTwo went.\n", "One came.\nTwo went.")]
    [TestCase("a.md", "One came.\r\nTwo went.\nThree.", "One came.\nTwo left.\r\nThree.")]
    [TestCase("a.md", null, "A new file.\n\nIts end.")]
    [TestCase("scenes/new scene.md", null, "One.\n")]
    [TestCase("scenes/Ällä \"quoted\" 川.md", "One came.\n", "One left.\n")]
    [TestCase("scenes/new 川.md", null, "One.\r\n")]
    [TestCase("a.md", "One came.\n", null)]
    [TestCase("a b.md", "One came.\n", "")]
    [TestCase("a.md", "", "One.\n")]
    [TestCase("a.md", "\uFEFFOne came.\n", "\uFEFFOne left.\n")]
    [TestCase("a.md", "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16\n", "one\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\nsixteen\n17\n")]
    public void GitTakesThePatch(string path, string? before, string? after)
    {
        RequireGit();
        if (OperatingSystem.IsWindows() && path.Contains('"'))
        {
            Assert.Ignore("Windows has no such file names.");
        }

        var full = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(Path.Combine(_root, "other.md"), "Left alone.\n");
        if (before is not null)
        {
            File.WriteAllText(full, before, new UTF8Encoding(false));
        }

        var patch = Path.Combine(_root, "p.patch");
        File.WriteAllText(patch, ProposalPatch.Of([new("other.md", "Left alone.\n", "Left alone.\n"), new(path, before, after)]), new UTF8Encoding(false));
        var (code, error) = Git("apply", "--whitespace=nowarn", "p.patch");
        Assert.That(code, Is.Zero, error + File.ReadAllText(patch));
        Assert.That(File.Exists(full) ? Encoding.UTF8.GetString(File.ReadAllBytes(full)) : null, Is.EqualTo(after));
        Assert.That(File.ReadAllText(Path.Combine(_root, "other.md")), Is.EqualTo("Left alone.\n"));
    }

    [Test]
    public void GitTakesAnyPatch()
    {
        RequireGit();
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(60), Prop.ForAll(Drafts.Pair.ToArbitrary(), draft =>
        {
            if (draft.Before == draft.After)
            {
                return;
            }

            File.WriteAllText(Path.Combine(_root, "a.md"), draft.Before, new UTF8Encoding(false));
            File.WriteAllText(Path.Combine(_root, "p.patch"), ProposalPatch.Of([new("a.md", draft.Before, draft.After)]), new UTF8Encoding(false));
            var (code, error) = Git("apply", "--whitespace=nowarn", "p.patch");
            Assert.That(code, Is.Zero, error);
            Assert.That(Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(_root, "a.md"))), Is.EqualTo(draft.After));
        }));
    }

    [Test]
    public void APatchWithoutAChangeIsEmpty() => Assert.That(ProposalPatch.Of([new("a.md", "One.\n", "One.\n")]), Is.Empty);

    [TestCase("The old man came home.", "The old woman came home late.", "man", "woman| late")]
    [TestCase("He nodded.", "He nodded!", ".", "!")]
    [TestCase("", "New.", "", "New.")]
    [TestCase("the mill’s wheel", "the mill's wheel", "mill’s", "mill's")]
    [TestCase("川が流れる。", "川は流れる。", "が", "は")]
    public void OnlyTheWordsThatDifferAreMarked(string old, string now, string gone, string come)
    {
        var marks = WordMarks.Of(old, now);
        Assert.That(string.Join('|', marks.Old.Select(span => old.Substring(span.Start, span.Length))), Is.EqualTo(gone));
        Assert.That(string.Join('|', marks.New.Select(span => now.Substring(span.Start, span.Length))), Is.EqualTo(come));
    }

    [Test]
    public void WhatIsNotMarkedIsTheSameOnBothSides() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(Drafts.Pair.ToArbitrary(), draft =>
    {
        var marks = WordMarks.Of(draft.Before, draft.After);
        Assert.That(Without(draft.Before, marks.Old), Is.EqualTo(Without(draft.After, marks.New)));
    }));

    [Test]
    public void ThePageNamesEachHunkAtItsLine()
    {
        var proposal = Drafts.Of("a.md", "One came. Two went.\n", "One comes. Two goes.\n");
        proposal = proposal with
        {
            Hunks = [proposal.Hunks[0] with { StandsOnce = true, Doubt = "It brings an error: x." }, proposal.Hunks[1] with { Confidence = 0.5 }],
            Findings = new(2, 1, 1, 1, [new("a.md", "error", "time/dead-acts", "Tom is dead.", [1]), new("a.md", "hint", "x", "y", [])]),
        };
        var page = ProposalViews.Page(proposal, _ => SourceText.From("One came. Two stayed.\n"));
        var lines = page.Text.Split('\n');
        Assert.That(lines[0], Is.EqualTo("# Draft"));
        Assert.That(page.Text, Does.Contain("Continuity: +1 error, −1; +1 other finding, −0.").And.Contain("- a.md: time/dead-acts: Tom is dead."));
        Assert.That(page.Lines.Select(line => lines[line.Value]), Is.EqualTo(new[] { "## 1. Draft: change “One came.”", "## 2. Draft: change “Two went.”" }));
        Assert.That(page.Text, Does.Contain("a.md · not ticked").And.Contain("> It brings an error: x.").And.Contain("- One came.\n+ One comes."));
        Assert.That(page.Text, Does.Contain("stale: the text was changed at this place since · confidence 0.5"));
    }

    [Test]
    public void TheTextsAreThoseOfTheHunksThatAreWanted()
    {
        var proposal = Drafts.Of("a.md", "One came. Two went.\n", "One comes. Two goes.\n");
        var source = SourceText.From("One came. Two went.\n");
        Assert.That(ProposalViews.Texts(proposal, _ => source).Single(), Is.EqualTo(new FileView("a.md", source.Text, "One comes. Two goes.\n")));
        Assert.That(ProposalViews.Texts(proposal, _ => source, new HashSet<int> { 2 }).Single().After, Is.EqualTo("One came. Two goes.\n"));
        Assert.That(ProposalViews.Texts(Drafts.Of("b.md", null, "New.\n"), _ => null).Single(), Is.EqualTo(new FileView("b.md", null, "New.\n")));
    }

    private static string Without(string text, IEnumerable<TextSpan> spans)
    {
        foreach (var span in spans.Reverse())
        {
            text = text.Remove(span.Start, span.Length);
        }

        return text;
    }

    private void RequireGit()
    {
        try
        {
            Git("--version");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Ignore("git is not installed here.");
        }
    }

    private (int Code, string Error) Git(params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = _root, RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true })!;
        git.StandardInput.Close();
        var error = git.StandardError.ReadToEnd();
        git.WaitForExit();
        return (git.ExitCode, error);
    }
}
