using NUnit.Framework;
using StoryLsp.Features.Links;
using StoryLsp.Testing;

namespace StoryLsp.Features.Tests.Links;

/// <summary>What is edited together is marked with brackets of its own, ⟦so⟧.</summary>
public class LinkedEditTests
{
    [TestCase("[[⟦Old M$0ill⟧]] and [[⟦Old Mill⟧|the mill]], ![[⟦Old Mill⟧#Cellar]], [[Old Mills]], [[old mill]]")]
    [TestCase("[[Old Mill#⟦Cel$0lar⟧]] and [[Old Mill#⟦Cellar⟧|x]] and [[Other#Cellar]]")]
    [TestCase("[a](⟦x.m$0d⟧) and [b](⟦x.md⟧#h) and [[x.md]]")]
    [TestCase("Text[^⟦on$0e⟧] more[^two].\n\n[^⟦one⟧]: A note.\n[^two]: Another.")]
    [TestCase("---\nhome: \"[[⟦Old M$0ill⟧]]\"\ntype: character\n---\nNear [[⟦Old Mill⟧]].")]
    [TestCase("---\nhome: \"[[⟦Old Mill⟧]]\"\ntype: character\n---\nNear [[⟦Old M$0ill⟧]].")]
    [TestCase("[[Al$0one]] and [[Other]]", Description = "no twin")]
    [TestCase("[[Old Mill|the m$0ill]] and [[Old Mill|the mill]]", Description = "what is shown may differ")]
    [TestCase("Old M$0ill and Old Mill")]
    public void In_prose(string text) => AssertLinked("notes/page.md", text);

    [TestCase("a: &⟦ba$0se⟧ {x: 1}\nb: *⟦base⟧\nc: *⟦base⟧\nd: base\n")]
    [TestCase("a: &⟦base⟧\n  x: 1\nb: *⟦ba$0se⟧\n")]
    [TestCase("a: &ba$0se 1\nb: &base 2\nc: *base\n", Description = "written twice")]
    [TestCase("a: &ba$0se 1\n", Description = "nobody uses it")]
    public void In_yaml(string text) => AssertLinked("characters/mo.yaml", text);

    [Test]
    public void All_places_say_the_same_wherever_one_asks()
    {
        var workspace = FixtureWorkspace.Of(StoryFixture.Files + "//- x.md\n[[a]] [[a]] ![[a]] [^a] [^a] [b](a) [c](a)\n//- y.yaml\na: &a [*a]\nb: &\n");
        foreach (var file in workspace.Files)
        {
            for (var offset = 0; offset <= file.Text.Length; offset++)
            {
                if (LinkedEdits.At(workspace.Snapshot, file.Path, offset, CancellationToken.None) is { } found)
                {
                    Assert.That(found.Spans.Select(span => file.Text.Substring(span.Start, span.Length)).Distinct().Count(), Is.EqualTo(1));
                    Assert.That(found.Spans, Has.Some.Matches<Language.Text.TextSpan>(span => span.Touches(offset)));
                    Assert.That(file.Text.Substring(found.Spans[0].Start, found.Spans[0].Length), Does.Match("^" + found.WordPattern + "$"));
                }
            }
        }
    }

    private static void AssertLinked(string path, string text)
    {
        var plain = text.Replace("⟦", "", StringComparison.Ordinal).Replace("⟧", "", StringComparison.Ordinal);
        var workspace = StoryFixture.With(path, plain);
        var found = LinkedEdits.At(workspace.Snapshot, path, workspace.CursorOffset, CancellationToken.None);
        var shown = workspace.Text(path)!.Text;
        foreach (var span in (found?.Spans ?? []).Reverse())
        {
            shown = shown.Insert(span.End, "⟧").Insert(span.Start, "⟦");
        }

        Assert.That(shown.TrimEnd(), Is.EqualTo(text.Replace("$0", "", StringComparison.Ordinal).TrimEnd()));
    }
}
