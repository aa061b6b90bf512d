using StoryLsp.Continuity.Calendars;
using StoryLsp.Continuity.Timeline;
using StoryLsp.Index;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Story;

/// <summary>Between which ticks of the calendar's axis something lies; null where it is open.</summary>
/// <param name="Earliest">The first tick that it may be at.</param>
/// <param name="Latest">The last tick that it may be at.</param>
public readonly record struct TickBounds(long? Earliest, long? Latest);

/// <summary>Reads what containers say of their time.</summary>
internal static class StoryTimes
{
    /// <summary>What a scene or event says of its time; null when it says nothing.</summary>
    public static TimedThing? Of(Snapshot snapshot, StoryCalendar calendar, StoryContainer container)
    {
        var when = Read(calendar, container, "when");
        if (when is WrittenTime.Absolute { HasClock: false } && container.Text("story_time") is { } clock &&
            WrittenTime.Parse($"{container.Text("when")} {clock}", calendar) is WrittenTime.Absolute { HasClock: true } exact)
        {
            // StoryLine writes the clock in a field of its own.
            when = exact;
        }

        var duration = container.Fact.Field("duration") is { Known: true } field ? WrittenDuration.Of(field.Value, calendar) : null;
        var until = Read(calendar, container, "until");
        return when is WrittenTime.NoTime && duration is null && until is WrittenTime.NoTime
            ? null
            : new(container.Key, Placeless(when), Anchor(snapshot, container, when), duration is { Fault: null } ? duration : null, Placeless(until), Anchor(snapshot, container, until));
    }

    // Where the anchor stands is no part of when something happens.
    private static WrittenTime Placeless(WrittenTime time) => time is WrittenTime.Relative relative ? relative with { AnchorSpan = default } : time;

    /// <summary>Reads a date field; nothing where it is absent or of a type that is no date.</summary>
    public static WrittenTime Read(StoryCalendar calendar, StoryContainer container, string field) => container.Time(field, calendar);

    /// <summary>What a relative time is measured from; null when that is unknown, or no scene or event.</summary>
    public static ContainerKey? Anchor(Snapshot snapshot, StoryContainer container, WrittenTime time)
    {
        if (time is not WrittenTime.Relative relative)
        {
            return null;
        }

        foreach (var name in (ReadOnlySpan<string>)[relative.Anchor, WithoutArticle(relative.Anchor)])
        {
            foreach (var type in (ReadOnlySpan<string>)["scene", "event", "case"])
            {
                if (snapshot.Resolve(name, type, container.Path).Container is { } found)
                {
                    return found.Key;
                }
            }
        }

        return null;
    }

    private static string WithoutArticle(string name) => name.StartsWith("the ", StringComparison.OrdinalIgnoreCase) ? name[4..] : name;
}
