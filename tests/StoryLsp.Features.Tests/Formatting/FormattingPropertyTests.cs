using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using StoryLsp.Features.Formatting;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Tests.Yaml;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;
using StoryLsp.Testing;

namespace StoryLsp.Features.Tests.Formatting;

public class FormattingPropertyTests
{
    private static readonly string[] Pieces =
    [
        "\n", "\n\n\n", "  ", "    ", " ", "\t", "- ", "-   ", "a:   ", "b : ", "|\n", ">-\n", "|2\n", "|+\n", "# c", "\n  # c\n", "[", "]", "{", "}", ",", "\"", "'", "&x ", "*x", "!t ",
        "---\n", "...\n", "? ", ": ", "\r\n", "𠮷", "\uFEFF", "x\n      y", "%YAML 1.2\n",
    ];

    [Test]
    public void A_careless_layout_becomes_the_one_that_is_meant()
    {
        var property = Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), Gen.Elements(1, 2, 3, 4, 8).ToArbitrary(), (seed, size) =>
        {
            var (messy, neat) = MessyYaml.Write(seed, size);
            Assert.That(Formatted.Of(messy, size), Is.EqualTo(neat), messy);
            Formatted.AssertKept(messy, size);
        });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), property);
    }

    [Test]
    public void Any_text_says_the_same_and_is_in_order_after_once()
    {
        var property = Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), Gen.Elements(1, 2, 4).ToArbitrary(), (seed, size) =>
        {
            var random = new Random(seed);
            var text = MessyYaml.Write(seed, size).Messy;
            for (var i = random.Next(1, 5); i > 0; i--)
            {
                var at = random.Next(text.Length + 1);
                text = text.Remove(at, random.Next(2) == 0 ? 0 : Math.Min(random.Next(8), text.Length - at)).Insert(at, Pieces[random.Next(Pieces.Length)]);
            }

            Formatted.AssertKept(text, size);
        });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1500), property);
    }

    [Test]
    public void Prose_around_yaml_stays_to_the_letter()
    {
        var property = Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var text = $"---\n{MessyYaml.Write(seed, 2).Messy}---\n\nShe  went.  \n\n\n- milk\n\n# One   \n\n```story\n{MessyYaml.Write(seed + 1, 2).Messy}```\n\n  He   came.\n\n\n";
            for (var i = random.Next(3); i > 0; i--)
            {
                var at = random.Next(text.Length + 1);
                text = text.Insert(at, Pieces[random.Next(Pieces.Length)]);
            }

            text = random.Next(3) == 0 ? text.ReplaceLineEndings("\r\n") : text;
            var before = FixtureWorkspace.OfTexts([KeyValuePair.Create("a.md", text)]).Document("a.md");
            var result = Formatted.Of(text, 2, "a.md");
            var after = FixtureWorkspace.OfTexts([KeyValuePair.Create("a.md", result)]).Document("a.md");
            Assert.That(Outside(after), Is.EqualTo(Outside(before)), text);
            Assert.That(after.YamlRegions.Select(region => SuiteEvents.Dump(region.Tree)), Is.EqualTo(before.YamlRegions.Select(region => SuiteEvents.Dump(region.Tree))), text);
            Assert.That(Formatted.Of(result, 2, "a.md"), Is.EqualTo(result), text);
        });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), property);
    }

    [Test]
    public void A_range_says_the_same_once_it_is_laid_out()
    {
        var property = Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var text = MessyYaml.Write(seed, 2).Messy;
            var workspace = FixtureWorkspace.OfTexts([KeyValuePair.Create("data.yaml", text)]);
            var start = random.Next(text.Length + 1);
            var span = TextSpan.FromBounds(start, random.Next(start, text.Length + 1));
            var edits = DocumentFormats.InSpans(workspace.Snapshot, "data.yaml", [span], new(), CancellationToken.None);
            var result = Formatted.Apply(text, edits);
            Assert.That(SuiteEvents.Dump(YamlParser.Parse(SourceText.From(result))), Is.EqualTo(SuiteEvents.Dump(YamlParser.Parse(SourceText.From(text)))), text);
        });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), property);
    }

    // What stands between the stretches of YAML.
    private static string[] Outside(Document document)
    {
        var result = new List<string>();
        var from = 0;
        foreach (var region in document.YamlRegions.OrderBy(region => region.Span.Start))
        {
            result.Add(document.Text.Text[from..region.Span.Start]);
            from = region.Span.End;
        }

        result.Add(document.Text.Text[from..]);
        return [.. result];
    }
}
