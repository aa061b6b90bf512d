using System.Globalization;
using System.Text;
using StoryLsp.Language.Facts;
using StoryLsp.Pipelines.Proposals;

namespace StoryLsp.Cli.Mcp;

/// <summary>Leaves a proposal that a person decides about.</summary>
internal sealed class ProposeEditTool : IMcpTool
{
    private const int LongestReason = 120;

    public string Name => "propose_edit";

    public string Title => "Propose an edit";

    public string Description => "Proposes a change of one file. Nothing of the story is written: it becomes a proposal, which the writer reads and accepts or rejects, change by change. The answer is its id, and what it would do to the findings.";

    public string InputSchema => $$"""
        {"type": "object", "required": ["path", "reason"], "additionalProperties": false, "properties": {
          "reason": {"type": "string", "description": "What it does, in a few words for the writer, as: Let Ada notice the clock."},
          {{McpDraft.Properties}}
          }
        }
        """;

    public bool IsReadOnly => false;

    public Task<McpAnswer> RunAsync(McpArguments arguments, McpCall call)
    {
        var reason = string.Join(' ', arguments.Text("reason").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var draft = McpDraft.Of(arguments, call, reason.Length > LongestReason ? reason[..(char.IsHighSurrogate(reason[LongestReason - 1]) ? LongestReason - 1 : LongestReason)] + "…" : reason);
        if (draft.Hunks.Count == 0)
        {
            throw new McpFailure("The edit changes nothing: the file says the same.");
        }

        var found = DraftFindings.Of(draft, call.Snapshot, call.Story.Findings);
        var proposal = ProposalContinuity.Judged(draft, call.Snapshot, call.Story.Findings);
        new ProposalStore(call.Snapshot.Root).Save(proposal);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"Proposal {proposal.Id}: {proposal.Hunks.Count} change{(proposal.Hunks.Count == 1 ? "" : "s")}, {Told(found).Summary}. The story is as it was; the writer decides, in the editor or by `storylsp proposal show {proposal.Id}`.\n");
        foreach (var finding in found.Added)
        {
            text.Append(CultureInfo.InvariantCulture, $"It would add {finding.File}:{finding.Line} {ListFindingsTool.NameOf(finding.Severity)} {finding.Code}: {finding.Message.ReplaceLineEndings(" ")}\n");
        }

        return Task.FromResult(new McpAnswer(text.ToString(), call.Everything));
    }

    // What the proposal itself counts is the writer's: a count of findings that say a secret would confirm a guess.
    private static ProposalFindings Told(DraftFindings found) =>
        new(found.Added.Count, found.Removed.Count, found.Added.Count(one => one.Severity == Severity.Error), found.Removed.Count(one => one.Severity == Severity.Error), []);
}
