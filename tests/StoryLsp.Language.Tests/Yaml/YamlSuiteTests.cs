using NUnit.Framework;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;
using StoryLsp.Testing;

namespace StoryLsp.Language.Tests.Yaml;

/// <summary>The official YAML test suite: what it calls valid has its events and no error, what it calls an error has exactly one.</summary>
[TestFixture]
public sealed class YamlSuiteTests
{
    private const int MostDeviations = 20;

    [Test]
    public void EveryCaseIsReadAsTheSuiteSays()
    {
        string[] files = Directory.GetFiles(TestData.Find("yaml-test-suite"), "*.yaml");
        Assert.That(files, Has.Length.EqualTo(351), "the suite is complete");
        HashSet<string> deviations = Deviations();
        var unexpected = new List<string>();
        int cases = 0;
        foreach (string file in files.Order(StringComparer.Ordinal))
        {
            foreach (SuiteCase suiteCase in SuiteCase.Read(file))
            {
                cases++;
                string? difference = Judge(suiteCase);
                bool listed = deviations.Remove(suiteCase.Name);
                if (difference is not null && !listed)
                {
                    unexpected.Add($"{suiteCase.Name}: {difference}");
                }
                else if (difference is null && listed)
                {
                    unexpected.Add($"{suiteCase.Name} passes now: take it off the list of deviations");
                }
            }
        }

        Assert.Multiple(() =>
        {
            Assert.That(cases, Is.EqualTo(402));
            Assert.That(unexpected, Is.Empty);
            Assert.That(deviations, Is.Empty, "names in the list that the suite does not have");
        });
    }

    [Test]
    public void TheListOfDeviationsIsShort() => Assert.That(Deviations(), Has.Count.LessThanOrEqualTo(MostDeviations));

    [Test]
    public void TheJudgeSeesAWrongTreeAndAMissingError()
    {
        var wrongTree = new SuiteCase("X", "a: b\n", "+STR\n +DOC\n  =VAL :a\n -DOC\n-STR", Fails: false);
        var missingError = new SuiteCase("Y", "a: b\n", string.Empty, Fails: true);
        Assert.Multiple(() =>
        {
            Assert.That(Judge(wrongTree), Is.Not.Null);
            Assert.That(Judge(missingError), Is.Not.Null);
        });
    }

    private static string? Judge(SuiteCase suiteCase)
    {
        SourceText text = SourceText.From(suiteCase.Yaml);
        YamlTree tree = YamlParser.Parse(text);
        TreeShape.AssertNested(tree, new TextSpan(0, text.Length));
        if (suiteCase.Fails)
        {
            return tree.Errors.Count == 1 ? null : $"{tree.Errors.Count} errors where there is one";
        }

        if (tree.Errors.Count > 0)
        {
            return $"valid, and yet: {tree.Errors[0].Kind} {tree.Errors[0].Message}";
        }

        string events = SuiteEvents.Dump(tree);
        return events == suiteCase.ExpectedEvents() ? null : "other events:\n" + events;
    }

    private static HashSet<string> Deviations()
    {
        string path = Path.Combine(Repository.Root, "tests", "StoryLsp.Language.Tests", "Yaml", "yaml-suite-deviations.txt");
        return File.ReadAllLines(path).Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#')
            .ToHashSet(StringComparer.Ordinal);
    }
}
