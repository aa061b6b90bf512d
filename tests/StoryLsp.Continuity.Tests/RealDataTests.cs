using NUnit.Framework;
using StoryLsp.Language.Facts;
using StoryLsp.Testing;

namespace StoryLsp.Continuity.Tests;

/// <summary>Workspaces that others wrote, none of them with a <c>story.yaml</c>.</summary>
public class RealDataTests
{
    [TestCase("novels")]
    [TestCase("showrunner")]
    public void No_finding(string folder) => Assert.That(Found(FixtureWorkspace.OfFolder(TestData.Find(folder))), Is.Empty);

    [Test]
    public void Alice_is_clean() => Assert.That(Found(Bookvis("alice-bookvis.yaml")), Is.Empty);

    [Test]
    public void Crime_and_Punishment_has_21_dangling_references()
    {
        var found = Bookvis("crime-and-punishment-bookvis.yaml").AllFindings().Select(found => found.Finding).ToList();
        Assert.That(found.Where(finding => finding is not { Code: "ref/unresolved", Severity: Severity.Error }), Is.Empty);
        Assert.That(found, Has.Count.EqualTo(21));
    }

    [Test]
    public void Three_books_in_one_folder_do_not_disturb_each_other() =>
        Assert.That(FixtureWorkspace.OfFolder(TestData.Find("bookvis")).AllFindings().Select(found => (found.Path, found.Finding.Code)).Distinct(),
            Is.EqualTo(new[] { ("crime-and-punishment-bookvis.yaml", "ref/unresolved") }));

    [Test]
    public void The_faults_of_bld_book()
    {
        var workspace = FixtureWorkspace.OfFolder(TestData.Find("bld-book"));
        Assert.That(workspace.AllFindings().Select(found => (found.Path, found.Finding.Code, found.Finding.Severity, workspace.Text(found.Path)!.Slice(found.Finding.Span))),
            Is.EqualTo(new[] { ("content/unused/scene-split-backup.yaml", "yaml/syntax", Severity.Error, "\"She thanks Luke for being") }));
    }

    [Test]
    public void The_SRD_has_two_paths_that_lead_nowhere_and_nothing_else()
    {
        var workspace = FixtureWorkspace.OfFolder(TestData.Find("dnd-srd"));
        Assert.That(workspace.AllFindings().Select(found => (found.Path, found.Finding.Code, found.Finding.Severity, workspace.Text(found.Path)!.Slice(found.Finding.Span))),
            Is.EqualTo(new[]
            {
                ("Monsters/Spirit Naga.md", "ref/broken-path", Severity.Hint, "new/Nightmare.md"),
                ("README.md", "ref/broken-path", Severity.Hint, "RE&.logo.png"),
            }));
        Assert.That(workspace.Snapshot.Documents.Sum(facts => facts.Links.Count(link => link.Kind is LinkKind.Wikilink or LinkKind.Embed)), Is.EqualTo(778));
    }

    private static string Found(FixtureWorkspace workspace) => string.Join('\n', workspace.AllFindings().Select(workspace.Describe));

    private static FixtureWorkspace Bookvis(string file) =>
        FixtureWorkspace.OfTexts([KeyValuePair.Create(file, File.ReadAllText(TestData.Find("bookvis/" + file)))]);
}
