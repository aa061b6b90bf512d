using System.Globalization;
using StoryLsp.Language.Text;

namespace StoryLsp.Continuity.Prose;

/// <summary>How a number is written.</summary>
/// <param name="Value">The number.</param>
/// <param name="First">Its first token.</param>
/// <param name="Last">Its last token.</param>
/// <param name="IsInWords">Whether it is spelled out.</param>
internal readonly record struct NumberPhrase(int Value, int First, int Last, bool IsInWords);

/// <summary>Numbers in prose, in digits or spelled out: <c>34</c>, <c>thirty-four</c>, <c>thirty four</c>, <c>a hundred and two</c>.</summary>
internal static class SpelledNumber
{
    private const int Most = 99_999;

    private static readonly string[] Small =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
        "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ];

    private static readonly string[] Tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    private static readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> Words = ReadWords();

    /// <summary>The number that begins at a token; null where none does.</summary>
    public static NumberPhrase? Read(ProseSentence sentence, int at)
    {
        if (sentence.Kind(at) == TokenKind.Number)
        {
            return int.TryParse(sentence.Text(at), NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var digits) && digits <= Most ? new(digits, at, at, false) : null;
        }

        if (Below(sentence, at) is not var (value, last))
        {
            // "a hundred", but not "a ten".
            if (!sentence.Is(at, "a") || !sentence.Is(at + 1, "hundred"))
            {
                return sentence.Is(at, "hundred") ? Hundreds(sentence, at, at, 1) : null;
            }

            return Hundreds(sentence, at, at + 1, 1);
        }

        return sentence.Is(last + 1, "hundred") ? Hundreds(sentence, at, last + 1, value) : new(value, at, last, true);
    }

    /// <summary>The number that a text is and nothing else, but for <c>years</c> behind it: <c>34</c>, <c>thirty-four</c>, <c>34 years old</c>; null where it is more than that.</summary>
    public static int? Parse(string text)
    {
        var all = new TextSpan(0, text.Length);
        var sentence = Tokenizer.Read(text, all, [all], [], []);
        if (Read(sentence, 0) is not { } number)
        {
            return null;
        }

        var behind = number.Last + 1;
        behind += sentence.Is(behind, "years") || sentence.Is(behind, "yrs") ? 1 : 0;
        behind += sentence.Is(behind, "old") ? 1 : 0;
        return behind == sentence.Count ? number.Value : null;
    }

    /// <summary>A number as words: <c>thirty-four</c>.</summary>
    /// <param name="number">From 0 to 999; others are written in digits.</param>
    public static string Spell(int number)
    {
        if (number is < 0 or > 999)
        {
            return number.ToString(CultureInfo.InvariantCulture);
        }

        if (number >= 100)
        {
            return Small[number / 100] + " hundred" + (number % 100 == 0 ? "" : " and " + Spell(number % 100));
        }

        return number < 20 ? Small[number] : Tens[(number / 10) - 2] + (number % 10 == 0 ? "" : "-" + Small[number % 10]);
    }

    private static NumberPhrase Hundreds(ProseSentence sentence, int first, int hundred, int count)
    {
        var rest = sentence.Is(hundred + 1, "and") ? hundred + 2 : hundred + 1;
        return Below(sentence, rest) is var (value, last) ? new((count * 100) + value, first, last, true) : new(count * 100, first, hundred, true);
    }

    /// <summary>A number below a hundred in words, and its last token.</summary>
    private static (int Value, int Last)? Below(ProseSentence sentence, int at)
    {
        if (sentence.Kind(at) != TokenKind.Word || !Words.TryGetValue(sentence.Text(at), out var value))
        {
            return null;
        }

        var ones = sentence.Kind(at + 1) == TokenKind.Hyphen ? at + 2 : at + 1;
        return value >= 20 && sentence.Kind(ones) == TokenKind.Word && Words.TryGetValue(sentence.Text(ones), out var one) && one is > 0 and < 10
            ? (value + one, ones)
            : (value, at);
    }

    private static Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> ReadWords()
    {
        var result = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < Small.Length; i++)
        {
            result.Add(Small[i], i);
        }

        for (var i = 0; i < Tens.Length; i++)
        {
            result.Add(Tens[i], (i + 2) * 10);
        }

        return result.GetAlternateLookup<ReadOnlySpan<char>>();
    }
}
