using System.Text.Json;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using StoryLsp.Pipelines.Providers;

namespace StoryLsp.Cli.Mcp;

/// <summary>A story as a server of the Model Context Protocol, over stdin and stdout.</summary>
internal sealed class McpHost : IAsyncDisposable
{
    private const string Instructions = """
        A story that somebody writes, with what it knows of its people, places, things and times. What the writer has marked as secret is not told. Read `story://manuscript` first; ids from there and
        from `search` go into the other tools. You cannot write: `propose_edit` leaves a proposal that the writer decides about. Check a draft with `check_draft` before you propose it.
        """;

    private const string SwitchedOff = "This story has `ai.enabled: false` in story.yaml: its writer wants no model to read it.";
    private const string NotAnswered = "The story could not be read. Try again; `storylsp doctor` says what is wrong.";
    private const string NothingToTell = "What that says may not be told at this place of the story.";

    private static readonly IMcpTool[] Tools =
    [
        new SearchTool(), new ReadContainerTool(), new ReadFactsTool(), new ReadTimelineTool(), new ReadFileTool(), new ListFindingsTool(), new CheckDraftTool(), new ProposeEditTool(),
    ];

    private readonly OpenStory _story;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly ILogger _log = new StderrLog(LogLevel.Warning);

    private McpHost(OpenStory story) => _story = story;

    /// <summary>Serves until the client closes stdin.</summary>
    /// <param name="path">The story's folder; null: the current one.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<int> RunAsync(string? path, CancellationToken cancellation)
    {
        await using var host = new McpHost(OpenStory.Open(path));
        await using var transport = new StdioServerTransport("storylsp");
        await using var server = McpServer.Create(transport, host.Options());
        await server.RunAsync(cancellation).ConfigureAwait(false);
        return 0;
    }

    public async ValueTask DisposeAsync()
    {
        await _story.DisposeAsync().ConfigureAwait(false);
        _turn.Dispose();
    }

    private McpServerOptions Options() => new()
    {
        ServerInfo = new Implementation { Name = "storylsp", Title = "StoryLsp", Version = Commands.LspCommand.Version },
        ServerInstructions = Instructions.ReplaceLineEndings(" "),
        Capabilities = new ServerCapabilities { Tools = new ToolsCapability(), Resources = new ResourcesCapability() },
        Handlers = new McpServerHandlers
        {
            ListToolsHandler = static (_, _) => ValueTask.FromResult(new ListToolsResult { Tools = [.. Tools.Select(Described)] }),
            CallToolHandler = async (request, cancel) => await CallAsync(request, cancel).ConfigureAwait(false),
            ListResourceTemplatesHandler = static (_, _) => ValueTask.FromResult(McpResources.Templates),
            ListResourcesHandler = async (request, cancel) => await GuardedAsync(request.Server, call => McpResources.List(call, request.Params?.Cursor), cancel).ConfigureAwait(false),
            ReadResourceHandler = async (request, cancel) => await ReadAsync(request, cancel).ConfigureAwait(false),
        },
    };

    private static Tool Described(IMcpTool tool) => new()
    {
        Name = tool.Name,
        Title = tool.Title,
        Description = tool.Description,
        InputSchema = JsonElement.Parse(tool.InputSchema),
        Annotations = new ToolAnnotations { Title = tool.Title, ReadOnlyHint = tool.IsReadOnly, DestructiveHint = false, OpenWorldHint = false },
    };

    private async Task<CallToolResult> CallAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancel)
    {
        try
        {
            var tool = Array.Find(Tools, tool => tool.Name == request.Params?.Name) ?? throw new McpFailure($"There is no such tool. There are {string.Join(", ", Tools.Select(tool => tool.Name))}.");
            var call = await CallOf(request.Server, cancel).ConfigureAwait(false);
            var arguments = new McpArguments(request.Params?.Arguments);
            var answer = await Task.Run(() => tool.RunAsync(arguments, call), cancel).ConfigureAwait(false);
            return Result(Checked(answer), isError: false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return Result(Sentence(exception), isError: true);
        }
    }

    private async Task<ReadResourceResult> ReadAsync(RequestContext<ReadResourceRequestParams> request, CancellationToken cancel)
    {
        var uri = request.Params?.Uri ?? "";
        var text = await GuardedAsync(request.Server, call => Checked(McpResources.Read(call, uri)), cancel).ConfigureAwait(false);
        return new() { Contents = [new TextResourceContents { Uri = uri, MimeType = "text/markdown", Text = text }] };
    }

    private async Task<T> GuardedAsync<T>(McpServer server, Func<McpCall, T> answer, CancellationToken cancel)
    {
        try
        {
            var call = await CallOf(server, cancel).ConfigureAwait(false);
            return await Task.Run(() => answer(call), cancel).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            throw new McpProtocolException(Sentence(exception), exception is McpFailure ? McpErrorCode.InvalidParams : McpErrorCode.InternalError);
        }
    }

    // The story as its files are now; one call at a time looks for changes.
    private async Task<McpCall> CallOf(McpServer server, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            var snapshot = _story.Snapshot.IsComplete ? await _story.TodayAsync(cancel).ConfigureAwait(false) : await FirstAsync(cancel).ConfigureAwait(false);
            return snapshot.Settings.Ai.Enabled ? new(_story, snapshot, NameOf(server.ClientInfo), cancel) : throw new McpFailure(SwitchedOff);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<Index.Snapshot> FirstAsync(CancellationToken cancel)
    {
        await _story.IndexAsync(cancel).ConfigureAwait(false);
        return _story.Snapshot;
    }

    // What a client calls itself goes into files of the story.
    private static string NameOf(Implementation? client)
    {
        var name = string.Concat($"{client?.Name} {client?.Version}".Where(unit => char.IsLetterOrDigit(unit) || unit is ' ' or '.' or '-' or '_' or '/' or '(' or ')')).Trim();
        return name.Length == 0 ? "an unnamed client" : name.Length > 80 ? name[..80].TrimEnd() : name;
    }

    // The last look: of a text that says what is secret, the lines that say it are left out.
    private static string Checked(McpAnswer answer) => answer.Reading.Checked(answer.Text) is { Length: > 0 } told ? told : throw new McpFailure(NothingToTell);

    // What nobody has foreseen may hold anything, a secret too: neither the client nor the log is told more than its kind.
    private string Sentence(Exception exception)
    {
        switch (exception)
        {
            case McpFailure failure:
                return failure.Message;
            case ProviderException { Failure: ProviderFailure.Unreadable }:
                return "That change cannot be made: a path leads out of the story, a file cannot be read, or edits overlap. Nothing was changed.";
            case IOException or UnauthorizedAccessException:
                return "A file of the story, or its folder .story, cannot be read or written. Nothing was changed.";
            default:
                _log.LogError("A request could not be answered: {Kind} at {Place}", exception.GetType().Name, exception.StackTrace?.Split('\n').FirstOrDefault()?.Trim());
                return NotAnswered;
        }
    }

    private static CallToolResult Result(string text, bool isError) => new() { IsError = isError, Content = [new TextContentBlock { Text = text }] };
}
