using NUnit.Framework;
using StoryLsp.Features.Refactorings;
using StoryLsp.Testing;

namespace StoryLsp.Features.Tests.Refactorings;

/// <summary>Scenes get other places in the manuscript, and get them back.</summary>
public sealed class MoveTests
{
    private const string Listed = """
        //- story.yaml
        story: 1
        manuscript:   # the order
          - [a, b]
          - [c, d]
        //- scenes/a.md
        ---
        id: a
        chapter: 1
        order: 1
        ---
        A.
        //- scenes/b.md
        ---
        id: b
        chapter: 1
        order: 2
        ---
        B.
        //- scenes/c.md
        ---
        id: c
        chapter: 2
        order: 1
        ---
        C.
        //- scenes/d.md
        ---
        id: d
        chapter: 2
        order: 2
        ---
        D.

        """;

    private const string Lines = """
        //- story.yaml
        story: 1
        manuscript:
          - a   # first
          - b
          - c
        //- scenes/a.md
        A.
        //- scenes/b.md
        B.
        //- scenes/c.md
        C.

        """;

    private const string Numbered = """
        //- story.yaml
        story: 1
        //- scenes/01-arrival.md
        A. See [[02-dinner]].
        //- scenes/02-dinner.md
        D. See [it](01-arrival.md).
        //- scenes/10-end.md
        E.
        //- notes/n.md
        [[scenes/02-dinner|Dinner]] [[10-end]]

        """;

    private const string Headed = """
        //- book.md
        # Book

        ## One
        ```story
        id: one
        ```
        1.


        ## Two
        ```story
        id: two
        ```
        2.

        ## Three
        ```story
        id: three
        ```
        3.

        """;

    private const string Remarked = """
        //- story.yaml
        story: 1
        manuscript:
          - - a   # cut the rain?
            - b
          - - c # the storm
            - d   # last
        //- scenes/a.md
        A.
        //- scenes/b.md
        B.
        //- scenes/c.md
        C.
        //- scenes/d.md
        D.

        """;

    private const string Counted = """
        //- story.yaml
        story: 1
        //- scenes/01-arrival.md
        ---
        number: 1
        ---
        # 1. The Arrival

        A. See [[2. The Ball]] and [it](02-ball.md#2-the-ball).
        //- scenes/02-ball.md
        ---
        number: 2
        ---
        # 2. The Ball

        B. See [[01-arrival]].

        """;

    [TestCase(Remarked, "b", "scenes/b.md")]
    [TestCase(Remarked, "c", "scenes/c.md")]
    [TestCase(Remarked, "d", "scenes/d.md")]
    [TestCase(Counted, "02-ball", "scenes/02-ball.md")]
    [TestCase(Listed, "b", "scenes/b.md")]
    [TestCase(Listed, "c", "scenes/c.md")]
    [TestCase(Listed, "d", "scenes/d.md")]
    [TestCase(Lines, "b", "scenes/b.md")]
    [TestCase(Numbered, "02-dinner", "scenes/02-dinner.md")]
    [TestCase(Headed, "two", "book.md")]
    [TestCase(Headed, "three", "book.md")]
    public void Up_and_down_again_the_bytes_are_the_same(string files, string scene, string path)
    {
        foreach (var text in (string[])[files, files.Replace(".md\n", ".md {crlf}\n", StringComparison.Ordinal).Replace("story.yaml\n", "story.yaml {crlf}\n", StringComparison.Ordinal), files.Replace(".md\n", ".md {no-eol}\n", StringComparison.Ordinal)])
        {
            var story = FixtureWorkspace.Of(text);
            var up = story.Do(RefactoringPlace.Of(story.Snapshot, path, default, CancellationToken.None)!, "move-scene", new() { To = "up", Who = scene });
            Assert.That(up.Render(), Is.Not.EqualTo(story.Render()));
            Assert.That(up.Words(), Is.EquivalentTo(story.Words()));
            var now = scene.Replace("02-", "01-", StringComparison.Ordinal);
            var down = up.Do(RefactoringPlace.Of(up.Snapshot, up.Snapshot.Resolve(now, "scene").Container!.Path, default, CancellationToken.None)!, "move-scene", new() { To = "down", Who = now });
            Assert.That(down.Render(), Is.EqualTo(story.Render()));
        }
    }

    [Test]
    public void A_step_over_the_end_of_a_part_takes_the_scene_into_it()
    {
        var story = FixtureWorkspace.Of(Listed);
        var place = RefactoringPlace.Of(story.Snapshot, "scenes/c.md", new(5, 0), CancellationToken.None)!;
        Assert.That(place.Titles("move-scene"), Is.EqualTo(new[] { "Move “C” up, to the end of the part before", "Move “C” down, behind “D”" }));
        var up = story.Do(place, "move-scene", new() { To = "up" });
        Assert.Multiple(() =>
        {
            Assert.That(up.Text("story.yaml")!.Text, Does.Contain("- [a, b, c]\n  - [d]\n"));
            Assert.That(up.Text("scenes/c.md")!.Text, Does.Contain("chapter: 1\norder: 3"));
            Assert.That(up.Text("scenes/d.md")!.Text, Does.Contain("chapter: 2\norder: 1"));
        });
    }

    [Test]
    public void A_remark_goes_with_its_scene()
    {
        var story = FixtureWorkspace.Of(Remarked);
        var within = story.Do(RefactoringPlace.Of(story.Snapshot, "scenes/b.md", default, CancellationToken.None)!, "move-scene", new() { To = "up", Who = "b" });
        var across = story.Do(RefactoringPlace.Of(story.Snapshot, "scenes/c.md", default, CancellationToken.None)!, "move-scene", new() { To = "up", Who = "c" });
        Assert.That(within.Text("story.yaml")!.Text, Does.Contain("  - - b\n    - a   # cut the rain?\n"));
        Assert.That(across.Text("story.yaml")!.Text, Does.Contain("    - b\n    - c # the storm\n  - - d   # last\n"));
    }

    [TestCase("[[a, b], [c, # the storm\n   d]]", "c", "up")]
    [TestCase("[[a, b], [c,\n # the end\n d]]", "d", "up")]
    [TestCase("[[a, b], [c, d # the end\n ]]", "d", "2")]
    [TestCase("\n  - [a, b]\n  - - c # the storm\n    - d", "c", "up")]
    public void A_remark_that_would_lose_its_scene_is_a_reason_to_refuse(string list, string scene, string to)
    {
        var story = FixtureWorkspace.OfTexts(new Dictionary<string, string> { ["story.yaml"] = $"story: 1\nmanuscript: {list}\n", ["scenes/a.md"] = "A.\n", ["scenes/b.md"] = "B.\n", ["scenes/c.md"] = "C.\n", ["scenes/d.md"] = "D.\n" });
        var result = RefactoringPlace.Of(story.Snapshot, "scenes/c.md", default, CancellationToken.None)!.Try("move-scene", new() { To = to, Who = scene });
        Assert.That(result.Refusal, Does.Contain("comment"));
    }

    [Test]
    public void Numbers_in_files_and_titles_go_with_those_of_the_files()
    {
        var story = FixtureWorkspace.Of(Counted);
        var after = story.Do(RefactoringPlace.Of(story.Snapshot, "scenes/02-ball.md", default, CancellationToken.None)!, "move-scene", new() { To = "up" });
        Assert.That(after.Text("scenes/01-ball.md")!.Text, Is.EqualTo("---\nnumber: 1\n---\n# 1. The Ball\n\nB. See [[02-arrival]].\n"));
        Assert.That(after.Text("scenes/02-arrival.md")!.Text, Is.EqualTo("---\nnumber: 2\n---\n# 2. The Arrival\n\nA. See [[1. The Ball]] and [it](01-ball.md#1-the-ball).\n"));
    }

    [Test]
    public void A_number_beyond_all_numbers_is_no_order()
    {
        var story = FixtureWorkspace.Of(Listed.Replace("chapter: 1\norder: 2", "chapter: 1\norder: 79228162514264337593543950335", StringComparison.Ordinal));
        var result = RefactoringPlace.Of(story.Snapshot, "scenes/c.md", default, CancellationToken.None)!.Try("move-scene", new() { To = "up", Who = "c" });
        Assert.That(result.Change, Is.Not.Null);
        Assert.That(RefactoringPlace.Of(story.Snapshot, "scenes/b.md", new(10, 0), CancellationToken.None)!.Titles().ToList(), Is.Not.Empty);
    }

    [TestCase("1", "- [c, a, b]\n  - [d]\n")]
    [TestCase("2", "- [a, c, b]\n  - [d]\n")]
    [TestCase("4", "- [a, b]\n  - [d, c]\n")]
    public void A_number_says_where(string to, string expected)
    {
        var story = FixtureWorkspace.Of(Listed);
        var after = story.Do(RefactoringPlace.Of(story.Snapshot, "scenes/c.md", new(5, 0), CancellationToken.None)!, "move-scene", new() { To = to });
        Assert.That(after.Text("story.yaml")!.Text, Does.Contain(expected));
        Assert.That(after.Snapshot.Narrative.PositionOf(after.Snapshot.Resolve("c", "scene").Container!), Is.EqualTo(int.Parse(to, System.Globalization.CultureInfo.InvariantCulture) - 1));
    }

    [Test]
    public void Numbered_files_change_their_numbers_and_all_links_follow()
    {
        var story = FixtureWorkspace.Of(Numbered);
        var after = story.Do(RefactoringPlace.Of(story.Snapshot, "scenes/02-dinner.md", default, CancellationToken.None)!, "move-scene", new() { To = "up" });
        Assert.Multiple(() =>
        {
            Assert.That(after.Text("scenes/01-dinner.md")!.Text, Is.EqualTo("D. See [it](02-arrival.md).\n"));
            Assert.That(after.Text("scenes/02-arrival.md")!.Text, Is.EqualTo("A. See [[01-dinner]].\n"));
            Assert.That(after.Text("notes/n.md")!.Text, Is.EqualTo("[[scenes/01-dinner|Dinner]] [[10-end]]\n"));
        });
    }

    [TestCase("up", "is the first here already")]
    [TestCase("9", "There are 3 scenes")]
    [TestCase("0", "Say where to")]
    [TestCase("1", "is number 1 already")]
    public void What_cannot_be_is_refused(string to, string why)
    {
        var story = FixtureWorkspace.Of(Lines);
        Assert.That(RefactoringPlace.Of(story.Snapshot, "scenes/a.md", default, CancellationToken.None)!.Try("move-scene", new() { To = to, Who = "a" }).Refusal, Does.Contain(why));
    }

    [Test]
    public void In_prose_and_for_scripts_it_is_not_offered()
    {
        var story = FixtureWorkspace.Of(Listed + "//- scenes/x.fountain\nINT. MILL - DAY\n\nA.\n\nINT. HALL - DAY\n\nB.\n");
        Assert.That(story.PlaceAt("scenes/b.md", "B.").Titles("move-scene"), Is.Empty);
        Assert.That(story.PlaceAt("scenes/x.fountain", "INT. HALL").Titles("move-scene"), Is.Empty);
        Assert.That(story.PlaceAt("story.yaml", "d]").Titles("move-scene"), Has.One.Items);
    }
}
