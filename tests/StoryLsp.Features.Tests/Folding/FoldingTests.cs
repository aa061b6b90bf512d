using NUnit.Framework;
using StoryLsp.Features.Folding;
using StoryLsp.Testing;

namespace StoryLsp.Features.Tests.Folding;

public class FoldingTests
{
    [Test]
    public void A_chapter_folds_by_scene_fence_comment_and_front_matter()
    {
        Assert.That(Folds("chapters/one.md", """
            ---
            title: One
            number: 1
            ---
            # Part One

            ## The Ball
            ```story
            id: ball
            characters:
              - ada
              - tom
            ```
            It rained.

            <!-- a note
            of two lines -->

            ### Aside
            Words.


            ## Later

            Nothing.

            """), Is.EqualTo((string[])
        [
            "--- .. --- FrontMatter", "# Part One .. Nothing. Section", "## The Ball .. Words. Section", "```story .. ``` Fence", "characters: .. - tom Entry",
            "<!-- a note .. of two lines --> Comment", "### Aside .. Words. Section", "## Later .. Nothing. Section",
        ]));
    }

    [Test]
    public void Yaml_folds_by_entry_item_document_and_comment()
    {
        Assert.That(Folds("items/two.yaml", """
            # A remark
            # of two lines
            name: Lamp
            notes: |
              One.

              Two.
            routes:
              - to: mill
                mode: foot
              - {to: river,
                 mode: boat}
            tags: [
              a,
              b
            ]
            one: [a, b]
            ---
            name: Oil
            # alone
            uses: 2

            """), Is.EqualTo((string[])
        [
            "# A remark .. # of two lines Comment", "name: Lamp .. one: [a, b] Entry", "notes: | .. Two. Entry", "routes: .. mode: boat} Entry",
            "- to: mill .. mode: foot Entry", "- {to: river, .. mode: boat} Entry", "tags: [ .. b Entry", "--- .. uses: 2 Entry",
        ]));
    }

    [Test]
    public void A_script_folds_by_scene() => Assert.That(
        Folds("script.fountain", "Title: Ball\nAuthor: Me\n\nINT. MILL - NIGHT\n\nAda waits.\n\n/* cut\nthis */\n\nEXT. RIVER - DAY\n\nNothing.\n"),
        Is.EqualTo((string[])["Title: Ball .. Author: Me FrontMatter", "INT. MILL - NIGHT .. this */ Section", "/* cut .. this */ Comment", "EXT. RIVER - DAY .. Nothing. Section"]));

    [TestCase("Text.\n\n~~~\n# no heading\n```\n~~~\n\n# A\n", "~~~ .. ~~~ Fence")]
    [TestCase("````md\n```\n````\nText.\n", "````md .. ```` Fence")]
    [TestCase("Text.\n```\nnever closed\n\n", "``` .. never closed Fence")]
    [TestCase("# A\n\n# B\n", null, Description = "a heading alone")]
    [TestCase("`` ` `` is code\n`a`\n", null)]
    public void Markdown(string text, string? expected) => Assert.That(Folds("notes/a.md", text), expected is null ? Is.Empty : Is.EqualTo((string[])[expected]));

    [Test]
    public void Of_too_many_the_outer_ones_stay()
    {
        var workspace = FixtureWorkspace.Of("//- a.md\n# A\n## B\n### C\nText.\n## D\nText.\n# E\nText.\n");
        var lines = (int? most) => Foldings.Of(workspace.Snapshot, "a.md", most, CancellationToken.None).Select(fold => fold.StartLine);
        Assert.Multiple(() =>
        {
            Assert.That(lines(null), Is.EqualTo((int[])[0, 1, 2, 4, 6]));
            Assert.That(lines(4), Is.EqualTo((int[])[0, 1, 4, 6]));
            Assert.That(lines(2), Is.EqualTo((int[])[0, 6]));
            Assert.That(lines(0), Is.Empty);
        });
    }

    [Test]
    public void Line_ends_of_any_kind_and_broken_text_fold_as_well()
    {
        Assert.That(Folds("a.md {crlf}", "# A\nText.\n\n"), Is.EqualTo((string[])["# A .. Text. Section"]));
        var workspace = FixtureWorkspace.Of(StoryFixture.Files + "//- broken.yaml\na: [b\n c: \"d\ne:\n  - f\n");
        foreach (var file in workspace.Files)
        {
            var lines = workspace.Text(file.Path)!.LineCount;
            var found = Foldings.Of(workspace.Snapshot, file.Path, null, CancellationToken.None);
            Assert.That(found, Has.All.Matches<Fold>(fold => fold.StartLine >= 0 && fold.StartLine < fold.EndLine && fold.EndLine < lines), file.Path);
            Assert.That(found.Select(fold => fold.StartLine), Is.Ordered.And.Unique, file.Path);
        }
    }

    private static string[] Folds(string path, string text)
    {
        var workspace = FixtureWorkspace.Of("//- " + path + "\n" + text);
        var name = path.Split(' ')[0];
        var source = workspace.Text(name)!;
        return [.. Foldings.Of(workspace.Snapshot, name, null, CancellationToken.None)
            .Select(fold => $"{source.Slice(source.GetLineSpan(fold.StartLine)).Trim()} .. {source.Slice(source.GetLineSpan(fold.EndLine)).Trim()} {fold.Sort}")];
    }
}
