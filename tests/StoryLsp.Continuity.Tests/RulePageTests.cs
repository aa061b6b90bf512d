using System.Text;
using NUnit.Framework;
using StoryLsp.Language.Facts;
using StoryLsp.Testing;

namespace StoryLsp.Continuity.Tests;

/// <summary>The documentation is made of the rules, so that they cannot differ.</summary>
public class RulePageTests
{
    [Test]
    public void The_index_of_the_rules_names_them_all() =>
        Verified.MatchRepositoryFile(Index(), "docs/rules/README.md");

    [TestCaseSource(nameof(Codes))]
    public void The_page_of_a_rule_says_what_it_says(string code) =>
        Verified.MatchRepositoryFile(Page(Findings.Rules.Single(rule => rule.Code == code)), $"docs/rules/{FileOf(code)}");

    [Test]
    public void No_page_is_of_a_rule_that_is_gone() =>
        Assert.That(
            Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs", "rules")).Select(Path.GetFileName),
            Is.EquivalentTo(Findings.Rules.Select(rule => FileOf(rule.Code)).Append("README.md")));

    [Test]
    public void Every_rule_is_one_of_the_format() =>
        Assert.That(Findings.Rules.Select(rule => rule.Code), Is.SubsetOf(RuleCodes.All).And.Unique);

    private static IEnumerable<string> Codes => Findings.Rules.Select(rule => rule.Code);

    private static string Index()
    {
        var page = new StringBuilder();
        page.Append("# The rules\n\n");
        page.Append("These pages are made of the rules by a test; run it with `STORYLSP_ACCEPT=1` to write them anew. The severities are those of a workspace with\n");
        page.Append("a `story.yaml`, which may change them under `rules:`, by rule (`ref/unresolved: warning`) or by group (`schema/*: off`).\n\n");
        page.Append("| rule | severity | fires when |\n|---|---|---|\n");
        foreach (var rule in Findings.Rules)
        {
            page.Append($"| [`{rule.Code}`]({FileOf(rule.Code)}) | {Word(rule.Severity)} | {rule.Summary} |\n");
        }

        return page.ToString();
    }

    private static string Page(Rule rule) =>
        $"# {rule.Code}\n\n*{Word(rule.Severity)}* \u00b7 {rule.Summary}\n\n{rule.Documentation.Trim()}\n\nAll rules: [the index](README.md).\n";

    private static string FileOf(string code) => code.Replace('/', '-') + ".md";

    private static string Word(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        Severity.Information => "information",
        _ => "hint",
    };
}
