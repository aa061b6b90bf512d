using System.Text;
using StoryLsp.Continuity.Calendars;
using StoryLsp.Continuity.Story;
using StoryLsp.Features.InlayHints;
using StoryLsp.Features.Places;
using StoryLsp.Language.Schemas;

namespace StoryLsp.Features.Hover;

/// <summary>A card of a date or a length of time: what it means, and what follows from it.</summary>
internal static class TimeCard
{
    /// <summary>The card as Markdown; null where nothing is known of it.</summary>
    /// <param name="world">The story.</param>
    /// <param name="place">The value.</param>
    /// <param name="thing">The container in which it stands, or null.</param>
    /// <param name="links">Writes the address of a place; null: places are not linked.</param>
    public static string? Write(StoryWorld world, TimePlace place, StoryContainer? thing, LinkWriter? links)
    {
        var own = thing?.Fact.Field(place.Field.Name)?.Value.Span == place.Value.Span ? thing : null;
        var lines = (place.Field.Type == FieldType.Duration ? Duration(world, place, own) : Date(world, place, own, links)).ToList();
        if (lines.Count == 0)
        {
            return null;
        }

        var card = new StringBuilder(lines[0]).Append(" · ").Append(MarkdownText.Code(place.Field.Name));
        foreach (var line in lines.Skip(1))
        {
            card.Append("\n\n").Append(line);
        }

        return card.ToString();
    }

    /// <summary>When a scene or event begins, in words; null where that is not known to the day.</summary>
    public static string? Begins(StoryWorld world, StoryContainer thing)
    {
        var interval = world.Timeline.IntervalOf(thing.Key);
        return interval is { EarliestStart: { } first, LatestStart: { } last } && first == last && thing.Time("when", world.Calendar) is WrittenTime.Absolute { HasClock: true } or WrittenTime.Relative { Minute: not null }
            ? $"{HintWords.Day(world.Calendar, first)}, {world.Calendar.FormatClock(first)}"
            : new SceneDays(world).Of(thing, "when") is { } day ? HintWords.Day(world.Calendar, day) : null;
    }

    private static IEnumerable<string> Date(StoryWorld world, TimePlace place, StoryContainer? thing, LinkWriter? links)
    {
        var calendar = world.Calendar;
        switch (WrittenTime.Of(place.Value, calendar))
        {
            case WrittenTime.Absolute { IsDay: true, EarliestStart: { } tick } time:
                yield return $"**{HintWords.Day(calendar, tick)}{(time.HasClock ? ", " + calendar.FormatClock(tick) : "")}**";
                break;
            case WrittenTime.Absolute { IsApproximate: true } time:
                yield return "**Only about right**";
                yield return $"{Between(calendar, time.EarliestStart, time.LatestEnd ?? time.LatestStart)}: nothing within that contradicts it.";
                break;
            case WrittenTime.Absolute time:
                yield return $"**{Between(calendar, time.EarliestStart, time.LatestEnd ?? time.LatestStart)}**";
                break;
            case WrittenTime.StoryDay day:
                yield return FormattableString.Invariant($"**Day {day.Day}{(day.LastDay is { } last ? $" to {last}" : "")} of the story{(day.Minute is { } minute ? ", " + calendar.FormatClock(minute) : "")}**");
                break;
            case WrittenTime.Relative relative:
                if (thing is null || StoryTimes.Anchor(world.Snapshot, thing, relative) is not { } key || world.Find(key) is not { } anchor)
                {
                    yield return $"**Not known**: nothing of the story is called {MarkdownText.Escape(relative.Anchor)}";
                    break;
                }

                var interval = world.Timeline.IntervalOf(thing.Key);
                yield return $"**{(place.Field.Name == "when" ? Begins(world, thing) : null) ?? (place.Field.Name == "when" ? Between(calendar, interval.EarliestStart, interval.LatestStart) : "Counted from another")}**";
                yield return $"Counted from {MarkdownText.Link(anchor.Container, links)}{(Begins(world, anchor) is { } then ? $", which begins on {then}" : "")}.";
                break;
            case WrittenTime.Invalid invalid:
                yield return $"**No date**: {MarkdownText.Escape(invalid.Reason)}";
                yield break;
            default:
                yield break;
        }

        if (place.Field.Name == "when" && thing is not null && new DateHints(world, "").Since(thing) is var (before, days) && world.Find(before) is { } scene)
        {
            yield return $"{char.ToUpperInvariant(days[0])}{days[1..]}: {MarkdownText.Link(scene.Container, links)} is the scene that is read before.";
        }
    }

    private static IEnumerable<string> Duration(StoryWorld world, TimePlace place, StoryContainer? thing)
    {
        if (WrittenDuration.Of(place.Value, world.Calendar) is not { } duration)
        {
            yield break;
        }

        if (duration.Fault is { } fault)
        {
            yield return $"**No length of time**: {MarkdownText.Escape(fault)}";
            yield break;
        }

        if (duration is { Least: 0, Most: null })
        {
            yield return "**Not known how long**";
            yield break;
        }

        yield return duration.Most == duration.Least ? $"**{Length(duration.Least)}**" : duration.Most is { } most ? $"**{Length(duration.Least)} to {Length(most)}**" : $"**At least {Length(duration.Least)}**";
        if (thing is not null && world.Timeline.IntervalOf(thing.Key) is { EarliestStart: { } start, LatestStart: { } lastStart, EarliestEnd: { } end, LatestEnd: { } lastEnd } && start == lastStart && end == lastEnd)
        {
            var calendar = world.Calendar;
            var until = calendar.StartOfDay(start) == calendar.StartOfDay(end) ? calendar.FormatClock(end) : calendar.Format(end);
            yield return $"From {calendar.FormatClock(start)} to {until}.";
        }
    }

    private static string Length(long minutes) => minutes == 0 ? "no time" : Wording.Duration(minutes);

    private static string Between(StoryCalendar calendar, long? first, long? last) => (first, last) switch
    {
        ({ } from, { } to) when calendar.StartOfDay(from) == calendar.StartOfDay(to) => HintWords.Day(calendar, from),
        ({ } from, { } to) => $"Some time from {calendar.FormatDay(from)} to {calendar.FormatDay(to)}",
        ({ } from, null) => $"Not before {calendar.FormatDay(from)}",
        (null, { } to) => $"Not after {calendar.FormatDay(to)}",
        _ => "Not known",
    };
}
