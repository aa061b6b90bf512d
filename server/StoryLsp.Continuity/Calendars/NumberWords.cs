using System.Globalization;

namespace StoryLsp.Continuity.Calendars;

/// <summary>Numbers as writers spell them out.</summary>
internal static class NumberWords
{
    private static readonly string[] Small =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
        "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    ];

    private static readonly string[] Tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    private static readonly string[] Ordinals =
    [
        "", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth",
        "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth",
    ];

    /// <summary>The number that a word is: <c>three</c>, <c>twenty-one</c>, <c>12</c>, <c>1.5</c>, <c>1,200</c>; null when it is none.</summary>
    public static double? Cardinal(string word)
    {
        word = word.ToLowerInvariant();
        if (word.Length > 0 && char.IsAsciiDigit(word[0]))
        {
            return double.TryParse(word.Replace(",", "", StringComparison.Ordinal), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number < 1e9 ? number : null;
        }

        if (word is "hundred" or "thousand" or "dozen")
        {
            return word switch { "dozen" => 12, "hundred" => 100, _ => 1000 };
        }

        if (Array.IndexOf(Small, word) is >= 0 and var small)
        {
            return small;
        }

        var parts = word.Split('-');
        return Array.IndexOf(Tens, parts[0]) is >= 2 and var tens
            ? parts.Length == 1 ? tens * 10 : parts.Length == 2 && Array.IndexOf(Small, parts[1]) is >= 1 and < 10 and var ones ? (tens * 10) + ones : null
            : null;
    }

    /// <summary>The number of an ordinal: <c>fifth</c>, <c>twenty-first</c>; null when the word is none.</summary>
    public static int? Ordinal(string word)
    {
        word = word.ToLowerInvariant();
        if (Array.IndexOf(Ordinals, word) is >= 1 and var small)
        {
            return small;
        }

        var parts = word.Split('-');
        return word == "thirtieth" ? 30
            : parts.Length == 2 && Array.IndexOf(Tens, parts[0]) is >= 2 and var tens && Array.IndexOf(Ordinals, parts[1]) is >= 1 and < 10 and var ones ? (tens * 10) + ones
            : null;
    }
}
