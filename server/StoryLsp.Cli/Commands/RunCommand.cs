using System.CommandLine;
using StoryLsp.Cli.Output;
using StoryLsp.Pipelines.Files;
using StoryLsp.Pipelines.Runs;

namespace StoryLsp.Cli.Commands;

/// <summary><c>storylsp run</c>: a pipeline without an editor. It prints a proposal and changes no file of the story.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var pipeline = new Argument<string?>("PIPELINE") { Arity = ArgumentArity.ZeroOrOne, Description = "The pipeline; without one, all are listed." };
        var path = new Argument<string?>("PATH") { Arity = ArgumentArity.ZeroOrOne, Description = "The story's folder." };
        var input = new Option<string?>("--input") { Description = "What it works on: the id or name of a scene, or of what else the pipeline reads; a text, for pipelines that read one." };
        var instruction = new Option<string?>("--instruction") { Description = "What you want beside it, in your own words; - reads it from stdin." };
        var auto = new Option<bool>("--auto") { Description = "Do not stop for a look at the prompt." };
        var model = new Option<string?>("--model") { Description = "Another model than story.yaml names." };
        var noWait = new Option<bool>("--no-wait") { Description = "Where another run of the story is under way, leave this one queued and return." };
        var key = new Option<string?>("--key") { Description = "The same key gives the same run, however often it is asked." };
        var format = new Option<string>("--format") { DefaultValueFactory = _ => "text", Description = "text or json." };
        format.AcceptOnlyFromAmong("text", "json");
        var command = new Command("run", "Run a pipeline; what it makes is a proposal that you accept or reject.") { pipeline, path, input, instruction, auto, model, noWait, key, format };
        command.SetAction((parsed, cancellation) => parsed.GetValue(pipeline) is not { } name
            ? ListAsync(parsed.GetValue(path), cancellation)
            : RunAsync(
                new RunRequest
                {
                    Pipeline = name,
                    Input = parsed.GetValue(input),
                    Instruction = parsed.GetValue(instruction),
                    Auto = parsed.GetValue(auto),
                    Model = parsed.GetValue(model),
                    NoWait = parsed.GetValue(noWait),
                    IdempotencyKey = parsed.GetValue(key),
                },
                parsed.GetValue(path), parsed.GetValue(format) == "json", cancellation));
        return command;
    }

    private static async Task<int> ListAsync(string? path, CancellationToken cancellationToken)
    {
        await using var story = await OpenStory.OpenAsync(path, cancellationToken).ConfigureAwait(false);
        RequireModels(story);
        foreach (var pipeline in PipelineFiles.All(story.Snapshot))
        {
            Console.Out.WriteLine($"{pipeline.Name,-16} {pipeline.Input,-10} {pipeline.Path ?? "shipped",-24} {pipeline.Description}");
        }

        return 0;
    }

    private static async Task<int> RunAsync(RunRequest request, string? path, bool isJson, CancellationToken cancellationToken)
    {
        await using var story = await OpenStory.OpenAsync(path, cancellationToken).ConfigureAwait(false);
        RequireModels(story);
        request = request with { Instruction = await TextAsync(request.Instruction, cancellationToken).ConfigureAwait(false) };
        if (PipelineFiles.Find(story.Snapshot, request.Pipeline) is { Input: "text" } && request is { Input: null, Instruction: null } && Console.IsInputRedirected)
        {
            request = request with { Instruction = await TextAsync("-", cancellationToken).ConfigureAwait(false) };
        }

        using var runs = StoryRuns.Of(story);
        var outcome = await runs.Runner.StartAsync(request, TerminalRun.OrNull(), cancellationToken).ConfigureAwait(false);
        return RunOutput.Tell(outcome, story.Workspace.Root, isJson);
    }

    private static void RequireModels(OpenStory story)
    {
        if (!story.Snapshot.Settings.Ai.Enabled)
        {
            throw new CommandFailure("this workspace has `ai.enabled: false` in story.yaml, so no step that calls a model is run.");
        }
    }

    private static async Task<string?> TextAsync(string? text, CancellationToken cancellationToken) =>
        text == "-" ? (await Console.In.ReadToEndAsync(cancellationToken).ConfigureAwait(false)).Trim() : text;
}
