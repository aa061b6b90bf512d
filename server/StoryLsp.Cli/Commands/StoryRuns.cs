using StoryLsp.Pipelines.History;
using StoryLsp.Pipelines.Providers;
using StoryLsp.Pipelines.Runs;

namespace StoryLsp.Cli.Commands;

/// <summary>The runs of a story that a command has opened.</summary>
internal sealed class StoryRuns : IDisposable
{
    private readonly string _root;

    private StoryRuns(string root, HistoryStore history, PipelineRunner runner)
    {
        _root = root;
        History = history;
        Runner = runner;
    }

    public HistoryStore History { get; }

    public PipelineRunner Runner { get; }

    /// <summary>Opens the history of a story; what is to be said about it goes to stderr.</summary>
    public static StoryRuns Of(OpenStory story)
    {
        var history = HistoryStore.Open(story.Workspace.Root);
        if (history.Notice is { } notice)
        {
            Console.Error.WriteLine("storylsp: " + notice);
        }

        return new(story.Workspace.Root, history, new PipelineRunner(new RunnerOptions
        {
            Snapshot = story.TodayAsync,
            Root = story.Workspace.Root,
            History = history,
            Clients = new ChatClients(Environment.GetEnvironmentVariable).Create,
            Findings = story.Findings,
            By = Who(),
        }));
    }

    /// <summary>Who works here, as another person is told it.</summary>
    public static string Who() => $"{Environment.UserName} on {Environment.MachineName} (storylsp, process {Environment.ProcessId})";

    /// <summary>A run whose prompt can be opened from whatever folder the caller stands in.</summary>
    public RunSummary FromAnywhere(RunSummary run) => run.Prompt is { } prompt ? run with { Prompt = Path.Combine(_root, prompt) } : run;

    public void Dispose() => History.Dispose();
}

/// <summary>What a run is doing, on stderr, where a person looks at it.</summary>
internal sealed class TerminalRun : IProgress<RunUpdate>
{
    private string _last = "";

    public static TerminalRun? OrNull() => Console.IsErrorRedirected ? null : new TerminalRun();

    public void Report(RunUpdate value)
    {
        if (value.Text is { } text)
        {
            Console.Error.Write(text);
        }
        else if (value.Message != _last)
        {
            _last = value.Message;
            Console.Error.WriteLine($"{(value.Step < 0 ? "" : value.StepKind + ": ")}{value.Message}");
        }
    }
}
