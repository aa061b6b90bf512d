using System.Globalization;
using Humanizer;
using Humanizer.Localisation;
using StoryLsp.Index;

namespace StoryLsp.Continuity.Story;

/// <summary>The words of messages: a rule speaks as a script supervisor's note does.</summary>
internal static class Wording
{
    private const int LastNumberInWords = 12;

    private static readonly CultureInfo English = CultureInfo.InvariantCulture;

    /// <summary>A scene or event by its title, with its number where the reader meets it: <c>*The Dinner* (scene 8)</c>.</summary>
    public static string Title(StoryReading story, StoryContainer container) =>
        story.NarrativePosition(container.Key) is { } position ? $"*{container.Name}* (scene {position + 1})" : $"*{container.Name}*";

    /// <summary>Several things in one phrase: <c>Ada, Tom and Lena</c>.</summary>
    public static string All(IEnumerable<string> things) => things.Humanize("and");

    /// <summary>A number, in words up to twelve.</summary>
    public static string Number(long number) =>
        number is >= 0 and <= LastNumberInWords ? number.ToWords(English) : number.ToString("N0", English);

    /// <summary>A number of things: <c>three scenes</c>, <c>one scene</c>.</summary>
    public static string Count(long number, string thing) => $"{Number(number)} {(number == 1 ? thing : thing.Pluralize())}";

    /// <summary>A length of time, as exact as a writer needs it: <c>2 days, 5 hours</c>.</summary>
    /// <param name="minutes">Ticks of one minute.</param>
    public static string Duration(long minutes) =>
        Math.Abs(minutes) > TimeSpan.MaxValue.TotalMinutes / 2
            ? "an age"
            : TimeSpan.FromMinutes(Math.Abs((double)minutes)).Humanize(2, English, maxUnit: TimeUnit.Year, minUnit: TimeUnit.Minute);
}
