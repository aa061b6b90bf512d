using NUnit.Framework;
using StoryLsp.Language.Markdown;

namespace StoryLsp.Language.Tests.Markdown;

/// <summary>Headings, their slugs, and the <c>story</c> fences below them.</summary>
internal sealed class HeadingTests
{
    [TestCase("# One", "h1 One #one «# One» text «One»")]
    [TestCase("### Two ###", "h3 Two #two «### Two ###» text «Two»")]
    [TestCase("   ## Three", "h2 Three #three «## Three» text «Three»")]
    [TestCase("#", "h1  # «#» text «»")]
    [TestCase("# A *b* **c** `d` <i>e</i> &amp; f\\*", "h1 A b c d e & f* #a-b-c-d-e--f «# A *b* **c** `d` <i>e</i> &amp; f\\*» text «A *b* **c** `d` <i>e</i> &amp; f\\*»")]
    [TestCase("# See [the *mill*](mill.md)", "h1 See the mill #see-the-mill «# See [the *mill*](mill.md)» text «See [the *mill*](mill.md)»")]
    [TestCase("# [[Ada Vane|Ada]] and [[Tom]]", "h1 Ada and Tom #ada-and-tom «# [[Ada Vane|Ada]] and [[Tom]]» text «[[Ada Vane|Ada]] and [[Tom]]»")]
    [TestCase("# One ^here", "h1 One #one «# One ^here» text «One ^here»")]
    [TestCase("Long\ntitle\n=====", "h1 Long title #long-title «Long⏎title⏎=====» text «Long⏎title»")]
    [TestCase("Title\n---\n", "h2 Title #title «Title⏎---» text «Title»")]
    [TestCase("> # Quoted", "h1 Quoted #quoted «# Quoted» text «Quoted»")]
    [TestCase("\uFEFF# One", "h1 One #one «# One» text «One»")]
    [TestCase("# One\r\n\r\n# Two\r# Three", "h1 One #one «# One» text «One»\nh1 Two #two «# Two» text «Two»\nh1 Three #three «# Three» text «Three»")]
    public void Headings_are_found(string markdown, string expected) =>
        Assert.That(MarkdownDump.Of(markdown, "h"), Is.EqualTo(expected));

    [TestCase("####### Seven")]
    [TestCase("#hashtag")]
    [TestCase("\\# Escaped")]
    [TestCase("    # Code")]
    [TestCase("```\n# Code\n```")]
    [TestCase("<!--\n# Comment\n-->")]
    [TestCase("%%\n# Comment\n%%")]
    [TestCase("text\n\n---\n")]
    public void What_is_no_heading_is_none(string markdown) =>
        Assert.That(MarkdownDump.Of(markdown, "h"), Is.Empty);

    [TestCase("Hello, World!", "hello-world")]
    [TestCase("  Two  blanks  ", "two--blanks")]
    [TestCase("snake_case-and.dots", "snake_case-anddots")]
    [TestCase("Ångström Élan", "ångström-élan")]
    [TestCase("Глава Первая", "глава-первая")]
    [TestCase("第一章 雪", "第一章-雪")]
    [TestCase("Ada 😀 Vane", "ada--vane")]
    [TestCase("C'est l’été", "cest-lété")]
    [TestCase("½ and ²", "½-and-²")]
    public void Slugs_are_those_of_github(string heading, string slug) =>
        Assert.That(HeadingSlug.Of(heading), Is.EqualTo(slug));

    [Test]
    public void Slugs_are_unique_in_a_document()
    {
        string slugs = string.Join(' ', MarkdownDump.Of("# A\n# A\n# A-1\n# A\n# !\n# ?\n", "h").Split('\n').Select(line => line.Split(" «")[0].Split(' ')[^1]));

        Assert.That(slugs, Is.EqualTo("#a #a-1 #a-1-1 #a-2 # #-1"));
    }

    [TestCase("# A\n```story\nx: 1\n```", "story 0 «```story⏎x: 1⏎```» content «x: 1⏎»")]
    [TestCase("# A\n\n\n~~~~ story and more\nx: 1\n~~~~\n", "story 0 «~~~~ story and more⏎x: 1⏎~~~~» content «x: 1⏎»")]
    [TestCase("# A\r\n\r\n```story\r\nx: 1\r\ny: 2\r\n```\r\n", "story 0 «```story⏎x: 1⏎y: 2⏎```» content «x: 1⏎y: 2⏎»")]
    [TestCase("# A\n## B\n```story\n```", "story 1 «```story⏎```» content «»")]
    [TestCase("# A\n<!-- story-ignore: x -->\n```story\nx: 1\n```", "story 0 «```story⏎x: 1⏎```» content «x: 1⏎»")]
    [TestCase("# A\nText.\n\n```story\nx: 1\n```", "story -1 «```story⏎x: 1⏎```» content «x: 1⏎»")]
    [TestCase("# A\n- item\n\n```story\nx: 1\n```", "story -1 «```story⏎x: 1⏎```» content «x: 1⏎»")]
    [TestCase("# A\n```story\nx: 1\n\ny: 2\n", "story 0 «```story⏎x: 1⏎⏎y: 2⏎» content «x: 1⏎⏎y: 2⏎»")]
    [TestCase("# A\n```story", "story 0 «```story» content «»")]
    [TestCase("---\na: b\n---\n# A\n  ```story\n  x: 1\n  ```\n", "story 0 «```story⏎  x: 1⏎  ```» content «  x: 1⏎»")]
    [TestCase("# A\n```yaml\nx: 1\n```", "")]
    [TestCase("# A\n```storyboard\nx: 1\n```", "")]
    [TestCase("> # A\n> ```story\n> x: 1\n> ```", "")]
    public void Story_fences_belong_to_the_heading_directly_before(string markdown, string expected) =>
        Assert.That(MarkdownDump.Of(markdown, "story"), Is.EqualTo(expected));
}
