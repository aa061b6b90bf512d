using StoryLsp.Continuity.Calendars;
using StoryLsp.Continuity.Fields;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Settings;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Rules;

/// <summary><c>time/bad-date</c></summary>
internal sealed class TimeBadDate : Rule, IDocumentRule
{
    private const int LongestShown = 60;

    public override string Code => "time/bad-date";

    public override Severity Severity => Severity.Error;

    public override string Summary => "A date field holds what is no date of the story's calendar.";

    public override string Documentation => """
        `when: 1926-09-31` is no day: September has 30. A date is written `1926-11-05`, `1926-11-05T21:30`, `5 November 1926`, less exactly
        (`1926-11`, `c. 1926`, `19XX`, `../1930`), as `Day 3`, or relative to another scene (`3 days after arrival`). All forms, and those of a calendar of
        your own, are in `docs/calendar.md`. What is not known is left out, or `unknown`.
        """;

    public void Check(Document document, SchemaSet schemas, StorySettings settings, Action<Finding> report)
    {
        var calendar = StoryCalendar.Of(settings.Calendar);
        foreach (var visit in FieldWalk.Of(document, schemas, settings))
        {
            // In a folder of notes nobody said that a field holds a date; only a day that does not exist is worth a word.
            if (Fault(visit, calendar) is var (node, fault) && (visit.IsStrict || fault.Nearest is not null))
            {
                report(new(Code, visit.IsStrict ? Severity : Severity.Hint, SpanOf(document, node), Message(document, node, fault)));
            }
        }
    }

    public override IEnumerable<Fix> Fixes(Snapshot snapshot, Document document, Finding finding)
    {
        var calendar = StoryCalendar.Of(snapshot.Settings.Calendar);
        foreach (var visit in FieldWalk.Of(document, snapshot.Schemas, snapshot.Settings))
        {
            if (Fault(visit, calendar) is (YamlScalar scalar, { Nearest: { } nearest }) && SpanOf(document, scalar) == finding.Span)
            {
                yield return new($"Write `{nearest}`", WorkspaceChange.Edit(document.Path, YamlText.Replace(document.Text, scalar.ContentSpan, nearest)));
                yield break;
            }
        }
    }

    private static (YamlNode Node, WrittenTime.Invalid Fault)? Fault(FieldVisit visit, StoryCalendar calendar)
    {
        if (visit.Field.Type != FieldType.Date || visit.IsBroken || visit.Value is not (YamlScalar or YamlMapping) || WrittenTime.Of(visit.Value, calendar) is not WrittenTime.Invalid fault ||
            visit.Value.AsText() is { } text && Placeholder.IsIn(text))
        {
            return null;
        }

        return (Narrowest(visit.Value, calendar), fault);
    }

    // Of `{after: arrival, by: soonish}` the length is at fault.
    private static YamlNode Narrowest(YamlNode value, StoryCalendar calendar) =>
        value is YamlMapping mapping && mapping.Get("by") is { } by && WrittenDuration.Of(by, calendar) is { Fault: not null } ? by : value;

    private static string Message(Document document, YamlNode node, WrittenTime.Invalid fault)
    {
        var written = node.AsText()?.Trim() ?? document.Text.Slice(SpanOf(document, node));
        var shown = written.Length <= LongestShown ? written : written[..LongestShown] + "…";
        return $"`{shown}` is no date. {fault.Reason}{(fault.Nearest is { } nearest ? $" Write `{nearest}`, or what you meant." : "")}";
    }

    private static TextSpan SpanOf(Document document, YamlNode node)
    {
        var line = document.Text.GetLineSpan(document.Text.GetPosition(node.Span.Start).Line);
        return TextSpan.FromBounds(node.Span.Start, Math.Max(node.Span.Start, Math.Min(node.Span.End, line.End)));
    }
}
