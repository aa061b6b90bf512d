using NUnit.Framework;

namespace StoryLsp.Features.Tests.Merging;

/// <summary>Merging Markdown: its YAML by fields, its prose by lines.</summary>
public class MarkdownMergeTests
{
    private const string Chapter = """
        ---
        pov: ada
        status: draft
        ---
        # One

        She came at nine.

        ## The Ball

        ```story
        id: ball
        characters: [ada, tom]
        ```

        They danced.

        He left.

        """;

    [Test]
    public void Front_matter_fences_and_prose_are_merged_each_in_its_way()
    {
        var ours = Chapter.Replace("pov: ada", "pov: tom", StringComparison.Ordinal).Replace("[ada, tom]", "[ada, tom, lena]", StringComparison.Ordinal).Replace("He left.", "He left early.", StringComparison.Ordinal);
        var theirs = Chapter.Replace("status: draft", "status: done", StringComparison.Ordinal).Replace("[ada, tom]", "[ada, tom, bo]", StringComparison.Ordinal).Replace("at nine", "at ten", StringComparison.Ordinal);
        Assert.That(Merged.Clean("chapters/1.md", ours, Chapter, theirs), Is.EqualTo(ours.Replace("status: draft", "status: done", StringComparison.Ordinal)
            .Replace("tom, lena]", "tom, lena, bo]", StringComparison.Ordinal).Replace("at nine", "at ten", StringComparison.Ordinal)));
    }

    [Test]
    public void Conflicts_of_fields_and_of_prose_are_counted_together()
    {
        var result = Merged.Of("chapters/1.md", Chapter.Replace("pov: ada", "pov: tom", StringComparison.Ordinal).Replace("He left.", "He ran.", StringComparison.Ordinal), Chapter,
            Chapter.Replace("pov: ada", "pov: bo", StringComparison.Ordinal).Replace("He left.", "He hid.", StringComparison.Ordinal))!;
        Assert.That(result.Conflicts, Is.EqualTo(2));
        Assert.That(result.Text, Does.StartWith("---\n<<<<<<< ours\npov: tom\n=======\npov: bo\n>>>>>>> theirs\nstatus: draft\n---\n# One\n"));
        Assert.That(result.Text, Does.EndWith("<<<<<<< ours\nHe ran.\n=======\nHe hid.\n>>>>>>> theirs\n"));
    }

    [Test]
    public void Both_gave_a_note_front_matter()
    {
        Assert.That(Merged.Clean("notes/a.md", "---\ntags: [one]\n---\nA note.\n", "A note.\n", "---\nstatus: done\n---\nA note.\n"), Is.EqualTo("---\ntags: [one]\nstatus: done\n---\nA note.\n"));
    }

    [Test]
    public void A_scene_that_theirs_moved_keeps_what_ours_changed_in_its_fence()
    {
        const string two = "# One\n\n```story\nid: one\npov: ada\n```\n\nFirst.\n\n# Two\n\n```story\nid: two\npov: tom\n```\n\nSecond.\n";
        const string swapped = "# Two\n\n```story\nid: two\npov: tom\n```\n\nSecond.\n\n# One\n\n```story\nid: one\npov: ada\n```\n\nFirst.\n";
        var merged = Merged.Clean("c.md", two.Replace("pov: ada", "pov: lena", StringComparison.Ordinal), two, swapped);
        Assert.That(merged, Is.EqualTo(swapped.Replace("pov: ada", "pov: lena", StringComparison.Ordinal)));
    }

    [Test]
    public void Markdown_without_yaml_is_left_to_lines() => Assert.That(Merged.Of("a.md", "a\n", "b\n", "c\n"), Is.Null);

    private const string Numbered = "# Book\n\n## Chapter 1\n\n```story\nstatus: draft\n```\n\nShe came.\n\nShe sat.\n\n## Chapter 2\n\n```story\nstatus: draft\n```\n\nHe left.\n\nHe ran.\n";

    [Test]
    public void A_field_of_a_chapter_is_never_put_into_another_one_that_now_has_its_number()
    {
        var ours = Numbered.Replace("status: draft\n```\n\nHe", "status: done\n```\n\nHe", StringComparison.Ordinal);
        var theirs = Numbered.Replace("## Chapter 2", "## Chapter 3", StringComparison.Ordinal).Replace("## Chapter 1", "## Chapter 1\n\n```story\nstatus: draft\n```\n\nIt rained.\n\nIt went on.\n\n## Chapter 2", StringComparison.Ordinal);
        Assert.That(Merged.Of("c.md", ours, Numbered, theirs), Is.Null);
    }

    [Test]
    public void Chapters_that_changed_places_and_kept_the_numbers_are_left_to_lines()
    {
        const string swapped = "# Book\n\n## Chapter 1\n\n```story\nstatus: draft\n```\n\nHe left.\n\nHe ran.\n\n## Chapter 2\n\n```story\nstatus: draft\n```\n\nShe came.\n\nShe sat.\n";
        Assert.That(Merged.Of("c.md", Numbered.Replace("status: draft\n```\n\nHe", "status: done\n```\n\nHe", StringComparison.Ordinal), Numbered, swapped), Is.Null);
    }

    [Test]
    public void Fences_without_ids_are_known_where_all_have_the_same_headings_and_texts()
    {
        var ours = Numbered.Replace("status: draft\n```\n\nHe", "status: draft\nwords: 3\n```\n\nHe", StringComparison.Ordinal);
        var theirs = Numbered.Replace("status: draft\n```\n\nHe", "status: done\n```\n\nHe", StringComparison.Ordinal).Replace("He ran.", "He walked.", StringComparison.Ordinal);
        Assert.That(Merged.Clean("c.md", ours, Numbered, theirs), Is.EqualTo(ours.Replace("draft\nwords", "done\nwords", StringComparison.Ordinal).Replace("He ran.", "He walked.", StringComparison.Ordinal)));
    }
}
