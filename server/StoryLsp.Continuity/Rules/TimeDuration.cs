using System.Globalization;
using StoryLsp.Continuity.Calendars;
using StoryLsp.Continuity.Story;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Rules;

/// <summary><c>time/duration</c></summary>
internal sealed class TimeDuration : StoryRule
{
    private const double Tolerance = 1.1;

    public override string Code => "time/duration";

    public override Severity Severity => Severity.Warning;

    public override string Summary => "The shots of a scene add up to more than the scene lasts, by over a tenth.";

    public override string Documentation => """
        A scene of `duration: PT2M` whose shots take 180 seconds together will not fit on the screen. The rule adds up the `duration` of every shot of the scene, in seconds, and
        compares the sum with the scene's `duration`, or with the time between its `when` and its `until`. Shots without a duration count nothing. Shorten or drop a shot, or
        give the scene more time.
        """;

    public override void Check(StoryReading story, DocumentFacts document, Action<Finding> report)
    {
        foreach (var scene in story.In(document.Path, "scene"))
        {
            if ((scene.Field("duration") ?? scene.Field("until")) is not { } field || story.Ask(new MostLasting(scene.Key)) is not long minutes ||
                (field.Name == "duration" && WrittenDuration.Of(field.Value, story.Calendar) is not { Fault: null, Most: not null }))
            {
                continue;
            }

            var shots = story.Referring(scene.Key, "scene").Where(shot => story.IsKindOf(shot.Key, "shot")).Select(shot => (Shot: shot, Seconds: Seconds(shot))).Where(shot => shot.Seconds > 0).ToList();
            var total = shots.Sum(shot => shot.Seconds);
            var most = Most(field, minutes, story.Calendar);
            if (total > most * Tolerance)
            {
                report(new(Code, Severity, TimePlaces.SpanOf(field),
                    $"The {Wording.Count(shots.Count, "shot")} of this scene take {Shown(total)} together, and it lasts {Shown(most)}. Shorten a shot, or give the scene more time.")
                {
                    Related = [.. shots.Select(shot => shot.Shot.Place(shot.Shot.Field("duration")!.Value.Span, $"{Shown(shot.Seconds)}."))],
                });
            }
        }
    }

    // Seconds are below the minutes in which story time is counted.
    private static double Most(FieldFact field, long minutes, StoryCalendar calendar)
    {
        var text = field.Value.AsText()?.Trim();
        return field.Name == "duration" && text is not null && SecondsIn(text) is { } seconds ? seconds : minutes * 60;
    }

    private static double Seconds(StoryContainer shot)
    {
        var text = shot.Text("duration")?.Trim();
        return text is null ? 0 : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : SecondsIn(text) ?? 0;
    }

    // "45 seconds", "PT45S"
    private static double? SecondsIn(string text)
    {
        var number = text.StartsWith("PT", StringComparison.OrdinalIgnoreCase) && text.EndsWith('S') ? text[2..^1]
            : text.EndsWith("seconds", StringComparison.OrdinalIgnoreCase) ? text[..^7]
            : text.EndsWith("sec", StringComparison.OrdinalIgnoreCase) ? text[..^3]
            : text.EndsWith('s') ? text[..^1] : "";
        return double.TryParse(number.Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) ? seconds : null;
    }

    private static string Shown(double seconds) => seconds < 120
        ? $"{Math.Round(seconds, 1).ToString(CultureInfo.InvariantCulture)} seconds"
        : string.Create(CultureInfo.InvariantCulture, $"{(long)seconds / 60}:{(long)seconds % 60:00} minutes");
}
