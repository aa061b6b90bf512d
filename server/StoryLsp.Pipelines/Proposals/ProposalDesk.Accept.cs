using System.Text;
using System.Text.Json;
using StoryLsp.Language.Text;
using StoryLsp.Pipelines.History;
using StoryLsp.Pipelines.Provenance;

namespace StoryLsp.Pipelines.Proposals;

public sealed partial class ProposalDesk
{
    private const string Kind = "proposal";

    /// <summary>A writer who saves in this moment is waited for so often.</summary>
    private const int MostTries = 5;

    /// <summary>
    /// Writes hunks into the files on disk. Texts, decision, provenance and the undo tree's event are one act: a process that dies in it is
    /// finished by the next one that opens the history. Null where there is no such proposal.
    /// </summary>
    /// <param name="id">The proposal.</param>
    /// <param name="hunks">The hunks wanted; null: those that are ticked.</param>
    /// <exception cref="IOException">The decision cannot be written.</exception>
    /// <exception cref="HistoryException">The history cannot be written; no file was touched.</exception>
    public DecisionResult? Accept(string id, IReadOnlySet<int>? hunks = null)
    {
        using var turn = ProposalLock.Take(root);
        var writes = new FileWrites(history ?? throw new InvalidOperationException("Files are written with a history."));
        for (var tries = 1; ; tries++)
        {
            if (_store.Load(id) is not { } proposal)
            {
                return null;
            }

            var plan = PlanOf(proposal, hunks, OnDisk, path => FileObstacle.Of(root, path));
            var accepted = AcceptedBy(plan, proposal, null);
            if (accepted.Count == 0)
            {
                return new(proposal, plan.Reports, [], false);
            }

            var next = Rebase.Onto(With(proposal, accepted, HunkDecision.Accepted), plan, plan.After);
            var result = writes.Write(RequestOf(plan, next, accepted));
            if (result.Outcome == FileWriteOutcome.Stale && tries < MostTries)
            {
                continue;
            }

            if (result.Outcome is FileWriteOutcome.Done or FileWriteOutcome.AlreadyDone)
            {
                return new(next, plan.Reports, [.. plan.After.Keys.Order(StringComparer.Ordinal)], !next.Open.Any());
            }

            return new(proposal, [.. plan.Reports.Select(report => accepted.Contains(report.Hunk) ? NotWritten(report, result) : report)], [], false);
        }
    }

    private FileWriteRequest RequestOf(AcceptPlan plan, Proposal next, HashSet<int> accepted)
    {
        var record = AcceptedText.Of(plan, accepted, _by.Value, _time.GetUtcNow());
        var besides = new List<FileTransition> { Along(ProposalStore.RelativePath(next.Id), next.Open.Any() ? ProposalStore.TextOf(next) : null) };
        if (_provenance.With(record) is { } provenance)
        {
            besides.Add(Along(_provenance.PathFor(next.Id), provenance));
        }

        return new(Guid.NewGuid().ToString("N"), Kind, LabelOf(next, accepted.Count),
            [.. plan.After.Select(file => new FileTransition(file.Key, plan.Before.GetValueOrDefault(file.Key)?.Text, file.Value?.Text))])
        {
            Besides = besides,
            By = _by.Value,
            Run = next.Run,
            Proposal = next.Id,
            Told = EventOf(plan.Proposal, "proposal.accepted", accepted),
        };
    }

    private FileTransition Along(string path, string? after) => new(path, FileText.Read(root, path).Text, after);

    private static HunkReport NotWritten(HunkReport report, FileWriteResult result) => report with
    {
        Outcome = HunkOutcome.NotWritten,
        Why = (result.Left.FirstOrDefault(file => file.Path == report.File) ?? result.Left.FirstOrDefault())?.Why ?? $"{report.File} could not be written.",
    };

    // What cannot be read as text is there all the same: no base is like it, so nothing fits.
    private SourceText? OnDisk(string path) => FileText.Read(root, path) is var file && file.IsUnreadable ? SourceText.From("\0") : file.Text is { } text ? SourceText.From(text) : null;

    private static string LabelOf(Proposal proposal, int count) => $"{ProposalViews.Title(proposal)} ({count} {(count == 1 ? "change" : "changes")} of a proposal)";

    private void Tell(Proposal proposal, string kind, IEnumerable<int> hunks)
    {
        if (EventOf(proposal, kind, hunks) is { } told)
        {
            history!.Append(told);
        }
    }

    private RunEvent? EventOf(Proposal proposal, string kind, IEnumerable<int> hunks)
    {
        if (history?.Run(proposal.Run) is null)
        {
            return null;
        }

        using var data = new MemoryStream();
        using (var writer = new Utf8JsonWriter(data))
        {
            writer.WriteStartObject();
            writer.WriteString("proposal", proposal.Id);
            writer.WriteString("by", _by.Value);
            writer.WriteStartArray("hunks");
            foreach (var hunk in hunks.Order())
            {
                writer.WriteNumberValue(hunk);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return new RunEvent(0, proposal.Run, kind, -1, Encoding.UTF8.GetString(data.ToArray()), proposal.Run);
    }
}
