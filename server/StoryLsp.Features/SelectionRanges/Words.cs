using System.Globalization;
using System.Text;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.SelectionRanges;

/// <summary>The word at an offset.</summary>
internal static class Words
{
    private enum Script
    {
        None,
        Letters,
        Han,
        Hiragana,
        Katakana,
    }

    /// <summary>
    /// Adds the word, and the whole of which it is a part where hyphens join words. In Japanese and Chinese, which write no spaces, a run of one script
    /// counts as a word: no dictionary is asked.
    /// </summary>
    public static void Add(Nesting nesting, string text, TextSpan within)
    {
        var offset = nesting.Offset;
        var at = offset < within.End && ScriptAt(text, offset) != Script.None ? offset : offset > within.Start && ScriptAt(text, offset - 1) != Script.None ? offset - 1 : -1;
        if (at < 0)
        {
            return;
        }

        var word = Expand(text, within, new TextSpan(at, 1), IsApostrophe);
        nesting.Add(word);
        if (ScriptAt(text, at) == Script.Letters)
        {
            nesting.Add(Expand(text, within, word, unit => IsApostrophe(unit) || unit is '-' or '\u2010' or '\u2011'));
        }
    }

    private static TextSpan Expand(string text, TextSpan within, TextSpan from, Func<char, bool> joins)
    {
        var script = ScriptAt(text, from.Start);
        var (start, end) = (from.Start, from.End);
        while (start > within.Start && (ScriptAt(text, start - 1) == script || (start - 1 > within.Start && joins(text[start - 1]) && ScriptAt(text, start - 2) == Script.Letters && script == Script.Letters)))
        {
            start--;
        }

        while (end < within.End && (ScriptAt(text, end) == script || (end + 1 < within.End && joins(text[end]) && ScriptAt(text, end + 1) == Script.Letters && script == Script.Letters)))
        {
            end++;
        }

        return TextSpan.FromBounds(start, end);
    }

    private static bool IsApostrophe(char unit) => unit is '\'' or '\u2019' or '\u02BC';

    private static Script ScriptAt(string text, int at)
    {
        var unit = text[at];
        if (char.IsSurrogate(unit))
        {
            var start = char.IsLowSurrogate(unit) && at > 0 ? at - 1 : at;
            return !Rune.TryGetRuneAt(text, start, out var rune) || !Rune.IsLetterOrDigit(rune) ? Script.None : rune.Value >= 0x20000 ? Script.Han : Script.Letters;
        }

        return unit switch
        {
            >= '\u3041' and <= '\u309F' => Script.Hiragana,
            (>= '\u30A1' and <= '\u30FA') or (>= '\u30FC' and <= '\u30FF') => Script.Katakana,
            (>= '\u3400' and <= '\u9FFF') or (>= '\uF900' and <= '\uFAFF') or '\u3005' or '\u3007' => Script.Han,
            _ when char.IsLetterOrDigit(unit) || CharUnicodeInfo.GetUnicodeCategory(unit) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark => Script.Letters,
            _ => Script.None,
        };
    }
}
