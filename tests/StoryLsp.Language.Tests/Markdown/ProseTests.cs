using NUnit.Framework;
using StoryLsp.Language.Markdown;
using StoryLsp.Language.Text;

namespace StoryLsp.Language.Tests.Markdown;

/// <summary>What a reader reads, and what is only for the writer.</summary>
internal sealed class ProseTests
{
    [TestCase("One.\nTwo.\n\nThree.", "prose «One.⏎Two.»\nprose «Three.»")]
    [TestCase("One *two* __three__ \\* &amp;", "prose «One *two* __three__ \\* &amp;»")]
    [TestCase("a `code` b", "prose «a»\nprose «b»")]
    [TestCase("a <b class=\"x\">bold</b> c", "prose «a»\nprose «bold»\nprose «c»")]
    [TestCase("a < b and c > d", "prose «a < b and c > d»")]
    [TestCase("- one\n- two\n  more\n1. three", "prose «one»\nprose «two⏎  more»\nprose «three»")]
    [TestCase("> one\n> two\nlazy", "prose «one»\nprose «two⏎lazy»")]
    [TestCase("> one\n>\n> two", "prose «one»\nprose «two»")]
    [TestCase("a\n\n    code\n\nb", "prose «a»\nprose «b»")]
    [TestCase("a\n\n***\n\nb", "prose «a»\nprose «b»")]
    [TestCase("- a\n\n  b\n\nc\n\n    code", "prose «a»\nprose «b»\nprose «c»")]
    [TestCase("- a\n\n\n\n\n  b", "prose «a»\nprose «b»")]
    [TestCase("a\t\r\n\tb", "prose «a\t⏎\tb»")]
    [TestCase("<div>\nAda <i>Vane</i>\n</div>\n\nTom", "prose «Ada»\nprose «Vane»\nprose «Tom»")]
    [TestCase("<script>\nvar ada;\n</script>\n\nTom", "prose «Tom»")]
    [TestCase("<https://x.y> a", "prose «a»")]
    [TestCase("100% of 50%", "prose «100% of 50%»")]
    [TestCase("\"Quoted,\" she said.\r\n\r\n—And dashed.", "prose «\"Quoted,\" she said.»\nprose «—And dashed.»")]
    [TestCase("**Bold** start\n_italic_ next", "prose «**Bold** start⏎_italic_ next»")]
    [TestCase("* item\n\n* * *\n\n_ _ _\n\n***x", "prose «item»\nprose «***x»")]
    [TestCase("a\n1. b\n2) c", "prose «a»\nprose «b»\nprose «c»")]
    public void Prose_is_what_is_read(string markdown, string expected) =>
        Assert.That(MarkdownDump.Of(markdown, "prose"), Is.EqualTo(expected));

    [TestCase("a <!-- b --> c", "comment «<!-- b -->» content « b »\nprose «a»\nprose «c»")]
    [TestCase("<!-- a\n\nb -->\n\nc", "comment «<!-- a⏎⏎b -->» content « a⏎⏎b »\nprose «c»")]
    [TestCase("<!-- a --> b\n\nc", "comment «<!-- a -->» content « a »\nprose «b»\nprose «c»")]
    [TestCase("a <!-- b\nc --> d", "comment «<!-- b⏎c -->» content « b⏎c »\nprose «a»\nprose «d»")]
    [TestCase("<div>\n<!-- a -->\nb\n</div>", "comment «<!-- a -->» content « a »\nprose «b»")]
    [TestCase("<!-- never closed\n\na", "comment «<!-- never closed⏎⏎a» content « never closed⏎⏎a»")]
    [TestCase("a %%b%% c", "comment «%%b%%» content «b»\nprose «a»\nprose «c»")]
    [TestCase("%%b%% c\n%%d%%", "comment «%%b%%» content «b»\ncomment «%%d%%» content «d»\nprose «c»")]
    [TestCase("a\n%%\nb\n\nc\n%%\nd", "comment «%%⏎b⏎⏎c⏎%%» content «⏎b⏎⏎c⏎»\nprose «a»\nprose «d»")]
    [TestCase("%% b\nc %%\n\nd", "comment «%% b⏎c %%» content « b⏎c »\nprose «d»")]
    [TestCase("a %% b\n\nc", "prose «a %% b»\nprose «c»")]
    [TestCase("%%\n\nc", "prose «%%»\nprose «c»")]
    [TestCase("a `<!-- b -->` c", "prose «a»\nprose «c»")]
    public void Comments_are_kept_apart(string markdown, string expected) =>
        Assert.That(MarkdownDump.Of(markdown), Is.EqualTo(expected));

    [TestCase("a $x_[[i]]$ b", "prose «a»\nprose «b»")]
    [TestCase("a $$[[x]] + 1$$ b", "prose «a»\nprose «b»")]
    [TestCase("a\n\n$$\n[[x]]\n- b\n$$\nc [[Tom]]", "Wikilink «[[Tom]]» Tom «Tom»\nprose «a»\nprose «c»")]
    [TestCase("> $$\n> [[x]]\n> $$\n> c", "prose «c»")]
    [TestCase("a\r\n$$x\r\n[[y]]$$\r\nb", "prose «a»\nprose «b»")]
    [TestCase("$$\n\n[[Tom]]\n\n$$", "Wikilink «[[Tom]]» Tom «Tom»\nprose «$$»\nprose «$$»")]
    [TestCase("It cost $5 or [[Tom]] paid $6.", "Wikilink «[[Tom]]» Tom «Tom»\nprose «It cost $5 or»\nprose «paid $6.»")]
    [TestCase("It cost $5, [[Tom]] said, or 10$ more.", "Wikilink «[[Tom]]» Tom «Tom»\nprose «It cost $5,»\nprose «said, or 10$ more.»")]
    [TestCase("It cost $5.\n\nMore, 5$.", "prose «It cost $5.»\nprose «More, 5$.»")]
    [TestCase("\\$a [[Tom]] b$", "Wikilink «[[Tom]]» Tom «Tom»\nprose «\\$a»\nprose «b$»")]
    [TestCase("`$` [[Tom]] `$`", "Wikilink «[[Tom]]» Tom «Tom»")]
    [TestCase("## A $x$", "h2 A $x$ #a-x «## A $x$» text «A $x$»\nprose «A»")]
    public void Formulas_are_no_prose_and_money_is_no_formula(string markdown, string expected) =>
        Assert.That(MarkdownDump.Of(markdown), Is.EqualTo(expected));

    [TestCase("a <% tp.link(\"[[x]]\") %> b", "prose «a»\nprose «b»")]
    [TestCase("<%* let x = \"[[y]]\";\n\n# no heading\n%>\n\nb", "prose «b»")]
    [TestCase("a <% b\nc %> d", "prose «a»\nprose «d»")]
    [TestCase("a <% [[Tom]]\n\n<% x %> b", "Wikilink «[[Tom]]» Tom «Tom»\nprose «a <%»\nprose «b»")]
    [TestCase("# <% tp.title %>\n\nb", "h1 <% tp.title %> #-tptitle- «# <% tp.title %>» text «<% tp.title %>»\nprose «b»")]
    public void Commands_of_templates_are_no_prose(string markdown, string expected) =>
        Assert.That(MarkdownDump.Of(markdown), Is.EqualTo(expected));

    [TestCase("One. ^first\n\nTwo.\n^second-2", "anchor first\nanchor second-2\nprose «One.»\nprose «Two.»")]
    [TestCase("- item ^i1\n- `x` y ^i2", "anchor i1\nanchor i2\nprose «item»\nprose «y»")]
    [TestCase("x^2\n\n^\n\na ^b c", "prose «x^2»\nprose «^»\nprose «a ^b c»")]
    public void Block_anchors_stand_at_the_end_of_a_line(string markdown, string expected) =>
        Assert.That(MarkdownDump.Of(markdown), Is.EqualTo(expected));

    [Test]
    public void Tag_lines_of_novelWriter_are_no_prose() =>
        Assert.That(MarkdownDump.Of("### Scene\n\n@pov: Jane\n@char: Jane, John Smith ,\n@location:\n% Synopsis: One, two.\n\nShe came.\n%Note.Cut: maybe\n@mention: [[Tom|T]]"), Is.EqualTo(
            """
            h3 Scene #scene «### Scene» text «Scene»
            Wikilink «[[Tom|T]]» Tom «Tom» | T «T»
            tag pov «@pov» in «@pov: Jane»: Jane «Jane»
            tag char «@char» in «@char: Jane, John Smith ,»: Jane «Jane», John Smith «John Smith»
            tag location «@location» in «@location:»: 
            tag synopsis «% Synopsis» in «% Synopsis: One, two.»: One, two. «One, two.»
            tag note.cut «%Note.Cut» in «%Note.Cut: maybe»: maybe «maybe»
            tag mention «@mention» in «@mention: [[Tom|T]]»: Tom «Tom»
            prose «Scene»
            prose «She came.»
            """));

    [TestCase("@ada: where are you?")]
    [TestCase("x @pov: Jane")]
    [TestCase("% of all: things")]
    [TestCase("`@pov: Jane`")]
    [TestCase("    @pov: Jane")]
    [TestCase("```\n@pov: Jane\n```")]
    [TestCase("> @pov: Jane")]
    public void What_is_no_tag_line_is_none(string markdown) =>
        Assert.That(MarkdownDump.Of(markdown, "tag"), Is.Empty);

    [Test]
    public void NULs_keep_their_places()
    {
        MarkdownTree tree = MarkdownParser.Parse(SourceText.From("a\0b [[c\0d]]\n\n\0"));

        Assert.That(tree.Links.Single().TargetSpan, Is.EqualTo(new TextSpan(6, 3)));
        Assert.That(tree.Prose, Is.EqualTo(new[] { new TextSpan(0, 3), new TextSpan(13, 1) }));
    }
}
