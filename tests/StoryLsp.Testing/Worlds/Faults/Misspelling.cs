namespace StoryLsp.Testing.Worlds.Faults;

/// <summary>Slips of the pen: one or two of Damerau's edits inside a word.</summary>
public static class Misspelling
{
    /// <summary>The kinds of one slip.</summary>
    public static readonly string[] Kinds = ["swap", "drop", "double", "change"];

    /// <summary>A word with a slip, never at its first letter; null where the word has no place for it.</summary>
    /// <param name="word">The word.</param>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="dice">Chance.</param>
    public static string? Of(string word, string kind, Dice dice)
    {
        for (var tries = 0; tries < 20; tries++)
        {
            var at = dice.Between(1, word.Length - 2);
            var made = kind switch
            {
                "swap" => word[at] == word[at + 1] ? word : word[..at] + word[at + 1] + word[at] + word[(at + 2)..],
                "drop" => word.Remove(at, 1),
                "double" => word.Insert(at, word[at].ToString()),
                _ => word[..at] + Other(word[at], dice) + word[(at + 1)..],
            };
            if (made != word && made.All(char.IsLetter))
            {
                return made;
            }
        }

        return null;
    }

    private static char Other(char letter, Dice dice)
    {
        var from = "aeiouy".Contains(letter, StringComparison.Ordinal) ? "aeiou" : "bdfgklmnprt";
        var other = from[dice.Below(from.Length)];
        return other == letter ? from[(from.IndexOf(other, StringComparison.Ordinal) + 1) % from.Length] : other;
    }
}
