using NUnit.Framework;
using StoryLsp.Features.Refactorings;
using StoryLsp.Index;
using StoryLsp.Testing;

namespace StoryLsp.Features.Tests.Refactorings;

/// <summary>A mention becomes a link, and a link a mention.</summary>
public sealed class LinkTests
{
    private static readonly FixtureWorkspace Story = FixtureWorkspace.Of(StoryFixture.Files);

    [TestCase("scenes/book.md", "Ada Vane danced", "[[Ada Vane]] danced")]
    [TestCase("scenes/book.md", "Miss Vane!", "[[Miss Vane]]!")]
    [TestCase("characters/tom.md", "Ada Vane.", "[[Ada Vane]].")]
    public void A_mention_becomes_a_link_that_shows_the_same(string path, string text, string expected)
    {
        var after = Story.Do(Story.PlaceAt(path, text, further: 2), "mention-to-link");
        Assert.That(after.Text(path)!.Text, Does.Contain(expected));
        var back = after.Do(after.PlaceAt(path, expected, further: 4), "link-to-mention");
        Assert.That(back.Render(), Is.EqualTo(Story.Render()));
    }

    [Test]
    public void A_name_that_leads_nowhere_stands_behind_one_that_does()
    {
        var story = FixtureWorkspace.Of("//- characters/tom.md\n# Tom Reed\n//- one.md\nTom ran. Tom's hat fell.\n");
        Assert.That(story.Do(story.PlaceAt("one.md", "Tom's"), "mention-to-link").Text("one.md")!.Text, Is.EqualTo("Tom ran. [[Tom]]'s hat fell.\n"));
        var other = FixtureWorkspace.Of("//- characters/reed.md\n# Tom Reed\n//- Tom.md\nA drum.\n//- one.md\nTom ran.\n");
        Assert.That(other.Do(other.PlaceAt("one.md", "Tom"), "mention-to-link").Text("one.md")!.Text, Is.EqualTo("[[reed|Tom]] ran.\n"));
    }

    [TestCase("scenes/book.md", "danced")]
    [TestCase("scenes/book.md", "pov: ada")]
    [TestCase("characters/ada.yaml", "Keeps")]
    [TestCase("characters/tom.md", "Tom Reed")]
    public void Nothing_is_offered_where_there_is_no_name_in_prose(string path, string text)
    {
        Assert.That(Story.PlaceAt(path, text).Titles("mention-to-link"), Is.Empty);
        Assert.That(Story.PlaceAt(path, text).Try("mention-to-link").Refusal, Is.Not.Null);
    }

    [Test]
    public void A_shown_text_stays_and_what_shows_more_than_words_is_no_mention()
    {
        var after = Story.Do(Story.PlaceAt("scenes/book.md", "[[Old Mill#Cellar"), "link-to-mention");
        Assert.That(after.Text("scenes/book.md")!.Text, Does.Contain("at the cellar."));
        var story = FixtureWorkspace.Of("one.md\n");
        story = FixtureWorkspace.Of("//- one.md\n---\nlike: \"[[two]]\"\n---\n![[two]] [[two#Deep]]\n\n# Deep\n//- two.md\n# Deep\n");
        foreach (var text in (string[])["![[two]]", "[[two#Deep", "\"[[two]]"])
        {
            Assert.That(story.PlaceAt("one.md", text, further: 4).Titles("link-to-mention"), Is.Empty, text);
        }
    }
}
