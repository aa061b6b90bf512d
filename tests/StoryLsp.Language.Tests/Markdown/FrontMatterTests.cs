using NUnit.Framework;

namespace StoryLsp.Language.Tests.Markdown;

/// <summary>Front matter, and what only looks like it.</summary>
internal sealed class FrontMatterTests
{
    [TestCase("---\nname: Ada\n---\nText.", "front closed «---⏎name: Ada⏎---» content «name: Ada⏎»")]
    [TestCase("---\r\nname: Ada\r\n...\r\nText.", "front closed «---⏎name: Ada⏎...» content «name: Ada⏎»")]
    [TestCase("---\rname: Ada\r---\rText.", "front closed «---⏎name: Ada⏎---» content «name: Ada⏎»")]
    [TestCase("--- \t\nname: Ada\n---  \nText.", "front closed «--- \t⏎name: Ada⏎---  » content «name: Ada⏎»")]
    [TestCase("\uFEFF---\nname: Ada\n---\nText.", "front closed «---⏎name: Ada⏎---» content «name: Ada⏎»")]
    [TestCase("---\n---\nText.", "front closed «---⏎---» content «»")]
    [TestCase("---\n# story-ignore-file: x\n\nname: Ada\n---\nText.", "front closed «---⏎# story-ignore-file: x⏎⏎name: Ada⏎---» content «# story-ignore-file: x⏎⏎name: Ada⏎»")]
    [TestCase("---\n\"full name\": Ada\n---\nText.", "front closed «---⏎\"full name\": Ada⏎---» content «\"full name\": Ada⏎»")]
    [TestCase("---\n{name: Ada}\n---\nText.", "front closed «---⏎{name: Ada}⏎---» content «{name: Ada}⏎»")]
    [TestCase("---\nPoint of view: Ada\nlist:\n- a\n---\nText.", "front closed «---⏎Point of view: Ada⏎list:⏎- a⏎---» content «Point of view: Ada⏎list:⏎- a⏎»")]
    [TestCase("---\nsummary: |\n  one\n\n  two\nx: 1\n---\nText.", "front closed «---⏎summary: |⏎  one⏎⏎  two⏎x: 1⏎---» content «summary: |⏎  one⏎⏎  two⏎x: 1⏎»")]
    [TestCase("---\npov:ada\nlocation: mill\n---\nText.", "front closed «---⏎pov:ada⏎location: mill⏎---» content «pov:ada⏎location: mill⏎»")]
    [TestCase("---\npov:ada\nlocation:mill\n---\nText.", "front closed «---⏎pov:ada⏎location:mill⏎---» content «pov:ada⏎location:mill⏎»")]
    [TestCase("---\npov:ada\n---\nText.", "front closed «---⏎pov:ada⏎---» content «pov:ada⏎»")]
    [TestCase("---\npov： ada\n---\nText.", "front closed «---⏎pov： ada⏎---» content «pov： ada⏎»")]
    [TestCase("---\n   type: scene\n---\nText.", "front closed «---⏎   type: scene⏎---» content «   type: scene⏎»")]
    [TestCase("---\nscene one\npov: ada\n---\nText.", "front closed «---⏎scene one⏎pov: ada⏎---» content «scene one⏎pov: ada⏎»")]
    public void Closed_front_matter_is_found(string markdown, string expected) =>
        Assert.That(MarkdownDump.Of(markdown), Is.EqualTo(expected + "\nprose «Text.»"));

    [TestCase("---\nname: Ada\npov: Tom\n\nText.", "front open «---⏎name: Ada⏎pov: Tom⏎» content «name: Ada⏎pov: Tom⏎»\nprose «Text.»")]
    [TestCase("---\nname: Ada\nText without a blank line.", "front open «---⏎name: Ada⏎» content «name: Ada⏎»\nprose «Text without a blank line.»")]
    [TestCase("---\nname:", "front open «---⏎name:» content «name:»")]
    [TestCase("---\nname: Ada\n\nText.\n\n---\nMore.", "front open «---⏎name: Ada⏎» content «name: Ada⏎»\nprose «Text.»\nprose «More.»")]
    [TestCase("---\ntype:scene\npov:ada\n\ntext", "front open «---⏎type:scene⏎pov:ada⏎» content «type:scene⏎pov:ada⏎»\nprose «text»")]
    public void Front_matter_that_is_not_closed_ends_where_no_key_is(string markdown, string expected) =>
        Assert.That(MarkdownDump.Of(markdown), Is.EqualTo(expected));

    [TestCase("---\n\nText.\n\n---\n\nMore.", "prose «Text.»\nprose «More.»")]
    [TestCase("---\nText.", "prose «Text.»")]
    [TestCase("---\nIt was so dark: nobody saw.", "prose «It was so dark: nobody saw.»")]
    [TestCase("----\nname: Ada\n----\n", "h2 name: Ada #name-ada «name: Ada⏎----» text «name: Ada»\nprose «name: Ada»")]
    [TestCase("\n---\nname: Ada\n---\n", "h2 name: Ada #name-ada «name: Ada⏎---» text «name: Ada»\nprose «name: Ada»")]
    [TestCase(" ---\nname: Ada\n", "prose «name: Ada»")]
    [TestCase("---\n# Chapter 1\n\nIt was dark.\n\n---\n", "h1 Chapter 1 #chapter-1 «# Chapter 1» text «Chapter 1»\nprose «Chapter 1»\nprose «It was dark.»")]
    [TestCase("---\n\nIt was dark.\nNobody:everybody slept.\n\n---\n", "prose «It was dark.⏎Nobody:everybody slept.»")]
    [TestCase("---\nhttp://example.com\n\n---\n", "prose «http://example.com»")]
    [TestCase("---\nword:word begins a text.", "prose «word:word begins a text.»")]
    [TestCase("---", "")]
    [TestCase("---\n", "")]
    public void A_thematic_break_is_no_front_matter(string markdown, string expected) =>
        Assert.That(MarkdownDump.Of(markdown), Is.EqualTo(expected));
}
