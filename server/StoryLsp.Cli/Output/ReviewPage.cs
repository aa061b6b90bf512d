using System.Globalization;
using Humanizer;
using StoryLsp.Cli.Git;
using StoryLsp.Continuity.Reports;
using StoryLsp.Features.Reviewing;
using StoryLsp.Pipelines.Provenance;

namespace StoryLsp.Cli.Output;

/// <summary>A review as a page for people: as plain text, or as Markdown for a pull request.</summary>
/// <param name="writer">Where it goes.</param>
/// <param name="isMarkdown">Whether it is Markdown.</param>
internal sealed class ReviewPage(TextWriter writer, bool isMarkdown)
{
    // A comment on GitHub takes 65,536 characters.
    private const int MostOfAKind = 60;
    private const int MostScenes = 12;
    private const int LongestValue = 160;

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    /// <summary>Writes the page.</summary>
    public void Write(RangeReview review)
    {
        writer.WriteLine((isMarkdown ? "## " : "") + Plain($"What changed in {review.Title}"));
        writer.WriteLine();
        writer.WriteLine($"{Code(review.Before)} → {(review.After.StartsWith("the ", StringComparison.Ordinal) ? review.After : Code(review.After))}: {Sum(review)}.");
        Section("Scenes", [.. review.Review.Containers.Where(review.IsScene)], Change);
        Section("Facts", [.. review.Review.Containers.Where(change => !review.IsScene(change))], Change);
        Section("Met by the reader at another place", review.Review.Reordered, scene => Item(Name(scene.Name)));
        Section("Scenes that rely on what changed", [.. review.Review.Touched.SelectMany(scene => scene.Reasons.Select(reason => (scene.Scene, reason.About, reason.What)))
            .GroupBy(touched => (touched.About.Key, touched.What))], cause => Cause([.. cause]));
        Section("New findings", review.NewFindings, Finding);
        Section("Findings that are gone", review.GoneFindings, Finding);
        Section("Edits of known origin", review.Origins, Origin);
    }

    private void Section<T>(string title, IReadOnlyList<T> items, Action<T> write)
    {
        if (items.Count == 0)
        {
            return;
        }

        writer.WriteLine();
        writer.WriteLine(isMarkdown ? "### " + title : title + ":");
        writer.WriteLine();
        foreach (var item in items.Take(MostOfAKind))
        {
            write(item);
        }

        if (items.Count > MostOfAKind)
        {
            Item($"and {(items.Count - MostOfAKind).ToString(Invariant)} more; `--format json` has all.");
        }
    }

    private static string Sum(RangeReview review)
    {
        var changes = review.Review.Containers;
        var parts = new List<string>
        {
            Count(changes.Count(change => change.Before is null), "new"),
            Count(changes.Count(change => change.After is null), "gone"),
            Count(changes.Count(change => change.IsRenamed), "renamed"),
            Count(changes.Count(change => change.Before is not null && change.After is not null && !change.IsRenamed), "changed"),
            review.Review.WordsBefore == review.Review.WordsAfter ? "" : $"{review.Review.WordsBefore.ToString("N0", Invariant)} → {review.Review.WordsAfter.ToString("N0", Invariant)} words in scenes",
            review.NewFindings.Count == 0 ? "" : "new finding".ToQuantity(review.NewFindings.Count),
            review.GoneFindings.Count == 0 ? "" : $"{"finding".ToQuantity(review.GoneFindings.Count)} gone",
            review.Origins.Count(origin => origin.Kind != Authorship.Mechanical) is var models and > 0 ? $"{"edit".ToQuantity(models)} from a model" : "",
        };
        parts.RemoveAll(part => part.Length == 0);
        return parts.Count == 0 ? "nothing changed in the story" : string.Join(", ", parts);

        static string Count(int count, string what) => count == 0 ? "" : $"{count.ToString(Invariant)} {what}";
    }

    private void Change(ContainerChange change)
    {
        var container = change.Container;
        var id = change.IdAfter ?? change.IdBefore!;
        var place = $"{container.Type} {Code(id)} in {Plain(container.Path)}";
        Item(change switch
        {
            { Before: null } => $"{Name(container.Name)} is new ({place})" + Words(change),
            { After: null } => $"{Name(container.Name)} is gone ({place})" + Words(change),
            _ => $"{Name(container.Name)} ({place})" + Words(change),
        });
        if (change is { Before: { } before, After: { } after })
        {
            SubIf(before.Name != after.Name, $"name: {Code(before.Name)} → {Code(after.Name)}");
            SubIf(change.IdBefore != change.IdAfter, $"id: {Code(change.IdBefore!)} → {Code(change.IdAfter!)}");
            SubIf(before.Type != after.Type, $"type: {Code(before.Type)} → {Code(after.Type)}");
            SubIf(change.IsMoved, $"stood in {Plain(before.Path)}");
        }

        // Of what is gone its fields are gone with it.
        foreach (var field in change.After is null ? [] : change.Fields)
        {
            Sub(Field(field, change.Before is null));
        }
    }

    private string Field(FieldChange field, bool isNew)
    {
        var name = field.Field;
        if (field.Added.Count + field.Removed.Count > 0)
        {
            var added = string.Join(", ", field.Added.Select(Code));
            var parts = new[] { field.Added.Count == 0 ? "" : isNew ? added : "+ " + added, field.Removed.Count == 0 ? "" : "− " + string.Join(", ", field.Removed.Select(Code)) };
            return $"{name}: {string.Join("; ", parts.Where(part => part.Length > 0))}";
        }

        return isNew ? $"{name}: {Code(field.After ?? "")}" : $"{name}: {(field.Before is null ? "nothing" : Code(field.Before))} → {(field.After is null ? "nothing" : Code(field.After))}";
    }

    private static string Words(ContainerChange change) => change.WordsBefore != change.WordsAfter
        ? string.Create(Invariant, $": {change.WordsAfter - change.WordsBefore:+#,##0;−#,##0} words")
        : change.IsProseChanged ? ": other words" : "";

    private void Cause(List<(Index.Container Scene, Index.Container About, string What)> touched)
    {
        var names = touched.Take(MostScenes).Select(scene => Name(scene.Scene.Name));
        var more = touched.Count > MostScenes ? $" and {(touched.Count - MostScenes).ToString(Invariant)} more" : "";
        Item($"{Name(touched[0].About.Name)} {(isMarkdown ? touched[0].What : touched[0].What.Replace("`", "", StringComparison.Ordinal))}: {string.Join(", ", names)}{more}");
    }

    private void Finding(ReportedFinding found) =>
        Item($"{FindingOutput.Word(found.Severity)} {Code(found.Code)} {Plain(found.File)}:{(found.Range.Start.Line + 1).ToString(Invariant)}: {(isMarkdown ? Escaped(found.Message) : found.Message)}");

    private void Origin(EditOrigin origin)
    {
        var lines = origin.FirstLine == origin.LastLine ? (origin.FirstLine + 1).ToString(Invariant) : string.Create(Invariant, $"{origin.FirstLine + 1}–{origin.LastLine + 1}");
        var by = origin.Kind == Authorship.Mechanical ? "from a program, no model," : $"from {Code(origin.Record.Model)}";
        var changed = origin.Kind switch { Authorship.Edited => ", changed since", Authorship.Assisted => ", another wording of a person's sentence", _ => "" };
        Item($"{Plain(origin.File)}:{lines} {by} by proposal {Code(origin.Record.Proposal)} ({Plain(origin.Record.Pipeline)}), accepted by {Plain(origin.Hunk.By)} on {origin.Hunk.At.ToString("yyyy-MM-dd", Invariant)}{changed}: {Code(origin.Text)}" +
            (origin.Sentences > 1 ? $" and {(origin.Sentences - 1).ToString(Invariant)} more" : ""));
    }

    private void Item(string text) => writer.WriteLine((isMarkdown ? "- " : "  ") + text);

    private void Sub(string text) => writer.WriteLine((isMarkdown ? "  - " : "      ") + text);

    private void SubIf(bool isSo, string text)
    {
        if (isSo)
        {
            Sub(text);
        }
    }

    private string Name(string name) => isMarkdown ? $"**{Escaped(name)}**" : name;

    private string Plain(string text) => isMarkdown ? Escaped(text) : text;

    // In code nobody is called by @name, and nothing is markup.
    private string Code(string text)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        line = line.Length > LongestValue ? line[..(char.IsHighSurrogate(line[LongestValue - 1]) ? LongestValue - 1 : LongestValue)] + "…" : line;
        if (!isMarkdown)
        {
            return line;
        }

        var ticks = "`";
        while (line.Contains(ticks, StringComparison.Ordinal))
        {
            ticks += "`";
        }

        return line.Length == 0 ? "nothing" : ticks.Length > 1 ? $"{ticks} {line} {ticks}" : $"`{line}`";
    }

    // A backslash before what Markdown would take for a sign of its own; `code` in our messages stays.
    private static string Escaped(string text)
    {
        var (result, isCode) = (new System.Text.StringBuilder(text.Length + 8), false);
        foreach (var unit in text)
        {
            isCode ^= unit == '`';
            result.Append(!isCode && unit is '<' or '[' or ']' or '_' or '\\' or '@' or '#' or '|' or '*' ? "\\" : "").Append(unit is '\r' or '\n' ? ' ' : unit);
        }

        return result.ToString();
    }
}
