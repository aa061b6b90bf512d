using System.Globalization;
using System.Text;
using NUnit.Framework;
using StoryLsp.Continuity;
using StoryLsp.Features.CodeLenses;
using StoryLsp.Features.Overviews;
using StoryLsp.Testing;

namespace StoryLsp.Features.Tests.Overviews;

/// <summary>Parts, chapters and scenes in the order of reading.</summary>
public sealed class ManuscriptOutlineTests
{
    [Test]
    public void Titles_of_the_list_are_parts_where_they_hold_several_chapters_and_else_the_chapters_own()
    {
        var story = FixtureWorkspace.Of("""
            //- story.yaml
            story: 1
            manuscript:
              - Book One:
                  - Arrival: [one, two]
                  - [three]
              - chapter-9
            //- chapters/nine.yaml
            type: chapter
            id: chapter-9
            title: The Ninth
            status: planned
            number: 9
            //- draft.md
            # Scenes

            ## One
            ```story
            type: scene
            target_words: 10
            ```
            One two three.

            ## Two
            ```story
            target_words: 20
            ```
            Four.

            ## Three
            ```story
            {}
            ```
            Five six.

            ## Four
            ```story
            chapter: 9
            ```
            Seven.
            """);
        Assert.That(Shown(story), Is.EqualTo("""
            7
            part Book One 6
              chapter Arrival 4 of 30
                scene One 3 of 10
                scene Two 1 of 20
              chapter Three … 2
                scene Three 2
            chapter The Ninth 1 (planned)
              scene Four 1

            """));
    }

    [Test]
    public void Chapters_without_scenes_stand_where_their_numbers_or_files_have_them_and_have_their_own_words()
    {
        var story = FixtureWorkspace.Of("""
            //- chapters/01 Dawn.md
            One two.
            //- chapters/02 Noon.md
            ---
            target_words: 500
            ---
            Three.
            ## The Well
            ```story
            id: well
            ```
            Four five six.
            //- chapters/03 Night.md
            Seven.
            """);
        Assert.That(Shown(story), Is.EqualTo("""
            7
            chapter 01 Dawn 2
            chapter 02 Noon 4 of 500
              scene The Well 3
            chapter 03 Night 1

            """));
    }

    [Test]
    public void Chapters_that_are_numbers_alone_have_their_scenes_and_no_id_and_one_read_twice_stands_twice()
    {
        var story = FixtureWorkspace.Of("""
            //- story.yaml
            story: 1
            target_words: 1,000
            manuscript: [a, b, c]
            //- scenes/a.md
            ---
            chapter: 2
            ---
            A.
            //- scenes/b.md
            ---
            chapter: 1
            ---
            B.
            //- scenes/c.md
            ---
            chapter: 2
            ---
            C.
            """);
        Assert.That(Shown(story), Is.EqualTo("""
            3 of 1000
            chapter Chapter 2 1
              scene A 1
            chapter Chapter 1 1
              scene B 1
            chapter Chapter 2 1
              scene C 1

            """));
        Assert.That(ManuscriptOutline.Of(story.Snapshot, CancellationToken.None).Entries.Select(entry => entry.Container), Is.All.Null);
    }

    [Test]
    public void Findings_are_counted_where_they_stand_and_in_all_around_it()
    {
        var story = FixtureWorkspace.Of("""
            //- story.yaml
            story: 1
            nonsense: [
            //- chapters/one.md
            ---
            characters: [nobody]
            ---
            ## First
            ```story
            pov: nobody
            location: nowhere
            ```
            Text.
            ## Second
            ```story
            pov: no one else
            ```
            """);
        var findings = story.AllFindings();
        var totals = FindingTotals.Of(story.Snapshot, new Findings(), CancellationToken.None);
        var chapter = ManuscriptOutline.Of(story.Snapshot, CancellationToken.None).Entries.Single();
        Assert.That(chapter.Children.Select(scene => scene.CountIn(totals).Errors), Is.EqualTo(new[] { 2, 1 }));
        Assert.That(chapter.CountIn(totals).Errors, Is.EqualTo(4));
        Assert.That(totals.All.Errors, Is.EqualTo(findings.Count(found => found.Finding.Severity == Language.Facts.Severity.Error)).And.GreaterThan(4));
        Assert.That(totals.All.Warnings, Is.EqualTo(findings.Count(found => found.Finding.Severity == Language.Facts.Severity.Warning)));
    }

    [TestCase("hollow-creek")]
    [TestCase("first-draft")]
    public void Every_scene_stands_in_it_once_in_the_order_of_reading_and_chapters_have_the_words_that_their_lenses_count(string example)
    {
        var story = FixtureWorkspace.OfFolder(Path.Combine(Repository.Root, "examples", example));
        var outline = ManuscriptOutline.Of(story.Snapshot, CancellationToken.None);
        var all = Flat(outline.Entries).ToList();
        Assert.That(all.Where(entry => entry.Kind == ManuscriptEntryKind.Scene).Select(entry => entry.Container!.Key), Is.EqualTo(story.Snapshot.Narrative.Scenes(story.Snapshot).Select(scene => scene.Key)));
        Assert.That(all.Where(entry => entry.Kind == ManuscriptEntryKind.Chapter && entry.Container is not null).Select(entry => entry.Container!.Key), Is.SupersetOf(story.Snapshot.ContainersOf("chapter").Select(chapter => chapter.Key)));
        var counted = all.Where(entry => entry.Container is not null).Select(entry => (Entry: entry, Lens: LensContents.Of(story.Snapshot, LensKind.Words, entry.Container!.Key, CancellationToken.None)))
            .Where(both => both.Lens is not null).ToList();
        Assert.That(counted.Select(both => string.Create(CultureInfo.InvariantCulture, $"{both.Entry.Words:N0} of {both.Entry.Target:N0} words")), Is.EqualTo(counted.Select(both => both.Lens!.Title)).And.Not.Empty);
    }

    [Test]
    public void What_is_typed_counts_at_once()
    {
        var story = FixtureWorkspace.Of("//- scenes/a.md\nOne two.\n");
        var before = ManuscriptOutline.Of(story.Snapshot, CancellationToken.None);
        var after = FixtureWorkspace.Of("//- scenes/a.md\nOne two three.\n");
        Assert.That((before.Words, ManuscriptOutline.Of(after.Snapshot, CancellationToken.None).Words), Is.EqualTo((2, 3)));
        Assert.That(ManuscriptOutline.Of(story.Snapshot, CancellationToken.None), Is.SameAs(before));
    }

    private static IEnumerable<ManuscriptEntry> Flat(IEnumerable<ManuscriptEntry> entries) => entries.SelectMany(entry => Flat(entry.Children).Prepend(entry));

    private static string Shown(FixtureWorkspace story)
    {
        var outline = ManuscriptOutline.Of(story.Snapshot, CancellationToken.None);
        var text = new StringBuilder().Append(outline.Words).Append(outline.Target is { } target ? $" of {target}" : "").Append('\n');
        Show(outline.Entries, "");
        return text.ToString();

        void Show(IReadOnlyList<ManuscriptEntry> entries, string indent)
        {
            foreach (var entry in entries)
            {
                text.Append(indent).Append(entry.Kind.ToString().ToLowerInvariant()).Append(' ').Append(entry.Name).Append(' ').Append(entry.Words)
                    .Append(entry.Target is { } own ? $" of {own}" : "").Append(entry.Status is { } status ? $" ({status})" : "").Append('\n');
                Show(entry.Children, indent + "  ");
            }
        }
    }
}
