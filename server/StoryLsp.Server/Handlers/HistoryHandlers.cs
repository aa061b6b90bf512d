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
    public static void Register(LanguageConnection connection, EditorSession session, RunDesk desk, CommandTable commands)
    {
        connection.OnRequest(ExtensionMethods.History, (parameters, context) => Task.Run(() => desk.Guarded(async () =>
        {
            var story = await session.StoryFor(parameters.Uri).ConfigureAwait(false);
            return Answer(desk.Of(story).History.Tree, parameters.Branch);
        }), context.CancellationToken));
        commands.Add(StoryCommands.Branch, ExtensionJson.Default.BranchArguments, ExtensionJson.Default.BranchAnswer, "{\"name\": …}", static arguments => arguments.Name is not null,
            (arguments, _) => desk.Guarded(async () =>
            {
                var story = await session.StoryFor(arguments.Uri).ConfigureAwait(false);
                desk.Of(story).History.Tree.CreateBranch(arguments.Name!, arguments.At);
                return new BranchAnswer(arguments.Name!);
            }));
        commands.Add(StoryCommands.Checkout, ExtensionJson.Default.CheckoutArguments, ExtensionJson.Default.CheckoutAnswer, "{\"to\": …}", static arguments => arguments.To is not null,
            (arguments, context) => desk.Guarded(async () =>
            {
                var story = await session.StoryFor(arguments.Uri).ConfigureAwait(false);
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
        var (plan, edit) = await session.Queue.Ask(() =>
        {
            var texts = new Dictionary<string, SourceText?>(StringComparer.Ordinal);
            SourceText? TextOf(string path) => texts.TryGetValue(path, out var text) ? text : texts[path] = StoryTexts.Of(session, story, path);
            var plan = tree.PlanCheckout(to, path => TextOf(path)?.Text, path => session.OpenFileOf(story.AbsolutePath(path)) is null && FileText.Read(story.Root, path).IsUnreadable);
            return (plan, EditConversion.Edit(session, story, (path, span) => Positions.Range(TextOf(path)!, span, session.Client.Encoding), plan.Change));
        }).ConfigureAwait(false);
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
