using System.Text.Encodings.Web;
using System.Text.Json;
using StoryLsp.Continuity.Reports;
using StoryLsp.Language.Text;

namespace StoryLsp.Cli.Output;

/// <summary>Findings as the one JSON object that <c>check --format json</c> prints.</summary>
internal static class JsonFindings
{
    public static JsonWriterOptions Options { get; } = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(Stream output, string root, CheckReport report)
    {
        using (var writer = new Utf8JsonWriter(output, Options))
        {
            writer.WriteStartObject();
            writer.WriteNumber("version", 1);
            writer.WriteString("workspace", root);
            writer.WriteNumber("files", report.Files);
            writer.WriteNumber("containers", report.Containers);
            writer.WriteStartArray("findings");
            foreach (var found in report.Findings)
            {
                WriteOne(writer, found);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static void WriteOne(Utf8JsonWriter writer, ReportedFinding found)
    {
        writer.WriteStartObject();
        writer.WriteString("file", found.File);
        WriteRange(writer, found.Range);
        writer.WriteString("severity", FindingOutput.Word(found.Severity));
        writer.WriteString("code", found.Code);
        writer.WriteString("message", found.Message);
        writer.WriteStartArray("related");
        foreach (var related in found.Related)
        {
            writer.WriteStartObject();
            writer.WriteString("file", related.File);
            WriteRange(writer, related.Range);
            writer.WriteString("message", related.Message);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteRange(Utf8JsonWriter writer, LineRange range)
    {
        writer.WriteStartObject("range");
        WritePosition(writer, "start", range.Start);
        WritePosition(writer, "end", range.End);
        writer.WriteEndObject();
    }

    private static void WritePosition(Utf8JsonWriter writer, string name, LinePosition position)
    {
        writer.WriteStartObject(name);
        writer.WriteNumber("line", position.Line);
        writer.WriteNumber("character", position.Character);
        writer.WriteEndObject();
    }
}
