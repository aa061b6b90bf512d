using NUnit.Framework;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Markdown;
using StoryLsp.Language.Text;

namespace StoryLsp.Language.Tests.Markdown;

/// <summary>
/// Text that makes parsers nest deeply or look again and again. Each of these took Markdig alone minutes, or an exception, or is close to one that did;
/// a hang is for the test host to see.
/// </summary>
internal sealed class HostileMarkdownTests
{
    [TestCase("[", 100_000)]
    [TestCase("[[", 100_000)]
    [TestCase("[[a ", 100_000)]
    [TestCase("![", 100_000)]
    [TestCase("[a](", 100_000)]
    [TestCase("[a](<", 100_000)]
    [TestCase("](", 100_000)]
    [TestCase("[a][b", 100_000)]
    [TestCase(">", 10_000)]
    [TestCase("> ", 10_000)]
    [TestCase("* ", 10_000)]
    [TestCase("1) ", 10_000)]
    [TestCase("- > ", 10_000)]
    [TestCase("`` ` ", 100_000)]
    [TestCase("```\n", 100_000)]
    [TestCase("a <!-- ", 100_000)]
    [TestCase("a <? ", 100_000)]
    [TestCase("a <!A ", 100_000)]
    [TestCase("a <![CDATA[ ", 100_000)]
    [TestCase("<a ", 100_000)]
    [TestCase("<a x=\"", 100_000)]
    [TestCase("[a]: x\n", 100_000)]
    [TestCase("[a]: x '\n", 100_000)]
    [TestCase("[a]: x\n===\n", 20_000)]
    [TestCase("a\n---\n", 50_000)]
    [TestCase("# a\n", 50_000)]
    [TestCase("# *a_ ", 50_000)]
    [TestCase("%% ", 100_000)]
    [TestCase("a %%\n\n", 50_000)]
    [TestCase("%%\n", 99_999)]
    [TestCase("$a ", 100_000)]
    [TestCase("$a", 100_000)]
    [TestCase("$$\n", 99_999)]
    [TestCase("$$a\n", 99_999)]
    [TestCase("<% ", 100_000)]
    [TestCase("<%\n\n", 100_000)]
    [TestCase("^a ", 100_000)]
    [TestCase("\\", 100_001)]
    [TestCase("&", 100_000)]
    [TestCase("\r", 500_000)]
    [TestCase(" ", 1_000_000)]
    [TestCase("\t", 100_000)]
    [TestCase("a", 3_000_000)]
    [TestCase("<div>\n", 50_000)]
    [TestCase("- a\n\n", 30_000)]
    [TestCase("| [[a\\|b]] | `c` | [d](e) |\n", 20_000)]
    public void A_row_of_one_mark_parses(string mark, int count) => Holds(string.Concat(Enumerable.Repeat(mark, count)));

    [Test]
    public void Nested_lists_parse()
    {
        string nested = string.Concat(Enumerable.Range(0, 1_000).Select(level => new string(' ', 2 * level) + "- a\n"));
        string blanks = string.Concat(Enumerable.Range(0, 30).Select(level => new string(' ', 2 * level) + "- a\n")) + new string('\n', 200_000) + "x";

        Holds(nested);
        Holds(blanks);
    }

    [Test]
    public void A_line_of_spaces_in_front_matter_parses() =>
        Holds("---\na: b\n" + new string(' ', 1_000_000) + "\nkey" + new string(' ', 1_000_000));

    [Test]
    public void Where_Markdig_gives_up_headings_links_and_prose_remain()
    {
        string markdown = new string('>', 10_000) + "\n# One\n\n[[Ada]] met [Tom](tom.md) `[[x]]`.\n\n```\n# code\n```\n";
        string expected = "h1 One #one «# One» text «One»\nWikilink «[[Ada]]» Ada «Ada»\nMarkdown «[Tom](tom.md)» tom.md «tom.md» | Tom «Tom»\n"
            + "prose «One»\nprose «met»\nprose «Tom»\nprose «.»";

        Assert.That(MarkdownDump.Of(markdown), Is.EqualTo(expected));
    }

    [Test]
    public void A_paragraph_of_open_brackets_keeps_its_wikilinks() =>
        Assert.That(
            MarkdownDump.Of("Ada. [[One]] " + new string('[', 20_000) + " [[Two|2]]\n\n[[Three]]", "Wikilink"),
            Is.EqualTo("Wikilink «[[One]]» One «One»\nWikilink «[[Two|2]]» Two «Two» | 2 «2»\nWikilink «[[Three]]» Three «Three»"));

    [Test]
    public void A_chapter_without_blank_lines_keeps_its_links()
    {
        string chapter = string.Concat(Enumerable.Repeat("[[Ada]] came in! \"Well,\" she said. \"So it is you!\" [Tom](<the tom.md> \"T\") turned.\n", 4_000));

        IReadOnlyList<LinkFact> links = MarkdownParser.Parse(SourceText.From(chapter)).Links;
        Assert.That(links, Has.Count.EqualTo(8_000));
        Assert.That(links[^1].Target, Is.EqualTo("the tom.md"));
    }

    private static void Holds(string markdown)
    {
        SourceText text = SourceText.From(markdown);
        Assert.That(() => MarkdownInvariants.Check(text, MarkdownParser.Parse(text)), Throws.Nothing);
    }
}
