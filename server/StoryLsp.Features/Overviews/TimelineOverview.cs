using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using StoryLsp.Continuity.Calendars;
using StoryLsp.Continuity.State;
using StoryLsp.Continuity.Story;
using StoryLsp.Features.Pages;
using StoryLsp.Index;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Overviews;

/// <summary>A scene or event on the timeline.</summary>
/// <param name="Container">The scene or event.</param>
/// <param name="Name">Its name, never empty.</param>
/// <param name="Start">The earliest minute on the axis of the calendar at which it may begin; null where that is open.</param>
/// <param name="End">The latest at which it may end; null where that is open.</param>
/// <param name="Label">When it happens, in words.</param>
/// <param name="Day">The day of it in words; null where nobody knows anything of it.</param>
/// <param name="Strand">The storyline that it belongs to, as written; null where it names none.</param>
/// <param name="Told">How its time stands to the scenes around it, as <c>flashback</c>; null for <c>linear</c>.</param>
/// <param name="Order">Its number in the order of reading, from 1; null for an event.</param>
/// <param name="Location">Where it is set; null where that is unknown.</param>
/// <param name="Present">Who is present.</param>
public sealed record TimelineMoment(
    Container Container, string Name, long? Start, long? End, string Label, string? Day, string? Strand, string? Told, int? Order, Container? Location, IReadOnlyList<Container> Present);

/// <summary>All scenes and events in the order in which the story is taken to happen.</summary>
public static class TimelineOverview
{
    private static readonly ConditionalWeakTable<Snapshot, IReadOnlyList<TimelineMoment>> Known = [];

    /// <summary>Those with a time by that; a scene without one where it follows from what is read before it; last, what nobody can place.</summary>
    /// <param name="snapshot">The workspace.</param>
    public static IReadOnlyList<TimelineMoment> Of(Snapshot snapshot) => Known.GetValue(snapshot, static now =>
    {
        var chronicle = Chronicle.Of(now);
        return [.. chronicle.Entries.Select(entry => Moment(chronicle.Calendar, entry)), .. chronicle.Unplaced.Select(Unplaced)];
    });

    /// <summary>The same as a timeline of Mermaid.</summary>
    /// <param name="snapshot">The workspace.</param>
    public static string Mermaid(Snapshot snapshot)
    {
        var text = new StringBuilder("timeline\n");
        text.Append("    title ").Append(MermaidText.Of(snapshot.Settings.Title is { Length: > 0 } title ? title : "Timeline")).Append('\n');
        string? period = null;
        var left = 0;
        foreach (var moment in Of(snapshot))
        {
            // What has no date of its own stands where it follows from what is read before it.
            var own = moment.Day ?? (moment.Order is null ? "Nobody knows when" : period ?? ChronicleWords.NoDate);
            var clock = moment.Day is not null && moment.Label.Length > moment.Day.Length ? moment.Label[(moment.Day.Length + 2)..] + " " : "";
            var line = (own == period ? "            : " : $"    {MermaidText.Of(own)} : ") + MermaidText.Of(clock + moment.Name) + "\n";
            if (left > 0 || text.Length + line.Length > MermaidText.MostCharacters)
            {
                left++;
                continue;
            }

            period = own;
            text.Append(line);
        }

        if (left > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"%% {left} more do not fit into what Mermaid draws\n");
        }

        return text.ToString();
    }

    private static TimelineMoment Moment(StoryCalendar calendar, ChronicleEntry entry)
    {
        var day = ChronicleWords.DayOf(calendar, entry);
        var label = day is null ? ChronicleWords.NoDate : ChronicleWords.ClockOf(calendar, entry) is { } clock ? $"{day}, {clock}" : day;
        return new(
            entry.Container, StoryBible.NameOf(entry.Container), entry.Interval.EarliestStart ?? entry.FromDayOne, entry.Interval.LatestEnd ?? entry.Interval.LatestStart, label, day,
            StrandOf(entry.Container), entry.Timeline is SceneTimeline.Linear ? null : entry.Container.Fact.Field("timeline")?.Value.AsText()?.Trim().ToLowerInvariant(), entry.Number, entry.Location, entry.Present);
    }

    private static TimelineMoment Unplaced(Container container) =>
        new(container, StoryBible.NameOf(container), null, null, "Nobody knows when", null, StrandOf(container), null, null, null, []);

    private static string? StrandOf(Container container) => container.Fact.Field("strand")?.Value.AsText()?.Trim() is { Length: > 0 } strand ? strand : null;
}
