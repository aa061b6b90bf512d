using System.Globalization;
using System.Text.Json;
using StoryLsp.Pipelines.Runs;
using StoryLsp.Pipelines.Secrets;
using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Extensions;
using StoryLsp.Server.Proposals;
using StoryLsp.Server.Runs;
using StoryLsp.Server.Session;

namespace StoryLsp.Server.Handlers;

/// <summary><c>textDocument/codeLens</c> and <c>codeLens/resolve</c>: Run, Drop and Change model on the prompt of a paused run; Accept and Reject on the page of a proposal; on all others what <see cref="StoryLenses"/> has.</summary>
internal static class CodeLensHandler
{
    public static void Register(LanguageConnection connection, EditorSession session, RunDesk desk, ProposalDocuments documents)
    {
        connection.OnRequest(LspMethods.TextDocumentCodeLens, (parameters, context) => Task.Run(
            async () => (IReadOnlyList<CodeLens>?)await LensesAsync(session, desk, documents, parameters.TextDocument.Uri, context.CancellationToken).ConfigureAwait(false), context.CancellationToken));
        connection.OnRequest(LspMethods.CodeLensResolve, async (lens, context) =>
            lens.Data is { } data && StoryLenses.Read(data) is { Uri: not null } known
                ? await session.Answer(known.Uri, context, lens, (place, cancel) => StoryLenses.Resolve(place, lens, known, cancel)).ConfigureAwait(false)
                : lens);
    }

    private static async Task<IReadOnlyList<CodeLens>> LensesAsync(EditorSession session, RunDesk desk, ProposalDocuments documents, string uri, CancellationToken cancel)
    {
        if (StoryAddress.Parse(uri) is { } address)
        {
            return address.Page == StoryPage.Proposal ? await OfPageAsync(documents, address.Id).ConfigureAwait(false) : [];
        }

        if (await session.PlaceOf(uri).ConfigureAwait(false) is not { } place)
        {
            return [];
        }

        if (ProposalDocuments.ProposalOf(place.Path) is { } proposal)
        {
            return await OfPageAsync(documents, proposal).ConfigureAwait(false);
        }

        if (PromptBuffers.RunOf(place.Path) is { } run)
        {
            return place.Snapshot.Settings.Ai.Enabled ? OfPrompt(desk.Of(place.Story), run, place.Text.Text) : [];
        }

        return StoryLenses.Of(place, desk, uri, cancel);
    }

    private static IReadOnlyList<CodeLens> OfPrompt(StoryRuns runs, string run, string text)
    {
        if (!runs.HasHistory || runs.Runner.Run(run)?.Status != RunStatus.Paused)
        {
            return [];
        }

        var (prompt, _) = PromptFile.Read(text);
        var tokens = prompt is null ? "" : string.Create(CultureInfo.InvariantCulture, $" ({Tokens.Estimate(prompt.System) + Tokens.Estimate(prompt.User):N0} tokens)");
        return
        [
            Lens(0, "Run" + tokens, StoryCommands.Resume, JsonSerializer.SerializeToElement(new ResumeArguments { Run = run }, ExtensionJson.Default.ResumeArguments)),
            Lens(0, "Drop", StoryCommands.Drop, JsonSerializer.SerializeToElement(new RunReference { Run = run }, ExtensionJson.Default.RunReference)),
            Lens(0, prompt?.Model is { } model ? $"Change model ({model})" : "Change model", StoryCommands.ChangeModel, JsonSerializer.SerializeToElement(new RunReference { Run = run }, ExtensionJson.Default.RunReference)),
        ];
    }

    private static async Task<IReadOnlyList<CodeLens>> OfPageAsync(ProposalDocuments documents, string id)
    {
        if (await documents.FindAsync(id).ConfigureAwait(false) is not { } found || !found.Proposal.Open.Any())
        {
            return [];
        }

        var states = await documents.StatesAsync(found.Story, found.Proposal).ConfigureAwait(false);
        var page = await documents.PageAsync(found.Story, found.Proposal).ConfigureAwait(false);
        var result = new List<CodeLens>();
        if (found.Proposal.Open.Any(hunk => hunk.IsTicked))
        {
            result.Add(Decide(0, found.Proposal.Open.All(hunk => hunk.IsTicked) ? "Accept all" : "Accept what is ticked", StoryCommands.AcceptProposal, id, null));
        }

        result.Add(Decide(0, "Reject all", StoryCommands.RejectProposal, id, null));
        foreach (var hunk in found.Proposal.Open)
        {
            if (states.GetValueOrDefault(hunk.Id) == "open")
            {
                result.Add(Decide(page.Lines[hunk.Id], "Accept", StoryCommands.AcceptProposal, id, [hunk.Id]));
            }

            result.Add(Decide(page.Lines[hunk.Id], "Reject", StoryCommands.RejectProposal, id, [hunk.Id]));
        }

        return result;
    }

    private static CodeLens Decide(int line, string title, string command, string id, IReadOnlyList<int>? hunks) =>
        Lens(line, title, command, JsonSerializer.SerializeToElement(new DecideArguments { Id = id, Hunks = hunks }, ExtensionJson.Default.DecideArguments));

    private static CodeLens Lens(int line, string title, string command, JsonElement argument) => new()
    {
        Range = new LspRange(new Position(line, 0), new Position(line, 0)),
        Command = new Command { Title = title, Identifier = command, Arguments = [argument] },
    };
}
