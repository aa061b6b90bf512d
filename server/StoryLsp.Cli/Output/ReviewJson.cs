using System.Text.Json;
using StoryLsp.Cli.Git;
using StoryLsp.Continuity.Reports;
using StoryLsp.Features.Reviewing;
using StoryLsp.Pipelines.Provenance;

namespace StoryLsp.Cli.Output;

/// <summary>A review as one JSON object. What is not known or does not apply is absent; lines count from 0.</summary>
internal static class ReviewJson
{
    public static void Write(Stream output, RangeReview review)
    {
        using (var writer = new Utf8JsonWriter(output, JsonFindings.Options))
        {
            writer.WriteStartObject();
            writer.WriteNumber("version", 1);
            writer.WriteString("title", review.Title);
            writer.WriteString("before", review.Before);
            writer.WriteString("after", review.After);
            writer.WriteNumber("wordsBefore", review.Review.WordsBefore);
            writer.WriteNumber("wordsAfter", review.Review.WordsAfter);
            List(writer, "containers", review.Review.Containers, change => Change(writer, change, review.IsScene(change)));
            List(writer, "reordered", review.Review.Reordered, scene => writer.WriteString("name", scene.Name));
            List(writer, "touched", review.Review.Touched, scene => Touched(writer, scene));
            List(writer, "newFindings", review.NewFindings, found => Finding(writer, found));
            List(writer, "goneFindings", review.GoneFindings, found => Finding(writer, found));
            List(writer, "origins", review.Origins, origin => Origin(writer, origin));
            writer.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static void Change(Utf8JsonWriter writer, ContainerChange change, bool isScene)
    {
        writer.WriteString("change", change.Before is null ? "added" : change.After is null ? "removed" : change.IsRenamed ? "renamed" : "changed");
        writer.WriteString("id", change.IdAfter ?? change.IdBefore);
        writer.WriteString("name", change.Container.Name);
        writer.WriteString("type", change.Container.Type);
        writer.WriteString("file", change.Container.Path);
        writer.WriteNumber("line", change.Container.Document.Lines.GetRange(change.Container.Fact.SelectionSpan).Start.Line);
        writer.WriteBoolean("scene", isScene);
        if (change is { Before: { } before, After: { } after })
        {
            Text(writer, "idBefore", change.IdBefore != change.IdAfter ? change.IdBefore : null);
            Text(writer, "nameBefore", before.Name != after.Name ? before.Name : null);
            Text(writer, "typeBefore", before.Type != after.Type ? before.Type : null);
            Text(writer, "fileBefore", change.IsMoved || before.Path != after.Path ? before.Path : null);
        }

        writer.WriteBoolean("prose", change.IsProseChanged);
        writer.WriteNumber("wordsBefore", change.WordsBefore);
        writer.WriteNumber("wordsAfter", change.WordsAfter);
        List(writer, "fields", change.Fields, field =>
        {
            writer.WriteString("field", field.Field);
            writer.WriteString("kind", field.Kind switch { FieldKind.Time => "time", FieldKind.Cast => "cast", FieldKind.State => "state", FieldKind.Relation => "relation", _ => "value" });
            Text(writer, "before", field.Before);
            Text(writer, "after", field.After);
            Texts(writer, "added", field.Added);
            Texts(writer, "removed", field.Removed);
        });
    }

    private static void Touched(Utf8JsonWriter writer, TouchedScene scene)
    {
        writer.WriteString("id", scene.Id);
        writer.WriteString("name", scene.Scene.Name);
        writer.WriteString("file", scene.Scene.Path);
        List(writer, "reasons", scene.Reasons, reason =>
        {
            writer.WriteString("about", reason.About.Name);
            writer.WriteString("what", reason.What);
        });
    }

    private static void Finding(Utf8JsonWriter writer, ReportedFinding found)
    {
        writer.WriteString("file", found.File);
        writer.WriteNumber("line", found.Range.Start.Line);
        writer.WriteString("severity", FindingOutput.Word(found.Severity));
        writer.WriteString("code", found.Code);
        writer.WriteString("message", found.Message);
    }

    private static void Origin(Utf8JsonWriter writer, EditOrigin origin)
    {
        writer.WriteString("file", origin.File);
        writer.WriteNumber("firstLine", origin.FirstLine);
        writer.WriteNumber("lastLine", origin.LastLine);
        writer.WriteString("text", origin.Text);
        writer.WriteNumber("sentences", origin.Sentences);
        writer.WriteString("kind", origin.Kind switch { Authorship.Assisted => "assisted", Authorship.Edited => "edited", Authorship.Mechanical => "program", _ => "generated" });
        Text(writer, "model", origin.Kind == Authorship.Mechanical ? null : origin.Record.Model);
        writer.WriteString("pipeline", origin.Record.Pipeline);
        writer.WriteString("proposal", origin.Record.Proposal);
        writer.WriteNumber("hunk", origin.Hunk.Hunk);
        writer.WriteString("acceptedBy", origin.Hunk.By);
        writer.WriteString("acceptedAt", origin.Hunk.At);
    }

    private static void List<T>(Utf8JsonWriter writer, string name, IReadOnlyList<T> items, Action<T> write)
    {
        writer.WriteStartArray(name);
        foreach (var item in items)
        {
            writer.WriteStartObject();
            write(item);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Text(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static void Texts(Utf8JsonWriter writer, string name, IReadOnlyList<string> values)
    {
        if (values.Count > 0)
        {
            writer.WriteStartArray(name);
            foreach (var value in values)
            {
                writer.WriteStringValue(value);
            }

            writer.WriteEndArray();
        }
    }
}
