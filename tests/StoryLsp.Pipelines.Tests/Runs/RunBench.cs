using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using StoryLsp.Continuity;
using StoryLsp.Index;
using StoryLsp.Pipelines.History;
using StoryLsp.Pipelines.Offline;
using StoryLsp.Pipelines.Providers;
using StoryLsp.Pipelines.Runs;
using StoryLsp.Pipelines.Secrets;

namespace StoryLsp.Pipelines.Tests.Runs;

/// <summary>A story in memory with a history on the disk, and runners of it: as many as there are editors.</summary>
internal sealed class RunBench : IDisposable
{
    private readonly List<HistoryStore> _stores = [];

    public RunBench(string fixture, IChatClient? client = null)
        : this(FixtureWorkspace.Of(fixture), client)
    {
    }

    public RunBench(FixtureWorkspace workspace, IChatClient? client = null)
    {
        Root = Directory.CreateTempSubdirectory("storylsp-run-").FullName;
        Workspace = workspace;
        Client = client ?? new OfflineChatClient();
        History = Store();
        Runner = NewRunner(History);
    }

    public string Root { get; }

    public FixtureWorkspace Workspace { get; set; }

    public IChatClient Client { get; set; }

    public HistoryStore History { get; }

    public PipelineRunner Runner { get; }

    public List<RunUpdate> Updates { get; } = [];

    public IProgress<RunUpdate> Progress => new Told(Updates);

    public static string Story(string files) => "//- story.yaml\nstory: 1\n" + files;

    public HistoryStore Store(Action<string>? fault = null)
    {
        var store = HistoryStore.Open(Root, null, fault);
        _stores.Add(store);
        return store;
    }

    public PipelineRunner NewRunner(HistoryStore history, string by = "ada", TimeProvider? time = null) => new(new RunnerOptions
    {
        Snapshot = _ => Task.FromResult(Workspace.Snapshot),
        Root = Root,
        History = history,
        Clients = request => new FirewallChatClient(new Kept(Client), request.Secrets!),
        Findings = new Findings(),
        By = by,
        Time = time ?? TimeProvider.System,
        CancelPoll = TimeSpan.FromMilliseconds(20),
    });

    public Task<RunOutcome> RunAsync(string pipeline, string? input = null, bool auto = true, string? instruction = null) =>
        Runner.StartAsync(new RunRequest { Pipeline = pipeline, Input = input, Auto = auto, Instruction = instruction }, Progress, CancellationToken.None);

    public string PathOf(string file) => Path.Combine(Root, file);

    public IReadOnlyList<string> Kinds(string run) => [.. History.EventsAfter(0, run).Select(happened => happened.Kind)];

    /// <summary>All that the history holds, as one text.</summary>
    public string Everything() => string.Join('\n', History.Runs().SelectMany(run => History.Artifacts(run.Id).Select(artifact => artifact.Content).Append(run.ToString()))
        .Concat(History.EventsAfter(0).Select(happened => happened.ToString())));

    public void Dispose()
    {
        _stores.ForEach(store => store.Dispose());
        Directory.Delete(Root, true);
    }

    private sealed class Told(List<RunUpdate> updates) : IProgress<RunUpdate>
    {
        public void Report(RunUpdate value)
        {
            lock (updates)
            {
                updates.Add(value);
            }
        }
    }

    /// <summary>The runner lets go of its clients; the bench's client lives on.</summary>
    private sealed class Kept(IChatClient inner) : DelegatingChatClient(inner)
    {
        protected override void Dispose(bool disposing)
        {
        }
    }
}

/// <summary>Answers from a script, and remembers what it was asked.</summary>
internal sealed class ScriptedClient(params string[] answers) : IChatClient
{
    private int _next;

    /// <summary>Called before each answer, with its number from 0.</summary>
    public Func<int, CancellationToken, Task>? Before { get; init; }

    public List<IReadOnlyList<ChatMessage>> Asked { get; } = [];

    public List<ChatOptions?> Options { get; } = [];

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        int number;
        lock (Asked)
        {
            number = _next++;
            Asked.Add([.. messages]);
            Options.Add(options);
        }

        if (Before is not null)
        {
            await Before(number, cancellationToken);
        }

        cancellationToken.ThrowIfCancellationRequested();
        var answer = answers[Math.Min(number, answers.Length - 1)];
        for (var at = 0; at < answer.Length; at += 40)
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, answer.Substring(at, Math.Min(40, answer.Length - at))) { ModelId = "scripted" };
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
