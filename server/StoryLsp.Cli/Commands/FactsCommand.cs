using System.CommandLine;
using System.Text.Json;
using Humanizer;
using StoryLsp.Cli.Output;
using StoryLsp.Continuity.State;
using StoryLsp.Features.Overviews;
using StoryLsp.Index;

namespace StoryLsp.Cli.Commands;

/// <summary><c>storylsp facts</c>: the state of the world as of a scene.</summary>
internal static class FactsCommand
{
    private static readonly string[] SceneTypes = ["scene", "event"];

    public static Command Create()
    {
        var path = new Argument<string?>("PATH") { Arity = ArgumentArity.ZeroOrOne, Description = "The story's folder; the current folder when left out." };
        var at = new Option<string>("--at") { Required = true, HelpName = "SCENE", Description = "The scene or event, by its id or name; what holds when it begins." };
        var who = new Option<string?>("--who") { HelpName = "ID", Description = "Only this character, item or place." };
        var format = new Option<string>("--format") { DefaultValueFactory = _ => "text", Description = "text or json." };
        format.AcceptOnlyFromAmong("text", "json");
        var command = new Command("facts", "Show who is alive, where, how old, and who has and knows what, when a scene begins.") { path, at, who, format };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(path), parsed.GetValue(at)!, parsed.GetValue(who), parsed.GetValue(format) == "json", cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string? path, string at, string? who, bool isJson, CancellationToken cancellationToken)
    {
        await using var story = await OpenStory.OpenAsync(path, cancellationToken).ConfigureAwait(false);
        var scene = SceneOf(story.Snapshot, at);
        var facts = SceneFacts.At(story.Snapshot, scene) ?? throw new CommandFailure($"nothing says when `{at}` happens. Give it a `when`.");
        var shown = who is null ? facts.All().ToList() : [facts.Of(story.Find(who))];
        if (isJson)
        {
            await using var output = Console.OpenStandardOutput();
            WriteJson(output, story.Snapshot, scene, shown);
        }
        else
        {
            WriteText(story.Snapshot, facts, shown);
        }

        return 0;
    }

    private static Container SceneOf(Snapshot snapshot, string name)
    {
        foreach (var type in SceneTypes)
        {
            if (snapshot.Resolve(name, type) is { Kind: ResolutionKind.Resolved or ResolutionKind.Ambiguous })
            {
                return OpenStory.Find(snapshot, name, type, "no scene or event has");
            }
        }

        throw new CommandFailure($"no scene or event has the id or name `{name}`. `storylsp query \"select id from containers where type = 'scene'\"` lists the scenes.");
    }

    private static void WriteJson(Stream output, Snapshot snapshot, Container scene, IEnumerable<ContainerFacts> all)
    {
        using (var writer = new Utf8JsonWriter(output, JsonFindings.Options))
        {
            FactsJson.Write(writer, snapshot, scene, all);
        }

        output.WriteByte((byte)'\n');
    }

    private static void WriteText(Snapshot snapshot, SceneFacts facts, List<ContainerFacts> all)
    {
        Console.Out.WriteLine("When " + facts.Title + " begins:");
        foreach (var one in all)
        {
            var name = snapshot.IdOf(one.Container) == one.Container.Name ? one.Container.Name : $"{one.Container.Name} ({snapshot.IdOf(one.Container)})";
            Console.Out.WriteLine();
            Console.Out.WriteLine(name);
            foreach (var line in Lines(one).DefaultIfEmpty("nothing is known"))
            {
                Console.Out.WriteLine("  " + line);
            }
        }
    }

    private static IEnumerable<string> Lines(ContainerFacts facts)
    {
        if (Life(facts) is { Length: > 0 } life)
        {
            yield return life;
        }

        if (facts.Holds.Count > 0)
        {
            yield return "has " + Names(facts.Holds);
        }

        if (facts.Knows.Count > 0)
        {
            yield return "knows: " + string.Join("; ", facts.Knows.Select(fact => fact.Name));
        }

        if (facts.Injuries.Count > 0)
        {
            yield return "hurt: " + string.Join(", ", facts.Injuries);
        }

        foreach (var (field, value) in facts.Fields)
        {
            yield return $"{field}: {value}";
        }
    }

    private static string Life(ContainerFacts facts)
    {
        var life = (facts.IsAlive, facts.Died) switch
        {
            (true, _) => "alive",
            (false, { } died) => "dead: died " + died.Replace("*", "", StringComparison.Ordinal),
            (false, null) => "not yet born",
            _ => "",
        };
        var parts = new[] { life, facts.Age is { } age ? "year".ToQuantity(age) + " old" : "", facts.Location is { } place ? "at " + place.Name : "" };
        return string.Join(", ", parts.Where(part => part.Length > 0));
    }

    private static string Names(IEnumerable<Container> containers) => containers.Select(container => container.Name).Humanize("and");
}
