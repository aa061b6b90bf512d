using StoryLsp.Continuity.Calendars;
using StoryLsp.Continuity.Prose;
using StoryLsp.Continuity.Story;
using StoryLsp.Features.Places;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.InlayHints;

/// <summary>What dates entail: their weekdays, the dates of times that are measured from others, and how long it is since the scene before.</summary>
internal sealed class DateHints(StoryWorld world, string text)
{
    // Of these nobody asks on what weekday they were.
    private static readonly string[] LongAgo = ["born", "built"];

    // Where every scene has a strand of its own, none is before another; that is found out soon.
    private const int MostScenesBack = 400;

    private readonly StoryCalendar _calendar = world.Calendar;
    private readonly SceneDays _days = new(world);
    private readonly HashSet<TextSpan> _told = [];

    /// <summary>The hints at the <c>when</c> and the <c>until</c> of a scene, an event or a case.</summary>
    public IEnumerable<Hint> Of(StoryContainer thing)
    {
        if (thing.Field("when") is { Known: true } when)
        {
            _told.Add(when.Value.Span);
            if (AtWhen(thing, when) is { } date)
            {
                yield return date;
            }

            if (Since(thing) is var (before, days))
            {
                yield return new(EndOf(when.Value, when.KeySpan), HintKind.Elapsed, days, thing.Key, before);
            }
        }

        if (thing.Field("until") is { Known: true } until)
        {
            _told.Add(until.Value.Span);
            if (_days.Of(thing, "until") is { } day && _days.Of(thing, "when") != day && AtDay(until.Value, until.KeySpan, day, thing.Key) is { } hint)
            {
                yield return hint;
            }
        }
    }

    /// <summary>The weekday at the value of any other date field; null where it has none, says it itself, or is the day of what it belongs to.</summary>
    public Hint? Of(YamlEntryPlace entry, ContainerKey owner) =>
        entry.Field is { } field && !LongAgo.Contains(field.Name) && !_told.Contains(entry.Value.Span) &&
        WrittenTime.Of(entry.Value, _calendar) is WrittenTime.Absolute { IsDay: true, EarliestStart: { } tick } &&
        !(owner.Index >= 0 && world.Find(owner) is { } thing && thing.Field("when")?.Value.Span != entry.Value.Span && _days.Of(thing, "when") == _calendar.StartOfDay(tick))
            ? AtDay(entry.Value, entry.Key.Span, tick, owner)
            : null;

    /// <summary>The linear scene that is read before one in its strand, and how many days it is since then; null where the dates do not say, or it is the same day.</summary>
    public (ContainerKey Before, string Days)? Since(StoryContainer scene)
    {
        if (scene.Timeline != SceneTimeline.Linear || Before(scene) is not { } before || IsMeasuredFrom(scene, before.Key))
        {
            return null;
        }

        if (_days.TimeOf(before) is not { } first || _days.TimeOf(scene) is not { } second || first.IsCounted != second.IsCounted ||
            _calendar.StartOfDay(first.Earliest) != _calendar.StartOfDay(first.Latest) || _calendar.StartOfDay(second.Earliest) != _calendar.StartOfDay(second.Latest))
        {
            return null;
        }

        // Of a scene that goes on past midnight nobody knows from which day to count.
        var gap = ElapsedTime.Between(first, second, _calendar);
        return gap.LeastDays == gap.MostDays && gap.MostDays > 0 ? (before.Key, HintWords.Later(_calendar, first.Earliest, second.Earliest)) : null;
    }

    // The day is known though it is not written.
    private Hint? AtWhen(StoryContainer thing, FieldFact when) => thing.Time("when", _calendar) switch
    {
        WrittenTime.Absolute { IsDay: true, EarliestStart: { } tick } => AtDay(when.Value, when.KeySpan, tick, thing.Key),
        WrittenTime.Relative when _days.Of(thing, "when") is { } day => new(EndOf(when.Value, when.KeySpan), HintKind.Date, HintWords.Day(_calendar, day), thing.Key, null),
        _ => null,
    };

    private Hint? AtDay(YamlNode value, TextSpan key, long tick, ContainerKey owner)
    {
        if (_calendar.WeekdayOf(tick) is not { } weekday)
        {
            return null;
        }

        var name = _calendar.Weekdays[weekday];
        var written = text.AsSpan(value.Span.Start, Math.Min(value.Span.End, text.Length) - value.Span.Start);
        // Whoever writes the weekday, or the first letters of it, knows it.
        return name.Length == 0 || written.Contains(name.AsSpan(0, Math.Min(3, name.Length)), StringComparison.OrdinalIgnoreCase) ? null : new(EndOf(value, key), HintKind.Date, name, owner, null);
    }

    private StoryContainer? Before(StoryContainer scene)
    {
        if (world.NarrativePosition(scene.Key) is not { } position || position >= world.Narrative.ManuscriptCount)
        {
            return null;
        }

        var strand = scene.Strand;
        for (var i = position - 1; i >= Math.Max(0, position - MostScenesBack); i--)
        {
            if (world.Find(world.Narrative.At(i)) is { Timeline: SceneTimeline.Linear } before && before.Strand == strand)
            {
                return before;
            }
        }

        return null;
    }

    // `3 days after arrival` says itself how long that is.
    private bool IsMeasuredFrom(StoryContainer scene, ContainerKey before) =>
        scene.Time("when", _calendar) is WrittenTime.Relative { By: not null } time && StoryTimes.Anchor(world.Snapshot, scene, time) == before;

    // Behind a value of one line, else behind its key.
    private int EndOf(YamlNode value, TextSpan key)
    {
        var end = Math.Min(value.Span.End, text.Length);
        var isLong = value is YamlMapping { IsFlow: false } or YamlSequence { IsFlow: false } || text.AsSpan(value.Span.Start, end - value.Span.Start).ContainsAny('\r', '\n');
        return isLong ? Math.Min(key.End + 1, text.Length) : end;
    }
}
