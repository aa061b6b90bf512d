using System.Text;
using NUnit.Framework;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;
using StoryLsp.Testing;

namespace StoryLsp.Language.Tests.Yaml;

/// <summary>A broken line costs its own entry; nothing in a text makes the parser throw, hang, or lose its place.</summary>
[TestFixture]
public sealed class YamlRecoveryTests
{
    private static readonly string[] WellFormed =
    [
        "name: Ada Vane", "age: 25", "born: 1901-02-03", "empty:", "quoted: \"She said: \\\"no\\\"\"", "single: 'it''s'",
        "list:\n  - one\n  - two: 2\n    three: [3, 4]\n  - |\n    text\n    more", "flat:\n- a\n- b: c\n  d: e",
        "map:\n  x: 1\n  y:\n    z: &z {q: 1}\n  w: \"folded\n    text\"", "folded: >\n  one\n  two\n\n  three", "literal: |+\n  a\n    b\n",
        "flow: {a: [1, 2], b: \"x, y\"}", "multi: one\n  two\n  three", "wide: [\n  a,\n  b\n]", "url: http://example.com/a#b",
    ];

    private static readonly string[] BrokenLines =
    [
        "some words", "\"unterminated", "'unterminated", "key\" word", "] stray", "} stray", "[a, b", "{a: 1", "[a: [b, {c", "- stray item",
        "- stray: item", "@word", "`word", "%word", "| text", "> text", "*word", "&anchor", "!tag", "&anchor word", "*a *b", "-", "word # comment",
        "\"a\" b", "[a] b", "{a} b", "\"half: \"quote\"x", ",", "# [", "broken: \"unterminated", "broken: 'unterminated", "broken: [a, b",
        "broken: {a: 1, b: [2", "broken: [\"a, b]", "broken: @x", "broken: a: b", "broken: > text", "broken: - a", "broken: \"a\" b", "broken: *b c",
        "broken: |x", "broken: \"\\q\"", "broken: &a &b c", "broken: !<a b", "broken: ]", "broken: [a]]", "broken: [a, , b", "broken:text",
    ];

    [Test]
    public void ABrokenLineBetweenEntriesCostsNoOther()
    {
        var random = new Random(11);
        var lost = new List<string>();
        foreach (string broken in BrokenLines)
        {
            for (int round = 0; round < 60; round++)
            {
                string[] entries = WellFormed.OrderBy(_ => random.Next()).Take(random.Next(1, 7)).ToArray();
                int at = random.Next(entries.Length + 1);
                if (broken[0] == '-' && BelongsToItsPlace(broken, entries, at))
                {
                    continue;
                }

                string end = round % 3 == 0 ? "\r\n" : "\n";
                string yaml = string.Join("\n", [.. entries[..at], broken, .. entries[at..]]).Replace("\n", end, StringComparison.Ordinal);
                YamlTree tree = YamlParser.Parse(SourceText.From(yaml));
                HashSet<string> found = Entries(tree).ToHashSet(StringComparer.Ordinal);
                lost.AddRange(entries.Where(entry => !found.Contains(Alone(entry)))
                    .Select(entry => $"`{broken}` at {at} costs `{entry}` in\n{yaml}"));
                bool faulty = broken is not ("# [" or "-" or "!tag" or "&anchor");
                if (tree.Errors.Count > 1 || (faulty && tree.Errors.Count == 0 && at > 0))
                {
                    lost.Add($"`{broken}` at {at} gives {tree.Errors.Count} errors in\n{yaml}");
                }
            }
        }

        Assert.That(lost, Is.Empty, lost.FirstOrDefault());
    }

    [TestCase("tags: [wet, cold\n---\nid: tom\n", 2, 1)]
    [TestCase("tags:\n  - [wet, cold\n  - {a: b\n...\n---\nid: tom\n", 2, 2)]
    [TestCase("tags: {wet: \n---\nid: tom\n", 2, 1)]
    public void AListThatIsNeverClosedEndsWithItsDocument(string text, int documents, int errors)
    {
        YamlTree tree = YamlParser.Parse(SourceText.From(text));
        Assert.That(tree.Documents, Has.Count.EqualTo(documents));
        Assert.That(tree.Errors, Has.Count.EqualTo(errors));
        Assert.That(tree.Documents[1].Root.Get("id").AsText(), Is.EqualTo("tom"));
    }

    [Test]
    public void ABrokenLineInANestedPlaceCostsNoOtherEntry()
    {
        var random = new Random(12);
        var lost = new List<string>();
        for (int round = 0; round < 4_000; round++)
        {
            var lines = new List<string>();
            int number = 0;
            Grow(lines, 0, 0, random, ref number);
            string[] expected = Leaves(YamlParser.Parse(SourceText.From(string.Join('\n', lines))).Documents[0].Root).ToArray();
            int at = random.Next(lines.Count + 1);
            bool opensList = at < lines.Count && lines[at].TrimStart()[0] == '-' && (at == 0 || Indent(lines[at - 1]) < Indent(lines[at]));
            if (opensList)
            {
                // A text or key there is as much the beginning of something else as a broken line.
                continue;
            }

            string broken = BrokenLines[random.Next(BrokenLines.Length)];
            if (broken[0] is '-' or '!' or '&' or '#' || (broken.Contains("*b", StringComparison.Ordinal) && broken[0] != '*'))
            {
                continue;
            }

            lines.Insert(at, new string(' ', Indent(at < lines.Count ? lines[at] : lines[at - 1])) + broken);
            string yaml = string.Join('\n', lines);
            YamlTree tree = YamlParser.Parse(SourceText.From(yaml));
            HashSet<string> found = Leaves(tree.Documents[0].Root).ToHashSet(StringComparer.Ordinal);
            lost.AddRange(expected.Where(leaf => !found.Contains(leaf)).Select(leaf => $"`{broken}` costs `{leaf}` in\n{yaml}"));
            if (tree.Errors.Count > 1)
            {
                lost.Add($"`{broken}` gives {tree.Errors.Count} errors in\n{yaml}");
            }
        }

        Assert.That(lost, Is.Empty, lost.FirstOrDefault());
    }

    [Test]
    public void RandomChangesOfRealFilesNeverThrowAndSpansStayNested()
    {
        string[] texts = Directory.GetFiles(TestData.Find("bld-book"), "*.yaml", SearchOption.AllDirectories)
            .Select(File.ReadAllText).Where(text => text.Length < 8000).ToArray();
        Assert.That(texts, Is.Not.Empty);
        Mutate(texts, 3_000, seed: 5);
    }

    [Test]
    public void RandomChangesOfHandWrittenTextsNeverThrowAndSpansStayNested() =>
        Mutate([string.Join("\n", WellFormed), string.Join("\n", BrokenLines)], 6_000, seed: 6);

    private static void Mutate(string[] texts, int rounds, int seed)
    {
        const string Junk = "-?:,[]{}#&*!|>'\"%@` \t\n\r\n\nab\\~0\uFEFF\uD83D\uDE00\0.";
        var random = new Random(seed);
        for (int round = 0; round < rounds; round++)
        {
            var changed = new StringBuilder(texts[random.Next(texts.Length)]);
            for (int i = random.Next(1, 6); i > 0 && changed.Length > 0; i--)
            {
                int at = random.Next(changed.Length);
                switch (random.Next(4))
                {
                    case 0: changed.Length = at; break;
                    case 1: changed.Remove(at, 1); break;
                    default: changed.Insert(at, Junk[random.Next(Junk.Length)]); break;
                }
            }

            SourceText text = SourceText.From(changed.ToString());
            int lineStart = text.LineStarts[random.Next(text.LineCount)];
            var region = TextSpan.FromBounds(lineStart, random.Next(lineStart, text.Length + 1));
            try
            {
                TreeShape.AssertNested(YamlParser.Parse(text), new TextSpan(0, text.Length));
                TreeShape.AssertNested(YamlParser.Parse(text, region), region);
            }
            catch (Exception exception)
            {
                Assert.Fail($"Round {round}: {exception.Message}\n{text.Text}\nregion {region}");
            }
        }
    }

    /// <summary>Whether an item is part of a list there, or an item and a single key below it are as much a list as a mapping.</summary>
    private static bool BelongsToItsPlace(string item, string[] entries, int at) =>
        at > 0 ? entries[at - 1].StartsWith("empty", StringComparison.Ordinal) || entries[at - 1].StartsWith("flat", StringComparison.Ordinal)
        : entries.Length == 1 && item.Contains(':', StringComparison.Ordinal);

    /// <summary>Writes a random nesting of mappings and lists with unique keys and items.</summary>
    private static void Grow(List<string> lines, int indent, int depth, Random random, ref int number)
    {
        string[] values = ["x", "25", "some text", "\"quoted: yes\"", "'it''s'", "[1, 2]", "{q: 1}", "text with # no", "http://a/b"];
        bool list = depth > 0 && random.Next(3) == 0;
        for (int left = random.Next(1, 5); left > 0; left--)
        {
            string pad = new(' ', indent);
            if (list && random.Next(2) == 0)
            {
                lines.Add($"{pad}- i{number++}");
            }
            else if (list)
            {
                lines.Add($"{pad}- k{number++}: {values[random.Next(values.Length)]}");
                lines.Add($"{pad}  k{number++}: {values[random.Next(values.Length)]}");
            }
            else if (depth < 3 && random.Next(3) == 0)
            {
                lines.Add($"{pad}k{number++}:");
                Grow(lines, indent + 2, depth + 1, random, ref number);
            }
            else
            {
                lines.Add($"{pad}k{number++}: {values[random.Next(values.Length)]}");
            }
        }
    }

    private static int Indent(string line) => line.Length - line.TrimStart().Length;

    private static IEnumerable<string> Leaves(YamlNode? node) => node switch
    {
        YamlMapping { IsFlow: false } mapping => mapping.Entries.SelectMany(entry => entry.Value is YamlMapping { IsFlow: false } or YamlSequence { IsFlow: false }
            ? Leaves(entry.Value).Prepend(TreeValues.Of(entry.Key))
            : [TreeValues.Of(entry.Key) + "=" + TreeValues.Of(entry.Value)]),
        YamlSequence { IsFlow: false } sequence => sequence.Items.SelectMany(Leaves),
        null => [],
        _ => [TreeValues.Of(node)],
    };

    private static string Alone(string entry) => Entries(YamlParser.Parse(SourceText.From(entry + "\n"))).Single();

    private static IEnumerable<string> Entries(YamlTree tree) => tree.Documents
        .Select(document => document.Root).OfType<YamlMapping>().SelectMany(root => root.Entries)
        .Select(entry => TreeValues.Of(entry.Key) + "=" + TreeValues.Of(entry.Value).TrimEnd('\n'));
}
