using System.Text.Json;
using StoryLsp.Index;
using StoryLsp.Pipelines.History;
using StoryLsp.Pipelines.Proposals;
using StoryLsp.Pipelines.Providers;
using StoryLsp.Pipelines.Runs;
using StoryLsp.Protocol;
using StoryLsp.Server.Conversion;
using StoryLsp.Server.Session;

namespace StoryLsp.Server.Handlers;

/// <summary>
/// Runs the pipeline <c>synopsis</c> and brings its proposal before the writer: as an edit that the editor asks to confirm, or, where
/// the editor does not know such edits, as a question. Nothing is changed unasked.
/// </summary>
internal static class SynopsisCommand
{
    private const string Accept = "Accept";
    private const string Reject = "Reject";
    private const string Later = "Decide later";

    public static async Task<JsonElement?> RunAsync(EditorSession session, Place place, Container scene, LanguageServerOptions options, CancellationToken cancellationToken)
    {
        var proposal = await ProposeAsync(session, place, scene, options, cancellationToken).ConfigureAwait(false);
        var store = new ProposalStore(place.Story.Root);
        store.Save(proposal);
        var isAnswered = !session.Client.AppliesEdits ? Keep(session, proposal) : session.Client.ConfirmsAnnotations
            ? await ApplyAsync(session, place, proposal, Annotation(proposal), cancellationToken).ConfigureAwait(false)
            : await AskAsync(session, place, proposal, cancellationToken).ConfigureAwait(false);
        if (isAnswered is not null)
        {
            store.Remove(proposal.Id);
        }

        return JsonSerializer.SerializeToElement(new SynopsisResult(proposal.Id, isAnswered switch { true => "accepted", false => "rejected", null => "pending" }), SynopsisJson.Default.SynopsisResult);
    }

    private static async Task<Proposal> ProposeAsync(EditorSession session, Place place, Container scene, LanguageServerOptions options, CancellationToken cancellationToken)
    {
        using var shown = session.Client.ShowsProgress
            ? await session.Connection.StartProgressAsync("Writing the synopsis", isCancellable: true, message: scene.Name, cancellation: cancellationToken).ConfigureAwait(false)
            : null;
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, shown?.CancellationToken ?? CancellationToken.None);
        using var history = HistoryStore.Open(place.Story.Root);
        var runner = new PipelineRunner(new RunnerOptions
        {
            Snapshot = _ => session.Queue.Ask(() => place.Story.Workspace.Current),
            Root = place.Story.Root,
            History = history,
            Clients = new ChatClients(options.Environment).Create,
            Findings = session.Findings,
        });
        var progress = new Progress<RunUpdate>(update => shown?.Report(update.Message));
        var outcome = await runner.StartAsync(new RunRequest { Pipeline = "synopsis", Input = place.Snapshot.IdOf(scene), Auto = true }, progress, both.Token).ConfigureAwait(false);
        both.Token.ThrowIfCancellationRequested();
        return outcome.Proposal ?? throw new ProviderException(ProviderFailure.NothingToDo, outcome.Message ?? "There is nothing to propose.");
    }

    private static ChangeAnnotation Annotation(Proposal proposal) => new()
    {
        Label = proposal.Hunks[0].Label,
        NeedsConfirmation = true,
        Description = proposal.Origin,
    };

    // An editor that takes no edits can only be told where the proposal waits.
    private static bool? Keep(EditorSession session, Proposal proposal)
    {
        session.Connection.Notify(LspMethods.WindowShowMessage, new ShowMessageParams(
            MessageType.Info, $"{proposal.Hunks[0].Label}: this editor takes no edits. See `storylsp proposal show {proposal.Id}`, and take it with `storylsp proposal accept {proposal.Id}`."));
        return null;
    }

    private static async Task<bool?> AskAsync(EditorSession session, Place place, Proposal proposal, CancellationToken cancellationToken)
    {
        var answer = await session.Connection.SendRequestAsync(
            LspMethods.WindowShowMessageRequest,
            new ShowMessageRequestParams
            {
                Type = MessageType.Info,
                Message = $"{proposal.Hunks[0].Label}? {proposal.Origin}\n\n{proposal.Hunks[0].New.Trim()}",
                Actions = [new(Accept), new(Reject), new(Later)],
            },
            cancellationToken).ConfigureAwait(false);
        return answer?.Title switch
        {
            Accept => await ApplyAsync(session, place, proposal, null, cancellationToken).ConfigureAwait(false),
            Reject => false,
            _ => null,
        };
    }

    /// <summary>Sends the edit; it is placed anew in the text as it is now, and a place that has changed is told, never guessed.</summary>
    private static async Task<bool?> ApplyAsync(EditorSession session, Place place, Proposal proposal, ChangeAnnotation? confirm, CancellationToken cancellationToken)
    {
        var snapshot = await session.Queue.Ask(() => place.Story.Workspace.Current).ConfigureAwait(false);
        if (ProposalApplication.ChangeOf(ProposalApplication.Place(proposal, snapshot.Text)) is not { } change)
        {
            throw new ProviderException(ProviderFailure.NothingToDo, "The scene was changed in the meantime, so the synopsis was not put in. Run the step again.");
        }

        var file = place.Story.AbsolutePath(proposal.Hunks[0].File);
        var version = session.OpenFileOf(file)?.Version;
        var result = await session.Connection.SendRequestAsync(
            LspMethods.WorkspaceApplyEdit,
            new ApplyWorkspaceEditParams
            {
                Label = proposal.Hunks[0].Label,
                Edit = EditConversion.Edit(session, place.Story, snapshot, change, confirm)!,
            },
            cancellationToken).ConfigureAwait(false);
        if (!result.Applied && await session.Queue.Ask(() => session.OpenFileOf(file)?.Version).ConfigureAwait(false) != version)
        {
            // Not the person refused it, but the editor, as the text was another by then: nothing is lost.
            session.Connection.Notify(LspMethods.WindowShowMessage, new ShowMessageParams(
                MessageType.Warning, $"The scene was changed in the meantime, so the synopsis was not put in. It waits as the proposal {proposal.Id}."));
            return null;
        }

        return result.Applied;
    }
}
