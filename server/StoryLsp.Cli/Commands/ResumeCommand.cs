using System.CommandLine;
using System.Globalization;
using StoryLsp.Cli.Output;
using StoryLsp.Pipelines.Files;
using StoryLsp.Pipelines.Runs;

namespace StoryLsp.Cli.Commands;

/// <summary><c>storylsp resume</c>: goes on with a run that waits, that broke off, or that is to be done again from a step.</summary>
internal static class ResumeCommand
{
    public static Command Create()
    {
        var id = new Argument<string>("ID") { Description = "The run's id; see `storylsp runs`." };
        var path = new Option<string?>("--path") { Description = "The story's folder; the current folder when left out." };
        var key = new Option<string?>("--key") { Description = "The same key does one thing, however often it is asked." };
        var from = new Option<string?>("--from") { Description = "Do everything from this step on again: its number (from 0) or its word, as generate." };
        var model = new Option<string?>("--model") { Description = "Another model." };
        var prompt = new Option<string?>("--prompt") { Description = "A file with the prompt as you want it; the run's own prompt file when left out." };
        var drop = new Option<bool>("--drop") { Description = "Give the run up instead." };
        var again = new Option<bool>("--again") { Description = "Go on although the time to do so has run out." };
        var format = new Option<string>("--format") { DefaultValueFactory = _ => "text", Description = "text or json." };
        format.AcceptOnlyFromAmong("text", "json");
        var command = new Command("resume", "Go on with a run that waits for you, or that broke off.") { id, path, key, from, model, prompt, drop, again, format };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetValue(id)!,
            new ResumeRequest { Key = parsed.GetValue(key), Model = parsed.GetValue(model), PromptText = Read(parsed.GetValue(prompt)), Again = parsed.GetValue(again) },
            parsed.GetValue(from), parsed.GetValue(drop), parsed.GetValue(path), parsed.GetValue(format) == "json", cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string id, ResumeRequest request, string? from, bool isDrop, string? path, bool isJson, CancellationToken cancellationToken)
    {
        await using var story = await OpenStory.OpenAsync(path, cancellationToken).ConfigureAwait(false);
        using var runs = StoryRuns.Of(story);
        if (from is not null)
        {
            request = request with { FromStep = StepOf(runs, id, from) };
        }

        var outcome = isDrop ? runs.Runner.Drop(id) : await runs.Runner.ResumeAsync(id, request, TerminalRun.OrNull(), cancellationToken).ConfigureAwait(false);
        var code = RunOutput.Tell(outcome, story.Workspace.Root, isJson);
        return !isDrop ? code : outcome.Status == RunStatus.Cancelled ? 0 : 1;
    }

    private static int StepOf(StoryRuns runs, string id, string from)
    {
        if (int.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        return runs.Runner.StepsOf(id).FirstOrDefault(step => step.Kind == from) is { } step
            ? step.Index
            : throw new CommandFailure($"this run has no step `{from}`. It has {string.Join(", ", runs.Runner.StepsOf(id).Select(one => $"{one.Index} {one.Kind}"))}.");
    }

    private static string? Read(string? file)
    {
        if (file is null)
        {
            return null;
        }

        return File.Exists(file) ? File.ReadAllText(file) : throw new CommandFailure($"there is no file `{file}`.");
    }
}
