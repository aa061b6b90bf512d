using StoryLsp.Language.Text;
using StoryLsp.Pipelines.Proposals.Differences;

namespace StoryLsp.Pipelines.Proposals;

/// <summary>Which words of a hunk changed, to be shown.</summary>
/// <param name="Old">The stretches of the old text that go, in UTF-16 code units of it, in order.</param>
/// <param name="New">The stretches of the new text that come, in UTF-16 code units of it, in order.</param>
public sealed record WordMarks(IReadOnlyList<TextSpan> Old, IReadOnlyList<TextSpan> New)
{
    /// <summary>The words that differ. What is marked on neither side is the same on both.</summary>
    public static WordMarks Of(string old, string now)
    {
        var (first, second) = (Tokens(old), Tokens(now));
        var (gone, come) = (new List<TextSpan>(), new List<TextSpan>());
        foreach (var block in Cut.Blocks([.. first.Select(old.Slice)], [.. second.Select(now.Slice)]))
        {
            Add(gone, first, block.DeleteStartA, block.DeleteCountA);
            Add(come, second, block.InsertStartB, block.InsertCountB);
        }

        return new(gone, come);
    }

    private static void Add(List<TextSpan> marks, List<TextSpan> tokens, int start, int count)
    {
        if (count > 0)
        {
            marks.Add(TextSpan.FromBounds(tokens[start].Start, tokens[start + count - 1].End));
        }
    }

    // Words, and between them white space as a whole and every other sign by itself.
    private static List<TextSpan> Tokens(string text)
    {
        var result = new List<TextSpan>();
        var at = 0;
        foreach (var word in Words.Of(text))
        {
            AddSigns(text, at, word.Start, result);
            result.Add(word);
            at = word.End;
        }

        AddSigns(text, at, text.Length, result);
        return result;
    }

    private static void AddSigns(string text, int start, int end, List<TextSpan> result)
    {
        while (start < end)
        {
            var length = 1;
            while (char.IsWhiteSpace(text[start]) && start + length < end && char.IsWhiteSpace(text[start + length]))
            {
                length++;
            }

            result.Add(new(start, length));
            start += length;
        }
    }
}

file static class Slices
{
    public static string Slice(this string text, TextSpan span) => text.Substring(span.Start, span.Length);
}
