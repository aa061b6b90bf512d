using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using StoryLsp.Pipelines.Runs;
using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Conversion;
using StoryLsp.Server.Extensions;
using StoryLsp.Server.Proposals;
using StoryLsp.Server.Session;

namespace StoryLsp.Server.Runs;

/// <summary>What a person is shown when a run pauses or ends: its prompt, its proposal, or why there is none.</summary>
internal sealed class RunFollowUp(EditorSession session, RunDesk desk, ProposalReview review)
{
    // Two commands may get the answer of one run; its proposal is brought before the person once.
    private readonly ConcurrentDictionary<(string, RunStatus, string?), byte> _shown = new();

    /// <summary>Gives the answer of a command, and shows in the background what there is to show.</summary>
    /// <exception cref="OperationCanceledException">The command was cancelled, and so was the run.</exception>
    public RunAnswer Answer(StoryFolder story, string pipeline, RunOutcome outcome, CancellationToken cancellationToken)
    {
        Tell(story, outcome);
        if (outcome is { Status: RunStatus.Done, Notes: { } remarks })
        {
            session.Remarks.Put(story, desk.Of(story).History.Run(outcome.Run)?.Input ?? "", remarks);
        }

        if (outcome.Status == RunStatus.Cancelled)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        if (_shown.TryAdd((outcome.Run, outcome.Status, outcome.Proposal?.Id ?? outcome.PromptPath), 0) || outcome.Status is not (RunStatus.Done or RunStatus.Cancelled))
        {
            InBackground(() => ShowAsync(story, outcome));
        }

        return new RunAnswer
        {
            Run = outcome.Run,
            Pipeline = pipeline,
            Status = StatusNames.Of(outcome.Status),
            Message = outcome.Message,
            Prompt = outcome.PromptPath is { } path ? session.UriOf(story.AbsolutePath(path)) : null,
            Proposal = outcome.Proposal?.Id,
            Findings = outcome.Proposal?.Findings is { } findings ? new FindingsChangeJson(findings.Added, findings.Removed, findings.Summary) : null,
            Notes = outcome.Notes is { Count: > 0 } notes ? [.. notes.Select(note => Note(story, note))] : null,
        };
    }

    /// <summary>Says by <c>storylsp/run</c> how a run stands now, with what it has cost.</summary>
    public void Tell(StoryFolder story, RunOutcome outcome)
    {
        var summary = desk.Of(story).Runner.Run(outcome.Run);
        session.Connection.Notify(ExtensionMethods.Run, new RunNews
        {
            Run = outcome.Run,
            Pipeline = summary?.Pipeline,
            Status = StatusNames.Of(outcome.Status),
            Step = summary?.Step,
            Message = outcome.Message,
            Prompt = outcome.PromptPath is { } path ? session.UriOf(story.AbsolutePath(path)) : null,
            Proposal = outcome.Proposal?.Id,
            Tokens = summary?.Tokens,
            Cost = summary?.Cost,
        });
        if (session.Client.RefreshesLenses)
        {
            InBackground(() => session.Connection.SendRequestAsync(LspMethods.WorkspaceCodeLensRefresh, default, session.Connection.Closing, TimeSpan.FromSeconds(30)));
        }
    }

    private async Task ShowAsync(StoryFolder story, RunOutcome outcome)
    {
        if (outcome.PromptPath is { } path)
        {
            var file = story.AbsolutePath(path);
            if (!await Windows.ShowAsync(session, session.UriOf(file)).ConfigureAwait(false))
            {
                Windows.Say(session, MessageType.Info, $"The prompt waits in {path}: read it, change it, and resume the run {outcome.Run}.");
            }
        }
        else if (outcome.Proposal is { } proposal)
        {
            await review.OpenAsync(story, proposal.Id, null, session.Connection.Closing).ConfigureAwait(false);
        }
        else if (outcome.Status is RunStatus.Failed or RunStatus.Interrupted)
        {
            Windows.Say(session, MessageType.Error, outcome.Message ?? "The run has failed.");
        }
        else if (outcome.Status == RunStatus.Done)
        {
            Windows.Say(session, MessageType.Info, outcome.Message ?? (outcome.Notes is { Count: > 0 } notes ? $"{notes.Count} {(notes.Count == 1 ? "remark" : "remarks")}." : "The run has ended, and proposes nothing."));
        }
    }

    private NoteJson Note(StoryFolder story, CritiqueNote note) => new(
        note.Code, note.Quote, note.Message, session.UriOf(story.AbsolutePath(note.Path)), Positions.Range(story.Workspace.Current, note.Path, note.Span, session.Client.Encoding));

    private void InBackground(Func<Task> work) => _ = Task.Run(async () =>
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (ResponseErrorException exception)
        {
            Windows.Say(session, MessageType.Error, exception.Message);
        }
        catch (Exception exception) when (exception is ConnectionClosedException or OperationCanceledException or TimeoutException or ObjectDisposedException)
        {
            // The session ends, or the editor does not answer; what was to be shown waits on the disk.
        }
        catch (Exception exception)
        {
            session.Log.LogError(exception, "What a run left could not be shown");
        }
    });
}
