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
            var now = scene == "02-dinner" ? "01-dinner" : scene;
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
