using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Nodes;
using NUnit.Framework;
using StoryLsp.Language.Text;
using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Conversion;

namespace StoryLsp.Server.Tests.Editor;

/// <summary>
/// An editor and the real server in one process, over two pipes. What goes over the wire is written and read as JSON, so that a test sees
/// what an editor sees.
/// </summary>
internal sealed partial class EditorHarness : IAsyncDisposable
{
    private readonly EditorProfile _profile;
    private readonly LanguageConnection _connection;
    private readonly Task<int> _client;
    private readonly Task<int> _server;
    private readonly Signal _signal = new();
    private readonly List<Heard> _heard = [];
    private readonly Dictionary<string, (int Version, SourceText Text)> _buffers = new(StringComparer.Ordinal);
    private readonly string _name;
    private bool _isGuest;

    private EditorHarness(StoryOnDisk story, EditorProfile profile, LanguageServerOptions? options)
    {
        Story = story;
        _profile = profile;
        _name = Path.GetFileName(story.Root);
        ServerLog = new RecordingLog(_signal);
        ClientLog = new RecordingLog(_signal);
        var toServer = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        var toEditor = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        var server = new LanguageServer(toServer.Reader.AsStream(), toEditor.Writer.AsStream(), ServerLog,
            options ?? new LanguageServerOptions { Version = "test", PushDelay = TimeSpan.FromMilliseconds(20) });
        _connection = new LanguageConnection(toEditor.Reader.AsStream(), toServer.Writer.AsStream(), ClientLog, new ConnectionOptions { Role = ConnectionRole.Client });
        Listen();
        _client = _connection.RunAsync();
        _server = Task.Run(() => server.RunAsync());
    }

    public StoryOnDisk Story { get; }

    public EditorProfile Profile => _profile;

    public RecordingLog ServerLog { get; }

    public RecordingLog ClientLog { get; }

    /// <summary>What <c>initialize</c> answered.</summary>
    public JsonNode Initialized { get; private set; } = new JsonObject();

    public JsonNode Capabilities => Initialized["capabilities"]!;

    /// <summary>Everything that the server said of its own accord, in order.</summary>
    public IReadOnlyList<Heard> Heard
    {
        get
        {
            lock (_heard)
            {
                return [.. _heard];
            }
        }
    }

    /// <summary>How the person answers a question: the title of a button, or null for closing it.</summary>
    public Func<JsonNode, Task<string?>> OnQuestion { get; set; } = static _ => Task.FromResult<string?>(null);

    /// <summary>How the editor takes an edit; by default it makes it.</summary>
    public Func<JsonNode, Task<bool>>? OnApplyEdit { get; set; }

    /// <summary>What the editor says of an edit that it has not made.</summary>
    public string? FailureReason { get; set; }

    /// <summary>How the editor answers <c>window/workDoneProgress/create</c>.</summary>
    public Func<Task> OnCreateProgress { get; set; } = static () => Task.CompletedTask;

    /// <summary>Starts the server and waits until the first index is complete.</summary>
    public static async Task<EditorHarness> StartAsync(string fixture, EditorProfile? profile = null, string name = "story", LanguageServerOptions? options = null)
    {
        var editor = Connect(fixture, profile, name, options);
        await editor.InitializeAsync();
        await editor.IndexedAsync();
        return editor;
    }

    /// <summary>Starts the server and sends nothing.</summary>
    public static EditorHarness Connect(string fixture, EditorProfile? profile = null, string name = "story", LanguageServerOptions? options = null) =>
        new(new StoryOnDisk(fixture, name), profile ?? EditorProfile.VsCode, options);

    /// <summary>Another editor with a server of its own on the same folder; to be ended before this one.</summary>
    public async Task<EditorHarness> BesideAsync(EditorProfile? profile = null)
    {
        var other = new EditorHarness(Story, profile ?? _profile, null) { _isGuest = true };
        await other.InitializeAsync();
        await other.IndexedAsync();
        return other;
    }

    public async Task InitializeAsync(params string[] folders)
    {
        var uris = folders.Length == 0 ? [UriOf("")] : folders.Select(UriOf).ToArray();
        Initialized = (await AskAsync("initialize", new
        {
            processId = Environment.ProcessId,
            rootUri = uris[0],
            workspaceFolders = uris.Select(uri => new { uri, name = _name }),
            clientInfo = new { name = "harness" },
            capabilities = JsonNode.Parse(_profile.Capabilities),
        }))!;
        Tell("initialized", new { });
    }

    /// <summary>Waits until so many first indexes are complete.</summary>
    public Task IndexedAsync(int count = 1) =>
        UntilAsync(() => ServerLog.Lines.Count(line => line.Contains(" files in " + Story.Root, StringComparison.Ordinal)) >= count, $"{count} complete index(es)");

    public Task UntilAsync(Func<bool> look, string what) => _signal.UntilAsync(look, what, State);

    public Task<T> UntilAsync<T>(Func<T?> look, string what)
        where T : class => _signal.UntilAsync(look, what, State);

    /// <summary>How often the server asked to pull again.</summary>
    public int Refreshes => Heard.Count(heard => heard.Method == "workspace/diagnostic/refresh");

    /// <summary>Waits until the server asks to pull again.</summary>
    public Task RefreshedAsync(int before) => UntilAsync(() => Refreshes > before, "a refresh");

    /// <summary>Waits for something that the server says.</summary>
    public Task<Heard> HearsAsync(string method, Func<JsonNode, bool>? which = null) =>
        UntilAsync(() => Heard.LastOrDefault(heard => heard.Method == method && (which is null || which(heard.Params))), method);

    /// <summary>Asks, and gives the result; an error is thrown.</summary>
    public async Task<JsonNode?> AskAsync(string method, object parameters, CancellationToken cancellationToken = default)
    {
        var request = new RequestMethod<JsonElement, JsonElement>(method, static () => LspJsonContext.Default.JsonElement, static () => LspJsonContext.Default.JsonElement);
        var result = await _connection.SendRequestAsync(request, JsonSerializer.SerializeToElement(parameters), cancellationToken, Patience.Limit);
        return result.ValueKind == JsonValueKind.Null ? null : JsonNode.Parse(result.GetRawText());
    }

    /// <summary>Asks for what must be refused.</summary>
    public async Task<ResponseErrorException> RefusedAsync(string method, object parameters)
    {
        try
        {
            var result = await AskAsync(method, parameters);
            throw new AssertionException($"{method} was to be refused, and was answered: {result?.ToJsonString()}");
        }
        catch (ResponseErrorException error)
        {
            return error;
        }
    }

    public void Tell(string method, object parameters) =>
        _connection.Notify(new NotificationMethod<JsonElement>(method, static () => LspJsonContext.Default.JsonElement), JsonSerializer.SerializeToElement(parameters));

    public string UriOf(string path) => DocumentUri.FromPath(path.Length == 0 ? Story.Root : Path.IsPathFullyQualified(path) ? path : Story.PathOf(path));

    public object Document(string path) => new { uri = UriOf(path) };

    /// <summary>Where the fixture's cursor stands.</summary>
    public object AtCursor() => At(Story.CursorPath, Story.File(Story.CursorPath).Cursor!.Value);

    public object At(string path, int offset) => new { textDocument = Document(path), position = Story.PositionOf(path, offset, _profile.Encoding) };

    /// <summary>Opens a document with the text of its file, or another.</summary>
    public void Open(string path, string? text = null, string? uri = null)
    {
        text ??= Story.Read(path);
        _buffers[path] = (1, SourceText.From(text));
        Tell("textDocument/didOpen", new { textDocument = new { uri = uri ?? UriOf(path), languageId = path.EndsWith(".md", StringComparison.Ordinal) ? "markdown" : "yaml", version = 1, text } });
    }

    /// <summary>The editor's text of an open document.</summary>
    public string Buffer(string path) => _buffers[path].Text.Text;

    public int VersionOf(string path) => _buffers[path].Version;

    public bool IsOpen(string path) => _buffers.ContainsKey(path);

    /// <summary>Replaces spans one after another, each in the text that the one before it left, in one notification.</summary>
    public void Edit(string path, params (int Start, int Length, string Text)[] edits)
    {
        var (version, text) = _buffers[path];
        var changes = new List<object>();
        foreach (var (start, length, replacement) in edits)
        {
            var range = text.GetRange(new TextSpan(start, length), _profile.Encoding);
            changes.Add(new
            {
                range = new { start = new { line = range.Start.Line, character = range.Start.Character }, end = new { line = range.End.Line, character = range.End.Character } },
                text = replacement,
            });
            text = text.WithEdit(new TextSpan(start, length), replacement);
        }

        _buffers[path] = (version + 1, text);
        Tell("textDocument/didChange", new { textDocument = new { uri = UriOf(path), version = version + 1 }, contentChanges = changes });
    }

    /// <summary>Replaces the first occurrence of a text.</summary>
    public void Replace(string path, string old, string replacement)
    {
        var at = _buffers[path].Text.Text.IndexOf(old, StringComparison.Ordinal);
        Assert.That(at, Is.GreaterThanOrEqualTo(0), $"{path} has no `{old}`.");
        Edit(path, (at, old.Length, replacement));
    }

    /// <summary>Replaces the whole text.</summary>
    public void ReplaceAll(string path, string text)
    {
        var version = _buffers[path].Version + 1;
        _buffers[path] = (version, SourceText.From(text));
        Tell("textDocument/didChange", new { textDocument = new { uri = UriOf(path), version }, contentChanges = new[] { new { text } } });
    }

    public void Close(string path)
    {
        _buffers.Remove(path);
        Tell("textDocument/didClose", new { textDocument = Document(path) });
    }

    public void TellFiles(params (string Path, int Kind)[] files) =>
        Tell("workspace/didChangeWatchedFiles", new { changes = files.Select(file => new { uri = UriOf(file.Path), type = file.Kind }) });

    /// <summary>Pulls the findings of a document.</summary>
    public async Task<JsonNode> PullAsync(string path, string? previous = null) =>
        (await AskAsync("textDocument/diagnostic", new { textDocument = Document(path), previousResultId = previous }))!;

    /// <summary>The codes of a document's findings, as pulled.</summary>
    public async Task<string[]> CodesAsync(string path) => CodesIn((await PullAsync(path))["items"]!);

    /// <summary>Pulls until the codes are these.</summary>
    public async Task CodesBecomeAsync(string path, params string[] codes)
    {
        using var guard = new CancellationTokenSource(Patience.Limit);
        while (true)
        {
            var found = await CodesAsync(path);
            if (found.SequenceEqual(codes))
            {
                return;
            }

            if (guard.IsCancellationRequested)
            {
                Assert.Fail($"{path} was to have [{string.Join(", ", codes)}] and has [{string.Join(", ", found)}]. {State()}");
            }

            await Task.Delay(50);
        }
    }

    /// <summary>The codes of a document's findings as they were last pushed; null when none were.</summary>
    public string[]? Pushed(string path)
    {
        var uri = UriOf(path);
        return Heard.LastOrDefault(heard => heard.Method == "textDocument/publishDiagnostics" && heard.Params["uri"]!.GetValue<string>() == uri) is { } last
            ? CodesIn(last.Params["diagnostics"]!)
            : null;
    }

    public Task PushedBecomesAsync(string path, params string[] codes) =>
        UntilAsync(() => Pushed(path) is { } pushed && pushed.SequenceEqual(codes), $"[{string.Join(", ", codes)}] pushed for {path}");

    public async Task<JsonArray> ActionsAsync(string path, int offset, params string[] only)
    {
        var at = Story.PositionOf(path, offset, _profile.Encoding);
        return (await AskAsync("textDocument/codeAction", new
        {
            textDocument = Document(path),
            range = new { start = at, end = at },
            context = only.Length == 0 ? (object)new { diagnostics = Array.Empty<object>() } : new { diagnostics = Array.Empty<object>(), only },
        }))!.AsArray();
    }

    /// <summary>Shuts the server down as an editor does; gives the exit code.</summary>
    public async Task<int> ShutdownAsync()
    {
        await AskAsync("shutdown", new { });
        Tell("exit", new { });
        return await _server.WaitAsync(Patience.Limit);
    }

    /// <summary>Ends without a word; gives the server's exit code.</summary>
    public Task<int> ExitAsync()
    {
        Tell("exit", new { });
        return _server.WaitAsync(Patience.Limit);
    }

    public async ValueTask DisposeAsync()
    {
        if (!_server.IsCompleted)
        {
            Tell("exit", new { });
            await _server.WaitAsync(Patience.Limit);
        }

        _ = _client;
        if (!_isGuest)
        {
            Story.Dispose();
        }
    }

    public static string[] CodesIn(JsonNode diagnostics) => [.. diagnostics.AsArray().Select(diagnostic => diagnostic!["code"]!.GetValue<string>())];

    private string State() => "Said: " + string.Join("; ", Heard.Select(heard => heard.Method)) + ". Log: " + string.Join("\n", ServerLog.Lines);

    private void Listen()
    {
        foreach (var method in new[] { "textDocument/publishDiagnostics", "$/progress", "window/logMessage", "window/showMessage", "storylsp/changed" })
        {
            _connection.OnNotification(new NotificationMethod<JsonElement>(method, static () => LspJsonContext.Default.JsonElement), parameters => Note(method, parameters));
        }

        Answer("workspace/applyEdit", async parameters => new { applied = OnApplyEdit is null ? MakeEdit(parameters["edit"]!) : await OnApplyEdit(parameters), failureReason = FailureReason });
        Answer("window/showMessageRequest", async parameters => await OnQuestion(parameters) is { } title ? new { title } : null);
        Answer("window/workDoneProgress/create", async _ =>
        {
            await OnCreateProgress();
            return null;
        });
        ListenToRuns();
        Answer("client/registerCapability", static _ => Task.FromResult<object?>(null));
        Answer("client/unregisterCapability", static _ => Task.FromResult<object?>(null));
        _connection.OnRequest(LspMethods.WorkspaceDiagnosticRefresh, (_, _) =>
        {
            Note("workspace/diagnostic/refresh", JsonSerializer.SerializeToElement(new { }));
            return Task.FromResult(default(NoValue));
        });
    }

    private void Answer(string method, Func<JsonNode, Task<object?>> answer) =>
        _connection.OnRequest(
            new RequestMethod<JsonElement, JsonElement>(method, static () => LspJsonContext.Default.JsonElement, static () => LspJsonContext.Default.JsonElement),
            async (parameters, _) =>
            {
                Note(method, parameters);
                return JsonSerializer.SerializeToElement(await answer(JsonNode.Parse(parameters.GetRawText())!));
            });

    private void Note(string method, JsonElement parameters)
    {
        lock (_heard)
        {
            _heard.Add(new Heard(method, JsonNode.Parse(parameters.GetRawText())!));
        }

        _signal.Pulse();
    }

    /// <summary>Makes an edit as an editor does: an edit of another version than the buffer's is refused.</summary>
    public bool MakeEdit(JsonNode edit)
    {
        foreach (var created in edit["documentChanges"]?.AsArray().Where(change => change!["kind"]?.GetValue<string>() == "create") ?? [])
        {
            Story.Write(PathOf(created!["uri"]!.GetValue<string>()), "");
            Open(PathOf(created["uri"]!.GetValue<string>()));
        }

        var changes = edit["documentChanges"]?.AsArray().Where(change => change!["kind"] is null).Select(change => (change!["textDocument"]!, change["edits"]!)).ToList()
            ?? [.. edit["changes"]!.AsObject().Select(change => ((JsonNode)new JsonObject { ["uri"] = change.Key }, change.Value!))];
        foreach (var (document, edits) in changes)
        {
            var path = _buffers.Keys.Single(open => UriOf(open) == document["uri"]!.GetValue<string>());
            var (version, text) = _buffers[path];
            if (document["version"] is { } wanted && wanted.GetValue<int>() != version)
            {
                return false;
            }

            var spans = edits.AsArray().Select(one => (Span: SpanOf(text, one!["range"]!), Text: one["newText"]!.GetValue<string>())).Reverse().OrderByDescending(one => one.Span.Start);
            Edit(path, [.. spans.Select(one => (one.Span.Start, one.Span.Length, one.Text))]);
        }

        return true;
    }

    public TextSpan SpanOf(SourceText text, JsonNode range)
    {
        int Offset(JsonNode position) => text.GetOffset(new LinePosition(position["line"]!.GetValue<int>(), position["character"]!.GetValue<int>()), _profile.Encoding);
        return TextSpan.FromBounds(Offset(range["start"]!), Offset(range["end"]!));
    }

    /// <summary>The text of an open document that a range covers.</summary>
    public string TextAt(string path, JsonNode range) => _buffers[path].Text.Slice(SpanOf(_buffers[path].Text, range));
}

/// <summary>Something that the server said.</summary>
internal sealed record Heard(string Method, JsonNode Params);
