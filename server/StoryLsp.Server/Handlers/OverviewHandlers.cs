using System.Text.Json;
using StoryLsp.Continuity.State;
using StoryLsp.Features.Overviews;
using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Extensions;
using StoryLsp.Server.Runs;
using StoryLsp.Server.Session;
using StoryLsp.Server.Views;

namespace StoryLsp.Server.Handlers;

/// <summary><c>storylsp/bible</c>, <c>manuscript</c>, <c>timeline</c>, <c>graph</c>, <c>facts</c>, <c>status</c> and <c>export</c>: what views beside the text show.</summary>
internal static class OverviewHandlers
{
    public static void Register(LanguageConnection connection, EditorSession session, RunDesk desk)
    {
        var late = new LateTotals(session);
        connection.OnRequest(ExtensionMethods.Bible, (parameters, context) => Answer(session, parameters.Uri, context, Bible));
        connection.OnRequest(ExtensionMethods.Manuscript, (parameters, context) => AnswerAsync(session, parameters.Uri, context, (story, cancel) => ManuscriptAsync(story, late, cancel)));
        connection.OnRequest(ExtensionMethods.Timeline, (parameters, context) => Answer(session, parameters.Uri, context, Timeline));
        connection.OnRequest(ExtensionMethods.Graph, (parameters, context) => Answer(session, parameters.Uri, context, (story, cancel) => Graph(story, parameters, cancel)));
        connection.OnRequest(ExtensionMethods.Facts, (parameters, context) => Answer(session, parameters.Uri, context, (story, _) => Facts(story, parameters)));
        connection.OnRequest(ExtensionMethods.Export, (parameters, context) => Answer(session, parameters.Uri, context, (story, cancel) => Export(story, parameters, cancel)));
        connection.OnRequest(ExtensionMethods.Status, (parameters, context) => Task.Run(() => StatusAsync(session, desk, late, parameters, context.CancellationToken), context.CancellationToken));
        ViewNews.Begin(session);
    }

    // What is not read yet would be missing, so the first index is waited for.
    private static Task<T> AnswerAsync<T>(EditorSession session, string? uri, RequestContext context, Func<StoryView, CancellationToken, Task<T>> answer) => Task.Run(
        async () =>
        {
            var story = await session.StoryFor(uri).ConfigureAwait(false);
            await story.Indexed.WaitAsync(context.CancellationToken).ConfigureAwait(false);
            return await answer(await StoryView.OfAsync(session, story, uri).ConfigureAwait(false), context.CancellationToken).ConfigureAwait(false);
        },
        context.CancellationToken);

    private static Task<T> Answer<T>(EditorSession session, string? uri, RequestContext context, Func<StoryView, CancellationToken, T> answer) =>
        AnswerAsync(session, uri, context, (story, cancel) => Task.FromResult(answer(story, cancel)));

    private static BibleAnswer Bible(StoryView story, CancellationToken cancel) =>
        new([.. StoryBible.Of(story.Snapshot, cancel).Select(type => new BibleTypeJson(type.Type, type.Title, [.. type.Entries.Select(entry => new BibleEntryJson(
            story.IdOf(entry.Container), entry.Name, entry.Container.Type, story.UriOf(entry.Container.Path), story.RangeOf(entry.Container), entry.Colour, entry.Detail))]))]);

    private static async Task<ManuscriptAnswer> ManuscriptAsync(StoryView story, LateTotals late, CancellationToken cancel)
    {
        var outline = ManuscriptOutline.Of(story.Snapshot, cancel);
        var totals = await late.OfAsync(story.Story, story.Snapshot, cancel).ConfigureAwait(false);
        return new(outline.Words, outline.Target, [.. outline.Entries.Select(Entry)]);

        ManuscriptEntryJson Entry(ManuscriptEntry entry)
        {
            var count = totals is null ? (FindingCount?)null : entry.CountIn(totals);
            return new(
                entry.Kind.ToString().ToLowerInvariant(), entry.Container is { } own ? story.IdOf(own) : null, entry.Name, story.UriOf(entry.Path), story.RangeOf(entry.Path, entry.Span),
                entry.Words, entry.Target, entry.Status, count?.Errors, count?.Warnings, entry.Children.Count > 0 ? [.. entry.Children.Select(Entry)] : null);
        }
    }

    private static TimelineAnswer Timeline(StoryView story, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return new(
            [.. TimelineOverview.Of(story.Snapshot).Select(moment => new TimelineEntryJson(
                story.IdOf(moment.Container), moment.Name, moment.Container.Type, story.UriOf(moment.Container.Path), story.RangeOf(moment.Container), moment.Start, moment.End, moment.Label,
                moment.Day, moment.Strand, moment.Told, moment.Order, moment.Location is { } place ? story.Thing(place) : null,
                moment.Present.Count > 0 ? [.. moment.Present.Select(story.Thing)] : null))],
            TimelineOverview.Mermaid(story.Snapshot));
    }

    private static GraphAnswer Graph(StoryView story, GraphParams parameters, CancellationToken cancel)
    {
        var graph = GraphOf(story, parameters.Of, parameters.Depth, cancel);
        return new(
            [.. graph.Nodes.Select(node => new GraphNodeJson(story.IdOf(node), StoryBible.NameOf(node), node.Type, story.UriOf(node.Path), story.RangeOf(node), StoryBible.ColourOf(node)))],
            [.. graph.Ties.Select(tie => new GraphEdgeJson(
                story.IdOf(tie.From), story.IdOf(tie.To), tie.Label, tie.Scenes, tie.Path is { } path ? story.UriOf(path) : null, tie.Path is { } at ? story.RangeOf(at, tie.Span) : null))],
            graph.Mermaid());
    }

    private static RelationshipGraph GraphOf(StoryView story, string? of, int? depth, CancellationToken cancel) =>
        of is null ? RelationshipGraph.Of(story.Snapshot, cancel) : RelationshipGraph.Around(story.Snapshot, story.Find(of), depth ?? 1, cancel);

    private static ExportAnswer Export(StoryView story, ExportParams parameters, CancellationToken cancel) => new(parameters.Format switch
    {
        "graph" => GraphOf(story, parameters.Of, parameters.Depth, cancel).Mermaid(),
        "timeline" => TimelineOverview.Mermaid(story.Snapshot),
        _ => throw new ResponseErrorException(ErrorCodes.InvalidParams, "`storylsp/export` takes a `format`: `graph` or `timeline`."),
    });

    private static JsonElement Facts(StoryView story, FactsParams parameters)
    {
        var scene = story.SceneOf(parameters.Scene, parameters.Position);
        var facts = SceneFacts.At(story.Snapshot, scene) ?? throw new ResponseErrorException(LSPErrorCodes.RequestFailed, $"Nothing says when `{scene.Name}` happens. Give it a `when`.");
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            FactsJson.Write(writer, story.Snapshot, scene, parameters.Who is null ? facts.All() : [facts.Of(story.Find(parameters.Who))]);
        }

        return JsonDocument.Parse(buffer.ToArray()).RootElement.Clone();
    }

    // A bar asks for this while the story is being read, so it says how far that is and waits for nothing.
    private static async Task<StatusAnswer> StatusAsync(EditorSession session, RunDesk desk, LateTotals late, StatusParams parameters, CancellationToken cancel)
    {
        var story = await session.StoryFor(parameters.Uri).ConfigureAwait(false);
        var view = await StoryView.OfAsync(session, story, parameters.Uri).ConfigureAwait(false);
        var ai = new StatusAi(view.Snapshot.Settings.Ai.Enabled, view.Snapshot.Settings.Ai.Provider, view.Snapshot.Settings.Ai.Model, desk.Of(story).Open);
        if (!view.Snapshot.IsComplete && !story.IsLoose)
        {
            return new(null, null, null, null, null, new("indexing", view.Snapshot.DocumentCount), ai);
        }

        var outline = ManuscriptOutline.Of(view.Snapshot, cancel);
        var totals = await late.OfAsync(story, view.Snapshot, cancel).ConfigureAwait(false);
        var scene = view.PageAt(parameters.Position) is { } page && outline.Find(page) is { } entry ? new StatusScene(view.IdOf(page), entry.Name, entry.Words, entry.Target) : null;
        return new(outline.Words, outline.Target, scene, totals?.All.Errors, totals?.All.Warnings, new("ready", view.Snapshot.DocumentCount), ai);
    }
}
