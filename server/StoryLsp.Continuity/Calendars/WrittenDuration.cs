using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Calendars;

/// <summary>The smallest unit that a duration is written in.</summary>
public enum DurationUnit
{
    /// <summary>Seconds, minutes.</summary>
    Minutes,

    /// <summary>Hours.</summary>
    Hours,

    /// <summary>Days and weeks.</summary>
    Days,

    /// <summary>Months.</summary>
    Months,

    /// <summary>Years.</summary>
    Years,
}

/// <summary>A duration as it is written: ISO 8601 (<c>PT2H</c>) or words (<c>an hour and a half</c>). Months and years are as long as the calendar's are, so they are ranges.</summary>
/// <param name="Least">The least minutes.</param>
/// <param name="Most">The most minutes; null when that is open.</param>
/// <param name="Unit">The smallest unit.</param>
public sealed record WrittenDuration(long Least, long? Most, DurationUnit Unit)
{
    /// <summary>A duration of which nothing is known.</summary>
    public static WrittenDuration Unknown { get; } = new(0, null, DurationUnit.Minutes);

    /// <summary>Why it is no duration, as a sentence for a writer; null when it is one.</summary>
    public string? Fault { get; init; }

    /// <summary>What was probably meant, where <see cref="Fault"/> is said.</summary>
    public string? Nearest { get; init; }

    /// <summary>Whether it is counted in whole days or more, so that the clock plays no part.</summary>
    public bool IsInDays => Unit >= DurationUnit.Days;

    /// <summary>Reads the value of a duration field; null where nothing is written. Never throws.</summary>
    public static WrittenDuration? Of(YamlNode? node, StoryCalendar calendar) => node.Resolve() switch
    {
        null or YamlScalar { IsNull: true } => null,
        YamlScalar scalar => Parse(scalar.Value, calendar),
        YamlMapping mapping => Range(mapping.Get("min") ?? mapping.Get("least"), mapping.Get("max") ?? mapping.Get("most"), calendar),
        YamlSequence { Items: [var least, var most] } => Range(least, most, calendar),
        _ => null,
    };

    /// <summary>Reads a text; never throws.</summary>
    public static WrittenDuration Parse(string text, StoryCalendar calendar) => DurationReader.Read(text, calendar);

    private static WrittenDuration? Range(YamlNode? least, YamlNode? most, StoryCalendar calendar)
    {
        var (from, to) = (Of(least, calendar), Of(most, calendar));
        return from?.Fault is not null ? from : to?.Fault is not null ? to
            : from is null && to is null ? null
            : new(from?.Least ?? 0, to is null ? null : Math.Max(to.Most ?? long.MaxValue, from?.Least ?? 0) is var top && top == long.MaxValue ? null : top, (DurationUnit)Math.Min((int)(from ?? to)!.Unit, (int)(to ?? from)!.Unit));
    }
}
