using StoryLsp.Continuity.Calendars;
using StoryLsp.Continuity.Prose;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Settings;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Rules;

/// <summary><c>time/daypart</c></summary>
internal sealed class TimeDaypart : Rule, IDocumentRule
{
    private const int MinutesOfDay = 24 * 60;

    // From the first hour to the last, itself included; some go past midnight.
    private static readonly (string Name, int First, int Last)[] Dayparts =
    [
        ("dawn", 4, 9), ("morning", 5, 12), ("noon", 11, 14), ("afternoon", 12, 19), ("dusk", 15, 23),
        ("evening", 16, 24), ("night", 17, 7), ("midnight", 22, 3), ("day", 5, 22),
    ];

    public override string Code => "time/daypart";

    public override Severity Severity => Severity.Warning;

    public override string Summary => "`time_of_day`, or a heading's DAY or NIGHT, is not the time of day of `when`.";

    public override string Documentation => """
        `when: 1926-11-05T21:30` beside `time_of_day: morning` gives the reader two clocks. The hours are wide, so that no winter and no summer is wronged: dawn 4 to 9,
        morning 5 to 12, noon 11 to 14, afternoon 12 to 19, dusk 15 to 23, evening 16 to 24, night 17 to 7, midnight 22 to 3, day 5 to 22. A scene
        heading in the text (`INT. LIBRARY - NIGHT`) is held to the same. Without a clock in `when` there is nothing to compare.
        """;

    public void Check(Document document, SchemaSet schemas, StorySettings settings, Action<Finding> report)
    {
        foreach (var fault in Faults(document, settings))
        {
            report(new(Code, Severity, fault.Span,
                $"By `when` it is {fault.Clock}, and {fault.Daypart.Name} is from {fault.Daypart.First} to {fault.Daypart.Last} o'clock. Write `{fault.Right}`, or correct the time.")
            {
                Related = [new(document.Path, fault.When, "The clock of this scene.")],
            });
        }
    }

    public override IEnumerable<Fix> Fixes(Snapshot snapshot, Document document, Finding finding)
    {
        foreach (var fault in Faults(document, snapshot.Settings))
        {
            if (fault.Span == finding.Span)
            {
                yield return new($"Write `{fault.Right}`", WorkspaceChange.Edit(document.Path, new TextEdit(fault.Span, fault.Right)), IsPreferred: true);
                yield break;
            }
        }
    }

    private sealed record Fault(TextSpan Span, TextSpan When, string Clock, (string Name, int First, int Last) Daypart, string Right);

    private static IEnumerable<Fault> Faults(Document document, StorySettings settings)
    {
        var calendar = StoryCalendar.Of(settings.Calendar);
        if (calendar.MinutesPerDay != MinutesOfDay)
        {
            yield break;
        }

        foreach (var container in document.Facts.Containers)
        {
            if (container.Field("when") is not { Known: true } when || Written(document, container).ToList() is not { Count: > 0 } written ||
                ClockOf(container, when, calendar) is not { } clock)
            {
                continue;
            }

            foreach (var (word, span) in written)
            {
                if (Dayparts.FirstOrDefault(daypart => daypart.Name.Equals(word, StringComparison.OrdinalIgnoreCase)) is { Name: not null } daypart && !IsIn(daypart, clock))
                {
                    var isHeading = word.All(char.IsUpper);
                    var right = isHeading && daypart.Name is "day" or "night" ? clock is >= 6 * 60 and < 18 * 60 ? "day" : "night" : RightFor(clock);
                    yield return new(span, Story.TimePlaces.SpanOf(when), calendar.FormatClock(clock), daypart, isHeading ? right.ToUpperInvariant() : right);
                }
            }
        }
    }

    // The words that say a time of day: that of the field, and that of the heading with which its text begins.
    private static IEnumerable<(string Word, TextSpan Span)> Written(Document document, ContainerFact container)
    {
        if (container.Field("time_of_day") is { Known: true, Value: YamlScalar { IsNull: false } scalar })
        {
            yield return (scalar.Value.Trim(), scalar.ContentSpan);
        }

        if (container.Origin != ContainerOrigin.FountainScene && document.Markdown is not null &&
            ProseReading.Of(document).SceneHeadings.Where(heading => heading.Container == container.Index).Take(2).ToList() is [{ TimeOfDay: { } time }])
        {
            yield return (time.Text, time.Span);
        }
    }

    private static int? ClockOf(ContainerFact container, FieldFact when, StoryCalendar calendar)
    {
        var time = WrittenTime.Of(when.Value, calendar);
        if (time is WrittenTime.Absolute { HasClock: false } && container.Field("story_time")?.Value.AsText() is { } clock)
        {
            time = WrittenTime.Parse($"{when.Value.AsText()} {clock}", calendar);
        }

        return time switch
        {
            WrittenTime.Absolute { Precision: TimePrecision.Minute, IsApproximate: false, HasClock: true, EarliestStart: { } tick } => (int)(tick - calendar.StartOfDay(tick)),
            WrittenTime.StoryDay day => day.Minute,
            WrittenTime.Relative relative => relative.Minute,
            _ => null,
        };
    }

    private static bool IsIn((string Name, int First, int Last) daypart, int minute)
    {
        var hour = minute / 60;
        return daypart.First <= daypart.Last ? hour >= daypart.First && hour <= daypart.Last || (hour == 0 && daypart.Last == 24) : hour >= daypart.First || hour <= daypart.Last;
    }

    private static string RightFor(int minute) => (minute / 60) switch
    {
        < 4 => "night",
        < 6 => "dawn",
        < 12 => "morning",
        < 13 => "noon",
        < 18 => "afternoon",
        < 22 => "evening",
        _ => "night",
    };
}
