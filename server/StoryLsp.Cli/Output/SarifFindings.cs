using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using StoryLsp.Cli.Commands;
using StoryLsp.Continuity;
using StoryLsp.Continuity.Reports;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Cli.Output;

/// <summary>Findings as SARIF 2.1.0.</summary>
internal static class SarifFindings
{
    private const string Root = "%SRCROOT%";

    private static readonly Dictionary<string, int> RuleNumbers = Findings.Rules.Select((rule, i) => (rule.Code, i)).ToDictionary(rule => rule.Code, rule => rule.i, StringComparer.Ordinal);

    public static void Write(Stream output, string root, CheckReport report)
    {
        var prefix = FindingOutput.RepositoryPrefix(root);
        using (var writer = new Utf8JsonWriter(output, JsonFindings.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
            writer.WriteString("version", "2.1.0");
            writer.WriteStartArray("runs");
            writer.WriteStartObject();
            WriteTool(writer);
            writer.WriteString("columnKind", "utf16CodeUnits");
            writer.WriteStartObject("originalUriBaseIds");
            writer.WriteStartObject(Root);
            WriteText(writer, "description", "The root of the repository that the story lies in.");
            writer.WriteEndObject();
            writer.WriteEndObject();
            writer.WriteStartArray("results");
            var seen = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (var found in report.Findings)
            {
                // The same words on two equal lines are two findings.
                var fingerprint = Fingerprint(found);
                var number = seen[fingerprint] = seen.GetValueOrDefault(fingerprint) + 1;
                WriteResult(writer, prefix, found, $"{fingerprint}:{number.ToString(CultureInfo.InvariantCulture)}");
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

    private static void WriteResult(Utf8JsonWriter writer, string prefix, ReportedFinding found, string fingerprint)
    {
        writer.WriteStartObject();
        writer.WriteString("ruleId", found.Code);
        if (RuleNumbers.TryGetValue(found.Code, out var rule))
        {
            writer.WriteNumber("ruleIndex", rule);
        }

        writer.WriteString("level", found.Severity switch { Severity.Error => "error", Severity.Warning => "warning", _ => "note" });
        WriteText(writer, "message", found.Message);
        writer.WriteStartObject("partialFingerprints");
        writer.WriteString("storyFinding/v1", fingerprint);
        writer.WriteEndObject();
        writer.WriteStartArray("locations");
        WriteLocation(writer, prefix + found.File, found.Range, null, null);
        writer.WriteEndArray();
        if (found.Related.Count > 0)
        {
            writer.WriteStartArray("relatedLocations");
            for (var i = 0; i < found.Related.Count; i++)
            {
                var related = found.Related[i];
                WriteLocation(writer, prefix + related.File, related.Range, related.Message, i);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    // A service knows a finding again by what it says and by the line that it stands on, wherever that line has gone.
    private static string Fingerprint(ReportedFinding found) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', found.File, found.Code, found.Message, found.Line))).AsSpan(0, 16));

    private static void WriteLocation(Utf8JsonWriter writer, string file, LineRange range, string? message, int? id)
    {
        writer.WriteStartObject();
        if (id is { } number)
        {
            writer.WriteNumber("id", number);
        }

        writer.WriteStartObject("physicalLocation");
        writer.WriteStartObject("artifactLocation");
        writer.WriteString("uriBaseId", Root);
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
