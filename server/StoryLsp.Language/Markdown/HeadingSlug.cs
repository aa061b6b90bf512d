using System.Globalization;
using System.Text;

namespace StoryLsp.Language.Markdown;

/// <summary>The anchors that GitHub gives to headings.</summary>
public static class HeadingSlug
{
    /// <summary>
    /// The slug of a heading's text, before it is made unique: lower case; letters, marks, digits, hyphens and underscores of every script
    /// stay, spaces become hyphens, all else goes.
    /// </summary>
    /// <param name="text">The heading as shown.</param>
    public static string Of(string text)
    {
        ReadOnlySpan<char> shown = text.AsSpan().Trim();
        var slug = new StringBuilder(shown.Length);
        foreach (Rune rune in shown.EnumerateRunes())
        {
            if (rune.IsAscii)
            {
                char c = (char)rune.Value;
                if (char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or ' ')
                {
                    slug.Append(c == ' ' ? '-' : char.ToLowerInvariant(c));
                }
            }
            else if (IsWordPart(rune))
            {
                slug.Append(Rune.ToLowerInvariant(rune).ToString());
            }
        }

        return slug.ToString();
    }

    private static bool IsWordPart(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter
            or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter
            or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark
            or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber
            or UnicodeCategory.ConnectorPunctuation;
}

/// <summary>Makes the slugs of one document unique as GitHub does: the second <c>notes</c> is <c>notes-1</c>.</summary>
internal sealed class UniqueSlugs
{
    private readonly Dictionary<string, int> _seen = new(StringComparer.Ordinal);

    /// <summary>The slug of the next heading.</summary>
    /// <param name="text">The heading as shown.</param>
    public string Next(string text)
    {
        string slug = HeadingSlug.Of(text);
        string unique = slug;
        while (_seen.TryGetValue(unique, out _))
        {
            unique = $"{slug}-{++_seen[slug]}";
        }

        _seen[unique] = 0;
        return unique;
    }
}
