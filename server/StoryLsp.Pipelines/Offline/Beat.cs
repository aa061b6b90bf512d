using StoryLsp.Language.Prose;

namespace StoryLsp.Pipelines.Offline;

/// <summary>Sentences that are seen in one shot.</summary>
/// <param name="Text">The sentences, as the prose has them but for the marks of Markdown and the line ends.</param>
/// <param name="IsSpeech">Whether somebody speaks.</param>
internal sealed record Beat(string Text, bool IsSpeech)
{
    private const int LongestWords = 45;
    private const int LongestAttribution = 6;

    // People speak about 150 words a minute, and read of action about 240.
    private const double SecondsOfSpokenWord = 0.4;
    private const double SecondsOfWord = 0.25;
    private const double Shortest = 1.5;
    private const double Longest = 600;

    /// <summary>Whether the same person goes on to speak.</summary>
    public bool GoesOn { get; init; }

    /// <summary>The words, each once.</summary>
    public HashSet<string> Words() =>
        new(Text.Split([' ', .. ".,;:!?…\"“”‘()[]—–-"], StringSplitOptions.RemoveEmptyEntries).Select(word => word.Trim('\'', '’')), StringComparer.OrdinalIgnoreCase);

    /// <summary>How long it lasts, in steps of half a second.</summary>
    public double Seconds
    {
        get
        {
            var seconds = Length(Text) * (IsSpeech ? SecondsOfSpokenWord : SecondsOfWord);
            return Math.Clamp(Math.Round(seconds * 2, MidpointRounding.AwayFromZero) / 2, Shortest, Longest);
        }
    }

    /// <summary>Both in one.</summary>
    public Beat With(Beat next) => new(Join(Text, next.Text), IsSpeech && next.IsSpeech) { GoesOn = GoesOn };

    /// <summary>The beats of a prose, in order.</summary>
    public static List<Beat> Of(string prose)
    {
        var result = new List<Beat>();
        foreach (var paragraph in prose.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            // A heading, a rule of asterisks and the like show nothing.
            if (!paragraph.StartsWith('#') && paragraph.Any(char.IsLetterOrDigit))
            {
                AddParagraph(result, paragraph);
            }
        }

        return result;
    }

    private static void AddParagraph(List<Beat> result, string paragraph)
    {
        var spans = Sentences.Of(paragraph);
        var spoken = Speech.In(paragraph, spans);
        Beat? open = null;
        for (var i = 0; i < spans.Count; i++)
        {
            var beat = new Beat(ExtractiveSummary.Plain(paragraph.Substring(spans[i].Start, spans[i].Length)), spoken[i]);
            if (beat.Text.Length == 0)
            {
                continue;
            }

            if (open is not null && Belongs(open, beat))
            {
                open = open with { Text = Join(open.Text, beat.Text) };
                continue;
            }

            if (open is not null)
            {
                result.Add(open);
                beat = beat with { GoesOn = open.IsSpeech && beat.IsSpeech };
            }

            open = beat;
        }

        if (open is not null)
        {
            result.Add(open);
        }
    }

    // “She said so.” behind a speech is part of it; a change between speech and action is another shot, and so is what would last too long.
    private static bool Belongs(Beat open, Beat next) =>
        Length(open.Text) + Length(next.Text) <= LongestWords && (open.IsSpeech == next.IsSpeech || (open.IsSpeech && Length(next.Text) <= LongestAttribution));

    private static int Length(string text) => text.Count(unit => unit == ' ') + 1 + (text.Count(unit => unit is (>= '\u3040' and <= '\u9FFF') or (>= '\uAC00' and <= '\uD7A3')) / 2);

    private static string Join(string first, string second) => first + " " + second;
}
