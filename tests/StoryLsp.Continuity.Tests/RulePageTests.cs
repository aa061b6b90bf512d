using System.Text;
using NUnit.Framework;
using StoryLsp.Language.Facts;
using StoryLsp.Testing;

namespace StoryLsp.Continuity.Tests;

/// <summary>The documentation is made of the rules, so that they cannot differ.</summary>
public class RulePageTests
{
    [Test]
    public void The_page_of_the_rules_says_what_they_say() =>
        Verified.MatchRepositoryFile(Page(), "server/StoryLsp.Continuity/Rules/README.md");

    [Test]
    public void Every_rule_is_one_of_the_format() =>
        Assert.That(Findings.Rules.Select(rule => rule.Code), Is.SubsetOf(RuleCodes.All).And.Unique);

    private static string Page()
    {
        var page = new StringBuilder();
        page.Append("One file a rule: a rule knows the schemas, the settings, the facts of a document, and the snapshot where it crosses documents.\n\n");
        page.Append("This page is made of the rules by a test; run it with `STORYLSP_ACCEPT=1` to write it anew. The severities are those of a workspace with\n");
        page.Append("a `story.yaml`, which may change them under `rules:`, by rule (`ref/unresolved: warning`) or by group (`schema/*: off`).\n\n");
        page.Append("| rule | severity | fires when |\n|---|---|---|\n");
        foreach (var rule in Findings.Rules)
        {
            page.Append($"| [`{rule.Code}`](#{Anchor(rule)}) | {Word(rule.Severity)} | {rule.Summary} |\n");
        }

        foreach (var rule in Findings.Rules)
        {
            page.Append($"\n## {rule.Code}\n\n{rule.Documentation.Trim()}\n");
        }

        return page.ToString();
    }

    private static string Anchor(Rule rule) => rule.Code.Replace("/", "", StringComparison.Ordinal);

    private static string Word(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        Severity.Information => "information",
        _ => "hint",
    };
}
