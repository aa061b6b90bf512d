using System.CommandLine;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using StoryLsp.Cli.Output;
using StoryLsp.Index;
using StoryLsp.Pipelines.History;
using StoryLsp.Pipelines.Runs;

namespace StoryLsp.Cli.Commands;

/// <summary><c>storylsp runs</c>: what was run in a story, what waits, and what it has cost.</summary>
internal static class RunsCommand
{
    private static readonly JsonWriterOptions Readable = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create()
    {
        var path = new Option<string?>("--path") { Description = "The story's folder; the current folder when left out." };
        var id = new Argument<string>("ID") { Description = "The run's id." };
        var after = new Option<long>("--after") { Description = "Only events after this one." };
        var format = new Option<string>("--format") { DefaultValueFactory = _ => "text", Description = "text or json." };
        format.AcceptOnlyFromAmong("text", "json");
        var command = new Command("runs", "List the runs of a story, newest first.") { path, format };
        command.SetAction((parsed, cancellation) => WithAsync(parsed.GetValue(path), runs => List(runs, parsed.GetValue(format) == "json"), cancellation));
        var show = new Command("show", "Show a run: its steps, events, tokens and cost.") { id, path, format };
        show.SetAction((parsed, cancellation) => WithAsync(parsed.GetValue(path), runs => Show(runs, parsed.GetValue(id)!, parsed.GetValue(format) == "json"), cancellation));
        var cancel = new Command("cancel", "Stop a run, in whatever process it is under way.") { id, path };
        cancel.SetAction((parsed, cancellation) => WithAsync(parsed.GetValue(path), runs => Cancel(runs, parsed.GetValue(id)!), cancellation));
        var events = new Command("events", "Print the events of all runs, oldest first.") { path, after, format };
        events.SetAction((parsed, cancellation) => WithAsync(parsed.GetValue(path), runs => Events(runs.History.EventsAfter(parsed.GetValue(after)), parsed.GetValue(format) == "json"), cancellation));
        command.Add(show);
        command.Add(cancel);
        command.Add(events);
        return command;
    }

    private static async Task<int> WithAsync(string? path, Func<StoryRuns, int> work, CancellationToken cancellationToken)
    {
        await using var story = OpenStory.Open(path);
        cancellationToken.ThrowIfCancellationRequested();
        using var runs = StoryRuns.Of(story);
        return work(runs);
    }

    private static int List(StoryRuns runs, bool isJson)
    {
        var all = runs.Runner.Runs().Select(runs.FromAnywhere).ToList();
        if (isJson)
        {
            Json(writer =>
            {
                writer.WriteStartArray();
                foreach (var run in all)
                {
                    Write(writer, run, null);
                }

                writer.WriteEndArray();
            });
            return 0;
        }

        foreach (var run in all)
        {
            Console.Out.WriteLine(Line(run));
        }

        return 0;
    }

    private static int Show(StoryRuns runs, string id, bool isJson)
    {
        var run = runs.FromAnywhere(runs.Runner.Run(id) ?? throw new CommandFailure($"there is no run `{id}`. See `storylsp runs`."));
        var events = All(runs.History, id);
        if (isJson)
        {
            Json(writer => Write(writer, run, events));
            return 0;
        }

        Console.Out.WriteLine(Line(run));
        Console.Out.WriteLine($"steps: {string.Join(" → ", runs.Runner.StepsOf(id).Select(step => $"{step.Index} {step.Kind}"))}");
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"tokens: {run.Tokens}{(run.Cost is { } cost ? $", cost: {cost}" : "")}"));
        return Events(events, false);
    }

    private static int Cancel(StoryRuns runs, string id)
    {
        runs.Runner.Cancel(id, StoryRuns.Who());
        Console.Out.WriteLine($"{id} {RunOutput.Word(runs.Runner.Run(id)!.Status) switch { "running" or "queued" => "stops", var word => word }}");
        return 0;
    }

    private static int Events(IReadOnlyList<RunEvent> events, bool isJson)
    {
        if (isJson)
        {
            Json(writer =>
            {
                writer.WriteStartArray();
                foreach (var happened in events)
                {
                    Write(writer, happened);
                }

                writer.WriteEndArray();
            });
            return 0;
        }

        foreach (var happened in events)
        {
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{happened.Id,6}  {happened.At:yyyy-MM-dd HH:mm:ss}  {happened.Run}  {happened.Kind}{(happened.Step < 0 ? "" : $" {happened.Step}")}  {happened.Data}"));
        }

        return 0;
    }

    private static List<RunEvent> All(HistoryStore history, string run)
    {
        var result = new List<RunEvent>();
        while (history.EventsAfter(result.Count == 0 ? 0 : result[^1].Id, run) is { Count: > 0 } more)
        {
            result.AddRange(more);
        }

        return result;
    }

    private static string Line(RunSummary run) => string.Create(CultureInfo.InvariantCulture,
        $"{run.Id}  {RunOutput.Word(run.Status),-11}  {run.Started:yyyy-MM-dd HH:mm}  {run.Pipeline} of {run.Input}{(run.Proposal is { } proposal ? $"  proposal {proposal}" : "")}{(run.Prompt is { } prompt ? $"  prompt {prompt}" : "")}");

    private static void Write(Utf8JsonWriter writer, RunSummary run, List<RunEvent>? events)
    {
        writer.WriteStartObject();
        writer.WriteString("run", run.Id);
        writer.WriteString("pipeline", run.Pipeline);
        writer.WriteString("input", run.Input);
        writer.WriteString("status", RunOutput.Word(run.Status));
        writer.WriteNumber("step", run.Step);
        writer.WriteString("started", run.Started);
        writer.WriteNumber("tokens", run.Tokens);
        if (run.Cost is { } cost)
        {
            writer.WriteNumber("cost", cost);
        }

        if (run.Proposal is { } proposal)
        {
            writer.WriteString("proposal", proposal);
        }

        if (run.Prompt is { } prompt)
        {
            writer.WriteString("prompt", prompt);
        }

        if (events is not null)
        {
            writer.WriteStartArray("events");
            foreach (var happened in events)
            {
                Write(writer, happened);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, RunEvent happened)
    {
        writer.WriteStartObject();
        writer.WriteNumber("id", happened.Id);
        writer.WriteString("run", happened.Run);
        writer.WriteString("kind", happened.Kind);
        if (happened.Step >= 0)
        {
            writer.WriteNumber("step", happened.Step);
        }

        writer.WriteString("at", happened.At);
        writer.WriteString("correlation", happened.Correlation);
        writer.WritePropertyName("data");
        writer.WriteRawValue(happened.Data);
        writer.WriteEndObject();
    }

    private static void Json(Action<Utf8JsonWriter> write)
    {
        using var output = Console.OpenStandardOutput();
        using (var writer = new Utf8JsonWriter(output, Readable))
        {
            write(writer);
        }

        output.WriteByte((byte)'\n');
    }
}
