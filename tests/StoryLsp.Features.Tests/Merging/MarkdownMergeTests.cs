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
}
