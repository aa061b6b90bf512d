using NUnit.Framework;
using StoryLsp.Features.Formatting;
using StoryLsp.Language.Text;
using StoryLsp.Testing;

namespace StoryLsp.Features.Tests.Formatting;

public class FormattingTests
{
    [TestCase("a:   1\nb :\t2\n", "a: 1\nb: 2\n", TestName = "One blank behind a colon, none before")]
    [TestCase("hull:    wood\ncaptain: ada\n", "hull:    wood\ncaptain: ada\n", TestName = "A column that the writer made stays")]
    [TestCase("a:\n    b:\n          c: 1\n    d: 2\n", "a:\n  b:\n    c: 1\n  d: 2\n", TestName = "Nested mappings")]
    [TestCase("cast:\n- ada\n-   tom\n", "cast:\n- ada\n- tom\n", TestName = "A list at its key's column stays there")]
    [TestCase("cast:\n     - ada\n     -   tom\n", "cast:\n  - ada\n  - tom\n", TestName = "A deeper list")]
    [TestCase("routes:\n   -    to: mill\n        time: 1\n        via:\n             - x\n", "routes:\n  - to: mill\n    time: 1\n    via:\n      - x\n", TestName = "Mappings in a list")]
    [TestCase("- - a\n  - b\n-    -   c\n     -   d\n", "- - a\n  - b\n- - c\n  - d\n", TestName = "Lists in a list")]
    [TestCase("a: x   \n\n\n\nb: y\n\n\n", "a: x\n\nb: y\n", TestName = "One blank line between groups")]
    [TestCase("\n\na: x", "a: x", TestName = "None at the beginning")]
    [TestCase("a:\n    text: |\n          one\n            two\n\n          three  \n    b: 1\n", "a:\n  text: |\n    one\n      two\n\n    three  \n  b: 1\n", TestName = "A block of text moves as one")]
    [TestCase("a:\n    text: |3-\n          one\n        two\n    b: 1\n", "a:\n  text: |3-\n        one\n      two\n  b: 1\n", TestName = "An indentation indicator counts from the key")]
    [TestCase("a: |+\n    one\n\n\n\nb: 1\n", "a: |+\n  one\n\n\n\nb: 1\n", TestName = "Blank lines that are kept by a block stay")]
    [TestCase("a: |\n    one\n\n\n\nb: 1\n", "a: |\n  one\n\nb: 1\n", TestName = "Blank lines behind a block are blank lines")]
    [TestCase("a:\n    # of b\n    b: 1\n    # last\n# of c\nc: 2\n", "a:\n  # of b\n  b: 1\n  # last\n# of c\nc: 2\n", TestName = "Comments go with their keys")]
    [TestCase("cast:\n    # - ada\nc: 2\n", "cast:\n    # - ada\nc: 2\n", TestName = "A child that is commented out stays beneath its key")]
    [TestCase("a:\n    b: one\n      two\n    c: \"x\n       y\"\n", "a:\n  b: one\n    two\n  c: \"x\n     y\"\n", TestName = "Values of several lines")]
    [TestCase("a:\n    b: [x,y ,  z]\n    c: {k: 1,l: 2}\n", "a:\n  b: [x, y,  z]\n  c: {k: 1, l: 2}\n", TestName = "Commas")]
    [TestCase("pov: [[Ada Vane]]\n", "pov: [[Ada Vane]]\n", TestName = "A wikilink without quotes")]
    [TestCase("a:\n    b: [\n      x,\n      y\n    ]\n", "a:\n  b: [\n    x,\n    y\n  ]\n", TestName = "Brackets over several lines")]
    [TestCase("base: &b\n     x: 1\nother:\n     <<: *b\n     y: !tag   2\n     z: !!map\n          q: 1\n", "base: &b\n  x: 1\nother:\n  <<: *b\n  y: !tag   2\n  z: !!map\n    q: 1\n", TestName = "Anchors, aliases and tags")]
    [TestCase("a: \"  x  \"   # note  \nb: ' # '\n", "a: \"  x  \"   # note\nb: ' # '\n", TestName = "Quotes, and comments behind values")]
    [TestCase("---\na:\n    b: 1\n...\n---\nc:\n     d: 1\n", "---\na:\n  b: 1\n...\n---\nc:\n  d: 1\n", TestName = "Several documents")]
    [TestCase("? x\n: y\nz:    1   \n", "? x\n: y\nz:    1\n", TestName = "Keys behind a question mark stay as they are")]
    [TestCase("a:\n    b: [x\nc: 1   \n", "a:\n    b: [x\nc: 1   \n", TestName = "What cannot be read is left alone")]
    [TestCase("a:\n    b: 1\n    -", "a:\n    b: 1\n    -", TestName = "A line at fault")]
    [TestCase("   \n", "   \n", TestName = "Nothing")]
    [TestCase("", "", TestName = "An empty file")]
    public void Yaml_is_laid_out(string text, string expected)
    {
        foreach (var end in new[] { "\n", "\r\n" })
        {
            foreach (var mark in new[] { "", "\uFEFF" })
            {
                var source = mark + text.ReplaceLineEndings(end);
                Assert.That(Formatted.Of(source), Is.EqualTo(mark + expected.ReplaceLineEndings(end)));
                Assert.That(Formatted.AssertKept(source, 4), Does.StartWith(mark));
            }
        }
    }

    [Test]
    public void The_editor_says_how_deep()
    {
        Assert.That(Formatted.Of("a:\n  b:\n  - c: |\n      x\n", 4), Is.EqualTo("a:\n    b:\n    - c: |\n          x\n"));
        Assert.That(Formatted.Of("a:\n  b:\n    - c: 1\n", 1), Is.EqualTo("a:\n b:\n  - c: 1\n"));
        Assert.That(new FormatOptions { IndentSize = 0 }.IndentSize, Is.EqualTo(1));
        Assert.That(new FormatOptions { IndentSize = 99 }.IndentSize, Is.EqualTo(8));
    }

    [Test]
    public void The_editor_says_what_becomes_of_line_ends()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Formatted.Of("a: 1  \n\n\n", options: new() { TrimsLineEnds = false, TrimsEnd = false }), Is.EqualTo("a: 1  \n\n\n"));
            Assert.That(Formatted.Of("a: 1\r\nb: 2", options: new() { EndsLastLine = true }), Is.EqualTo("a: 1\r\nb: 2\r\n"));
            Assert.That(Formatted.Of("a: 1\n", options: new() { EndsLastLine = true }), Is.EqualTo("a: 1\n"));
        });
    }

    [TestCase("---\npov:    ada\ncast:\n     - ada\n\n\n---\n\nShe   went.  \n\n\n\nAnd came.   \n", "---\npov: ada\ncast:\n  - ada\n---\n\nShe   went.  \n\n\n\nAnd came.   \n")]
    [TestCase("# One   \n\n```story\npov:    ada\neffects:\n      - ada takes   clock\n```\n\n* a\n\n\n* b  \n", "# One   \n\n```story\npov: ada\neffects:\n  - ada takes   clock\n```\n\n* a\n\n\n* b  \n")]
    [TestCase("# One\n\n   ```story\n   pov:    ada\n   effects:\n         - ada takes clock\n   ```\n", "# One\n\n   ```story\n   pov: ada\n   effects:\n     - ada takes clock\n   ```\n")]
    [TestCase("```yaml\na:    1\n```\n", "```yaml\na:    1\n```\n")]
    [TestCase("a:    1  \n", "a:    1  \n")]
    [TestCase("---\npov: [x\n---\n# One\n```story\npov:    ada\n```\n", "---\npov: [x\n---\n# One\n```story\npov: ada\n```\n")]
    public void Front_matter_and_fences_are_laid_out_and_prose_is_not(string text, string expected)
    {
        Assert.That(Formatted.Of(text, path: "scenes/a.md"), Is.EqualTo(expected));
        Assert.That(Formatted.Of("\uFEFF" + text.ReplaceLineEndings("\r\n"), path: "scenes/a.md"), Is.EqualTo("\uFEFF" + expected.ReplaceLineEndings("\r\n")));
    }

    [Test]
    public void A_fountain_script_is_not_laid_out() => Assert.That(Formatted.Of("Title:    X  \n\n\n\nINT. MILL  \n", path: "a.fountain"), Is.EqualTo("Title:    X  \n\n\n\nINT. MILL  \n"));

    [TestCase("a:   1\n[b:   2]\nc:   3\n", "a:   1\nb: 2\nc:   3\n", TestName = "The lines alone where that is enough")]
    [TestCase("a:   1\nb:\n     c: 1\n[     d:   2\n]     e: 3\nf:   3\n", "a:   1\nb:\n  c: 1\n  d: 2\n  e: 3\nf:   3\n", TestName = "The whole entry where its lines move")]
    [TestCase("list:\n  - x:   1\n  - y:\n          z: 1\n          [w: 2]\n  - v:   1\n", "list:\n  - x:   1\n  - y:\n      z: 1\n      w: 2\n  - v:   1\n", TestName = "The innermost entry that stays where it is")]
    [TestCase("[a:   1\nb:   2\n]c:   3\n", "a: 1\nb: 2\nc:   3\n", TestName = "Whole lines end where the next begins")]
    public void A_range_is_laid_out(string marked, string expected)
    {
        var start = marked.IndexOf('[', StringComparison.Ordinal);
        var end = marked.IndexOf(']', StringComparison.Ordinal) - 1;
        var text = marked.Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);
        var workspace = FixtureWorkspace.OfTexts([KeyValuePair.Create("data.yaml", text)]);
        var edits = DocumentFormats.InSpans(workspace.Snapshot, "data.yaml", [TextSpan.FromBounds(start, end)], new(), CancellationToken.None);
        Assert.That(Formatted.Apply(text, edits), Is.EqualTo(expected));
    }

    [Test]
    public void Several_ranges_are_laid_out_at_once()
    {
        const string Text = "a:   1\nb:   2\nc:   3\n";
        var workspace = FixtureWorkspace.OfTexts([KeyValuePair.Create("data.yaml", Text)]);
        var edits = DocumentFormats.InSpans(workspace.Snapshot, "data.yaml", [new(15, 1), new(0, 2)], new(), CancellationToken.None);
        Assert.That(Formatted.Apply(Text, edits), Is.EqualTo("a: 1\nb:   2\nc: 3\n"));
    }

    [Test]
    public void Edits_are_small_so_that_cursors_stay()
    {
        const string Text = "a:\n    b: 1\n";
        var workspace = FixtureWorkspace.OfTexts([KeyValuePair.Create("data.yaml", Text)]);
        Assert.That(DocumentFormats.Of(workspace.Snapshot, "data.yaml", new(), CancellationToken.None), Is.EqualTo((TextEdit[])[new(new(3, 2), "")]));
    }
}
