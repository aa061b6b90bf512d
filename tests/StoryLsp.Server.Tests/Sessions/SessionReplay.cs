using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;
using StoryLsp.Language.Text;
using StoryLsp.Server.Conversion;
using StoryLsp.Server.Tests.Editor;

namespace StoryLsp.Server.Tests.Sessions;

/// <summary>
/// Says to a server what an editor said in a recorded session, byte for byte, and answers it as the editor did. A message is sent when all has come that had
/// come when the editor sent it; files are written, moved and removed as the editor did.
/// </summary>
internal sealed class SessionReplay : IDisposable
{
    private readonly RecordedSession _session;
    private readonly StoryOnDisk _story;
    private readonly Signal _signal = new();
    private readonly Stream _toServer, _fromServer;
    private readonly Task<int> _server;
    private readonly Task _listening;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _asked = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonObject> _answers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<JsonObject>> _requests = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _replied = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (SourceText Text, int Version)> _buffers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string[]> _findings = new(StringComparer.Ordinal);
    private PositionEncoding _encoding;

    public SessionReplay(RecordedSession session, StoryOnDisk story)
    {
        (_session, _story) = (session, story);
        Watch = new(session.Capabilities);
        var toServer = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        var toEditor = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        var server = new LanguageServer(toServer.Reader.AsStream(), toEditor.Writer.AsStream(), NullLogger.Instance, new LanguageServerOptions { Version = "test", PushDelay = TimeSpan.FromMilliseconds(20) });
        (_toServer, _fromServer) = (toServer.Writer.AsStream(), toEditor.Reader.AsStream());
        _server = Task.Run(() => server.RunAsync());
        _listening = Task.Run(ListenAsync);
    }

    /// <summary>What the server said that the editor cannot take.</summary>
    public CapabilityWatch Watch { get; }

    /// <summary>Answers to what was not asked, or was answered already.</summary>
    public List<string> Strays { get; } = [];

    /// <summary>Errors that the recording does not have.</summary>
    public List<string> Errors { get; } = [];

    /// <summary>Edits that are others than those of the recording.</summary>
    public List<string> OtherEdits { get; } = [];

    /// <summary>The texts of the open files, by path.</summary>
    public IReadOnlyDictionary<string, string> Buffers => _buffers.ToDictionary(open => PathOf(open.Key), open => open.Value.Text.Text);

    /// <summary>Says everything up to the editor's farewell.</summary>
    public async Task RunAsync()
    {
        var messages = _session.Messages;
        var answered = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < messages.Count && messages[i].Method is not ("shutdown" or "exit"); i++)
        {
            var (message, id) = (messages[i].Message, messages[i].Id);
            if (!messages[i].IsOfEditor)
            {
                if (messages[i].IsAnswer)
                {
                    answered.Add(id!);
                }

                continue;
            }

            await _signal.UntilAsync(() => Under(() => answered.All(_answers.ContainsKey)), $"the answers before message {i}", State);
            if (messages[i].IsAnswer)
            {
                await ReplyAsync(messages, i);
                continue;
            }

            if (id is not null)
            {
                Under(() => _asked[id] = messages[i].Method!);
            }

            OnDisk(messages[i].Method!, message["params"]);
            await SendAsync(message);
        }

        // What the recording left open is a question that the server holds until there is news.
        var open = _asked.Keys.Except(messages.Where(one => !one.IsOfEditor && one.IsAnswer).Select(one => one.Id!)).ToHashSet(StringComparer.Ordinal);
        await _signal.UntilAsync(() => Under(() => _asked.Keys.Except(open).All(_answers.ContainsKey)), "all answers", State);
        Compare();
    }

    /// <summary>Waits until the findings are those with which the editor ended.</summary>
    public async Task FindingsAsync()
    {
        foreach (var (path, wanted) in _session.Findings)
        {
            var uri = DocumentUri.FromPath(_story.PathOf(path));
            for (var round = 0; !Found(uri).SequenceEqual(wanted); round++)
            {
                Assert.That(round, Is.LessThan(200), $"{path} ends with the findings {string.Join(", ", wanted)}, and the server has {string.Join(", ", Found(uri))}");
                await Task.Delay(50);
                if (_session.Capabilities["textDocument"]?["diagnostic"] is not null)
                {
                    await AskAsync($"\"pull-{path}-{round}\"", "textDocument/diagnostic", new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = uri } });
                }
            }
        }
    }

    /// <summary>Ends the server as an editor does.</summary>
    public async Task<int> EndAsync()
    {
        await AskAsync("\"the-end\"", "shutdown", null);
        await _signal.UntilAsync(() => Under(() => _asked.Keys.All(_answers.ContainsKey)), "the answers that were held", State);
        await SendAsync(new JsonObject { ["jsonrpc"] = "2.0", ["method"] = "exit" });
        return await _server.WaitAsync(Patience.Limit);
    }

    public void Dispose()
    {
        _toServer.Dispose();
        _fromServer.Dispose();
    }

    private async Task AskAsync(string id, string method, JsonNode? parameters)
    {
        Under(() => _asked[id] = method);
        var message = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = JsonNode.Parse(id), ["method"] = method };
        if (parameters is not null)
        {
            message["params"] = parameters;
        }

        await SendAsync(message);
        await _signal.UntilAsync(() => Under(() => _answers.ContainsKey(id)), method, State);
    }

    /// <summary>Answers the request of the server that in the recording had this answer: the first one of that method that has none.</summary>
    private async Task ReplyAsync(IReadOnlyList<RecordedMessage> messages, int index)
    {
        var recorded = messages.Take(index).LastOrDefault(one => !one.IsOfEditor && one.IsRequest && one.Id == messages[index].Id);
        if (recorded is null || IsOfItsTime(recorded.Method!))
        {
            return;
        }

        var method = recorded.Method!;
        var number = _replied.GetValueOrDefault(method);
        _replied[method] = number + 1;
        await _signal.UntilAsync(() => Under(() => _requests.GetValueOrDefault(method)?.Count > number), $"the request {method}", State);
        var request = Under(() => _requests[method][number]);
        if (method == "workspace/applyEdit" && Shape(request["params"]!["edit"]) != Shape(recorded.Message["params"]!["edit"]))
        {
            OtherEdits.Add($"{method}: {Shape(request["params"]!["edit"])}\ninstead of {Shape(recorded.Message["params"]!["edit"])}");
        }

        var answer = messages[index].Message.DeepClone().AsObject();
        answer["id"] = request["id"]!.DeepClone();
        await SendAsync(answer);
    }

    /// <summary>Requests whose number is a matter of time; they are answered as they come.</summary>
    private static bool IsOfItsTime(string method) => method.EndsWith("/refresh", StringComparison.Ordinal) || method is "window/workDoneProgress/create";

    /// <summary>Errors and edits against the recording.</summary>
    private void Compare()
    {
        var recorded = _session.Messages.Where(one => !one.IsOfEditor && one.IsAnswer).ToDictionary(one => one.Id!, one => one.Message);
        var cancelled = _session.Messages.Where(one => one.Method == "$/cancelRequest").Select(one => one.Message["params"]!["id"]!.ToJsonString()).ToHashSet(StringComparer.Ordinal);
        foreach (var (id, answer) in _answers)
        {
            var method = _asked[id];
            if (answer["error"] is { } error)
            {
                var isKnown = recorded.GetValueOrDefault(id)?["error"] is not null || cancelled.Contains(id);
                if (!isKnown)
                {
                    Errors.Add($"{method}: {error.ToJsonString()}");
                }
            }
            else if (recorded.GetValueOrDefault(id) is { } before && before.ContainsKey("result") && Shape(before["result"]) != Shape(answer["result"]))
            {
                OtherEdits.Add($"{method}: {Shape(answer["result"])}\ninstead of {Shape(before["result"])}");
            }
        }
    }

    /// <summary>An edit as text, without the words of its groups, which may change.</summary>
    private static string Shape(JsonNode? edit)
    {
        var copy = edit?.DeepClone();
        (copy as JsonObject)?.Remove("changeAnnotations");
        return copy?.ToJsonString() ?? "null";
    }

    private async Task ListenAsync()
    {
        while (await ReadAsync() is { } message)
        {
            var (id, method) = (message["id"]?.ToJsonString(), message["method"]?.GetValue<string>());
            if (method is null)
            {
                Under(() => Answered(id!, message));
            }
            else if (id is not null)
            {
                Under(() =>
                {
                    Watch.Request(method, message["params"]);
                    (_requests.TryGetValue(method, out var list) ? list : _requests[method] = []).Add(message);
                });
                if (IsOfItsTime(method))
                {
                    await SendAsync(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = message["id"]!.DeepClone(), ["result"] = null });
                }
            }
            else if (method == "textDocument/publishDiagnostics")
            {
                Under(() => Findings(message["params"]!["uri"]!.GetValue<string>(), message["params"]!["diagnostics"]!));
            }

            _signal.Pulse();
        }
    }

    private void Answered(string id, JsonObject message)
    {
        if (!_asked.TryGetValue(id, out var method) || !_answers.TryAdd(id, message))
        {
            Strays.Add(message.ToJsonString());
            return;
        }

        if (message["error"] is null)
        {
            Watch.Answer(method, message["result"]);
        }

        if (method == "initialize")
        {
            _encoding = message["result"]?["capabilities"]?["positionEncoding"]?.GetValue<string>() switch { "utf-8" => PositionEncoding.Utf8, "utf-32" => PositionEncoding.Utf32, _ => PositionEncoding.Utf16 };
        }
        else if (id.StartsWith("\"pull-", StringComparison.Ordinal) && message["result"]?["items"] is { } items)
        {
            Findings(DocumentUri.FromPath(_story.PathOf(id[6..id.LastIndexOf('-')])), items);
        }
        else if (method == "textDocument/rename")
        {
            // The files of an edit are moved by the editor, beside the protocol.
            foreach (var change in message["result"]?["documentChanges"]?.AsArray() ?? [])
            {
                Move(change!);
            }
        }
    }

    private void Move(JsonNode change)
    {
        if (change["kind"]?.GetValue<string>() == "rename" && File.Exists(PathOnDisk(change["oldUri"]!)))
        {
            File.Move(PathOnDisk(change["oldUri"]!), PathOnDisk(change["newUri"]!));
        }
    }

    /// <summary>What the editor did to its buffers and to the files when it said so.</summary>
    private void OnDisk(string method, JsonNode? parameters)
    {
        var uri = parameters?["textDocument"]?["uri"]?.GetValue<string>();
        switch (method)
        {
            case "textDocument/didOpen":
                _buffers[uri!] = (SourceText.From(parameters!["textDocument"]!["text"]!.GetValue<string>()), 0);
                break;
            // Neovim says so once of a file that it renames, before it opens it.
            case "textDocument/didChange" when _buffers.ContainsKey(uri!):
                var text = _buffers[uri!].Text;
                foreach (var change in parameters!["contentChanges"]!.AsArray())
                {
                    text = Changed(text, change!);
                }

                _buffers[uri!] = (text, 0);
                break;
            case "textDocument/didSave" when _buffers.TryGetValue(uri!, out var saved):
                File.WriteAllText(_story.PathOf(PathOf(uri!)), saved.Text.Text, new UTF8Encoding(false));
                break;
            case "textDocument/didClose":
                _buffers.Remove(uri!);
                break;
            case "workspace/didRenameFiles":
                foreach (var file in parameters!["files"]!.AsArray())
                {
                    Move(new JsonObject { ["kind"] = "rename", ["oldUri"] = file!["oldUri"]!.DeepClone(), ["newUri"] = file["newUri"]!.DeepClone() });
                }

                break;
        }
    }

    private SourceText Changed(SourceText text, JsonNode change)
    {
        if (change["range"] is not { } range)
        {
            return SourceText.From(change["text"]!.GetValue<string>());
        }

        int Offset(JsonNode position) => text.GetOffset(new(position["line"]!.GetValue<int>(), position["character"]!.GetValue<int>()), _encoding);
        var (start, end) = (Offset(range["start"]!), Offset(range["end"]!));
        return SourceText.From(string.Concat(text.Text.AsSpan(0, start), change["text"]!.GetValue<string>(), text.Text.AsSpan(end)));
    }

    private void Findings(string uri, JsonNode diagnostics) => _findings[uri] =
        diagnostics.AsArray().Select(one => string.Create(CultureInfo.InvariantCulture, $"{one!["range"]!["start"]!["line"]!.GetValue<int>()} {one["code"]!.GetValue<string>()}")).Order(StringComparer.Ordinal).ToArray();

    private string[] Found(string uri) => Under(() => _findings.GetValueOrDefault(uri)) ?? [];

    private string PathOf(string uri) => Path.GetRelativePath(_story.Root, new Uri(uri).LocalPath).Replace('\\', '/');

    private static string PathOnDisk(JsonNode uri) => new Uri(uri.GetValue<string>()).LocalPath;

    private async Task SendAsync(JsonObject message)
    {
        var body = Encoding.UTF8.GetBytes(message.ToJsonString());
        var head = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n\r\n"));
        byte[] frame = [.. head, .. body];
        Task sent;
        lock (_gate)
        {
            sent = _toServer.WriteAsync(frame).AsTask();
        }

        await sent;
        await _toServer.FlushAsync();
    }

    private async Task<JsonObject?> ReadAsync()
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await _fromServer.ReadAsync(one) == 0)
            {
                return null;
            }

            head.Append((char)one[0]);
        }

        var length = head.ToString().Split("\r\n").First(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)).Split(':')[1];
        var body = new byte[int.Parse(length, CultureInfo.InvariantCulture)];
        await _fromServer.ReadExactlyAsync(body);
        return JsonNode.Parse(body)!.AsObject();
    }

    private T Under<T>(Func<T> look)
    {
        lock (_gate)
        {
            return look();
        }
    }

    private void Under(Action act)
    {
        lock (_gate)
        {
            act();
        }
    }

    private string State()
    {
        lock (_gate)
        {
            return $"Not answered: {string.Join(", ", _asked.Where(asked => !_answers.ContainsKey(asked.Key)).Select(asked => $"{asked.Key} {asked.Value}"))}. The server asked: {string.Join(", ", _requests.Select(asked => $"{asked.Key} {asked.Value.Count}"))}";
        }
    }
}
