using NUnit.Framework;
using StoryLsp.Features.Diagnostics;
using StoryLsp.Language.Text;
using StoryLsp.Testing;

namespace StoryLsp.Features.Tests.Diagnostics;

public class RangesTests
{
    [TestCase(PositionEncoding.Utf16, 3, 6)]
    [TestCase(PositionEncoding.Utf8, 5, 9)]
    [TestCase(PositionEncoding.Utf32, 2, 5)]
    public void A_span_is_counted_in_the_units_of_the_editor(PositionEncoding encoding, int start, int end)
    {
        var workspace = FixtureWorkspace.Of("//- page.md {crlf}\n# One\n𠮷 ⟦abé⟧\n");
        var mark = workspace.Marks[0];
        var range = Ranges.Of(workspace.Snapshot, mark.Path, mark.Span, encoding);
        Assert.That(range, Is.EqualTo(new LineRange(new LinePosition(1, start), new LinePosition(1, end))));
    }

    [TestCase(PositionEncoding.Utf16)]
    [TestCase(PositionEncoding.Utf8)]
    public void A_span_behind_the_end_ends_with_the_text(PositionEncoding encoding)
    {
        var workspace = FixtureWorkspace.Of("//- page.md {no-eol}\nabc\n");
        Assert.That(Ranges.Of(workspace.Snapshot, "page.md", new TextSpan(2, 50), encoding).End, Is.EqualTo(new LinePosition(0, 3)));
        Assert.That(Ranges.Of(workspace.Snapshot, "gone.md", new TextSpan(2, 50), encoding), Is.EqualTo(default(LineRange)));
    }
}
