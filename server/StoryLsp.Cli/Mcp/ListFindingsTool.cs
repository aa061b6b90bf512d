using System.Globalization;
using System.Text;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Settings;
using StoryLsp.Continuity.Secrets;
using StoryLsp.Pipelines.Secrets;

namespace StoryLsp.Cli.Mcp;

/// <summary>What the rules find.</summary>
internal sealed class ListFindingsTool : IMcpTool
{
    public string Name => "list_findings";

    public string Title => "List what is wrong in the story";

    public string Description => "What the rules of continuity find in the story, one a line: file, line, severity, rule, message. Errors are certain; hints are suggestions.";

    public string InputSchema => """
        {"type": "object", "additionalProperties": false, "properties": {
          "severity": {"type": "string", "enum": ["error", "warning", "info", "hint"], "description": "That and worse; warning when left out."},
          "rule": {"type": "string", "description": "One rule, as time/dead-acts, or a group, as time/*."},
          "path": {"type": "string", "description": "One file, or the files of a folder."},
          "limit": {"type": "integer", "minimum": 1, "maximum": 500, "description": "The most findings; 100 when left out."}}}
        """;

    public bool IsReadOnly => true;

    public Task<McpAnswer> RunAsync(McpArguments arguments, McpCall call)
    {
        var least = arguments.OptionalText("severity") switch
        {
            null or "warning" => Severity.Warning,
            "error" => Severity.Error,
            "info" => Severity.Information,
            "hint" => Severity.Hint,
            _ => throw new McpFailure("`severity` is one of `error`, `warning`, `info` and `hint`."),
        };
        var rule = arguments.OptionalText("rule");
        var path = arguments.OptionalText("path")?.TrimEnd('/');
        var limit = arguments.Number("limit", 1, 500, 100);
        var text = new StringBuilder();
        var count = 0;
        foreach (var (file, finding) in Told(call, facts => path is null || facts.Path == path || facts.Path.StartsWith(path + "/", StringComparison.Ordinal),
            finding => finding.Severity <= least && (rule is null || StorySettings.Covers(rule, finding.Code))).Take(limit + 1))
        {
            if (++count > limit)
            {
                text.Append("There is more; ask for one rule, file or severity.\n");
                break;
            }

            var line = call.Snapshot.Facts(file)!.Lines.GetPosition(finding.Span.Start).Line + 1;
            text.Append(CultureInfo.InvariantCulture, $"{file}:{line} {NameOf(finding.Severity)} {finding.Code}: {finding.Message.ReplaceLineEndings(" ")}\n");
        }

        text.Append(count == 0 ? "Nothing is found.\n" : "");
        return Task.FromResult(new McpAnswer(text.ToString(), call.Everything));
    }

    /// <summary>The word for a severity.</summary>
    public static string NameOf(Severity severity) => severity switch { Severity.Error => "error", Severity.Warning => "warning", Severity.Information => "info", _ => "hint" };

    // Each is told as at the scene that it stands in.
    private static IEnumerable<(string Path, Finding Finding)> Told(McpCall call, Func<DocumentFacts, bool> covers, Func<Finding, bool> isAsked)
    {
        var documents = call.Snapshot.Documents.Where(covers).OrderBy(facts => facts.Path, NaturalOrder.Instance).AsParallel().AsOrdered().WithCancellation(call.Cancellation);
        foreach (var (facts, all) in documents.Select(facts => (facts, call.Story.Findings.Of(call.Snapshot, facts.Path))))
        {
            var found = all.Where(isAsked).Select(finding => (facts.Path, Finding: finding, Around: call.Snapshot.ContainerAt(facts.Path, finding.Span.Start)));
            foreach (var group in found.Where(one => one.Around is null || !call.Snapshot.Schemas.IsKindOf(one.Around.Type, "event")).GroupBy(one => McpNames.PlaceOf(call.Snapshot, one.Around)?.Key).ToList())
            {
                var place = McpNames.PlaceOf(call.Snapshot, group.First().Around);
                foreach (var one in PublicFindings.Of(call.Snapshot, StorySecrets.At(call.Snapshot, place), [.. group.Select(one => (one.Path, one.Finding))]))
                {
                    yield return one;
                }
            }
        }
    }
}
