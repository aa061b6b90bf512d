using System.Globalization;
using System.Text;

namespace StoryLsp.Language.Text;

/// <summary>Slugs as section 1 of the format defines them.</summary>
public static class Slug
{
    /// <summary>NFC, lower case (invariant), every run of what is neither letter nor digit becomes one <c>-</c>; accents and scripts stay.</summary>
    public static string Of(string text)
    {
        if (IsSlug(text))
        {
            return text;
        }

        var normal = Normalize(text).ToLowerInvariant();
        var builder = new StringBuilder(normal.Length);
        foreach (var rune in normal.EnumerateRunes())
        {
            // A combining mark that NFC could not compose still belongs to its letter.
            if (Rune.IsLetterOrDigit(rune) || IsMark(rune))
            {
                Append(builder, rune);
            }
            else if (builder.Length > 0 && builder[^1] != '-')
            {
                builder.Append('-');
            }
        }

        return builder.ToString().TrimEnd('-');
    }

    /// <summary>NFC where the text is well formed, else the text itself.</summary>
    public static string Normalize(string text)
    {
        foreach (var unit in text)
        {
            if (unit > 0x7F)
            {
                return CanonicalPairs.Compose(text);
            }
        }

        return text;
    }

    // Most stems and ids of a workspace are slugs as they stand.
    private static bool IsSlug(string text)
    {
        var before = '-';
        foreach (var unit in text)
        {
            if (!char.IsAsciiLetterLower(unit) && !char.IsAsciiDigit(unit) && (unit != '-' || before == '-'))
            {
                return false;
            }

            before = unit;
        }

        return before != '-';
    }

    private static void Append(StringBuilder builder, Rune rune)
    {
        if (rune.IsBmp)
        {
            builder.Append((char)rune.Value);
        }
        else
        {
            builder.Append(rune.ToString());
        }
    }

    private static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
}
