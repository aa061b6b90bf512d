using NUnit.Framework;
using StoryLsp.Features.Formatting;
using StoryLsp.Language.Text;
using StoryLsp.Testing;

namespace StoryLsp.Features.Tests.Formatting;

/// <summary>Texts with the caret (<c>¦</c>) behind what was just typed, and where it is after.</summary>
public class TypeFormattingTests
{
    [TestCase("He met [[Ada]¦ there", "He met [[Ada]]¦ there")]
    [TestCase("He met [[Ada Vane|her]¦", "He met [[Ada Vane|her]]¦")]
    [TestCase("![[map.png]¦", "![[map.png]]¦")]
    [TestCase("[[林 𠮷]¦", "[[林 𠮷]]¦")]
    [TestCase("[[a]] and [[b]¦", "[[a]] and [[b]]¦")]
    [TestCase("He met [[Ada]]]¦ there", "He met [[Ada]]¦ there", Description = "the second one was typed by habit")]
    [TestCase("He met [[Ada]]¦] there", "He met [[Ada]]¦ there", Description = "the editor had closed both")]
    [TestCase("He met [[Ada]¦] there", "He met [[Ada]¦] there")]
    [TestCase("He met [Ada]¦ there", "He met [Ada]¦ there")]
    [TestCase("He met [[]¦ there", "He met [[]¦ there")]
    [TestCase("`[[Ada]¦", "`[[Ada]¦")]
    [TestCase("```\n[[Ada]¦\n```", "```\n[[Ada]¦\n```")]
    [TestCase("---\npov: \"[[Ada]¦\"\n---\n", "---\npov: \"[[Ada]]¦\"\n---\n")]
    [TestCase("---\nsums: [[a, b]¦\n---\n", "---\nsums: [[a, b]¦\n---\n")]
    public void The_second_bracket_of_a_link(string text, string expected) => AssertTyped("page.md", text, ']', expected);

    [TestCase("characters:\n  - ada\n¦", "characters:\n  - ada\n  - ¦")]
    [TestCase("characters:\n  - ada\n  ¦", "characters:\n  - ada\n  - ¦", Description = "the editor has indented")]
    [TestCase("characters:\n- ada\n¦\npov: x", "characters:\n- ada\n- ¦\npov: x")]
    [TestCase("characters:\n  - \"[[Ada]]\"\n  ¦\n  - tom", "characters:\n  - \"[[Ada]]\"\n  - ¦\n  - tom")]
    [TestCase("characters:\n  - ada # her\n  ¦", "characters:\n  - ada # her\n  - ¦")]
    [TestCase("characters:\n  - ada\n  - \n  ¦", "characters:\n  - ada\n¦", Description = "Enter once more ends the list")]
    [TestCase("characters:\n  - ada\n  -\n  ¦\npov: x", "characters:\n  - ada\n¦\npov: x")]
    [TestCase("characters:\n  - \n  ¦", "characters:\n  - \n  ¦", Description = "a mapping may follow")]
    [TestCase("characters:\n¦", "characters:\n  - ¦")]
    [TestCase("characters:\n  ¦\n    - ada", "characters:\n    - ¦\n    - ada")]
    [TestCase("characters:\n¦\n- ada", "characters:\n- ¦\n- ada")]
    [TestCase("uses:\n  - who: ada\n  ¦", "uses:\n  - who: ada\n    ¦")]
    [TestCase("uses:\n  - who: ada\n    item: x\n    ¦", "uses:\n  - who: ada\n    item: x\n    ¦")]
    [TestCase("matching:\n¦", "matching:\n  ¦")]
    [TestCase("synopsis: |\n¦", "synopsis: |\n  ¦")]
    [TestCase("synopsis: >-\n¦\npov: x", "synopsis: >-\n  ¦\npov: x")]
    [TestCase("pov:\n¦", "pov:\n¦", Description = "the value may come later")]
    [TestCase("strange:\n¦", "strange:\n¦")]
    [TestCase("pov: ada\n¦", "pov: ada\n¦")]
    [TestCase("pov: ada\n  ¦", "pov: ada\n  ¦", Description = "the value may go on")]
    [TestCase("synopsis: |\n  She went.\n  ¦", "synopsis: |\n  She went.\n  ¦")]
    [TestCase("synopsis: |\n  - no list\n  ¦", "synopsis: |\n  - no list\n  ¦")]
    [TestCase("synopsis: |\n  - no list\n¦\n  - goes on", "synopsis: |\n  - no list\n¦\n  - goes on")]
    [TestCase("synopsis: \"open\n  - no list\n  ¦\n  end\"", "synopsis: \"open\n  - no list\n  ¦\n  end\"")]
    [TestCase("characters: [ada,\n  ¦", "characters: [ada,\n  ¦")]
    [TestCase("characters: [ada,\n¦\n  tom]", "characters: [ada,\n¦\n  tom]")]
    [TestCase("characters:\n  - ada\n¦ tom", "characters:\n  - ada\n¦ tom", Description = "a line was split")]
    [TestCase("# - ada\n¦", "# - ada\n¦")]
    [TestCase("pov: ada\n\n¦", "pov: ada\n\n¦")]
    [TestCase("effects:\n  - ada takes clock\n¦", "effects:\n  - ada takes clock\n  - ¦")]
    public void The_next_line_of_yaml(string text, string expected)
    {
        foreach (var end in new[] { "\n", "\r\n" })
        {
            AssertTyped("scenes/1.yaml", ("type: scene\n" + text).ReplaceLineEndings(end), '\n', ("type: scene\n" + expected).ReplaceLineEndings(end));
            AssertTyped("scenes/1.md", ("\uFEFF---\n" + text + "\n---\nProse.\n").ReplaceLineEndings(end), '\n', ("\uFEFF---\n" + expected + "\n---\nProse.\n").ReplaceLineEndings(end));
            AssertTyped("book.md", ("# One\n\n```story\n" + text + "\n```\nProse.\n").ReplaceLineEndings(end), '\n', ("# One\n\n```story\n" + expected + "\n```\nProse.\n").ReplaceLineEndings(end));
        }
    }

    [TestCase("She went.\n¦")]
    [TestCase("- milk\n¦")]
    [TestCase("characters:\n- milk\n¦")]
    [TestCase("---\npov: ada\n---\n¦")]
    [TestCase("---\n¦")]
    [TestCase("```\n- x\n¦\n```")]
    [TestCase("¦")]
    public void Enter_in_prose_is_a_new_line_and_nothing_else(string text) => AssertTyped("page.md", text, '\n', text);

    private static void AssertTyped(string path, string marked, char typed, string expected)
    {
        var caret = marked.IndexOf('¦', StringComparison.Ordinal);
        var text = marked.Remove(caret, 1);
        var workspace = FixtureWorkspace.OfTexts([KeyValuePair.Create(path, text)]);
        var edits = TypeFormatting.At(workspace.Snapshot, path, caret, typed, new(), CancellationToken.None);
        // A caret stands behind what is inserted at it, in every editor that was tried.
        var after = caret;
        foreach (var edit in edits)
        {
            after += edit.Span.End <= caret ? edit.NewText.Length - edit.Span.Length : edit.Span.Start < caret ? edit.Span.Start + edit.NewText.Length - caret : 0;
        }

        Assert.That(SourceText.From(text).WithEdits(edits).Text.Insert(after, "¦"), Is.EqualTo(expected), path);
    }
}
