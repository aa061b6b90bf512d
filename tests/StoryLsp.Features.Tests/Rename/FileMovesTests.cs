using NUnit.Framework;
using StoryLsp.Features.Rename;
using StoryLsp.Index;
using StoryLsp.Testing;

namespace StoryLsp.Features.Tests.Rename;

public class FileMovesTests
{
    private const string Vault = """
        //- People/Ada Vane.md
        # Ada Vane
        See [the plan](../Notes/plan.md#Next%20steps), ![her](../img/ada.png), [[plan]] and [Tom](Tom.md). [[#Ada Vane]]

        //- People/Tom.md
        ---
        sister: "[[Ada Vane]]"
        ---
        # Tom
        [Ada](Ada%20Vane.md), [Ada](./Ada%20Vane.md), [Ada](<Ada Vane.md>) and [[Ada Vane#Ada Vane|her]]

        //- Notes/plan.md
        # Plan
        ## Next steps
        [[People/Ada Vane]], [[ada vane]], [[../People/Ada Vane.md|Ada]], ![[ada.png]], [Ada](../People/Ada%20Vane.md).

        //- img/ada.png
        -
        """;

    [Test]
    public void A_note_that_is_moved_keeps_its_links_in_both_directions() => Assert.That(Moved(FixtureWorkspace.Of(Vault), ("People/Ada Vane.md", "Cast/Main/Ada Vane.md")).Render(), Is.EqualTo(FixtureWorkspace.Of("""
        //- Cast/Main/Ada Vane.md
        # Ada Vane
        See [the plan](../../Notes/plan.md#Next%20steps), ![her](../../img/ada.png), [[plan]] and [Tom](../../People/Tom.md). [[#Ada Vane]]

        //- People/Tom.md
        ---
        sister: "[[Ada Vane]]"
        ---
        # Tom
        [Ada](../Cast/Main/Ada%20Vane.md), [Ada](./../Cast/Main/Ada%20Vane.md), [Ada](<../Cast/Main/Ada Vane.md>) and [[Ada Vane#Ada Vane|her]]

        //- Notes/plan.md
        # Plan
        ## Next steps
        [[Main/Ada Vane]], [[ada vane]], [[../Cast/Main/Ada Vane.md|Ada]], ![[ada.png]], [Ada](../Cast/Main/Ada%20Vane.md).

        //- img/ada.png
        -
        """).Render()));

    [Test]
    public void A_note_with_another_name_is_linked_by_it() => Assert.That(Moved(FixtureWorkspace.Of(Vault), ("People/Ada Vane.md", "People/Eva (the elder).md")).Render(), Is.EqualTo(FixtureWorkspace.Of("""
        //- People/Eva (the elder).md
        # Ada Vane
        See [the plan](../Notes/plan.md#Next%20steps), ![her](../img/ada.png), [[plan]] and [Tom](Tom.md). [[#Ada Vane]]

        //- People/Tom.md
        ---
        sister: "[[Ada Vane]]"
        ---
        # Tom
        [Ada](Eva%20(the%20elder).md), [Ada](./Eva%20(the%20elder).md), [Ada](<Eva (the elder).md>) and [[Ada Vane#Ada Vane|her]]

        //- Notes/plan.md
        # Plan
        ## Next steps
        [[People/Eva (the elder)]], [[ada vane]], [[../People/Eva (the elder).md|Ada]], ![[ada.png]], [Ada](../People/Eva%20(the%20elder).md).

        //- img/ada.png
        -
        """).Render()));

    [Test]
    public void A_folder_takes_all_that_is_in_it_along() => Assert.That(Moved(FixtureWorkspace.Of(Vault), ("People", "Cast/People"), ("img", "media")).Render(), Is.EqualTo(FixtureWorkspace.Of("""
        //- Cast/People/Ada Vane.md
        # Ada Vane
        See [the plan](../../Notes/plan.md#Next%20steps), ![her](../../media/ada.png), [[plan]] and [Tom](Tom.md). [[#Ada Vane]]

        //- Cast/People/Tom.md
        ---
        sister: "[[Ada Vane]]"
        ---
        # Tom
        [Ada](Ada%20Vane.md), [Ada](./Ada%20Vane.md), [Ada](<Ada Vane.md>) and [[Ada Vane#Ada Vane|her]]

        //- Notes/plan.md
        # Plan
        ## Next steps
        [[People/Ada Vane]], [[ada vane]], [[../Cast/People/Ada Vane.md|Ada]], ![[ada.png]], [Ada](../Cast/People/Ada%20Vane.md).

        //- media/ada.png
        -
        """).Render()));

    [TestCase("People/Ada Vane.md", "Cast/Main/Ada Vane.md")]
    [TestCase("People/Tom.md", "Tom.md")]
    [TestCase("Notes/plan.md", "plan.md")]
    [TestCase("People/Ada Vane.md", "People/Eva Moor.md")]
    [TestCase("People/Tom.md", "Tom (2) & co.md")]
    [TestCase("People", "Cast/People")]
    [TestCase("Notes", "People/Notes")]
    [TestCase("Notes/plan.md", "People/plan.md")]
    [TestCase("img/ada.png", "People/eva.png")]
    public void There_and_back_gives_the_same_bytes(string from, string to)
    {
        var vault = FixtureWorkspace.Of(Vault);
        var there = Moved(vault, (from, to));
        Assert.That(there.AllFindings().Select(found => found.Finding.Code), Is.EqualTo(vault.AllFindings().Select(found => found.Finding.Code)));
        Assert.That(Moved(there, (to, from)).Render(), Is.EqualTo(vault.Render()));
    }

    [Test]
    public void What_refers_by_an_id_that_comes_from_the_file_follows()
    {
        var story = FixtureWorkspace.Of("""
            //- story.yaml
            story: 1
            manuscript: [arrival]
            //- characters/ada-vane.yaml
            aliases: [the Captain]
            //- characters/tom.yaml
            relations: [{to: ada-vane, kind: sister}]
            //- scenes/arrival.md
            ---
            pov: 'ada-vane'
            characters: [tom, Ada Vane]
            effects: [tom dies]
            ---
            She came.
            //- scenes/later.md
            ---
            when: 3 days after arrival
            pov: the Captain
            ---
            She left.
            """);
        var after = Moved(Moved(story, ("characters/ada-vane.yaml", "characters/eva-moor.yaml"), ("characters/tom.yaml", "characters/tim.yaml")), ("scenes/arrival.md", "scenes/the-start.md"));
        Assert.That(after.Render(), Is.EqualTo(FixtureWorkspace.Of("""
            //- characters/eva-moor.yaml
            aliases: [the Captain]
            //- characters/tim.yaml
            relations: [{to: eva-moor, kind: sister}]
            //- scenes/later.md
            ---
            when: 3 days after the-start
            pov: the Captain
            ---
            She left.
            //- scenes/the-start.md
            ---
            pov: 'eva-moor'
            characters: [tim, Eva Moor]
            effects: [tim dies]
            ---
            She came.
            //- story.yaml
            story: 1
            manuscript: [the-start]

            """).Render()));
    }

    [Test]
    public void A_picture_that_a_field_names_is_mended_and_missed()
    {
        var story = FixtureWorkspace.Of("""
            //- story.yaml
            story: 1
            //- board/shots.yaml
            items:
              - name: The cup
                image: board/panels/vat-1.svg
            //- board/panels/vat-1.svg
            -
            """);
        var change = FileMoves.Moved(story.Snapshot, [("board/panels/vat-1.svg", "board/panels/one's.svg")], default);
        Assert.That(change.Files.OfType<TextChange>().Single().Edits.Single().NewText, Is.EqualTo("board/panels/one's.svg"));
        Assert.That(FileDeletions.StillReferred(story.Snapshot, ["board/panels"], default).Select(place => $"{place.Path} {place.Target}"), Is.EqualTo(new[] { "board/shots.yaml board/panels/vat-1.svg" }));
    }

    [Test]
    public void Links_into_and_out_of_what_is_moved_are_groups_of_their_own()
    {
        var change = FileMoves.Moved(FixtureWorkspace.Of(Vault).Snapshot, [("People/Ada Vane.md", "Ada Vane.md")], default);
        Assert.That(change.Files.ToDictionary(file => file.Path, file => file.Group), Is.EquivalentTo(new Dictionary<string, ChangeGroup>
        {
            ["People/Ada Vane.md"] = FileMoves.OutOf, ["People/Tom.md"] = FileMoves.Into, ["Notes/plan.md"] = FileMoves.Into,
        }));
    }

    [Test]
    public void It_does_not_matter_whether_the_move_was_seen_already()
    {
        var before = FixtureWorkspace.Of(Vault);
        (string From, string To)[] moves = [("People", "Cast")];
        var moved = FixtureWorkspace.OfTexts(before.Files.Select(file => KeyValuePair.Create(file.Path.Replace("People/", "Cast/", StringComparison.Ordinal), file.Text)));
        var expected = Moved(before, moves).Render();
        Assert.That(moved.Apply(FileMoves.HaveMoved(before.Snapshot, moves, default).Change).Render(), Is.EqualTo(expected));
        Assert.That(moved.Apply(FileMoves.HaveMoved(moved.Snapshot, moves, default).Change).Render(), Is.EqualTo(expected));
    }

    [Test]
    public void What_still_refers_to_a_file_is_known_before_it_goes()
    {
        var vault = FixtureWorkspace.Of(Vault);
        var places = FileDeletions.StillReferred(vault.Snapshot, ["People/Tom.md", "img"], default);
        Assert.That(places.Select(place => $"{place.Path} {vault.Text(place.Path)!.Slice(place.Span)} {place.Target}"), Is.EqualTo(new[]
        {
            "Notes/plan.md ada.png img/ada.png", "People/Ada Vane.md ../img/ada.png img/ada.png", "People/Ada Vane.md Tom.md People/Tom.md",
        }));
        Assert.That(FileDeletions.StillReferred(vault.Snapshot, ["Notes", "People"], default), Is.Empty);
    }

    private static FixtureWorkspace Moved(FixtureWorkspace story, params (string From, string To)[] moves)
    {
        var change = FileMoves.Moved(story.Snapshot, moves, default);
        var files = story.Files.Select(file => file.Path).SelectMany(path => moves.Where(move => path == move.From || path.StartsWith(move.From + "/", StringComparison.Ordinal)).Select(move => new FileMove(path, move.To + path[move.From.Length..])));
        return story.Apply(new([.. change.Files, .. files]));
    }
}
