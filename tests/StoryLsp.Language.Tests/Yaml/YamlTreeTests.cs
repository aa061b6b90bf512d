using NUnit.Framework;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Language.Tests.Yaml;

/// <summary>Spans, regions, comments and aliases of a tree.</summary>
[TestFixture]
public sealed class YamlTreeTests
{
    [Test]
    public void SpansAreExact()
    {
        SourceText text = SourceText.From("name: 'Ada Vane' # who\nage:\n  - &n 25\ntext: |\n  one\n  two\nmap: {a: 1}\nempty:\n");
        var root = (YamlMapping)YamlParser.Parse(text).Documents[0].Root!;
        string At(string key) => text.Slice(root.Find(key)!.Value.Span);
        var name = (YamlScalar)root.Find("name")!.Value;
        var block = (YamlScalar)root.Find("text")!.Value;
        YamlEntry empty = root.Find("empty")!;
        Assert.Multiple(() =>
        {
            Assert.That(At("name"), Is.EqualTo("'Ada Vane'"));
            Assert.That(text.Slice(name.ContentSpan), Is.EqualTo("Ada Vane"));
            Assert.That(text.Slice(root.Find("name")!.Key.Span), Is.EqualTo("name"));
            Assert.That(text.Slice(root.Find("name")!.Span), Is.EqualTo("name: 'Ada Vane'"));
            Assert.That(At("age"), Is.EqualTo("- &n 25"));
            Assert.That(text.Slice(((YamlSequence)root.Find("age")!.Value).Items[0].Span), Is.EqualTo("25"));
            Assert.That(At("text"), Is.EqualTo("|\n  one\n  two"));
            Assert.That(text.Slice(block.ContentSpan), Is.EqualTo("one\n  two"));
            Assert.That(block.Value, Is.EqualTo("one\ntwo\n"));
            Assert.That(At("map"), Is.EqualTo("{a: 1}"));
            Assert.That(empty.Value.Span, Is.EqualTo(new TextSpan(text.Length - 1, 0)), "right after the colon");
            Assert.That(((YamlScalar)empty.Value).IsNull);
            Assert.That(text.Slice(root.Span), Is.EqualTo(text.Text.TrimEnd()));
        });
    }

    [Test]
    public void ARegionHasSpansOfTheWholeText()
    {
        SourceText text = SourceText.From("---\nname: Ada\nage: 25\n---\n# Prose: \"not yaml\n");
        YamlTree tree = YamlParser.Parse(text, TextSpan.FromBounds(4, 22));
        var root = (YamlMapping)tree.Documents.Single().Root!;
        Assert.Multiple(() =>
        {
            Assert.That(tree.Errors, Is.Empty);
            Assert.That(root.Entries, Has.Count.EqualTo(2));
            Assert.That(text.Slice(root.Find("age")!.Value.Span), Is.EqualTo("25"));
        });
    }

    [Test]
    public void ARegionInTheMiddleOfALineEndsThere()
    {
        SourceText text = SourceText.From("a: \"one two\"\n");
        YamlTree tree = YamlParser.Parse(text, new TextSpan(0, 8));
        Assert.That(tree.Errors.Single().Span, Is.EqualTo(TextSpan.FromBounds(3, 7)));
    }

    [Test]
    public void CommentsAreKept()
    {
        SourceText text = SourceText.From("# first\na: 1 # second\nb: [1, # third\n  2]\nc: a#b \"#\" # fourth\nd: |\n  # text\n# fifth");
        IEnumerable<string> comments = YamlParser.Parse(text).Comments.Select(comment => text.Slice(comment.Span));
        Assert.That(comments, Is.EqualTo(new[] { "# first", "# second", "# third", "# fourth", "# fifth" }));
    }

    [Test]
    public void ADuplicateKeyIsThereTwice()
    {
        YamlTree tree = YamlParser.Parse(SourceText.From("a: 1\nA: 2\na: 3"));
        Assert.Multiple(() =>
        {
            Assert.That(tree.Errors, Is.Empty);
            Assert.That(((YamlMapping)tree.Documents[0].Root!).Entries, Has.Count.EqualTo(3));
        });
    }

    [Test]
    public void AliasesPointToTheirNodesAndMayFormCycles()
    {
        var root = (YamlMapping)YamlParser.Parse(SourceText.From("a: &x {self: *x}\nb: *x\nc: &x new\nd: *x")).Documents[0].Root!;
        var alias = (YamlAlias)root.Find("b")!.Value;
        var self = (YamlAlias)((YamlMapping)root.Find("a")!.Value).Find("self")!.Value;
        Assert.Multiple(() =>
        {
            Assert.That(alias.Resolved, Is.SameAs(root.Find("a")!.Value));
            Assert.That(self.Resolved, Is.SameAs(root.Find("a")!.Value));
            Assert.That(((YamlAlias)root.Find("d")!.Value).Resolved, Is.SameAs(root.Find("c")!.Value));
        });
    }

    [Test]
    public void AnAliasOfItselfResolvesToSomeNode()
    {
        var first = new YamlAlias(default, "a");
        var second = new YamlAlias(default, "b", first);
        first.Target = second;
        Assert.That(first.Resolved, Is.Not.Null);
    }

    [TestCase("~", true)]
    [TestCase("null", true)]
    [TestCase("", true)]
    [TestCase("''", false)]
    [TestCase("!!str", false)]
    [TestCase("!!null x", true)]
    [TestCase("nullable", false)]
    public void NullIsWrittenInFewWays(string yaml, bool isNull)
    {
        var root = (YamlMapping)YamlParser.Parse(SourceText.From("k: " + yaml)).Documents[0].Root!;
        Assert.That(((YamlScalar)root.Entries[0].Value).IsNull, Is.EqualTo(isNull));
    }

    [TestCase("\n")]
    [TestCase("\r\n")]
    [TestCase("\r")]
    public void EveryLineEndIsALineEnd(string end)
    {
        string yaml = "a: one\n  two\nb: |\n  x\n\n  y\nc: \"p\n  q\"\nd: >-\n  r\n  s\n";
        YamlTree tree = YamlParser.Parse(SourceText.From("\uFEFF" + yaml.Replace("\n", end, StringComparison.Ordinal)));
        Assert.Multiple(() =>
        {
            Assert.That(tree.Errors, Is.Empty);
            Assert.That(TreeValues.Of(tree.Documents[0].Root), Is.EqualTo("{a=one two, b=x\n\ny\n, c=p q, d=r s}"));
        });
    }
}
