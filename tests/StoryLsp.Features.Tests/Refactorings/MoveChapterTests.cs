using NUnit.Framework;
using StoryLsp.Features.Refactorings;
using StoryLsp.Language.Yaml;
using StoryLsp.Testing;

namespace StoryLsp.Features.Tests.Refactorings;

/// <summary>Chapters get other places in the manuscript with all their scenes, and get them back.</summary>
public sealed class MoveChapterTests
{
    private const string Listed = """
        //- story.yaml
        story: 1
        manuscript:   # the order
          - [a, b]    # the beginning
          - - c
            - d
          - [e]
        //- chapters.yaml
        type: chapter
        id: chapter-1
        title: Chapter 1
        number: 1
        ---
        type: chapter
        id: chapter-2
        title: "Chapter 2"
        number: 2
        //- scenes/a.md
        ---
        id: a
        chapter: 1
        order: 1
        ---
        A. See [[chapter-2]] and [[Chapter 1]].
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
        chapter: chapter-2
        order: 2
        ---
        D.
        //- scenes/e.md
        ---
        id: e
        chapter: 3
        ---
        E.

        """;

    private const string Titled = """
        //- story.yaml
        story: 1
        manuscript:
          - One:
              - a
              - b
          - Two: [c]
        //- scenes/a.md
        A.
        //- scenes/b.md
        B.
        //- scenes/c.md
        C.

        """;

    private const string Headed = """
        //- book.md
        # Chapter 1

        ## One
        ```story
        type: scene
        id: a
        ```
        1. See [[#Chapter 2]].


        # Chapter 2

        ## Two
        ```story
        type: scene
        id: c
        ```
        2.

        """;

    private const string Files = """
        //- story.yaml
        story: 1
        //- chapters/chapter-1.md
        ---
        type: chapter
        number: 1
        ---

        # The Beginning

        ## One
        ```story
        type: scene
        id: a
        ```
        1.
        //- chapters/chapter-2.md
        ---
        type: chapter
        number: 2
        ---

        # The End

        ## Two
        ```story
        type: scene
        id: c
        ```
        2. See [one](chapter-1.md#one) and [[chapter-2]].

        """;

    private const string Folders = """
        //- story.yaml
        story: 1
        //- scenes/01 Beginning/x.md
        ---
        id: a
        ---
        1. See [[scenes/02 End/y]].
        //- scenes/02 End/y.md
        ---
        id: c
        ---
        2. See [it](../01%20Beginning/x.md).

        """;

    [TestCase(Listed, "c", "c d a b e")]
    [TestCase(Listed, "e", "a b e c d")]
    [TestCase(Titled, "c", "c a b")]
    [TestCase(Headed, "c", "c a")]
    [TestCase(Files, "c", "c a")]
    [TestCase(Folders, "c", "c a")]
    public void Up_and_down_again_the_bytes_are_the_same(string files, string scene, string expected)
    {
        foreach (var text in (string[])[files, files.Replace(".md\n", ".md {crlf}\n", StringComparison.Ordinal).Replace("story.yaml\n", "story.yaml {crlf}\n", StringComparison.Ordinal), files.Replace(".md\n", ".md {no-eol}\n", StringComparison.Ordinal)])
        {
            var story = FixtureWorkspace.Of(text);
            var up = story.Do(At(story, scene), "move-chapter", new() { To = "up", Who = scene });
            Assert.That(string.Join(' ', up.Snapshot.Narrative.Scenes(up.Snapshot).Select(up.Snapshot.IdOf)), Is.EqualTo(expected));
            Assert.That(up.Words().Count(), Is.EqualTo(story.Words().Count()));
            var down = up.Do(At(up, scene), "move-chapter", new() { To = "down", Who = scene });
            Assert.That(down.Render(), Is.EqualTo(story.Render()));
        }
    }

    [Test]
    public void Numbers_follow_wherever_they_are_written()
    {
        var story = FixtureWorkspace.Of(Listed);
        var after = story.Do(story.PlaceAt("chapters.yaml", "chapter-2"), "move-chapter", new() { To = "up" });
        Assert.Multiple(() =>
        {
            Assert.That(story.PlaceAt("chapters.yaml", "chapter-2").Titles("move-chapter"), Is.EqualTo(new[] { "Move the chapter “Chapter 2” up, before “Chapter 1”", "Move the chapter “Chapter 2” down, behind “chapter 3”" }));
            Assert.That(story.PlaceAt("scenes/c.md", "id: c").Titles("move-chapter"), Has.Exactly(2).Items);
            Assert.That(story.PlaceAt("scenes/c.md", "C.").Titles("move-chapter"), Is.Empty);
            Assert.That(after.Text("story.yaml")!.Text, Does.Contain("  - - c\n    - d\n  - [a, b]    # the beginning\n  - [e]\n"));
            Assert.That(after.Text("chapters.yaml")!.Text, Is.EqualTo("type: chapter\nid: chapter-2\ntitle: Chapter 2\nnumber: 2\n---\ntype: chapter\nid: chapter-1\ntitle: \"Chapter 1\"\nnumber: 1\n"));
            Assert.That(after.Text("scenes/a.md")!.Text, Is.EqualTo("---\nid: a\nchapter: 2\norder: 1\n---\nA. See [[chapter-1]] and [[Chapter 2]].\n"));
            Assert.That(after.Text("scenes/d.md")!.Text, Does.Contain("chapter: chapter-1\n"));
            Assert.That(after.Text("scenes/e.md")!.Text, Does.Contain("chapter: 3\n"));
        });
    }

    [Test]
    public void Files_and_folders_take_each_others_numbers_and_all_links_follow()
    {
        var files = FixtureWorkspace.Of(Files);
        var after = files.Do(files.PlaceAt("chapters/chapter-2.md", "The End"), "move-chapter", new() { To = "up" });
        Assert.That(after.Text("chapters/chapter-1.md")!.Text, Does.Contain("number: 1\n---\n\n# The End").And.EndWith("2. See [one](chapter-2.md#one) and [[chapter-1]].\n"));
        var folders = FixtureWorkspace.Of(Folders);
        after = folders.Do(At(folders, "c"), "move-chapter", new() { To = "1" });
        Assert.That(after.Text("scenes/02 Beginning/x.md")!.Text, Does.EndWith("1. See [[scenes/01 End/y]].\n"));
        Assert.That(after.Text("scenes/01 End/y.md")!.Text, Does.EndWith("2. See [it](../02%20Beginning/x.md).\n"));
    }

    [Test]
    public void A_heading_goes_with_its_text_and_the_links_to_it()
    {
        var story = FixtureWorkspace.Of(Headed);
        var place = story.PlaceAt("book.md", "# Chapter 2", further: 3);
        Assert.That(place.Titles("move-chapter"), Is.EqualTo(new[] { "Move the chapter “Chapter 2” up, before “Chapter 1”" }));
        var after = story.Do(place, "move-chapter").Text("book.md")!.Text;
        Assert.That(after, Does.StartWith("# Chapter 1\n\n## Two\n").And.Contains("\n2.\n\n\n# Chapter 2\n\n## One\n").And.EndsWith("1. See [[#Chapter 1]].\n"));
    }

    [TestCase("up", "is the first chapter already")]
    [TestCase("9", "There are 3 chapters")]
    [TestCase("0", "Say where to")]
    [TestCase("1", "is chapter 1 already")]
    public void What_cannot_be_is_refused(string to, string why)
    {
        var story = FixtureWorkspace.Of(Listed);
        Assert.That(At(story, "a").Try("move-chapter", new() { To = to, Who = "chapter-1" }).Refusal, Does.Contain(why));
    }

    [Test]
    public void Chapters_that_the_list_mixes_stay()
    {
        var story = FixtureWorkspace.Of(Listed.Replace("- [a, b]", "- [a, c, b]", StringComparison.Ordinal).Replace("- - c\n    - d", "- - d", StringComparison.Ordinal));
        Assert.That(At(story, "c").Titles("move-chapter"), Has.None.Contains("Chapter 1"));
        Assert.That(At(story, "c").Try("move-chapter", new() { To = "up", Who = "c" }).Refusal, Does.Contain("one after the other"));
    }

    [Test]
    public void In_the_example_each_chapter_is_moved_there_and_back()
    {
        var story = FixtureWorkspace.OfFolder(Path.Combine(Repository.Root, "examples", "hollow-creek"));
        for (var chapter = 2; chapter <= 6; chapter++)
        {
            var title = story.Snapshot.Resolve($"chapter-{chapter}", "chapter").Container!.Name;
            var up = story.Apply(At(story, "arrival").Try("move-chapter", new() { To = "up", Who = title }).Change!);
            Assert.That(up.Snapshot.Resolve(title, "chapter").Container!.Fact.Field("number")!.Value.AsText(), Is.EqualTo($"{chapter - 1}"));
            Assert.That(up.Words(), Is.EquivalentTo(story.Words()));
            Assert.That(up.Faults().Where(fault => fault.Contains("ref/", StringComparison.Ordinal) || fault.Contains("link/", StringComparison.Ordinal)), Is.Empty);
            var back = up.Apply(At(up, "arrival").Try("move-chapter", new() { To = "down", Who = title }).Change!);
            Assert.That(back.Render(), Is.EqualTo(story.Render()), title);
        }
    }

    private static RefactoringPlace At(FixtureWorkspace story, string scene)
    {
        var container = story.Snapshot.Resolve(scene, "scene").Container!;
        return RefactoringPlace.Of(story.Snapshot, container.Path, container.Fact.SelectionSpan with { Length = 0 }, CancellationToken.None)!;
    }
}
