using NUnit.Framework;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Language.Tests.Yaml;

/// <summary>Depth and size: nothing overflows the stack, and the work grows with the text alone.</summary>
[TestFixture]
public sealed class YamlLimitTests
{
    private const int Levels = 10_000;

    [Test]
    public void TenThousandLevelsAreOneErrorAndTheRestIsThere()
    {
        (string Name, string Yaml)[] deep =
        [
            ("brackets", "deep: " + new string('[', Levels) + new string(']', Levels)),
            ("open brackets", "deep: " + new string('[', Levels)),
            ("braces", "deep: " + string.Concat(Enumerable.Repeat("{a: ", Levels))),
            ("brackets on lines", "deep: " + string.Concat(Enumerable.Repeat("[\n  ", Levels))),
            ("dashes", "deep:\n  " + string.Concat(Enumerable.Repeat("- ", Levels)) + "x"),
            ("keys", "deep:\n" + string.Concat(Enumerable.Range(1, 3000).Select(depth => new string(' ', depth) + "a:\n"))),
            ("questions", "deep:\n  " + string.Concat(Enumerable.Repeat("? ", Levels)) + "x"),
        ];
        Assert.Multiple(() =>
        {
            foreach ((string name, string yaml) in deep)
            {
                YamlTree tree = YamlParser.Parse(SourceText.From("before: 1\n" + yaml + "\nafter: 2\n"));
                Assert.That(tree.Errors.Select(error => error.Kind), Is.EqualTo(new[] { YamlErrorKind.TooDeep }), name);
                var root = (YamlMapping)tree.Documents[0].Root!;
                Assert.That(root.Find("before"), Is.Not.Null, name);
                Assert.That(root.Find("after"), Is.Not.Null, name);
                Assert.That(Depth(tree.Documents[0].Root!), Is.LessThan(250), name);
            }
        });
    }

    [Test]
    public void AnAliasBombCostsNoMoreThanItsCharacters()
    {
        var lines = new List<string> { "a0: &a0 [x, x]" };
        for (int i = 1; i < 200; i++)
        {
            lines.Add($"a{i}: &a{i} [*a{i - 1}, *a{i - 1}, *a{i - 1}, *a{i - 1}]");
        }

        YamlTree tree = YamlParser.Parse(SourceText.From(string.Join('\n', lines)));
        Assert.Multiple(() =>
        {
            Assert.That(tree.Errors, Is.Empty);
            Assert.That(((YamlMapping)tree.Documents[0].Root!).Entries, Has.Count.EqualTo(200));
        });
    }

    [TestCase("\"a\nb: '")]
    [TestCase("k: \"x\n")]
    [TestCase("[a\nk: v\n")]
    [TestCase("- \"a\n  b: c\n")]
    [TestCase("\tk: v\n")]
    [TestCase("@")]
    [TestCase(": ")]
    [TestCase("---\n\"")]
    [TestCase("...\n[")]
    [TestCase("? ")]
    [TestCase("- a: 1\nb: 2\nxx\n")]
    [TestCase("k: |\n")]
    [TestCase("\r")]
    [TestCase("#\n")]
    public void HalfAMegabyteOfJunkEnds(string piece)
    {
        string junk = string.Concat(Enumerable.Repeat(piece, 500_000 / piece.Length));
        SourceText text = SourceText.From(junk);
        YamlTree tree = YamlParser.Parse(text);
        TreeShape.AssertNested(tree, new TextSpan(0, text.Length));
        Assert.That(tree.Errors, Has.Count.LessThanOrEqualTo(1000), "as many findings as anyone would read");
    }

    [Test]
    public void FiftyMegabytesOfNoiseEnd()
    {
        const string Characters = "[]{},:'\"- \n#ab&*!|>@\t\r";
        var random = new Random(3);
        string noise = string.Create(50_000_000, random, static (span, random) =>
        {
            foreach (ref char c in span)
            {
                c = Characters[random.Next(Characters.Length)];
            }
        });
        Assert.That(YamlParser.Parse(SourceText.From(noise)).Documents, Is.Not.Empty);
    }

    private static int Depth(YamlNode node) => node switch
    {
        YamlSequence { Items.Count: > 0 } sequence => 1 + sequence.Items.Max(Depth),
        YamlMapping { Entries.Count: > 0 } mapping => 1 + mapping.Entries.Max(entry => Math.Max(Depth(entry.Key), Depth(entry.Value))),
        _ => 1,
    };
}
