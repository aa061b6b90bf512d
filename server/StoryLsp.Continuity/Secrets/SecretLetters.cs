using System.Text;
using StoryLsp.Language.Text;

namespace StoryLsp.Continuity.Secrets;

/// <summary>
/// What a character says to a reader, whatever it looks like: case, accents, wide, circled, small, raised and mathematical letters make no
/// difference. The product runs without the system's tables of Unicode, so what matters of compatibility decomposition stands here.
/// </summary>
internal static class SecretLetters
{
    private const string Marks =
        "ᴀaʙbᴄcᴅdᴇeꜰfɢgʜhɪiᴊjᴋkʟlᴍmɴnᴏoᴘpʀrꜱsᴛtᴜuᴠvᴡwʏyᴢzᵃaᵇbᶜcᵈdᵉeᶠfᵍgʰhⁱiʲjᵏkˡlᵐmⁿnᵒoᵖpʳrˢsᵗtᵘuᵛvʷwˣxʸyᶻzªaºo" +
        "⁰0¹1²2³3⁴4⁵5⁶6⁷7⁸8⁹9₀0₁1₂2₃3₄4₅5₆6₇7₈8₉9①1②2③3④4⑤5⑥6⑦7⑧8⑨9⓪0ıiłlŁlđdĐdøoØoℓlℯeℊgℴoℎhℏh";

    private const string Spelled = "ß:ss|ẞ:ss|æ:ae|Æ:ae|œ:oe|Œ:oe|þ:th|Þ:th|ð:d|Ð:d|ﬀ:ff|ﬁ:fi|ﬂ:fl|ﬃ:ffi|ﬄ:ffl|ﬅ:st|ﬆ:st|ĳ:ij|Ĳ:ij|ŉ:n|ς:σ";

    // Letters of other scripts that look like Latin ones.
    private const string Lookalikes =
        "аaеeоoрpсcхxуyіiјjѕsкkмmтtвbнhгrԁdԛqԝwѵvӏlοoαaνvρpιiκkτtυuηnχxεeγyωwаaɑaɡgіi";

    private static readonly Dictionary<int, string> Folded = Read();
    private static readonly Dictionary<char, char> Twins = Pairs(Lookalikes);

    /// <summary>The letters or digits that a character says, folded; null where it is neither.</summary>
    public static string? Of(Rune rune)
    {
        var value = rune.Value;
        if (value < 128)
        {
            return char.IsAsciiLetterOrDigit((char)value) ? Ascii(char.ToLowerInvariant((char)value)) : null;
        }

        if (Folded.TryGetValue(value, out var known))
        {
            return known;
        }

        if (Latin(value) is { } letter)
        {
            return Ascii(letter);
        }

        if (value > char.MaxValue)
        {
            return Rune.IsLetterOrDigit(rune) ? Rune.ToLowerInvariant(rune).ToString() : null;
        }

        var unit = (char)value;
        if (!char.IsLetterOrDigit(unit))
        {
            return null;
        }

        var lower = char.ToLowerInvariant(CanonicalPairs.BaseOf(unit));
        return Folded.TryGetValue(lower, out var spelled) ? spelled : char.IsDigit(lower) ? Ascii((char)('0' + (int)char.GetNumericValue(lower))) : lower.ToString();
    }

    /// <summary>Whether a character shows nothing and takes no room, or only marks the letter before it.</summary>
    public static bool IsUnseen(Rune rune) => rune.Value is 0x115F or 0x1160 or 0x3164 or 0xFFA0 or 0x2800 || Rune.GetUnicodeCategory(rune) is
        System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.EnclosingMark;

    /// <summary>Whether a character is a word of its own: in scripts that write no spaces.</summary>
    public static bool Stands(int value) => value is (>= 0x2E80 and <= 0x9FFF) or (>= 0xAC00 and <= 0xD7AF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x3FFFF);

    /// <summary>Whether a character only joins others: the endings and particles of Japanese.</summary>
    public static bool IsKana(int value) => value is >= 0x3040 and <= 0x309F;

    /// <summary>A word in which every letter that looks like a Latin one is that.</summary>
    public static string Seen(string word) => string.Create(word.Length, word, static (units, from) =>
    {
        for (var i = 0; i < units.Length; i++)
        {
            units[i] = Twins.GetValueOrDefault(from[i], from[i]);
        }
    });

    private static string Ascii(char unit) => AsciiTexts[unit];

    private static readonly string[] AsciiTexts = [.. Enumerable.Range(0, 128).Select(unit => ((char)unit).ToString())];

    /// <summary>The lower-case Latin letter or digit that a wide, circled, squared or mathematical character stands for.</summary>
    private static char? Latin(int value) => value switch
    {
        >= 0xFF10 and <= 0xFF19 => (char)('0' + (value - 0xFF10)),
        >= 0xFF21 and <= 0xFF3A => (char)('a' + (value - 0xFF21)),
        >= 0xFF41 and <= 0xFF5A => (char)('a' + (value - 0xFF41)),
        >= 0x249C and <= 0x24B5 => (char)('a' + (value - 0x249C)),
        >= 0x24B6 and <= 0x24E9 => (char)('a' + ((value - 0x24B6) % 26)),
        >= 0x1D400 and <= 0x1D6A3 => (char)('a' + ((value - 0x1D400) % 26)),
        >= 0x1D7CE and <= 0x1D7FF => (char)('0' + ((value - 0x1D7CE) % 10)),
        >= 0x1F110 and <= 0x1F129 => (char)('a' + (value - 0x1F110)),
        >= 0x1F130 and <= 0x1F149 => (char)('a' + (value - 0x1F130)),
        >= 0x1F150 and <= 0x1F169 => (char)('a' + (value - 0x1F150)),
        >= 0x1F170 and <= 0x1F189 => (char)('a' + (value - 0x1F170)),
        >= 0x1F1E6 and <= 0x1F1FF => (char)('a' + (value - 0x1F1E6)),
        _ => null,
    };

    private static Dictionary<int, string> Read()
    {
        var result = new Dictionary<int, string>();
        foreach (var (from, to) in Pairs(Marks))
        {
            result[from] = to.ToString();
        }

        foreach (var pair in Spelled.Split('|'))
        {
            result[pair[0]] = pair[2..];
        }

        return result;
    }

    private static Dictionary<char, char> Pairs(string table)
    {
        var result = new Dictionary<char, char>();
        for (var i = 0; i + 1 < table.Length; i += 2)
        {
            result[table[i]] = table[i + 1];
        }

        return result;
    }
}
