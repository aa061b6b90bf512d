using System.Globalization;
using Humanizer;
using StoryLsp.Continuity.Calendars;
using StoryLsp.Continuity.State;
using StoryLsp.Continuity.Story;
using StoryLsp.Index;

namespace StoryLsp.Features.Pages;

/// <summary>The page of what happens when, in the order of the story.</summary>
public static class TimelinePage
{
    /// <summary>Writes the page.</summary>
    /// <param name="snapshot">The workspace.</param>
    public static string Of(Snapshot snapshot)
    {
        var chronicle = Chronicle.Of(snapshot);
        return PageText.Whole(Lines(chronicle));
    }

    private static IEnumerable<string> Lines(Chronicle chronicle)
    {
        yield return "# Timeline";
        yield return "";
        if (chronicle.Entries.Count + chronicle.Unplaced.Count == 0)
        {
            yield return "No scene and no event is written yet.";
            yield break;
        }

        yield return "What happens when, as far as the story says it. The numbers are those of the scenes as they are read.";
        string? heading = null;
        foreach (var entry in chronicle.Entries)
        {
            // What has no date of its own stands where it follows from what is read before it.
            var own = ChronicleWords.DayOf(chronicle.Calendar, entry) ?? heading ?? ChronicleWords.NoDate;
            if (own != heading)
            {
                heading = own;
                yield return "";
                yield return "## " + heading;
                yield return "";
            }

            yield return "- " + Entry(chronicle.Calendar, entry);
        }

        if (chronicle.Unplaced.Count > 0)
        {
            yield return "";
            yield return "## Nobody knows when";
            yield return "";
            foreach (var happening in chronicle.Unplaced)
            {
                yield return "- " + PageText.Name(happening);
            }
        }
    }

    private static string Entry(StoryCalendar calendar, ChronicleEntry entry)
    {
        var notes = new List<string>();
        if (entry.Number is { } number)
        {
            notes.Add("scene " + number.ToString(CultureInfo.InvariantCulture));
        }

        if (entry.Timeline is not (SceneTimeline.Linear or SceneTimeline.Beside))
        {
            notes.Add(entry.Timeline.ToString().ToLowerInvariant());
        }

        if (entry.Interval is { EarliestStart: null, LatestStart: null } && entry.FromDayOne is null)
        {
            notes.Add("no date of its own");
        }

        var text = (ChronicleWords.ClockOf(calendar, entry) is { } clock ? "**" + clock + "** " : "") + PageText.Name(entry.Container) + (notes.Count > 0 ? " (" + string.Join(", ", notes) + ")" : "");
        string[] parts = [entry.Location is { } place ? PageText.Name(place) : "", PageText.Names(entry.Present)];
        var rest = string.Join(": ", parts.Where(part => part.Length > 0));
        return rest.Length > 0 ? text + " — " + rest : text;
    }
}
