using System.Globalization;
using System.Text;

namespace StoryLsp.Features.Overviews;

/// <summary>
/// Writes names for Mermaid, whatever they hold. What could mean something to a diagram is written as one of Mermaid's codes (<c>#35;</c>, see "Entity codes to escape
/// characters" in its documentation), which every kind of diagram decodes when it is drawn.
/// </summary>
internal static class MermaidText
{
    // By default Mermaid refuses a text above 50,000 characters, and a flowchart with more than 500 edges.
    public const int MostCharacters = 48_000;
    public const int MostEdges = 480;

    private const string Plain = " ,'!?()/-.";

    // Words that begin something of their own where a text begins; a number with a dot would begin a list.
    private static readonly string[] Keywords = ["title", "section", "timeline", "acctitle", "accdescr"];

    /// <summary>A text on one line that means nothing but itself; never empty.</summary>
    public static string Of(string text)
    {
        var line = string.Join(' ', Cleaned(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (line.Length == 0)
        {
            return "?";
        }

        var result = new StringBuilder(line.Length + 8);
        var isList = line.AsSpan().TrimStart("0123456789").StartsWith(".");
        for (var i = 0; i < line.Length; i++)
        {
            var isFirst = i == 0 && (line[0] is '-' or '.' or '(' or '/' || Array.Exists(Keywords, word => line.StartsWith(word, StringComparison.OrdinalIgnoreCase)));
            var isDot = isList && line[i] == '.' && i == line.Length - line.AsSpan().TrimStart("0123456789").Length;
            if (isFirst || isDot || (char.IsAscii(line[i]) && !char.IsAsciiLetterOrDigit(line[i]) && !Plain.Contains(line[i])))
            {
                result.Append(CultureInfo.InvariantCulture, $"#{(int)line[i]};");
            }
            else
            {
                result.Append(line[i]);
            }
        }

        return result.ToString();
    }

    // Signs without a shape, such as those that turn the direction of writing, are left out; half a character is no character.
    private static string Cleaned(string text)
    {
        var result = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            switch (Rune.GetUnicodeCategory(rune))
            {
                case UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator:
                    result.Append(' ');
                    break;
                case UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate:
                    break;
                // Two of these join letters in the writing of several languages.
                case UnicodeCategory.Format when rune.Value is not (0x200C or 0x200D):
                    break;
                default:
                    result.Append(rune.ToString());
                    break;
            }
        }

        return result.ToString();
    }
}
