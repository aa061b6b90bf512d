using System.Globalization;
using StoryLsp.Continuity.Calendars;
using StoryLsp.Continuity.Prose;
using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Continuity.Rules;

/// <summary><c>time/elapsed</c></summary>
internal sealed class TimeElapsed : StoryRule
{
    public override string Code => "time/elapsed";

    public override Severity Severity => Severity.Warning;

    public override string Summary => "The first sentence of a scene says how much later it is, and the dates say otherwise.";

    public override string Documentation => """
        A scene that opens with *Three days later, …* is three days after the one before it; with `when: 1926-11-05` there and `when: 1926-11-10` here, either
        the words or a date are wrong. So are `The next morning`, `A week later`, `That same evening`, `Two hours later` and the like understood, rounded as people round; `Some
        days later` says nothing, nor does what is told ahead, `Ten years later she would …`. The scene before is the one that is read before this one in the same strand, flashbacks and dreams left out; where it has no
        date, nothing is concluded.
        """;

    public override void Check(StoryReading story, DocumentFacts document, Action<Finding> report)
    {
        foreach (var scene in story.In(document.Path, "scene"))
        {
            if (scene.Timeline == SceneTimeline.Linear && scene.Field("when") is not null && StatementOf(story, document, scene) is { } statement &&
                Before(story, scene) is { } before && GapOf(story, before, scene) is { } gap && !gap.Allows(statement, story.Calendar))
            {
                report(new(Code, Severity, statement.Span,
                    $"This scene begins {InWords(gap, statement.Unit)} {Wording.Title(story, before)}, by the dates of both; the text says otherwise. Correct the text, or one of the dates.")
                {
                    Related = [.. SceneTime.PlacesOf(story, scene).Concat(SceneTime.PlacesOf(story, before)).DistinctBy(place => (place.Path, place.Span))],
                    Data = Replacement(statement, gap, story.Calendar, TextOf(story, document, statement.Span)) is var (span, text) && text.Length > 0
                        ? [span.Start.ToString(CultureInfo.InvariantCulture), span.Length.ToString(CultureInfo.InvariantCulture), text]
                        : [],
                });
            }
        }
    }

    public override IEnumerable<Fix> Fixes(Snapshot snapshot, Document document, Finding finding)
    {
        if (finding.Data is [var start, var length, var text])
        {
            var span = new TextSpan(int.Parse(start, CultureInfo.InvariantCulture), int.Parse(length, CultureInfo.InvariantCulture));
            yield return new($"Replace with `{text}`", WorkspaceChange.Edit(document.Path, new TextEdit(span, text)), IsPreferred: true);
        }
    }

    private static ElapsedStatement? StatementOf(StoryReading story, DocumentFacts document, StoryContainer scene) =>
        ProseReading.Of(story.Snapshot, document)?.FirstOf(scene.Fact.Index) is { Sentences: [var first, ..] } paragraph
            ? ElapsedPhrase.In(paragraph.Read(first, story.NamesIn(document)))
            : null;

    private static string TextOf(StoryReading story, DocumentFacts document, TextSpan span) => story.Snapshot.Text(document.Path)!.Slice(span);

    /// <summary>The scene from which the words count; null where that is not certain.</summary>
    private static StoryContainer? Before(StoryReading story, StoryContainer scene)
    {
        var (last, lastOfStrand) = ((ContainerKey?, ContainerKey?))story.Ask(new ReadBefore(scene.Key))!;
        if (story.Find(lastOfStrand) is not { } before || SceneTime.Of(story, before) is null)
        {
            return null;
        }

        // What was read last may be what the words count from, if it is another.
        if (last != lastOfStrand && story.Find(last) is { } other)
        {
            return SceneTime.Of(story, other) is null || StatementIsTrueAfter(story, other, scene) ? null : before;
        }

        return before;
    }

    private static bool StatementIsTrueAfter(StoryReading story, StoryContainer other, StoryContainer scene) =>
        StatementOf(story, scene.Container.Document, scene) is { } statement && (GapOf(story, other, scene) is not { } gap || gap.Allows(statement, story.Calendar));

    // Of scenes that are told against their order, or that have nothing in common, another rule speaks.
    private static ElapsedTime? GapOf(StoryReading story, StoryContainer before, StoryContainer scene) =>
        SceneTime.Of(story, before) is { } first && SceneTime.Of(story, scene) is { } second && first.IsCounted == second.IsCounted && second.Latest >= first.Earliest
            ? ElapsedTime.Between(first, second, story.Calendar)
            : null;

    private static string InWords(ElapsedTime gap, ElapsedUnit unit)
    {
        if (unit <= ElapsedUnit.Hour && gap.MostDays <= 1)
        {
            return $"at most {Wording.Duration(gap.MostMinutes)} after";
        }

        if (gap.MostDays <= 0)
        {
            return "on the same day as";
        }

        return gap.LeastDays == gap.MostDays ? $"{Wording.Count(gap.MostDays, "day")} after"
            : gap.LeastDays <= 0 ? $"at most {Wording.Count(gap.MostDays, "day")} after"
            : $"{Wording.Number(gap.LeastDays)} to {Wording.Count(gap.MostDays, "day")} after";
    }

    /// <summary>What the words must be, and in whose place; an empty text where that is open.</summary>
    private static (TextSpan Span, string Text) Replacement(ElapsedStatement statement, ElapsedTime gap, StoryCalendar calendar, string written)
    {
        if (gap.LeastDays != gap.MostDays)
        {
            return (default, "");
        }

        if (HoursInstead(statement, gap, calendar, written) is { } hours)
        {
            return hours;
        }

        var days = gap.MostDays;
        var isOpening = char.IsUpper(written[0]);
        if (days == 0)
        {
            var isCounted = statement.Amount is { } counted && counted.End == statement.Span.End;
            return isCounted ? (default, "") : (statement.Span, Cased("later that " + (statement.Daypart.Length == 0 ? "day" : statement.Daypart), isOpening));
        }

        foreach (var (unit, length) in (ReadOnlySpan<(ElapsedUnit, double)>)[(statement.Unit, LengthOf(statement.Unit, calendar)), (ElapsedUnit.Day, 1), (ElapsedUnit.Month, LengthOf(ElapsedUnit.Month, calendar)), (ElapsedUnit.Year, calendar.LongestYear)])
        {
            var number = length == 0 ? 0 : (int)Math.Round(days / length);
            if (number > 0 && number < 100 && gap.Allows(statement with { Number = number, Unit = unit }, calendar))
            {
                var amount = Amount(number, NameOf(unit), written);
                return statement.Amount is { } span ? (span, Cased(amount, isOpening && span.Start == statement.Span.Start))
                    : (statement.Span, Cased(days == 1 ? "the next " + (statement.Daypart.Length == 0 ? "day" : statement.Daypart) : amount + " later", isOpening));
            }
        }

        return (default, "");
    }

    private static (TextSpan Span, string Text)? HoursInstead(ElapsedStatement statement, ElapsedTime gap, StoryCalendar calendar, string written)
    {
        var hours = (int)Math.Round(gap.MostMinutes / 60.0);
        return statement is { Unit: <= ElapsedUnit.Hour, Amount: { } amount } && hours is > 0 and < 24 && gap.Allows(statement with { Number = hours, Unit = ElapsedUnit.Hour }, calendar)
            ? (amount, Cased(Amount(hours, "hour", written), amount.Start == statement.Span.Start && char.IsUpper(written[0])))
            : null;
    }

    private static string Amount(int number, string unit, string written) =>
        $"{(written.Any(char.IsAsciiDigit) ? number.ToString(CultureInfo.InvariantCulture) : SpelledNumber.Spell(number))} {unit}{(number == 1 ? "" : "s")}";

    private static double LengthOf(ElapsedUnit unit, StoryCalendar calendar) => unit switch
    {
        ElapsedUnit.Day => 1,
        ElapsedUnit.Week => calendar.DaysPerWeek,
        ElapsedUnit.Month => (double)calendar.LongestYear / Math.Max(1, calendar.MonthCount == 0 ? 12 : calendar.MonthCount),
        ElapsedUnit.Year => calendar.LongestYear,
        _ => 0,
    };

    private static string NameOf(ElapsedUnit unit) => unit switch
    {
        ElapsedUnit.Week => "week",
        ElapsedUnit.Month => "month",
        ElapsedUnit.Year => "year",
        _ => "day",
    };

    private static string Cased(string text, bool isOpening) => isOpening ? char.ToUpperInvariant(text[0]) + text[1..] : text;

    /// <summary>The scene that is read before one, and the nearest before it that is linear and of its strand.</summary>
    private sealed record ReadBefore(ContainerKey Scene) : Question
    {
        public override object? Ask(StoryWorld world)
        {
            ContainerKey? last = null;
            ContainerKey? lastOfStrand = null;
            if (world.Find(Scene) is { } scene && world.NarrativePosition(Scene) is > 0 and var position)
            {
                var strand = scene.Strand;
                foreach (var container in world.Narrative.Scenes(world.Snapshot).Take(position))
                {
                    last = container.Key;
                    if (world.Find(container.Key) is { Timeline: SceneTimeline.Linear } before && before.Strand == strand)
                    {
                        lastOfStrand = container.Key;
                    }
                }
            }

            return (last, lastOfStrand);
        }
    }
}
