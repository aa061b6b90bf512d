using NUnit.Framework;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;
using StoryLsp.Testing;

namespace StoryLsp.Language.Tests.Yaml;

/// <summary>Files that others wrote, with one slip put into each: whatever repair is offered takes an error away and adds none.</summary>
[TestFixture]
public sealed class YamlRepairTests
{
    private static readonly (string Name, Func<string, string?> Change)[] Slips =
    [
        ("no space behind the colon", line => Replace(line, ": ", ":")),
        ("no space behind the dash", line => Replace(line, "- ", "-")),
        ("a full-width colon", line => Replace(line, ": ", "\uFF1A")),
        ("a tab", line => line.StartsWith("  ", StringComparison.Ordinal) ? "\t" + line[2..] : null),
        ("tabs", line => line.StartsWith("    ", StringComparison.Ordinal) ? "\t\t" + line[4..] : null),
        ("too deep", line => " " + line),
        ("not deep enough", line => line.StartsWith("  ", StringComparison.Ordinal) ? line[1..] : null),
        ("a reserved sign", line => Replace(line, ": ", ": @")),
        ("a second colon", line => Replace(line, ": ", ": a: ")),
        ("an open quote", line => Replace(line, ": ", ": \"")),
        ("an open bracket", line => line.Length > 60 || line.Contains('*') || line[^1] is '>' or '|' ? null : Replace(line, ": ", ": [")),
        ("an item beside the key", line => Replace(line, ": ", ": - ")),
        ("links", line => line.IndexOf(": ", StringComparison.Ordinal) is var at and > 0 ? line[..at] + ": [[a]], [[b]]" : null),
        ("curly quotes", line => line.IndexOf(": ", StringComparison.Ordinal) is var at and > 0 ? line[..at] + ": \u201Cada\u201D" : null),
    ];

    [Test]
    public void ARepairTakesAnErrorAwayAndAddsNone()
    {
        string[] texts = Directory.GetFiles(TestData.Find("bld-book"), "*.yaml", SearchOption.AllDirectories)
            .Select(File.ReadAllText).Where(text => text.Length < 12_000 && YamlParser.Parse(SourceText.From(text)).Errors.Count == 0).ToArray();
        Assert.That(texts, Is.Not.Empty);
        var random = new Random(7);
        var faults = new List<string>();
        int repairs = 0;
        for (int round = 0; round < 6_000; round++)
        {
            string[] lines = texts[random.Next(texts.Length)].Split('\n');
            int at = random.Next(lines.Length);
            if (lines[at].Length == 0)
            {
                continue;
            }

            (string name, Func<string, string?> change) = Slips[round % Slips.Length];
            if (change(lines[at]) is not { } changed)
            {
                continue;
            }

            lines[at] = changed;
            SourceText text = SourceText.From(string.Join('\n', lines));
            IReadOnlyList<YamlError> errors = YamlParser.Parse(text).Errors;
            foreach (YamlError error in errors)
            {
                if (error.Slip is { } slip)
                {
                    repairs++;
                    IReadOnlyList<YamlError> left = YamlParser.Parse(text.WithEdits(slip.Edits)).Errors;
                    if (left.Count >= errors.Count)
                    {
                        faults.Add($"{name} in `{changed.Trim()}`: {error.Kind} {error.Message} -> {left[0].Kind} {left[0].Message}\n"
                            + string.Join('\n', lines[Math.Max(0, at - 3)..Math.Min(lines.Length, at + 4)]));
                    }
                }
            }
        }

        Assert.Multiple(() =>
        {
            Assert.That(faults, Is.Empty, string.Join("\n\n", faults.Take(40)));
            Assert.That(repairs, Is.GreaterThan(1_000));
        });
    }

    private static string? Replace(string line, string what, string with) =>
        line.IndexOf(what, StringComparison.Ordinal) is var at and >= 0 ? line[..at] + with + line[(at + what.Length)..] : null;
}
