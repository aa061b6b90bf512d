using NUnit.Framework;
using StoryLsp.Features.Formatting;
using StoryLsp.Language.Text;
using StoryLsp.Language.Tests.Yaml;
using StoryLsp.Language.Yaml;
using StoryLsp.Testing;

namespace StoryLsp.Features.Tests.Formatting;

/// <summary>Texts before and after they are laid out.</summary>
internal static class Formatted
{
    public static string Of(string text, int size = 2, string path = "data.yaml", FormatOptions? options = null)
    {
        var workspace = FixtureWorkspace.OfTexts([KeyValuePair.Create(path, text)]);
        return Apply(text, DocumentFormats.Of(workspace.Snapshot, path, (options ?? new()) with { IndentSize = size }, CancellationToken.None));
    }

    public static string Apply(string text, IReadOnlyList<TextEdit> edits)
    {
        for (var i = 0; i < edits.Count; i++)
        {
            Assert.That(edits[i].Span.IsEmpty && edits[i].NewText.Length == 0, Is.False, "an edit of nothing");
            Assert.That(text.AsSpan(edits[i].Span.Start, edits[i].Span.Length).IsWhiteSpace() && edits[i].NewText.AsSpan().IsWhiteSpace(), Is.True, "only white space changes");
            Assert.That(i == 0 || edits[i].Span.Start >= edits[i - 1].Span.End, Is.True, "edits are ascending and apart");
        }

        return SourceText.From(text).WithEdits(edits).Text;
    }

    /// <summary>The result says what the text says, and is in order: laid out once more it stays as it is.</summary>
    public static string AssertKept(string text, int size)
    {
        var result = Of(text, size);
        var before = YamlParser.Parse(SourceText.From(text));
        var after = YamlParser.Parse(SourceText.From(result));
        if (before.Errors.Count > 0)
        {
            Assert.That(result, Is.EqualTo(text), "what cannot be read is left alone");
            return result;
        }

        var what = $"laid out by {size}:\n{text}\n=>\n{result}";
        Assert.That(SuiteEvents.Dump(after), Is.EqualTo(SuiteEvents.Dump(before)), what);
        Assert.That(Comments(result, after), Is.EqualTo(Comments(text, before)), what);
        Assert.That(Of(result, size), Is.EqualTo(result), "once more: " + what);
        return result;
    }

    private static string[] Comments(string text, YamlTree tree) => [.. tree.Comments.Select(comment => text.Substring(comment.Span.Start, comment.Span.Length).TrimEnd())];
}
