using NUnit.Framework;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;
using StoryLsp.Testing;

namespace StoryLsp.Continuity.Tests;

/// <summary>What is asked of every fixture of a rule, whatever the rule.</summary>
internal static class RuleCheck
{
    /// <summary>
    /// The fixture has exactly its expected findings, with LF and with CRLF; every fix of every finding takes that finding away and brings no
    /// other, does nothing a second time, and does the same with CRLF; and without the line of a related place the finding is gone.
    /// </summary>
    public static void Faults(string fixture)
    {
        var workspace = FixtureWorkspace.Of(fixture);
        workspace.AssertFindings();
        Fixes(workspace);
    }

    /// <summary>What is asked of the fixes and related places of every finding, whatever the workspace.</summary>
    public static void Fixes(FixtureWorkspace workspace)
    {
        var windows = WithLineEnds(workspace, "\r\n");
        Assert.That(Lines(windows.AllFindings()), Is.EqualTo(Lines(workspace.AllFindings())), "With CRLF, the findings are others.");
        foreach (var (found, twin) in workspace.AllFindings().Zip(windows.AllFindings()))
        {
            CheckFixes(workspace, found, windows, twin);
            CheckRelated(workspace, found);
        }
    }

    /// <summary>The fixture has no finding, with LF and with CRLF.</summary>
    public static void Clean(string fixture)
    {
        var workspace = FixtureWorkspace.Of(fixture);
        Assert.That(Describe(workspace), Is.Empty);
        Assert.That(Describe(WithLineEnds(workspace, "\r\n")), Is.Empty);
    }

    /// <summary>The fix of that title, applied to the one finding of its code, makes exactly the second fixture of the first.</summary>
    public static void Fix(string fixture, string code, string title, string expected)
    {
        var workspace = FixtureWorkspace.Of(fixture);
        var found = workspace.AllFindings().First(found => found.Finding.Code == code);
        var fixes = workspace.FixesOf(found);
        var fix = fixes.FirstOrDefault(fix => fix.Title == title);
        Assert.That(fix, Is.Not.Null, "The fixes are: " + string.Join(", ", fixes.Select(fix => fix.Title)));
        Assert.That(workspace.Apply(fix!.Change).Render(), Is.EqualTo(FixtureWorkspace.Of(expected).Render()));
    }

    /// <summary>The titles of the fixes of the first finding of a code.</summary>
    public static IReadOnlyList<string> Titles(string fixture, string code)
    {
        var workspace = FixtureWorkspace.Of(fixture);
        return [.. workspace.FixesOf(workspace.AllFindings().First(found => found.Finding.Code == code)).Select(fix => fix.Title)];
    }

    private static void CheckFixes(FixtureWorkspace workspace, FoundFinding found, FixtureWorkspace windows, FoundFinding twin)
    {
        var twinFixes = windows.FixesOf(twin);
        var fixes = workspace.FixesOf(found);
        Assert.That(twinFixes.Select(fix => fix.Title), Is.EqualTo(fixes.Select(fix => fix.Title)));
        Assert.That(fixes.Count(fix => fix.IsPreferred), Is.LessThanOrEqualTo(1), "Only one fix can be nearly always right.");
        for (var i = 0; i < fixes.Count; i++)
        {
            var fix = fixes[i];
            var after = workspace.Apply(fix.Change);
            var before = workspace.AllFindings().Select(other => (other.Path, other.Finding.Code)).ToList();
            var now = after.AllFindings().Select(other => (other.Path, other.Finding.Code)).ToList();
            Assert.That(now, Is.SubsetOf(before), $"`{fix.Title}` brings another finding.\n{after.Render()}");
            // A missing value is the writer's to give; the fix writes its key.
            var mended = found.Finding.Code == "schema/missing-field" ? before.Count + 1 : before.Count;
            Assert.That(now, Has.Count.LessThan(mended), $"`{fix.Title}` mends nothing.\n{after.Render()}");
            foreach (var again in after.FixesOf(found).Where(again => again.Title == fix.Title && found.Finding.Span.End <= after.Text(found.Path)!.Length))
            {
                Assert.That(after.Apply(again.Change).Render(), Is.EqualTo(after.Render()), $"`{fix.Title}` done twice is not the same as once.");
            }

            Assert.That(windows.Apply(twinFixes[i].Change).Render().Replace("␍\n", "\n"), Is.EqualTo(after.Render()), $"`{fix.Title}` does something else with CRLF.");
            foreach (var file in windows.Apply(twinFixes[i].Change).Files.Where(file => windows.Text(file.Path) is not null))
            {
                Assert.That(file.Text.Replace("\r\n", ""), Does.Not.Contain("\n").And.Not.Contain("\r"), $"`{fix.Title}` mixes the line ends of {file.Path}.");
            }
        }
    }

    private static void CheckRelated(FixtureWorkspace workspace, FoundFinding found)
    {
        foreach (var place in found.Finding.Related.Where(place => !place.Span.IsEmpty))
        {
            var text = workspace.Text(place.Path)!;
            var line = text.GetPosition(place.Span.Start).Line;
            var end = line + 1 < text.LineCount ? text.LineStarts[line + 1] : text.Length;
            var without = workspace.Apply(Index.WorkspaceChange.Edit(place.Path, new TextEdit(TextSpan.FromBounds(text.LineStarts[line], end), "")));
            var still = without.AllFindings().Where(other => other.Path == found.Path && other.Finding.Code == found.Finding.Code && other.Finding.Message == found.Finding.Message);
            Assert.That(still, Is.Empty, $"The finding does not rest on `{text.Slice(place.Span)}` in {place.Path}.\n{without.Render()}");
        }
    }

    private static FixtureWorkspace WithLineEnds(FixtureWorkspace workspace, string end) =>
        FixtureWorkspace.OfTexts(workspace.Files.Select(file => KeyValuePair.Create(file.Path, file.Text.ReplaceLineEndings(end))));

    private static string Describe(FixtureWorkspace workspace) => string.Join('\n', workspace.AllFindings().Select(workspace.Describe));

    private static IEnumerable<string> Lines(IReadOnlyList<FoundFinding> findings) => findings.Select(found => found.Path + " " + Line(found));

    private static string Line(FoundFinding found) => $"{found.Finding.Code} {found.Finding.Severity} {found.Finding.Message} {found.Finding.Related.Count}";
}
