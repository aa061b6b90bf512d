using NUnit.Framework;

namespace StoryLsp.Features.Tests.Completion;

/// <summary>What comes up while a writer writes prose, and what does not.</summary>
public class ProseCompletionTests
{
    [TestCase("So Ad$0", "Ada Vane", "So Ada Vane")]
    [TestCase("So Ad$0", "Ada", "So Ada")]
    [TestCase("So Ada V$0, then", "Ada Vane", "So Ada Vane, then")]
    [TestCase("So Va$0", "Vane", "So Vane")]
    [TestCase("He saw The H$0", "The Heron", "He saw The Heron")]
    [TestCase("He saw Th$0", "The Heron", "He saw The Heron")]
    [TestCase("The H$0", "The Heron", "The Heron", TestName = "Behind the article of a name at a sentence's beginning")]
    [TestCase("**Ad$0**", "Ada Vane", "**Ada Vane**")]
    [TestCase("“Ad$0", "Ada Vane", "“Ada Vane")]
    [TestCase("# Ad$0", "Ada Vane", "# Ada Vane")]
    [TestCase("Vane's Re$0", "Reed", "Vane's Reed")]
    [TestCase("🐟 To$0", "Tom Reed", "🐟 Tom Reed")]
    [TestCase("Él$0", "Éléonore", "Éléonore")]
    [TestCase("看见林 美$0", "林 美雪", null, TestName = "A name that does not begin with a word")]
    [TestCase("看见 林 美$0", "林 美雪", "看见 林 美雪")]
    [TestCase("\uFEFFAd$0", "Ada Vane", "\uFEFFAda Vane")]
    [TestCase("One.\r\nAd$0\r\n", "Ada Vane", "One.\r\nAda Vane\r\n")]
    [TestCase("---\npov: x\n---\nAd$0", "Ada Vane", "---\npov: x\n---\nAda Vane")]
    [TestCase("- a\n  - So To$0", "Tom Reed", "- a\n  - So Tom Reed")]
    [TestCase("> So To$0", "Tom Reed", "> So Tom Reed")]
    public void A_known_name_goes_on(string text, string label, string? expected)
    {
        if (expected is null)
        {
            Assert.That(Completed.Labels("page.md", text), Is.Empty);
            return;
        }

        Assert.That(Completed.Accept("page.md", text, label), Is.EqualTo(expected));
    }

    [TestCase("So A$0", TestName = "One letter")]
    [TestCase("So ad$0", TestName = "Small letters")]
    [TestCase("So Ada$0", TestName = "A name that is written")]
    [TestCase("So Ada $0", TestName = "Behind a name")]
    [TestCase("So Ad$0a", TestName = "Within a word")]
    [TestCase("She went. Th$0", TestName = "An article at a sentence's beginning")]
    [TestCase("So Zz$0", TestName = "A name that nobody has")]
    [TestCase("So `Ad$0`", TestName = "Code")]
    [TestCase("```\nAd$0\n```", TestName = "A fence")]
    [TestCase("So <!-- Ad$0 -->", TestName = "A comment")]
    [TestCase("So %% Ad$0 %%", TestName = "A comment of Obsidian")]
    [TestCase("https://x.org/Ad$0", TestName = "An address")]
    [TestCase("So #Ad$0", TestName = "A tag")]
    [TestCase("$0", TestName = "No word")]
    public void No_name_is_offered(string text) =>
        Assert.That(Completed.Labels("page.md", text), Has.None.EqualTo("Ada").And.None.EqualTo("Ada Vane").And.None.EqualTo("The Heron"));

    [Test]
    public void Who_is_in_the_scene_comes_first()
    {
        Assert.That(Completed.Labels("scenes/1.md", "---\ncharacters: [ada-vane]\n---\nSo Th$0"), Is.EqualTo((string[])["The Heron", "The Old Mill"]));
        Assert.That(Completed.Labels("scenes/1.md", "---\nlocation: The Old Mill\n---\nSo Th$0"), Is.EqualTo((string[])["The Old Mill", "The Heron"]));
    }

    [TestCase("So @$0", "Ada Vane", "So [[ada-vane|Ada Vane]]")]
    [TestCase("So @to$0 went", "Tom Reed", "So [[Tom Reed]] went")]
    [TestCase("So @t$0om went", "Tom Reed", "So [[Tom Reed]] went")]
    [TestCase("So @Tom R$0", "Tom Reed", "So [[Tom Reed]]")]
    [TestCase("So @her$0", "Ada Vane", "So [[ada-vane|The Heron]]")]
    [TestCase("(@cl$0)", "Clock", "([[Clock]])")]
    [TestCase("| @her$0 |", "Ada Vane", "| [[ada-vane\\|The Heron]] |")]
    [TestCase("@a$0", "Ada Vane", "[[ada-vane|Ada Vane]]")]
    [TestCase("@林$0", "林 美雪", "[[林 美雪]]")]
    [TestCase("@pov: Ada Vane\n@ch$0", "@char", "@pov: Ada Vane\n@char: ")]
    public void A_sign_becomes_a_link(string text, string label, string expected) => Assert.That(Completed.Accept("page.md", text, label), Is.EqualTo(expected));

    [TestCase("tom@a$0")]
    [TestCase("@@a$0")]
    [TestCase("`@a$0`")]
    [TestCase("So @Ada went $0")]
    [TestCase("So @Ada, a$0")]
    [TestCase("```\n@a$0\n```")]
    [TestCase("So <!-- @a$0 -->")]
    [TestCase("So @ a$0")]
    public void A_sign_that_is_something_else_is_left(string text) => Assert.That(Completed.Labels("page.md", text), Is.Empty);

    [TestCase("[[T$0]", "Tom Reed", "[[Tom Reed]]", TestName = "One bracket is there")]
    [TestCase("see [[Tom R$0eed and", "Tom Reed", "see [[Tom Reed]] and", TestName = "Mid-word in an unclosed link")]
    [TestCase("see [[Ada and [[T$0", "Tom Reed", "see [[Ada and [[Tom Reed]]", TestName = "Behind another that is not closed")]
    [TestCase("| [[Ad$0 |", "Ada Vane", "| [[ada-vane\\|Ada Vane]] |", TestName = "In a table")]
    [TestCase("[[ada-vane|$0]]", "The Heron", "[[ada-vane|The Heron]]", TestName = "The text to show")]
    [TestCase("[[ada-vane|He$0 there", "The Heron", "[[ada-vane|The Heron]] there", TestName = "The text to show in an unclosed link")]
    [TestCase("| [[ada-vane\\|He$0]] |", "The Heron", "| [[ada-vane\\|The Heron]] |", TestName = "The text to show in a table")]
    [TestCase("\uFEFF[[T$0\r\nx", "Tom Reed", "\uFEFF[[Tom Reed]]\r\nx", TestName = "Behind a byte order mark")]
    public void A_link_is_completed_as_far_as_it_is_there(string text, string label, string expected) => Assert.That(Completed.Accept("page.md", text, label), Is.EqualTo(expected));

    [TestCase("<!-- [[T$0 -->")]
    [TestCase("[[nobody|$0]]")]
    public void No_link_is_offered(string text) => Assert.That(Completed.Labels("page.md", text), Is.Empty);

    [TestCase("scenes/1.yaml", "\uFEFFpo$0", "pov", "\uFEFFpov: $0")]
    [TestCase("scenes/1.yaml", "\uFEFFtype: sc$0", "scene", "\uFEFFtype: scene")]
    [TestCase("scenes/1.md", "\uFEFF---\r\npov: T$0\r\n---\r\n", "Tom Reed", "\uFEFF---\r\npov: Tom Reed\r\n---\r\n")]
    public void Yaml_behind_a_byte_order_mark_completes(string path, string text, string label, string expected) => Assert.That(Completed.Accept(path, text, label), Is.EqualTo(expected));

    [Test]
    public void A_byte_order_mark_is_no_text()
    {
        Assert.That(Completed.Labels("scenes/1.yaml", "\uFEFF$0")[0], Is.EqualTo("new scene"));
        Assert.That(Completed.Accept("scenes/1.md", "\uFEFF$0", "new scene"), Does.StartWith("\uFEFF---\ntype: scene\n"));
    }

    [Test]
    public void What_is_being_written_refers_to_others()
    {
        Assert.That(Completed.Labels("characters/x.yaml", "type: character\nname: Xena\nrelations:\n  - to: $0"), Does.Contain("Ada Vane").And.Not.Contain("Xena"));
    }

    [TestCase("## $0", "new scene", "## ${1:Title}\n\n```story\ntype: scene\ncharacters: [$2]\n")]
    [TestCase("#$0", "new clue", "# ${1:Title}\n\n```story\ntype: clue\n")]
    [TestCase("Text.\n\n$0", "new scene", "Text.\n\n## ${1:Title}\n\n```story\ntype: scene\n")]
    [TestCase("# A\n### B\n```story\nid: b\n```\n\n$0", "new scene", "# A\n### B\n```story\nid: b\n```\n\n### ${1:Title}\n\n```story\ntype: scene\n")]
    public void A_heading_becomes_a_container_where_somebody_asks(string text, string label, string expected)
    {
        Assert.That(Completed.Accept("book.md", text, label, new(IsAsked: true)), Does.StartWith(expected).And.EndWith("\n```\n\n$0"));
        Assert.That(Completed.Labels("book.md", text, new(IsAsked: true))[0], Is.EqualTo("new scene"));
        Assert.That(Completed.Labels("book.md", text), Is.Empty, "a heading is mostly just that");
    }

    [Test]
    public void Every_type_can_be_begun_in_an_empty_file_and_reads_as_itself()
    {
        var types = StoryLsp.Language.Schemas.SchemaSet.Shipped.All.Select(schema => schema.Name).ToList();
        Assert.That(types, Has.Count.GreaterThan(15));
        Assert.Multiple(() =>
        {
            foreach (var type in types)
            {
                foreach (var path in new[] { "x.yaml", "x.md" })
                {
                    var text = Completed.Accept(path, "$0", "new " + type, new(Snippets: false));
                    var read = StoryLsp.Testing.FixtureWorkspace.OfTexts([new("story.yaml", "story: 1\n"), new(path, text)]);
                    Assert.That(read.Snapshot.ContainersIn(path).Select(container => container.Type), Is.EqualTo((string[])[type]), text);
                    Assert.That(read.Document(path).YamlRegions.SelectMany(region => region.Tree.Errors), Is.Empty, text);
                }
            }
        });
    }

    [TestCase("Run `code Ad$0` now.", false)]
    [TestCase("Run ``a ` Ad$0`` now.", false)]
    [TestCase("Run `code` Ad$0 now.", true)]
    [TestCase("A lone ` Ad$0 now.", true)]
    [TestCase("Both `one` and `two` Ad$0", true)]
    public void Names_are_none_in_code(string text, bool offered) => Assert.That(Completed.Labels("page.md", text), offered ? Does.Contain("Ada Vane") : Is.Empty);
}
