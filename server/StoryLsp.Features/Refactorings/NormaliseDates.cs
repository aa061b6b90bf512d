using System.Globalization;
using StoryLsp.Continuity.Calendars;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Refactorings;

/// <summary>Writes dates as EDTF has them, where that says exactly the same: one date, or all of a file.</summary>
internal sealed class NormaliseDates(bool isWholeFile) : IRefactoring
{
    public string Name => isWholeFile ? "normalise-all-dates" : "normalise-dates";

    public string Kind => isWholeFile ? "source.normaliseDates" : "refactor.rewrite.date";

    public IEnumerable<RefactoringOffer> Offers(RefactoringPlace place)
    {
        var edits = Edits(place);
        if (edits.Count > 0)
        {
            yield return new(isWholeFile ? $"Write {edits.Count.ToString(CultureInfo.InvariantCulture)} {(edits.Count == 1 ? "date" : "dates")} of this file as ISO dates" : $"Write it as {edits[0].NewText}", RefactoringInput.None);
        }
    }

    public RefactoringResult Change(RefactoringPlace place, RefactoringInput input) => Edits(place) is { Count: > 0 } edits
        ? RefactoringResult.Of(WorkspaceChange.Edit(place.Path, edits))
        : RefactoringResult.Refused(isWholeFile ? "Every date of this file that can be written so is an ISO date already." : "There is no date here that an ISO date would say as well, or it is one already.");

    private List<TextEdit> Edits(RefactoringPlace place)
    {
        var calendar = StoryCalendar.Of(place.Snapshot.Settings.Calendar);
        var result = new List<TextEdit>();
        foreach (var container in place.Facts.Containers)
        {
            if (place.Snapshot.Schemas.Find(container.Type) is not { } schema)
            {
                continue;
            }

            foreach (var field in container.Fields.Where(field => field.Known && schema.FindField(field.Name)?.Type == FieldType.Date))
            {
                if (field.Value is YamlScalar { Style: YamlScalarStyle.Plain or YamlScalarStyle.SingleQuoted or YamlScalarStyle.DoubleQuoted, IsNull: false } written &&
                    (isWholeFile || written.Span.Touches(place.Span.Start) || field.KeySpan.Touches(place.Span.Start)) && Normal(written.Value, calendar) is { } normal &&
                    !result.Exists(edit => edit.Span == written.ContentSpan))
                {
                    result.Add(new(written.ContentSpan, normal));
                }
            }
        }

        return result;
    }

    /// <summary>The date as EDTF; null where it is that already, or none says exactly the same.</summary>
    private static string? Normal(string text, StoryCalendar calendar)
    {
        if (WrittenTime.Parse(text, calendar) is not WrittenTime.Absolute { EarliestStart: { } start, Nominal: { } nominal } time)
        {
            return null;
        }

        var date = calendar.DateOf(nominal);
        var year = date.Year.ToString("0000", CultureInfo.InvariantCulture);
        var month = calendar.Parts[date.Part].Month.ToString("00", CultureInfo.InvariantCulture);
        string[] forms = [calendar.Write(start), calendar.WriteDay(start), $"{year}-{month}", year, calendar.WriteDay(nominal) + "~", $"{year}-{month}~", year + "~", year + "?", calendar.WriteDay(nominal) + "?"];
        var normal = forms.FirstOrDefault(form => WrittenTime.Parse(form, calendar) == time);
        return normal is null || normal == text.Trim() ? null : normal;
    }
}
