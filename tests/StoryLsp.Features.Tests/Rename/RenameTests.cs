using NUnit.Framework;
using StoryLsp.Features.Rename;
using StoryLsp.Index;
using StoryLsp.Testing;

namespace StoryLsp.Features.Tests.Rename;

public class RenameTests
{
    private const string Story = """
        //- story.yaml
        story: 1
        manuscript: [one]
        //- characters/ada.yaml
        id: ada
        name: Ada $0Vane
        aliases: [the Captain, Vane]
        //- characters/tom.md
        ---
        relations: [{to: Ada Vane, kind: sister}]
        ---
        # Tom
        Ada's brother.
        //- scenes/one.md
        ---
        pov: ada
        characters: [Ada Vane, tom]
        ---
        Ada Vane, Mrs. Vane and Ada's hat; the Vanes. ADA, said the Captain to Ada
        Vane. [[Ada Vane]] and [[ada|Ada]] and [[tom]], Adam.

        """;

    [Test]
    public void A_name_is_renamed_with_all_its_forms_and_nothing_else() => Renames_to("Eva Moor", Story.Replace("$0", "", StringComparison.Ordinal), """
        //- story.yaml
        story: 1
        manuscript: [one]
        //- characters/eva.yaml
        id: eva
        name: Eva Moor
        aliases: [the Captain, Moor]
        //- characters/tom.md
        ---
        relations: [{to: Eva Moor, kind: sister}]
        ---
        # Tom
        Eva's brother.
        //- scenes/one.md
        ---
        pov: eva
        characters: [Eva Moor, tom]
        ---
        Eva Moor, Mrs. Moor and Eva's hat; the Moors. EVA, said the Captain to Eva
        Moor. [[Eva Moor]] and [[eva|Eva]] and [[tom]], Adam.

        """);

    [Test]
    public void Short_forms_in_prose_are_to_be_confirmed()
    {
        var story = FixtureWorkspace.Of(Story);
        var result = Renames.At(story.Snapshot, story.CursorPath, story.CursorOffset, "Eva Moor", true, default);
        Assert.That(result.Refusal, Is.Null);
        Assert.That(result.Edits.GroupBy(edit => edit.Part).ToDictionary(group => group.Key, group => group.Count()), Is.EquivalentTo(new Dictionary<RenamePart, int>
        {
            [RenamePart.Definition] = 3, [RenamePart.Reference] = 6, [RenamePart.Mention] = 3, [RenamePart.ShortMention] = 4,
        }));
    }

    [Test]
    public void There_and_back_gives_the_same_bytes()
    {
        var story = FixtureWorkspace.Of(Story);
        var there = Apply(story, Renames.At(story.Snapshot, "characters/ada.yaml", story.CursorOffset, "Eva Moor", true, default));
        var back = Apply(there, Renames.At(there.Snapshot, "characters/eva.yaml", story.CursorOffset, "Ada Vane", true, default));
        Assert.That(back.Render(), Is.EqualTo(story.Render()));
    }

    [Test]
    public void An_id_takes_its_references_along_and_no_name()
    {
        var story = FixtureWorkspace.Of(Story.Replace("$0", "", StringComparison.Ordinal).Replace("id: ada", "id: a$0da", StringComparison.Ordinal));
        var result = Renames.At(story.Snapshot, story.CursorPath, story.CursorOffset, "eva", true, default);
        Assert.That(Apply(story, result).Render(), Is.EqualTo(FixtureWorkspace.Of(Story.Replace("$0", "", StringComparison.Ordinal)
            .Replace("id: ada", "id: eva", StringComparison.Ordinal).Replace("/ada.yaml", "/eva.yaml", StringComparison.Ordinal).Replace("pov: ada", "pov: eva", StringComparison.Ordinal).Replace("[[ada|Ada]]", "[[eva|Ada]]", StringComparison.Ordinal)).Render()));
    }

    [Test]
    public void An_alias_is_renamed_from_a_mention()
    {
        var story = FixtureWorkspace.Of(Story.Replace("$0", "", StringComparison.Ordinal).Replace("said the Captain", "said the Cap$0tain", StringComparison.Ordinal));
        var target = Renames.Prepare(story.Snapshot, story.CursorPath, story.CursorOffset, default);
        Assert.That(target?.Placeholder, Is.EqualTo("the Captain"));
        var result = Renames.At(story.Snapshot, story.CursorPath, story.CursorOffset, "the Skipper", true, default);
        Assert.That(Apply(story, result).Render(), Is.EqualTo(FixtureWorkspace.Of(Story.Replace("$0", "", StringComparison.Ordinal).Replace("the Captain", "the Skipper", StringComparison.Ordinal)).Render()));
    }

    [Test]
    public void A_short_form_stands_for_the_whole_name()
    {
        var story = FixtureWorkspace.Of(Story.Replace("$0", "", StringComparison.Ordinal).Replace("and Ada's hat", "and A$0da's hat", StringComparison.Ordinal));
        Assert.That(Renames.Prepare(story.Snapshot, story.CursorPath, story.CursorOffset, default)?.Placeholder, Is.EqualTo("Ada Vane"));
    }

    [Test]
    public void A_file_that_carries_the_name_moves_and_its_links_follow()
    {
        var story = FixtureWorkspace.Of("""
            //- Characters/Ada Vane.md
            # Ada $0Vane
            She is tall.
            //- Notes/plan.md
            [[Ada Vane]], [[Characters/Ada Vane|Ada]], [her](../Characters/Ada%20Vane.md), [[ada vane#Ada Vane]]
            """);
        var result = Renames.At(story.Snapshot, story.CursorPath, story.CursorOffset, "Eva Moor", true, default);
        Assert.That(result.Move, Is.EqualTo(("Characters/Ada Vane.md", "Characters/Eva Moor.md")));
        var after = Apply(story, result);
        Assert.That(after.Text("Notes/plan.md")!.Text.TrimEnd(), Is.EqualTo("[[Eva Moor]], [[Characters/Eva Moor|Eva]], [her](../Characters/Eva%20Moor.md), [[eva moor#Eva Moor]]"));
        Assert.That(after.Text("Characters/Eva Moor.md")!.Text, Does.StartWith("# Eva Moor"));
        Assert.That(after.AllFindings(), Is.Empty);
        var kept = Apply(story, Renames.At(story.Snapshot, story.CursorPath, story.CursorOffset, "Eva Moor", false, default));
        Assert.That(kept.Text("Notes/plan.md")!.Text, Does.Contain("[her](../Characters/Ada%20Vane.md)"));
        Assert.That(kept.AllFindings(), Is.Empty);
    }

    [TestCase("", "one line")]
    [TestCase("Ada|Vane", "one line")]
    [TestCase("Tom", "called so already")]
    public void What_no_name_can_be_is_refused(string name, string why)
    {
        var story = FixtureWorkspace.Of(Story);
        var result = Renames.At(story.Snapshot, story.CursorPath, story.CursorOffset, name, true, default);
        Assert.That(result.Edits, Is.Empty);
        Assert.That(result.Refusal, Does.Contain(why));
    }

    [Test]
    public void Where_nothing_stands_nothing_is_renamed()
    {
        var story = FixtureWorkspace.Of(Story.Replace("$0", "", StringComparison.Ordinal).Replace("'s hat", "'s h$0at", StringComparison.Ordinal));
        Assert.That(Renames.Prepare(story.Snapshot, story.CursorPath, story.CursorOffset, default), Is.Null);
        Assert.That(Renames.At(story.Snapshot, story.CursorPath, story.CursorOffset, "x", true, default).Refusal, Is.Not.Null);
    }

    private static void Renames_to(string name, string before, string after)
    {
        var cursor = FixtureWorkspace.Of(Story);
        var story = FixtureWorkspace.Of(before);
        var result = Renames.At(story.Snapshot, cursor.CursorPath, cursor.CursorOffset, name, true, default);
        Assert.That(result.Refusal, Is.Null);
        Assert.That(Apply(story, result).Render(), Is.EqualTo(FixtureWorkspace.Of(after).Render()));
    }

    private static FixtureWorkspace Apply(FixtureWorkspace story, RenameResult result)
    {
        return story.Apply(result.Change);
    }
}
