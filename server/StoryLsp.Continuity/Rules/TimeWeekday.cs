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

/// <summary><c>time/weekday</c></summary>
internal sealed class TimeWeekday : Rule, IDocumentRule
{
    // Before that year a country may still have had its old calendar; who sets the calendar knows what is meant.
    private const int FirstYear = 1918;

    public override string Code => "time/weekday";

    public override Severity Severity => Severity.Warning;

    public override string Summary => "A weekday beside a date with day, month and year is not that date's weekday.";

    public override string Documentation => """
        "Friday, November 4, 1926" was a Thursday. Readers look such things up. The rule reads prose and fields, and needs day, month and year beside the weekday.
        Before 1918 it is silent, since half of Europe counted otherwise then, unless `story.yaml` names a `calendar`; a calendar of
        your own is held to its own `weekdays`.
        """;

    public void Check(Document document, SchemaSet schemas, StorySettings settings, Action<Finding> report)
    {
        foreach (var (fault, message) in Faults(document, settings))
        {
            report(new(Code, Severity, fault.Weekday, message) { Related = [new(document.Path, fault.Date, "The date.")] });
        }
    }

    public override IEnumerable<Fix> Fixes(Snapshot snapshot, Document document, Finding finding)
    {
        foreach (var (fault, _) in Faults(document, snapshot.Settings))
        {
            if (fault.Weekday == finding.Span)
            {
                yield return new($"Write `{fault.Right}`", WorkspaceChange.Edit(document.Path, new TextEdit(fault.Weekday, fault.Right)), IsPreferred: true);
                yield break;
            }
        }
    }

    private static IEnumerable<(DatedWeekday Fault, string Message)> Faults(Document document, StorySettings settings)
    {
        var calendar = StoryCalendar.Of(settings.Calendar);
        if (!calendar.IsKnown || calendar.Weekdays.Count == 0)
        {
            yield break;
        }

        var first = settings.Calendar is null ? calendar.StartOfYear(FirstYear) : long.MinValue;
        foreach (var found in Regions(document, calendar).SelectMany(region => DatedWeekday.In(document.Text.Text, region, calendar)))
        {
            if (found.Tick >= first && found.IsWrong && !IsDenied(document.Text.Text, found.Weekday.Start))
            {
                yield return (found, $"{calendar.FormatDay(found.Tick)} was a {found.RightName}, not a {found.WrittenName}. Write `{found.Right}`, or correct the date.");
            }
        }
    }

    // "Not Monday, 6 November 1926, but Saturday."
    private static bool IsDenied(string text, int weekday) => text.AsSpan(0, weekday).TrimEnd() is var before &&
        before.EndsWith("not", StringComparison.OrdinalIgnoreCase) && (before.Length == 3 || !char.IsLetter(before[^4]));

    // Only parts that have a weekday and a number at all.
    private static IEnumerable<TextSpan> Regions(Document document, StoryCalendar calendar)
    {
        var text = document.Text.Text;
        var prose = document.Facts.Prose;
        if (prose.Count > 0 && DatedWeekday.MayBeIn(text, TextSpan.FromBounds(prose[0].Span.Start, prose[^1].Span.End), calendar))
        {
            foreach (var paragraph in ProseReading.Of(document).Paragraphs)
            {
                yield return paragraph.Span;
            }
        }

        foreach (var container in document.Facts.Containers)
        {
            foreach (var field in container.Fields)
            {
                if (DatedWeekday.MayBeIn(text, field.Value.Span, calendar))
                {
                    foreach (var span in Scalars(field.Value, 0))
                    {
                        yield return span;
                    }
                }
            }
        }
    }

    private static IEnumerable<TextSpan> Scalars(YamlNode node, int depth) => depth > 32 ? [] : node switch
    {
        YamlScalar scalar => [scalar.ContentSpan],
        YamlSequence list => list.Items.SelectMany(item => Scalars(item, depth + 1)),
        YamlMapping mapping => mapping.Entries.SelectMany(entry => Scalars(entry.Value, depth + 1)),
        _ => [],
    };
}
