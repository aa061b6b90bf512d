using System.CommandLine;
using StoryLsp.Features.Overviews;

namespace StoryLsp.Cli.Commands;

/// <summary><c>storylsp export</c>: the story in another form, on stdout.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var format = new Argument<string>("FORMAT") { Description = "graph (who is what to whom, and who shares scenes) or timeline (what happens when), as Mermaid text." };
        format.AcceptOnlyFromAmong("graph", "timeline");
        var path = new Argument<string?>("PATH") { Arity = ArgumentArity.ZeroOrOne, Description = "The story's folder; the current folder when left out." };
        var of = new Option<string?>("--of") { HelpName = "ID", Description = "graph: only what lies around this character, place or thing, or who is in this scene." };
        var depth = new Option<int>("--depth") { DefaultValueFactory = _ => 1, Description = $"graph: how many steps around it, from 1 to {RelationshipGraph.MostSteps}." };
        depth.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > RelationshipGraph.MostSteps)
            {
                result.AddError($"`--depth` is from 1 to {RelationshipGraph.MostSteps}.");
            }
        });
        var command = new Command("export", "Write the relationships or the timeline of a story as Mermaid text, which many wikis and editors draw.") { format, path, of, depth };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(format)!, parsed.GetValue(path), parsed.GetValue(of), parsed.GetValue(depth), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string format, string? path, string? of, int depth, CancellationToken cancellationToken)
    {
        if (format != "graph" && of is not null)
        {
            throw new CommandFailure("`--of` belongs to `storylsp export graph`.");
        }

        await using var story = await OpenStory.OpenAsync(path, cancellationToken).ConfigureAwait(false);
        Console.Out.Write(format == "timeline" ? TimelineOverview.Mermaid(story.Snapshot)
            : (of is null ? RelationshipGraph.Of(story.Snapshot, cancellationToken) : RelationshipGraph.Around(story.Snapshot, story.Find(of), depth, cancellationToken)).Mermaid());
        return 0;
    }
}
