using NUnit.Framework;

namespace StoryLsp.Language.Tests.Markdown;

/// <summary>Wikilinks, embeds and the links of CommonMark.</summary>
internal sealed class LinkTests
{
    [TestCase("See [[Ada Vane]].", "Wikilink «[[Ada Vane]]» Ada Vane «Ada Vane»\nprose «See»\nprose «.»")]
    [TestCase("[[ada|the *girl*]]", "Wikilink «[[ada|the *girl*]]» ada «ada» | the *girl* «the *girl*»\nprose «the *girl*»")]
    [TestCase("[[ places/old mill # Wheel | mill ]]", "Wikilink «[[ places/old mill # Wheel | mill ]]» places/old mill «places/old mill» # Wheel «Wheel» | mill «mill»\nprose «mill»")]
    [TestCase("[[note#^b1]]", "Wikilink «[[note#^b1]]» note «note» # ^b1 «^b1»")]
    [TestCase("[[#Part One]]", "Wikilink «[[#Part One]]»  «» # Part One «Part One»")]
    [TestCase("[[note#Part#Chapter]]", "Wikilink «[[note#Part#Chapter]]» note «note» # Chapter «Chapter»")]
    [TestCase("[[note#]]", "Wikilink «[[note#]]» note «note»")]
    [TestCase("![[map.png|300]] x", "Embed «![[map.png|300]]» map.png «map.png» | 300 «300»\nprose «x»")]
    [TestCase("|a|b|\n|-|-|\n|[[x\\|y]]|z|", "Wikilink «[[x\\|y]]» x «x» | y «y»\nprose «|a|b|⏎|-|-|⏎|»\nprose «y»\nprose «|z|»")]
    [TestCase("[[[a]]]", "Wikilink «[[a]]» a «a»\nprose «[»\nprose «]»")]
    [TestCase("[[a]][[b]]", "Wikilink «[[a]]» a «a»\nWikilink «[[b]]» b «b»")]
    [TestCase("> one\n> [[a]]\n> - [[b]]", "Wikilink «[[a]]» a «a»\nWikilink «[[b]]» b «b»\nprose «one»")]
    [TestCase("wow![[a]]", "Embed «![[a]]» a «a»\nprose «wow»")]
    [TestCase("one\r\ntwo [[a]]\r\nthree [[b]]", "Wikilink «[[a]]» a «a»\nWikilink «[[b]]» b «b»\nprose «one⏎two»\nprose «three»")]
    [TestCase("[the [[a]] mill](b.md)", "Markdown «[the [[a]] mill](b.md)» b.md «b.md» | the [[a]] mill «the [[a]] mill»\nWikilink «[[a]]» a «a»\nprose «the»\nprose «mill»")]
    public void Wikilinks_are_found(string markdown, string expected) =>
        Assert.That(MarkdownDump.Of(markdown), Is.EqualTo(expected));

    [TestCase("`[[a]]`")]
    [TestCase("``x ` [[a]]``")]
    [TestCase("```\n[[a]]\n```")]
    [TestCase("    [[a]]")]
    [TestCase("<!-- [[a]] -->")]
    [TestCase("<b title=\"[[a]]\">x</b>")]
    [TestCase("x %%[[a]]%% y")]
    [TestCase("%%\n[[a]]\n%%")]
    [TestCase("\\[[a]]")]
    [TestCase("[[]]")]
    [TestCase("[[ ]]")]
    [TestCase("[[|shown]]")]
    [TestCase("[[a\nb]]")]
    [TestCase("[[a]")]
    [TestCase("[a]]")]
    [TestCase("[[a")]
    [TestCase("[a][b]")]
    [TestCase("[a](b c)")]
    [TestCase("[a]( b")]
    public void What_is_no_link_is_none(string markdown) =>
        Assert.That(MarkdownDump.Of(markdown, "Wikilink", "Embed", "Markdown", "Image"), Is.Empty);

    [TestCase("See [the mill](places/mill.md).", "Markdown «[the mill](places/mill.md)» places/mill.md «places/mill.md» | the mill «the mill»\nprose «See»\nprose «the mill»\nprose «.»")]
    [TestCase("[a](b.md \"title\")", "Markdown «[a](b.md \"title\")» b.md «b.md» | a «a»\nprose «a»")]
    [TestCase("[a](my%20file.md#a%20b)", "Markdown «[a](my%20file.md#a%20b)» my file.md «my%20file.md» # a b «a%20b» | a «a»\nprose «a»")]
    [TestCase("[a](<my file.md#b c>)", "Markdown «[a](<my file.md#b c>)» my file.md «my file.md» # b c «b c» | a «a»\nprose «a»")]
    [TestCase("[a](#part)", "Markdown «[a](#part)»  «» # part «part» | a «a»\nprose «a»")]
    [TestCase("[a](b\\(c\\).md)", "Markdown «[a](b\\(c\\).md)» b(c).md «b\\(c\\).md» | a «a»\nprose «a»")]
    [TestCase("[a](b(c).md)", "Markdown «[a](b(c).md)» b(c).md «b(c).md» | a «a»\nprose «a»")]
    [TestCase("[a](b&amp;c.md)", "Markdown «[a](b&amp;c.md)» b&c.md «b&amp;c.md» | a «a»\nprose «a»")]
    [TestCase("[a](b&#65;c.md#d)", "Markdown «[a](b&#65;c.md#d)» bAc.md «b&#65;c.md» # d «d» | a «a»\nprose «a»")]
    [TestCase("[a](100%.md)", "Markdown «[a](100%.md)» 100%.md «100%.md» | a «a»\nprose «a»")]
    [TestCase("![the map](map.png)", "Image «![the map](map.png)» map.png «map.png» | the map «the map»")]
    [TestCase("[![i](a.png)](b.md)", "Markdown «[![i](a.png)](b.md)» b.md «b.md» | ![i](a.png) «![i](a.png)»\nImage «![i](a.png)» a.png «a.png» | i «i»")]
    [TestCase("[](b.md) x", "Markdown «[](b.md)» b.md «b.md»\nprose «x»")]
    [TestCase("[x [y] `]` z](b.md)", "Markdown «[x [y] `]` z](b.md)» b.md «b.md» | x [y] `]` z «x [y] `]` z»\nprose «x [y]»\nprose «z»")]
    [TestCase("[one\r\ntwo](b.md)", "Markdown «[one⏎two](b.md)» b.md «b.md» | one⏎two «one⏎two»\nprose «one⏎two»")]
    [TestCase("> see [a](\n> b.md)", "Markdown «[a](⏎> b.md)» b.md «b.md» | a «a»\nprose «see»\nprose «a»")]
    [TestCase("- x\n  - [a](b.md)", "Markdown «[a](b.md)» b.md «b.md» | a «a»\nprose «x»\nprose «a»")]
    public void Markdown_links_are_found(string markdown, string expected) =>
        Assert.That(MarkdownDump.Of(markdown), Is.EqualTo(expected));

    [TestCase("[a](https://x.y/z)")]
    [TestCase("[a](mailto:ada@x.y)")]
    [TestCase("[a](//x.y/z)")]
    [TestCase("<https://x.y/z>")]
    [TestCase("[a]()")]
    [TestCase("[a](#)")]
    [TestCase("[^1]\n\n[^1]: Footnote")]
    [TestCase("[a]: https://x.y")]
    public void Links_that_lead_out_or_nowhere_are_left_out(string markdown) =>
        Assert.That(MarkdownDump.Of(markdown, "Markdown", "Image"), Is.Empty);

    [TestCase("See [the mill][m] and [m].\n\n[m]: mill.md \"T\"\n", "Markdown «[m]: mill.md» mill.md «mill.md»\nprose «See»\nprose «the mill»\nprose «and»\nprose «m»\nprose «.»")]
    [TestCase("[m]:\r\n  <old mill.md#wheel>\r\n", "Markdown «[m]:⏎  <old mill.md#wheel>» old mill.md «old mill.md» # wheel «wheel»")]
    [TestCase("[a]: one.md\r\n[b]: two.md\r\n[c]: three%20.md", "Markdown «[a]: one.md» one.md «one.md»\nMarkdown «[b]: two.md» two.md «two.md»\nMarkdown «[c]: three%20.md» three .md «three%20.md»")]
    [TestCase("> [a]: one.md\n> [b]: two.md", "Markdown «[a]: one.md» one.md «one.md»\nMarkdown «[b]: two.md» two.md «two.md»")]
    [TestCase("x [[w]]\n\n[a]: one.md\n\ny [[z]]", "Wikilink «[[w]]» w «w»\nMarkdown «[a]: one.md» one.md «one.md»\nWikilink «[[z]]» z «z»\nprose «x»\nprose «y»")]
    public void A_definition_is_one_link(string markdown, string expected) =>
        Assert.That(MarkdownDump.Of(markdown), Is.EqualTo(expected));
}
