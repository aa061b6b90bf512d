using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Places;

/// <summary>The sections that headings begin.</summary>
internal static class Sections
{
    /// <summary>From a heading to the next of the same or a higher level.</summary>
    /// <param name="headings">The headings of the document, in order.</param>
    /// <param name="index">Which of them.</param>
    /// <param name="end">The length of the document, in UTF-16 code units.</param>
    public static TextSpan Of(IReadOnlyList<HeadingFact> headings, int index, int end)
    {
        var heading = headings[index];
        for (var next = index + 1; next < headings.Count; next++)
        {
            if (headings[next].Level <= heading.Level)
            {
                return TextSpan.FromBounds(heading.Span.Start, headings[next].Span.Start);
            }
        }

        return TextSpan.FromBounds(heading.Span.Start, Math.Max(heading.Span.End, end));
    }

    /// <summary>A span without the white space at its end.</summary>
    public static TextSpan WithoutEnd(string text, TextSpan span)
    {
        var end = Math.Min(span.End, text.Length);
        while (end > span.Start && char.IsWhiteSpace(text[end - 1]))
        {
            end--;
        }

        return TextSpan.FromBounds(span.Start, end);
    }
}
