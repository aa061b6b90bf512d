using System.Globalization;
using System.Text;
using StoryLsp.Language.Text;

namespace StoryLsp.Continuity.Secrets;

/// <summary>A word of a prompt or of a secret: a run of letters and digits; in scripts without spaces each character.</summary>
/// <param name="Folded">The word without case, accents and characters that nobody sees.</param>
/// <param name="Span">Where it stands, in UTF-16 code units.</param>
internal readonly record struct PromptWord(string Folded, TextSpan Span)
{
    /// <summary>The words of a text.</summary>
    public static IReadOnlyList<PromptWord> Of(string text)
    {
        var words = new List<PromptWord>();
        var word = new StringBuilder();
        var (start, end) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            var category = CharUnicodeInfo.GetUnicodeCategory(text[i]);
            if (category is UnicodeCategory.Format or UnicodeCategory.NonSpacingMark && word.Length > 0)
            {
                continue;
            }

            var stands = IsIdeograph(text[i]);
            if (word.Length > 0 && (stands || !char.IsLetterOrDigit(text[i])))
            {
                words.Add(new(word.ToString(), TextSpan.FromBounds(start, end)));
                word.Clear();
            }

            if (stands)
            {
                words.Add(new(text[i].ToString(), new(i, 1)));
            }
            else if (char.IsLetterOrDigit(text[i]))
            {
                start = word.Length == 0 ? i : start;
                end = i + 1;
                word.Append(char.ToLowerInvariant(CanonicalPairs.BaseOf(text[i])));
            }
        }

        if (word.Length > 0)
        {
            words.Add(new(word.ToString(), TextSpan.FromBounds(start, end)));
        }

        return words;
    }

    private static bool IsIdeograph(char unit) => unit is >= '\u2E80' and <= '\u9FFF' or >= '\uF900' and <= '\uFAFF';
}
