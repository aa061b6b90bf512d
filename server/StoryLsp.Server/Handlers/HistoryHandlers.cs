using StoryLsp.Language.Text;
using StoryLsp.Pipelines.History;
using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Conversion;
using StoryLsp.Server.Extensions;
using StoryLsp.Server.Runs;
using StoryLsp.Server.Session;

namespace StoryLsp.Server.Handlers;

/// <summary>The undo tree: what it holds, branches, and how the story's texts are led to one of its events.</summary>
internal static class HistoryHandlers
{
    /// <summary>The branch that a story without a history will begin with; a look does not make the file.</summary>
    private const string MainBranch = "main";

    public static void Register(LanguageConnection connection, EditorSession session, RunDesk desk, CommandTable commands)
    {
        connection.OnRequest(ExtensionMethods.History, (parameters, context) => Task.Run(() => desk.Guarded(async () =>
        {
            var story = await session.StoryFor(parameters.Uri).ConfigureAwait(false);
            var runs = desk.Of(story);
            await runs.Acceptances.RecordedAsync(context.CancellationToken).ConfigureAwait(false);
            return runs.HasHistory ? Answer(runs.History.Tree, parameters.Branch) : new HistoryAnswer(MainBranch, [], []);
        }), context.CancellationToken));
        commands.Add(StoryCommands.Branch, ExtensionJson.Default.BranchArguments, ExtensionJson.Default.BranchAnswer, "{\"name\": …}", static arguments => arguments.Name is not null,
            (arguments, context) => desk.Guarded(async () =>
            {
                var story = await session.StoryFor(arguments.Uri).ConfigureAwait(false);
                // What the person has just accepted belongs to what they branch from.
                await desk.Of(story).Acceptances.RecordedAsync(context.CancellationToken).ConfigureAwait(false);
                desk.Of(story).History.Tree.CreateBranch(arguments.Name!, arguments.At);
                return new BranchAnswer(arguments.Name!);
            }));
        commands.Add(StoryCommands.Checkout, ExtensionJson.Default.CheckoutArguments, ExtensionJson.Default.CheckoutAnswer, "{\"to\": …}", static arguments => arguments.To is not null,
            (arguments, context) => desk.Guarded(async () =>
            {
                var story = await session.StoryFor(arguments.Uri).ConfigureAwait(false);
                await desk.Of(story).Acceptances.RecordedAsync(context.CancellationToken).ConfigureAwait(false);
                return await CheckoutAsync(session, story, desk.Of(story).History.Tree, arguments.To!, context.CancellationToken).ConfigureAwait(false);
            }));
    }

    private static HistoryAnswer Answer(StoryTree tree, string? branch) => new(
        tree.CurrentBranch.Name,
        [.. tree.Branches().Select(one => new BranchJson(one.Name, one.Head))],
        [.. (branch is null ? tree.Events() : tree.Log(branch)).Select(happened => new TreeEventJson(
            happened.Id, happened.Parent is { } parent ? [parent] : [], happened.Branch, happened.Label, happened.Kind, happened.By, happened.Run, happened.Proposal, happened.Kind == TreeEvent.Root ? null : happened.At,
            [.. happened.Files.Select(file => file.Path)]))]);

    private static async Task<CheckoutAnswer> CheckoutAsync(EditorSession session, StoryFolder story, StoryTree tree, string to, CancellationToken cancellationToken)
    {
        var texts = await StoryTexts.TakeAsync(session, story).ConfigureAwait(false);
        var plan = tree.PlanCheckout(to, path => texts.Of(path)?.Text, texts.IsUnreadable);
        var edit = EditConversion.Edit(session, story, (path, span) => Positions.Range(texts.Of(path)!, span, session.Client.Encoding), plan.Change, texts.VersionOf);
        var files = plan.Files.Select(file => file.Path).ToList();
        // What stands there is recorded before the editor writes over it.
        tree.Keep(plan);
        if (files.Count > 0 && !await ApplyAsync(session, plan, edit, to, cancellationToken).ConfigureAwait(false))
        {
            return new CheckoutAnswer(plan.From, files, false);
        }

        return new CheckoutAnswer(tree.Commit(plan), files, true);
    }

    private static async Task<bool> ApplyAsync(EditorSession session, CheckoutPlan plan, WorkspaceEdit? edit, string to, CancellationToken cancellationToken)
    {
        if (edit is null || !session.Client.AppliesEdits)
        {
            throw new ResponseErrorException(LSPErrorCodes.RequestFailed, $"This editor cannot make all the changes that lead there. Save the files and run `storylsp history checkout {to}`.");
        }

        var result = await session.Connection.SendRequestAsync(
            LspMethods.WorkspaceApplyEdit, new ApplyWorkspaceEditParams { Label = $"Check out {to}", Edit = edit }, cancellationToken).ConfigureAwait(false);
        return result.Applied;
    }
}
