using NUnit.Framework;
using StoryLsp.Features.Hover;
using StoryLsp.Features.Navigation;
using StoryLsp.Testing;

namespace StoryLsp.Features.Tests.Navigation;

/// <summary>Names in prose lead to what they name, in every form.</summary>
public class MentionTests
{
    private const string Story = """
        //- story.yaml
        story: 1
        //- characters/ada.yaml
        name: Ada Vane
        aliases: [the Captain]
        //- characters/will.yaml
        name: Will Hale
        //- scenes/one.md
        ---
        pov: Ada Vane
        ---
        Ada's hat. Will you? Mrs. Vane said so, and the Vanes; the Captain and Will.

        """;

    [TestCase("A$0da's", "Ada", "Ada Vane")]
    [TestCase("Mrs. V$0ane", "Mrs. Vane", "Ada Vane")]
    [TestCase("the V$0anes", "Vanes", "Ada Vane")]
    [TestCase("; the Cap$0tain", "the Captain", "Ada Vane")]
    [TestCase("and W$0ill", "Will", "Will Hale")]
    public void A_mention_shows_the_card_of_what_it_names_and_leads_there(string at, string span, string name)
    {
        var story = At(at);
        var card = Hovers.At(story.Snapshot, story.CursorPath, story.CursorOffset, null, default);
        Assert.That(story.Text(story.CursorPath)!.Slice(card!.Span), Is.EqualTo(span));
        Assert.That(card.Markdown, Does.Contain(name));
        var definition = Definitions.At(story.Snapshot, story.CursorPath, story.CursorOffset, default);
        Assert.That(definition!.Targets.Single().Path, Is.EqualTo($"characters/{name.Split(' ')[0].ToLowerInvariant()}.yaml"));
    }

    [Test]
    public void A_common_word_is_no_mention()
    {
        var story = At("W$0ill you");
        Assert.That(Hovers.At(story.Snapshot, story.CursorPath, story.CursorOffset, null, default), Is.Null);
    }

    [Test]
    public void References_and_highlights_have_every_form()
    {
        var story = At("A$0da's");
        var text = story.Text("scenes/one.md")!;
        Assert.That(AllReferences.At(story.Snapshot, story.CursorPath, story.CursorOffset, false, default).Select(found => text.Slice(found.Span)),
            Is.EqualTo(new[] { "Ada Vane", "Ada", "Mrs. Vane", "Vanes", "the Captain" }));
        Assert.That(Highlights.At(story.Snapshot, story.CursorPath, story.CursorOffset, default).Select(found => text.Slice(found.Span)),
            Is.EqualTo(new[] { "Ada Vane", "Ada", "Mrs. Vane", "Vanes", "the Captain" }));
    }

    private static FixtureWorkspace At(string marked) => FixtureWorkspace.Of(Story.Replace(marked.Replace("$0", "", StringComparison.Ordinal), marked, StringComparison.Ordinal));
}
