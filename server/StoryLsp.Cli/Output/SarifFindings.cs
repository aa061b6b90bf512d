using System.Text.Json;
using StoryLsp.Cli.Commands;
using StoryLsp.Continuity;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Cli.Output;

/// <summary>Findings as SARIF 2.1.0.</summary>
internal static class SarifFindings
{
    public static void Write(Stream output, OpenStory story, IReadOnlyList<FoundFinding> findings)
    {
        using (var writer = new Utf8JsonWriter(output, JsonFindings.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
            writer.WriteString("version", "2.1.0");
            writer.WriteStartArray("runs");
            writer.WriteStartObject();
            WriteTool(writer);
            writer.WriteString("columnKind", "utf16CodeUnits");
            writer.WriteStartArray("results");
            foreach (var found in findings)
            {
                WriteResult(writer, story, found);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static void WriteTool(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("tool");
        writer.WriteStartObject("driver");
        writer.WriteString("name", "storylsp");
        writer.WriteString("version", LspCommand.Version);
        writer.WriteStartArray("rules");
        foreach (var rule in Findings.Rules)
        {
            writer.WriteStartObject();
            writer.WriteString("id", rule.Code);
            WriteText(writer, "shortDescription", rule.Summary);
            writer.WriteStartObject("help");
            writer.WriteString("text", rule.Documentation);
            writer.WriteString("markdown", rule.Documentation);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter writer, OpenStory story, FoundFinding found)
    {
        writer.WriteStartObject();
        writer.WriteString("ruleId", found.Finding.Code);
        writer.WriteString("level", found.Finding.Severity switch { Severity.Error => "error", Severity.Warning => "warning", _ => "note" });
        WriteText(writer, "message", found.Finding.Message);
        writer.WriteStartArray("locations");
        WriteLocation(writer, found.File, found.Range, null, null);
        writer.WriteEndArray();
        if (found.Finding.Related.Count > 0)
        {
            writer.WriteStartArray("relatedLocations");
            for (var i = 0; i < found.Finding.Related.Count; i++)
            {
                var related = found.Finding.Related[i];
                WriteLocation(writer, related.Path, FoundFindings.RangeOf(story.Snapshot, related), related.Message, i);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteLocation(Utf8JsonWriter writer, string file, LineRange range, string? message, int? id)
    {
        writer.WriteStartObject();
        if (id is { } number)
        {
            writer.WriteNumber("id", number);
        }

        writer.WriteStartObject("physicalLocation");
        writer.WriteStartObject("artifactLocation");
        writer.WriteString("uri", string.Join('/', file.Split('/').Select(Uri.EscapeDataString)));
        writer.WriteEndObject();
        writer.WriteStartObject("region");
        writer.WriteNumber("startLine", range.Start.Line + 1);
        writer.WriteNumber("startColumn", range.Start.Character + 1);
        writer.WriteNumber("endLine", range.End.Line + 1);
        writer.WriteNumber("endColumn", range.End.Character + 1);
        writer.WriteEndObject();
        writer.WriteEndObject();
        if (message is not null)
        {
            WriteText(writer, "message", message);
        }

        writer.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string text)
    {
        writer.WriteStartObject(name);
        writer.WriteString("text", text);
        writer.WriteEndObject();
    }
}
