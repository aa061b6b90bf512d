using System.Text.Json;
using StoryLsp.Pipelines.Files;
using StoryLsp.Pipelines.History;
using StoryLsp.Pipelines.Runs;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Extensions;
using StoryLsp.Server.Runs;
using StoryLsp.Server.Session;

namespace StoryLsp.Server.Handlers;

/// <summary>The requests about pipelines, runs and models.</summary>
internal static class RunRequestHandlers
{
    private const int MostEvents = 1000;

    public static void Register(LanguageConnection connection, EditorSession session, RunDesk desk)
    {
        connection.OnRequest(ExtensionMethods.Pipelines, (parameters, context) => Task.Run(() => desk.Guarded(async () =>
        {
            var story = (await session.StoryFor(parameters.Uri).ConfigureAwait(false)).RequireAi();
            return new PipelinesAnswer([.. PipelineFiles.All(story.Workspace.Current).Select(file => new PipelineJson(file.Name, file.Title, file.Description, file.Input, file.Path))]);
        }), context.CancellationToken));
        connection.OnRequest(ExtensionMethods.Runs, (parameters, context) => Task.Run(() => desk.Guarded(async () =>
        {
            var story = await session.StoryFor(parameters.Uri).ConfigureAwait(false);
            return new RunsAnswer(desk.Of(story) is { HasHistory: true } runs ? [.. runs.Runner.Runs().OrderByDescending(run => run.Started).Select(run => Run(session, story, run))] : []);
        }), context.CancellationToken));
        connection.OnRequest(ExtensionMethods.RunEvents, (parameters, context) => Task.Run(() => desk.Guarded(async () =>
        {
            var story = await session.StoryFor(parameters.Uri).ConfigureAwait(false);
            return Events(desk.Of(story), parameters);
        }), context.CancellationToken));
        connection.OnRequest(ExtensionMethods.Models, (parameters, context) => Task.Run(() => desk.Guarded(async () =>
        {
            var story = (await session.StoryFor(parameters.Uri).ConfigureAwait(false)).RequireAi();
            return await ModelChoice.OfferedAsync(session, story, context.CancellationToken).ConfigureAwait(false);
        }), context.CancellationToken));
    }

    private static RunJson Run(EditorSession session, StoryFolder story, RunSummary run) => new(
        run.Id, run.Pipeline, run.Input, StatusNames.Of(run.Status), run.Step, run.Started, run.Tokens, run.Cost, run.Proposal,
        run.Prompt is { } prompt ? session.UriOf(story.AbsolutePath(prompt)) : null);

    private static RunEventsAnswer Events(StoryRuns runs, RunEventsParams parameters)
    {
        var after = parameters.After ?? 0;
        var events = runs.HasHistory ? runs.History.EventsAfter(after, parameters.Run, Math.Clamp(parameters.Limit ?? MostEvents, 1, MostEvents)) : [];
        return new([.. events.Select(Event)], events.Count == 0 ? after : events[^1].Id);
    }

    private static RunEventJson Event(RunEvent happened) => new(
        happened.Id, happened.Run, happened.Kind, happened.Step < 0 ? null : happened.Step, Data(happened.Data), happened.Correlation, happened.Causation, happened.At);

    private static JsonElement? Data(string data)
    {
        try
        {
            return string.IsNullOrEmpty(data) ? null : JsonDocument.Parse(data).RootElement.Clone();
        }
        catch (JsonException)
        {
            // A damaged entry costs itself alone.
            return null;
        }
    }
}
