using System.Text.RegularExpressions;

namespace StoryLsp.Language.Fountain;

/// <summary>How a scene heading is divided: <c>INT. LIBRARY - NIGHT</c>. Serves scripts, and prose that has such headings too.</summary>
public static partial class SceneHeadingText
{
    /// <summary>The length of <c>INT.</c>, <c>EXT.</c>, <c>INT./EXT.</c>, <c>I/E</c> or <c>EST.</c> with the white space behind it, in UTF-16 code units; 0 where there is none.</summary>
    /// <param name="text">The heading.</param>
    public static int PrefixLength(ReadOnlySpan<char> text)
    {
        foreach (ValueMatch match in Prefix().EnumerateMatches(text))
        {
            return match.Length;
        }

        return 0;
    }

    /// <summary>The offset of the last dash between blanks, in UTF-16 code units; -1 where there is none.</summary>
    /// <param name="text">The heading.</param>
    /// <param name="from">Where to begin.</param>
    public static int LastDash(ReadOnlySpan<char> text, int from)
    {
        for (int i = text.Length - 2; i >= Math.Max(1, from); i--)
        {
            if (text[i] is '-' or '\u2013' or '\u2014' && text[i - 1] is ' ' or '\t' && text[i + 1] is ' ' or '\t')
            {
                return i;
            }
        }

        return -1;
    }

    [GeneratedRegex(@"^(?:INT\.?/EXT|EXT\.?/INT|INT|EXT|EST|I/E)(?:\.[ \t]*|[ \t]+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Prefix();
}
