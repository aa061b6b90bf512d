using System.Text;
using StoryLsp.Language.Text;

namespace StoryLsp.Continuity.Secrets;

/// <summary>The paragraphs of a text: what blank lines keep apart.</summary>
internal static class Paragraphs
{
    /// <summary>A text without the paragraphs that touch any of some places.</summary>
    /// <param name="text">The text.</param>
    /// <param name="places">The places, in UTF-16 code units of the text.</param>
    /// <param name="leftOut">How many paragraphs were left out.</param>
    public static string Without(string text, IReadOnlyList<TextSpan> places, out int leftOut)
    {
        leftOut = 0;
        var result = new StringBuilder(text.Length);
        foreach (var paragraph in Of(text))
        {
            if (places.Any(place => place.Start < paragraph.End && paragraph.Start < place.End))
            {
                leftOut++;
            }
            else
            {
                result.Append(result.Length > 0 ? "\n\n" : "").Append(text, paragraph.Start, paragraph.Length);
            }
        }

        return result.ToString();
    }

    /// <summary>The paragraphs, without the line ends around them.</summary>
    public static IEnumerable<TextSpan> Of(string text)
    {
        var start = -1;
        var end = 0;
        for (var line = 0; line < text.Length;)
        {
            var stop = text.IndexOfAny(['\n', '\r'], line);
            stop = stop < 0 ? text.Length : stop;
            if (text.AsSpan(line, stop - line).IsWhiteSpace())
            {
                if (start >= 0)
                {
                    yield return TextSpan.FromBounds(start, end);
                }

                start = -1;
            }
            else
            {
                start = start < 0 ? line : start;
                end = stop;
            }

            line = stop + (stop + 1 < text.Length && text[stop] == '\r' && text[stop + 1] == '\n' ? 2 : 1);
        }

        if (start >= 0)
        {
            yield return TextSpan.FromBounds(start, end);
        }
    }
}
