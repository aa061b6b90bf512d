using System.Text.Json;
using StoryLsp.Features.CodeActions;
using StoryLsp.Features.CodeLenses;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Pipelines.Files;
using StoryLsp.Pipelines.Runs;
using StoryLsp.Protocol;
using StoryLsp.Server.Extensions;
using StoryLsp.Server.Runs;
using StoryLsp.Server.Session;

namespace StoryLsp.Server.Handlers;

/// <summary>The lenses of the story's own documents: what is counted, found out when it is looked at, and the next step of a scene.</summary>
internal static class StoryLenses
{
    private const string Draft = "draft-scene";

    /// <summary>The lenses of a document.</summary>
    public static IReadOnlyList<CodeLens> Of(Place place, RunDesk desk, string uri, CancellationToken cancel)
    {
        var result = new List<CodeLens>();
        foreach (var lens in Lenses.In(place.Snapshot, place.Path, cancel))
        {
            result.Add(new CodeLens
            {
                Range = place.RangeOf(lens.Span),
                Data = JsonSerializer.SerializeToElement(new LensData(uri, (int)lens.Kind, Named(place.Snapshot, lens.Container)), ServerJson.Default.LensData),
            });
        }

        if (place.Snapshot is { IsComplete: true, Settings.Ai.Enabled: true } && !place.Story.IsLoose)
        {
            result.AddRange(NextSteps(place, desk, uri, cancel));
        }

        return result;
    }

    /// <summary>A lens with what it says, of the container that it was offered for, wherever that stands by now.</summary>
    public static CodeLens Resolve(Place place, CodeLens lens, LensData data, CancellationToken cancel)
    {
        var container = place.Snapshot.ContainersIn(place.Path).FirstOrDefault(container => Named(place.Snapshot, container.Key) == data.Id);
        var content = container is not null && Enum.IsDefined((LensKind)data.Kind) ? LensContents.Of(place.Snapshot, (LensKind)data.Kind, container.Key, cancel) : null;
        // An editor that lists lenses shows this one until it asks for them anew; whoever chooses it is led to where it stands.
        return lens with { Command = content is null ? ShowCommand.To("Nothing to count any more", data.Uri, lens.Range) : Show(place, lens, content, data.Uri) };
    }

    private static string Named(Snapshot snapshot, ContainerKey key) => snapshot.ContainersIn(key.Path).ElementAtOrDefault(key.Index) is { } container ? snapshot.IdOf(container) : "";

    /// <summary>Reads what a lens carries; null where that is none of ours.</summary>
    public static LensData? Read(JsonElement data)
    {
        try
        {
            return data.Deserialize(ServerJson.Default.LensData);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Command Show(Place place, CodeLens lens, LensContent content, string uri)
    {
        var places = content.Places.Select(one => place.LocationOf(one.Path, one.Span)).ToList();
        if (places.Count > 1 && place.Session.Client.Extensions.ShowPlaces)
        {
            var shown = new PlacesArguments { Uri = uri, Position = lens.Range.Start, Places = places };
            return new Command { Title = content.Title, Identifier = ClientCommands.ShowPlaces, Arguments = [JsonSerializer.SerializeToElement(shown, ExtensionJson.Default.PlacesArguments)] };
        }

        return places.Count == 0 ? ShowCommand.To(content.Title, uri, lens.Range) : ShowCommand.To(content.Title, places[0].Uri, places[0].Range);
    }

    // A run that waits for the person comes first; a scene that is planned and not written may be drafted.
    private static IEnumerable<CodeLens> NextSteps(Place place, RunDesk desk, string uri, CancellationToken cancel)
    {
        var waiting = desk.Of(place.Story).Waiting();
        foreach (var container in place.Snapshot.ContainersIn(place.Path))
        {
            cancel.ThrowIfCancellationRequested();
            var line = place.RangeOf(container.Fact.SelectionSpan);
            var runs = waiting.Count == 0 ? [] : waiting.Where(run => run.Input == place.Snapshot.IdOf(container)).ToList();
            foreach (var run in runs)
            {
                var title = PipelineFiles.Find(place.Snapshot, run.Pipeline)?.Title ?? run.Pipeline;
                yield return new CodeLens
                {
                    Range = line,
                    Command = new Command
                    {
                        Title = $"Run the next step: {title}",
                        Identifier = StoryCommands.Resume,
                        Arguments = [JsonSerializer.SerializeToElement(new ResumeArguments { Run = run.Id }, ExtensionJson.Default.ResumeArguments)],
                    },
                };
                yield return new CodeLens { Range = line, Command = ShowCommand.To("Look at its prompt", place.UriOf(PromptFile.PathOf(run.Id)), null) };
            }

            if (runs.Count == 0 && IsToBeWritten(place.Snapshot, container) && PipelineFiles.Find(place.Snapshot, Draft) is { TakesContainer: true } draft)
            {
                var arguments = new RunArguments { Pipeline = Draft, Uri = uri, Container = place.Snapshot.IdOf(container) };
                yield return new CodeLens
                {
                    Range = line,
                    Command = new Command { Title = draft.Title, Identifier = StoryCommands.Run, Arguments = [JsonSerializer.SerializeToElement(arguments, ExtensionJson.Default.RunArguments)] },
                };
            }
        }
    }

    // A scene on a card alone is written elsewhere, or not at all.
    private static bool IsToBeWritten(Snapshot snapshot, Container container) =>
        container.Fact.Origin is ContainerOrigin.MarkdownFile or ContainerOrigin.Heading && snapshot.Schemas.IsKindOf(container.Type, "scene") &&
        container.Fact.Field("synopsis") is not null && !PipelineSubjects.HasProse(container);
}
