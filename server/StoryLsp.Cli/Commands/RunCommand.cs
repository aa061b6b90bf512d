using System.CommandLine;
using StoryLsp.Index;
using StoryLsp.Pipelines.Proposals;
using StoryLsp.Pipelines.Providers;
using StoryLsp.Pipelines.Runs;

namespace StoryLsp.Cli.Commands;

/// <summary><c>storylsp run</c>: a pipeline without an editor. It prints a proposal and changes no file of the story.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var pipeline = new Argument<string>("PIPELINE") { Description = "The pipeline; this version has synopsis." };
        var path = new Argument<string?>("PATH") { Arity = ArgumentArity.ZeroOrOne, Description = "The story's folder." };
        var input = new Option<string?>("--input") { Description = "The id or name of the scene." };
        var auto = new Option<bool>("--auto") { Description = "Do not stop for a look at the prompt; synopsis never does." };
        var format = new Option<string>("--format") { DefaultValueFactory = _ => "text", Description = "text or json." };
        format.AcceptOnlyFromAmong("text", "json");
        var command = new Command("run", "Run a pipeline; what it makes is a proposal that you accept or reject.") { pipeline, path, input, auto, format };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetValue(pipeline)!, parsed.GetValue(path), parsed.GetValue(input), parsed.GetValue(format) == "json", cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string pipeline, string? path, string? input, bool isJson, CancellationToken cancellationToken)
    {
        if (pipeline != SynopsisRun.Pipeline)
        {
            throw new CommandFailure($"there is no pipeline `{pipeline}`. This version has: {SynopsisRun.Pipeline}.");
        }

        if (input is null)
        {
            throw new CommandFailure("say which scene: `storylsp run synopsis --input SCENE`.");
        }

        await using var story = await OpenStory.OpenAsync(path, cancellationToken).ConfigureAwait(false);
        var scene = SceneOf(story.Snapshot, input);
        using var client = ChatClients.Create(story.Snapshot.Settings.Ai, Environment.GetEnvironmentVariable);
        var proposal = await SynopsisRun.RunAsync(story.Snapshot, scene, client, null, cancellationToken).ConfigureAwait(false);
        var file = new ProposalStore(story.Workspace.Root).Save(proposal);
        if (isJson)
        {
            await using var output = Console.OpenStandardOutput();
            ProposalJsonOutput.Write(output, proposal, "done");
        }
        else
        {
            ProposalCommand.Print(proposal);
            Console.Out.WriteLine($"Saved as {file}. Take it with `storylsp proposal accept {proposal.Id}`, or drop it with `storylsp proposal reject {proposal.Id}`.");
        }

        return 0;
    }

    private static Container SceneOf(Snapshot snapshot, string input)
    {
        var found = snapshot.Resolve(input, "scene");
        return found.Kind switch
        {
            ResolutionKind.Resolved => found.Candidates[0],
            ResolutionKind.Ambiguous => throw new CommandFailure($"`{input}` names several scenes: {string.Join(", ", found.Candidates.Select(scene => $"{snapshot.IdOf(scene)} ({scene.Path})"))}. Use an id."),
            ResolutionKind.WrongType => throw new CommandFailure($"`{input}` is a {found.Candidates[0].Type}, not a scene."),
            _ => throw new CommandFailure($"there is no scene `{input}` in this story."),
        };
    }
}
