using StoryLsp.Features.CodeActions;
using StoryLsp.Language.Text;
using StoryLsp.Pipelines.Files;
using StoryLsp.Pipelines.Runs;
using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Extensions;
using StoryLsp.Server.Handlers;
using StoryLsp.Server.Session;

namespace StoryLsp.Server.Runs;

/// <summary>The commands that start a run, go on with one, and end one.</summary>
internal sealed class RunCommands(EditorSession session, RunDesk desk, RunFollowUp followUp)
{
    private const int LooksUntilStopped = 20;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    private readonly string _editor = Guid.NewGuid().ToString("N");

    public void Register(CommandTable commands)
    {
        commands.Add(StoryCommands.Run, ExtensionJson.Default.RunArguments, ExtensionJson.Default.RunAnswer,
            "{\"pipeline\": …}, with `uri` and `container`, or `text`", static arguments => arguments.Pipeline is not null, RunAsync);
        commands.Add(StoryCommands.Resume, ExtensionJson.Default.ResumeArguments, ExtensionJson.Default.RunAnswer,
            "{\"run\": …}", static arguments => arguments.Run is not null, ResumeAsync);
        commands.Add(StoryCommands.Drop, ExtensionJson.Default.RunReference, ExtensionJson.Default.RunState,
            "{\"run\": …}", static arguments => arguments.Run is not null, DropAsync);
        commands.Add(StoryCommands.Cancel, ExtensionJson.Default.RunReference, ExtensionJson.Default.RunState,
            "{\"run\": …}", static arguments => arguments.Run is not null, CancelAsync);
        commands.Add(StoryCommands.ChangeModel, ExtensionJson.Default.RunReference, ExtensionJson.Default.RunState,
            "{\"run\": …}", static arguments => arguments.Run is not null, ChangeModelAsync);
    }

    /// <summary>The story that a run belongs to.</summary>
    public Task<StoryFolder> StoryOfRun(string run) =>
        session.StoryWith(story => desk.Of(story) is { HasHistory: true } runs && runs.History.Run(run) is not null, $"There is no run `{run}` in the opened stories.");

    private Task<RunAnswer> RunAsync(RunArguments arguments, RequestContext context) => desk.Guarded(async () =>
    {
        var story = (await session.StoryFor(arguments.Uri).ConfigureAwait(false)).RequireAi();
        await story.Indexed.WaitAsync(context.CancellationToken).ConfigureAwait(false);
        var snapshot = await session.Queue.Ask(() => story.Workspace.Current).ConfigureAwait(false);
        var pipeline = PipelineFiles.Find(snapshot, arguments.Pipeline!);
        var request = new RunRequest
        {
            Pipeline = arguments.Pipeline!,
            Input = arguments.Text ?? arguments.Container ?? await InputAsync(pipeline, arguments).ConfigureAwait(false),
            Instruction = arguments.Instruction,
            Model = arguments.Model,
            // Who named it may mean the shipped one: what stands in the story's own of that name is read before it is sent.
            Auto = arguments.Auto == true && pipeline?.Replaced() != true,
            IdempotencyKey = arguments.Key,
        };
        var outcome = await desk.RunAsync(story, pipeline?.Title ?? request.Pipeline, request.Pipeline,
            (runner, progress, cancellation) => runner.StartAsync(request, progress, cancellation), context.CancellationToken).ConfigureAwait(false);
        return followUp.Answer(story, request.Pipeline, outcome, context.CancellationToken);
    });

    /// <summary>What the pipeline reads, where the editor has said no more than where the person stands.</summary>
    private async Task<string?> InputAsync(PipelineFile? pipeline, RunArguments arguments)
    {
        if (arguments.Uri is null || await session.PlaceOf(arguments.Uri).ConfigureAwait(false) is not { } place)
        {
            return null;
        }

        var span = arguments.Range is { } range ? place.SpanOf(range) : (TextSpan?)null;
        if (pipeline is not { TakesContainer: true })
        {
            return pipeline?.Input != "findings" ? null
                : span is { } here && PipelineSubjects.FindingsAt(place.Snapshot, session.Findings, place.Path, here) is [var finding, ..]
                    ? PipelineActions.InputOf(place, finding) : place.Path;
        }

        return PipelineSubjects.At(place.Snapshot, place.Path, span ?? default, pipeline.Input) is { } container ? place.Snapshot.IdOf(container) : null;
    }

    private Task<RunAnswer> ResumeAsync(ResumeArguments arguments, RequestContext context) => desk.Guarded(async () =>
    {
        var run = arguments.Run!;
        var story = (await StoryOfRun(run).ConfigureAwait(false)).RequireAi();
        var runs = desk.Of(story);
        var record = runs.History.Run(run)!;
        if (arguments is { Key: null, From: null } && runs.Runner.Run(run) is { Status: RunStatus.Done } ended)
        {
            throw new ResponseErrorException(LSPErrorCodes.RequestFailed, $"The run {run} has ended already{(ended.Proposal is { } proposal ? $", with the proposal {proposal}" : "")}. Nothing was sent.");
        }

        var request = new ResumeRequest
        {
            Key = arguments.Key ?? KeyOf(runs, run),
            PromptText = await PromptBuffers.TextOf(session, story, run).ConfigureAwait(false),
            Model = arguments.Model,
            FromStep = arguments.From,
            Again = arguments.Again == true,
        };
        var title = PipelineFiles.Find(story.Workspace.Current, record.Pipeline)?.Title ?? record.Pipeline;
        var outcome = await desk.RunAsync(story, title, record.Pipeline,
            (runner, progress, cancellation) => runner.ResumeAsync(run, request, progress, cancellation), context.CancellationToken).ConfigureAwait(false);
        return followUp.Answer(story, record.Pipeline, outcome, context.CancellationToken);
    });

    // The same button pressed twice in this editor goes on once; that of another editor is another key, and its person is told who was first. A run that has
    // failed or broken off since then is taken up anew.
    private string? KeyOf(StoryRuns runs, string run)
    {
        var isInterrupted = runs.Runner.Run(run)?.Status == RunStatus.Interrupted;
        return runs.History.EventsAfter(0, run).LastOrDefault(happened => isInterrupted || happened.Kind is "run.paused" or "run.failed" or "run.cancelled") is { } stop
            ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{_editor}-{stop.Id}")
            : null;
    }

    private Task<RunState> DropAsync(RunReference arguments, RequestContext context) => desk.Guarded(async () =>
    {
        var story = await StoryOfRun(arguments.Run!).ConfigureAwait(false);
        var outcome = desk.Of(story).Runner.Drop(arguments.Run!);
        if (outcome.Refused)
        {
            throw new ResponseErrorException(LSPErrorCodes.RequestFailed, outcome.Message ?? "The run is not paused.");
        }

        followUp.Tell(story, outcome);
        return new RunState(outcome.Run, StatusNames.Of(outcome.Status));
    });

    private Task<RunState> CancelAsync(RunReference arguments, RequestContext context) => desk.Guarded(async () =>
    {
        var story = await StoryOfRun(arguments.Run!).ConfigureAwait(false);
        var runner = desk.Of(story).Runner;
        runner.Cancel(arguments.Run!, session.Client.Name);
        return new RunState(arguments.Run!, StatusNames.Of(await StoppedAsync(runner, arguments.Run!, context.CancellationToken).ConfigureAwait(false)));
    });

    // Wherever it is under way it stops within a second; what had ended before stays what it was.
    private static async Task<RunStatus> StoppedAsync(PipelineRunner runner, string run, CancellationToken cancellationToken)
    {
        for (var look = 1; ; look++)
        {
            var status = runner.Run(run)?.Status ?? RunStatus.Cancelled;
            if (look == LooksUntilStopped || status is not (RunStatus.Running or RunStatus.Queued))
            {
                return status;
            }

            await Task.Delay(BetweenLooks, cancellationToken).ConfigureAwait(false);
        }
    }

    private Task<RunState> ChangeModelAsync(RunReference arguments, RequestContext context) => desk.Guarded(async () =>
    {
        var story = (await StoryOfRun(arguments.Run!).ConfigureAwait(false)).RequireAi();
        var model = arguments.Model ?? await ModelChoice.AskAsync(session, story, context.CancellationToken).ConfigureAwait(false);
        if (model is not null)
        {
            await PromptBuffers.ChangeModelAsync(session, story, arguments.Run!, model, context.CancellationToken).ConfigureAwait(false);
        }

        return new RunState(arguments.Run!, StatusNames.Of(desk.Of(story).Runner.Run(arguments.Run!)?.Status ?? RunStatus.Paused), model);
    });
}
