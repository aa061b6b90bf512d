using System.Globalization;
using System.Text;
using StoryLsp.Pipelines.Proposals;

namespace StoryLsp.Cli.Mcp;

/// <summary>What a draft would do to the findings.</summary>
internal sealed class CheckDraftTool : IMcpTool
{
    private const int Most = 100;

    public string Name => "check_draft";

    public string Title => "Check a draft against the story";

    public string Description => "Says what a change would add to the findings of the story, and what it would take away. Nothing is written, and nobody is asked. Check a draft before you propose it.";

    public string InputSchema => $$"""
        {"type": "object", "required": ["path"], "additionalProperties": false, "properties": {
          {{McpDraft.Properties}}
          }
        }
        """;

    public bool IsReadOnly => true;

    public Task<McpAnswer> RunAsync(McpArguments arguments, McpCall call)
    {
        var proposal = McpDraft.Of(arguments, call, "Draft");
        var found = DraftFindings.Of(proposal, call.Snapshot, call.Story.Findings);
        var text = new StringBuilder();
        Append(text, "It would add", found.Added);
        Append(text, "It would take away", found.Removed);
        return Task.FromResult(new McpAnswer(
            proposal.Hunks.Count == 0 ? "The draft changes nothing: the file says the same.\n" : text.Length == 0 ? "It would add no finding, and take none away.\n" : text.ToString(), call.Everything));
    }

    private static void Append(StringBuilder text, string title, IReadOnlyList<DraftFinding> findings)
    {
        if (findings.Count == 0)
        {
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"{title} {findings.Count}:\n");
        foreach (var finding in findings.Take(Most))
        {
            text.Append(CultureInfo.InvariantCulture, $"{finding.File}:{finding.Line} {ListFindingsTool.NameOf(finding.Severity)} {finding.Code}: {finding.Message.ReplaceLineEndings(" ")}\n");
        }
    }
}
