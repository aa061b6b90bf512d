using System.Collections.Concurrent;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using StoryLsp.Pipelines.Files;
using StoryLsp.Pipelines.History;
using StoryLsp.Pipelines.Providers;
using StoryLsp.Pipelines.Runs;
using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Chat;
using StoryLsp.Server.Extensions;
using StoryLsp.Server.Session;

namespace StoryLsp.Server.Runs;

/// <summary>Runs the pipelines of the opened stories, with progress that a person sees and can cancel.</summary>
internal sealed class RunDesk : IAsyncDisposable
{
    private readonly EditorSession _session;
    private readonly EditorSecrets _secrets;
    private readonly ChatClients _clients;
    private readonly ConcurrentDictionary<StoryFolder, StoryRuns> _stories = new();
    private readonly ConcurrentDictionary<string, byte> _own = new(StringComparer.Ordinal);

    public RunDesk(EditorSession session, LanguageServerOptions options)
    {
        _session = session;
        _secrets = new EditorSecrets(session.Connection, () => session.Client.Extensions.Secrets, options.Environment);
        _clients = new ChatClients(_secrets.Find, editor: request => new EditorChatClient(session.Connection, Parts, session.Client.Extensions.Chat, PurposeOf(request)));
        session.StoryClosed += Close;
        session.Connection.OnNotification(ExtensionMethods.ChatPart, Parts.Take);
    }

    /// <summary>The answers that the editor's models are writing.</summary>
    public ChatParts Parts { get; } = new();

    /// <summary>The runs of a story.</summary>
    public StoryRuns Of(StoryFolder story) => _stories.GetOrAdd(story, opened => new StoryRuns(opened, _session.Connection.Closing, runs => Runner(opened, runs), notice => Windows.Say(_session, MessageType.Warning, notice)));

    /// <summary>Whether a run was started, or gone on with, by this editor.</summary>
    public bool IsOwn(string run) => _own.ContainsKey(run);

    /// <summary>Runs a stretch of a run, and gives its answer when it pauses or ends.</summary>
    /// <param name="story">The story.</param>
    /// <param name="title">What the progress is called.</param>
    /// <param name="pipeline">The pipeline's name.</param>
    /// <param name="work">The stretch.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <exception cref="ResponseErrorException">It could not be run at all; the message says why.</exception>
    public async Task<RunOutcome> RunAsync(
        StoryFolder story, string title, string pipeline, Func<PipelineRunner, IProgress<RunUpdate>, CancellationToken, Task<RunOutcome>> work, CancellationToken cancellationToken)
    {
        var runs = Of(story);
        using var shown = _session.Client.ShowsProgress ? _session.Connection.StartProgress(title, isCancellable: true) : null;
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, shown?.CancellationToken ?? CancellationToken.None, runs.Ending);
        var reporter = new RunReporter(_session.Connection, pipeline, shown);
        var outcome = await runs.UnderWayAsync(work(runs.Runner, new OwnRuns(this, reporter), both.Token)).ConfigureAwait(false);
        reporter.Flush();
        _own[outcome.Run] = 0;
        return outcome.Refused
            ? throw new ResponseErrorException(LSPErrorCodes.RequestFailed, outcome.Message ?? "The run cannot be started.")
            : outcome;
    }

    /// <summary>Does something with a story's runs, and turns what can go wrong into a sentence for the person.</summary>
    public async Task<T> Guarded<T>(Func<Task<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (ProviderException exception)
        {
            _session.Log.Refused(exception.Failure, exception.Message);
            throw new ResponseErrorException(LSPErrorCodes.RequestFailed, exception.Message);
        }
        catch (HistoryException exception)
        {
            _session.Log.LogWarning("The history: {Message}", exception.Message);
            throw new ResponseErrorException(LSPErrorCodes.RequestFailed, exception.Message);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ResponseErrorException(LSPErrorCodes.RequestFailed, "The folder .story of the story cannot be written: " + exception.Message);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_stories.Values.Select(runs => runs.DisposeAsync().AsTask())).ConfigureAwait(false);
        _secrets.Dispose();
    }

    // In the background: what is typed does not wait for a run that ends.
    private void Close(StoryFolder story)
    {
        if (_stories.TryRemove(story, out var runs))
        {
            _ = Task.Run(runs.DisposeAsync);
        }
    }

    private PipelineRunner Runner(StoryFolder story, StoryRuns runs) => new(new RunnerOptions
    {
        Root = story.Root,
        Snapshot = async cancellationToken =>
        {
            await story.Indexed.WaitAsync(cancellationToken).ConfigureAwait(false);
            return await _session.Queue.Ask(() => story.Workspace.Current).ConfigureAwait(false);
        },
        History = runs.History,
        Ending = runs.Ending,
        Clients = Client,
        Findings = _session.Findings,
        By = _session.Client.Name,
    });

    private ChatPurpose PurposeOf(ProviderRequest? request)
    {
        if (request is null)
        {
            return new("", false);
        }

        var history = _stories.Values.FirstOrDefault(runs => runs.Root == request.Snapshot.Root)?.History;
        var name = history?.Run(request.Run)?.Pipeline ?? "";
        return new(
            PipelineFiles.Find(request.Snapshot, name)?.Title ?? name,
            history?.EventsAfter(0, request.Run).Any(happened => happened.Kind == "run.resumed") == true);
    }

    private IChatClient Client(ProviderRequest request)
    {
        var sends = request.Ai.Provider is "openai" or "anthropic" || (request.Ai.Provider == "replay" && request.Ai.Record is not null);
        return request.Ai is { Enabled: true, ApiKeyEnvironmentVariable: { } key } && sends && _secrets.IsMissing(key)
            ? new LateChatClient(cancellationToken => _secrets.LendAsync(key, () => _clients.Create(request), cancellationToken))
            : _clients.Create(request);
    }

    /// <summary>Notes which runs are this editor's own before it tells of them.</summary>
    private sealed class OwnRuns(RunDesk desk, RunReporter reporter) : IProgress<RunUpdate>
    {
        public void Report(RunUpdate value)
        {
            desk._own[value.Run] = 0;
            reporter.Report(value);
        }
    }
}
