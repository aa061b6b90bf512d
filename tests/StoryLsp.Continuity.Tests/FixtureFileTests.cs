using NUnit.Framework;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;
using StoryLsp.Testing;

namespace StoryLsp.Continuity.Tests;

public class FixtureFileTests
{
    [Test]
    public void Headers_begin_files_and_braces_set_their_line_ends()
    {
        var files = FixtureFile.Parse("""
            //- a/one.md
            ---
            x: 1
            ---

            //- two file.yaml {crlf}
            a: 1
            b: 2
            //- three.md {no-eol}
            end
            """);
        Assert.That(files.Select(file => (file.Path, file.Text)), Is.EqualTo(new[]
        {
            ("a/one.md", "---\nx: 1\n---\n"), ("two file.yaml", "a: 1\r\nb: 2\r\n"), ("three.md", "end"),
        }));
    }

    [Test]
    public void Text_before_a_header_is_a_note() =>
        Assert.That(FixtureFile.Parse("Hello\n//- b.md\nx").Select(file => file.Path), Is.EqualTo(new[] { "note.md", "b.md" }));

    [Test]
    public void Cursor_and_marks_are_taken_out()
    {
        var file = FixtureFile.Parse("ab$0c ⟦d⟦e⟧f⟧\n⟦g⟧")[0];
        Assert.That(file.Text, Is.EqualTo("abc def\ng\n"));
        Assert.That(file.Cursor, Is.EqualTo(2));
        Assert.That(file.Marks, Is.EqualTo(new[] { new TextSpan(4, 3), new TextSpan(5, 1), new TextSpan(8, 1) }));
    }

    [Test]
    public void Annotations_expect_findings_and_are_taken_out()
    {
        var file = FixtureFile.Parse("""
            //- a.md {crlf}
            first
            pov: $0adam
            #      ^^^^ ref/unresolved error: names nothing
            #<^^^ schema/unknown-field
            #    ^... yaml/syntax hint
            #    | schema/missing-field
            # not ^^ an annotation
            """)[0];
        Assert.That(file.Text, Is.EqualTo("first\r\npov: adam\r\n# not ^^ an annotation\r\n"));
        Assert.That(file.Expected, Is.EqualTo(new ExpectedFinding[]
        {
            new("ref/unresolved", new(12, 4), false, Severity.Error, "names nothing"),
            new("schema/unknown-field", new(7, 3), false, null, null),
            new("yaml/syntax", new(12, 0), true, Severity.Hint, null),
            new("schema/missing-field", new(12, 0), false, null, null),
        }));
    }
}
