using NUnit.Framework;
using StoryLsp.Continuity;
using StoryLsp.Features.Formatting;
using StoryLsp.Index;
using StoryLsp.Language.Tests.Yaml;
using StoryLsp.Testing;

namespace StoryLsp.Features.Tests.Formatting;

/// <summary>The layout of texts that others wrote.</summary>
public class FormattingCorpusTests
{
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(4)]
    [TestCase(8)]
    public void The_yaml_test_suite_says_the_same_in_any_layout(int size)
    {
        var files = Directory.GetFiles(TestData.Find("yaml-test-suite"), "*.yaml");
        var cases = files.SelectMany(SuiteCase.Read).ToList();
        Assert.That(cases, Has.Count.EqualTo(402));
        Assert.Multiple(() => cases.ForEach(one => Formatted.AssertKept(one.Yaml, size)));
    }

    [TestCase("bld-book")]
    [TestCase("bookvis")]
    [TestCase("dnd-srd")]
    [TestCase("showrunner")]
    [TestCase("novels")]
    public void Real_workspaces_say_the_same_in_any_layout(string name) => AssertKept(TestData.Find(name));

    [TestCase("hollow-creek")]
    [TestCase("first-draft")]
    public void The_examples_are_laid_out_as_the_formatter_has_it(string name)
    {
        var workspace = AssertKept(Path.Combine(Repository.Root, "examples", name));
        Assert.That(workspace.Files.Where(file => Edits(workspace, file.Path, 2).Count > 0).Select(file => file.Path), Is.Empty);
    }

    private static FixtureWorkspace AssertKept(string folder)
    {
        var workspace = FixtureWorkspace.OfFolder(folder);
        var findings = Findings(workspace);
        foreach (var size in new[] { 2, 4 })
        {
            var changes = workspace.Files.Select(file => new TextChange(file.Path, Edits(workspace, file.Path, size))).Where(change => change.Edits.Count > 0).ToList();
            var after = workspace.Apply(new([.. changes]));
            Assert.That(Facts(after), Is.EqualTo(Facts(workspace)));
            Assert.That(Findings(after), Is.EqualTo(findings));
            Assert.That(after.Files.Where(file => Edits(after, file.Path, size).Count > 0).Select(file => file.Path), Is.Empty, "once more");
        }

        return workspace;
    }

    private static IReadOnlyList<Language.Text.TextEdit> Edits(FixtureWorkspace workspace, string path, int size) =>
        DocumentFormats.Of(workspace.Snapshot, path, new() { IndentSize = size }, CancellationToken.None);

    private static string[] Findings(FixtureWorkspace workspace) =>
        [.. workspace.AllFindings().Select(found => $"{found.Path} {found.Finding.Code} {Squeeze(workspace.Text(found.Path)!.Slice(found.Finding.Span))}")];

    private static string[] Facts(FixtureWorkspace workspace) =>
    [
        .. workspace.Snapshot.Documents.OrderBy(facts => facts.Path, StringComparer.Ordinal).SelectMany(facts => facts.Containers.Select(container => $"{facts.Path} {container.Type} {container.Id} {container.Name} {string.Join('|', container.Aliases.Select(alias => alias.Text))}")
            .Concat(facts.References.Select(reference => $"{facts.Path} {Squeeze(workspace.Text(facts.Path)!.Slice(reference.Span))}"))
            .Concat(facts.Links.Select(link => $"{facts.Path} {link.Target}"))
            .Concat(facts.Suppressions.Select(suppression => $"{facts.Path} {suppression.Rule} {suppression.WholeFile}"))
            .Concat(facts.Prose.Select(prose => Squeeze(workspace.Text(facts.Path)!.Slice(prose.Span))))),
    ];

    // A value of several lines may be indented otherwise.
    private static string Squeeze(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
