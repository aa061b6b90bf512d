using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using StoryLsp.Server.Tests.Editor;

namespace StoryLsp.Server.Tests.Soak;

/// <summary>An editor that does nothing for the server but count: how often each of its requests is answered, and with what.</summary>
internal sealed class SoakClient : IAsyncDisposable
{
    private const int MostRequests = 400_000;

    private readonly Stream _toServer;
    private readonly Stream _fromServer;
    private readonly Task<int> _server;
    private readonly Task _reading;
    private readonly Lock _writing = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonObject>> _waiting = new();
    // Of one size from the beginning, so that what the test remembers is no growth.
    private readonly int[] _answers = new int[MostRequests];
    private readonly TaskCompletionSource _indexed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _last;

    public SoakClient()
    {
        var toServer = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        var fromServer = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        _toServer = toServer.Writer.AsStream();
        _fromServer = fromServer.Reader.AsStream();
        var server = new LanguageServer(toServer.Reader.AsStream(), fromServer.Writer.AsStream(), NullLogger.Instance, new LanguageServerOptions { Version = "test" });
        _server = Task.Run(() => server.RunAsync());
        _reading = Task.Run(ReadAsync);
    }

    /// <summary>How many requests were sent.</summary>
    public int Asked => _last;

    /// <summary>Requests that were answered more than once, or never.</summary>
    public IReadOnlyList<int> Miscounted => [.. Enumerable.Range(1, _last).Where(id => _answers[id] != 1)];

    /// <summary>Answers to what nobody asked.</summary>
    public int Strays { get; private set; }

    /// <summary>Says hello, and waits for the first index.</summary>
    public async Task<JsonNode> StartAsync(string rootUri)
    {
        var answer = await AskAsync("initialize", new JsonObject
        {
            ["processId"] = Environment.ProcessId,
            ["rootUri"] = rootUri,
            ["workspaceFolders"] = new JsonArray(new JsonObject { ["uri"] = rootUri, ["name"] = "story" }),
            ["capabilities"] = JsonNode.Parse(EditorProfile.Everything.Capabilities),
        });
        Tell("initialized", new JsonObject());
        await _indexed.Task.WaitAsync(Patience.Limit);
        return answer["result"]!;
    }

    public void Tell(string method, JsonNode parameters) => Send(new JsonObject { ["jsonrpc"] = "2.0", ["method"] = method, ["params"] = parameters });

    /// <summary>Asks; the answer is the whole message, a result or an error.</summary>
    public Task<JsonObject> AskAsync(string method, JsonNode? parameters) => AskAsync(method, parameters, out _);

    public Task<JsonObject> AskAsync(string method, JsonNode? parameters, out int id)
    {
        id = Interlocked.Increment(ref _last);
        var answer = new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[id] = answer;
        Send(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id, ["method"] = method, ["params"] = parameters });
        return answer.Task;
    }

    public void Cancel(int id) => Tell("$/cancelRequest", new JsonObject { ["id"] = id });

    public async ValueTask DisposeAsync()
    {
        Tell("exit", new JsonObject());
        await _server.WaitAsync(Patience.Limit);
    }

    private void Send(JsonObject message)
    {
        var body = Encoding.UTF8.GetBytes(message.ToJsonString());
        lock (_writing)
        {
            _toServer.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n\r\n")));
            _toServer.Write(body);
            _toServer.Flush();
        }
    }

    private async Task ReadAsync()
    {
        var input = new BufferedStream(_fromServer, 1 << 16);
        var header = new byte[64];
        while (true)
        {
            var length = 0;
            while (!Ends(header, length))
            {
                if (await input.ReadAsync(header.AsMemory(length, 1)) == 0)
                {
                    return;
                }

                length++;
            }

            var body = new byte[int.Parse(Encoding.ASCII.GetString(header, 16, length - 20), CultureInfo.InvariantCulture)];
            await input.ReadExactlyAsync(body);
            Take(JsonNode.Parse(body)!.AsObject());
        }
    }

    private static bool Ends(byte[] header, int length) => length > 4 && header.AsSpan(0, length).EndsWith("\r\n\r\n"u8);

    private void Take(JsonObject message)
    {
        if (message["method"]?.GetValue<string>() is { } method)
        {
            if (method == "$/progress" && message["params"]?["value"]?["kind"]?.GetValue<string>() == "end")
            {
                _indexed.TrySetResult();
            }

            if (message["id"] is { } asked)
            {
                // Edits are not made, and questions are closed.
                Send(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = asked.DeepClone(), ["result"] = method == "workspace/applyEdit" ? new JsonObject { ["applied"] = false } : null });
            }
        }
        else if (message["id"] is JsonValue value && value.TryGetValue(out int id))
        {
            Interlocked.Increment(ref _answers[id]);
            if (_waiting.TryRemove(id, out var waiting))
            {
                waiting.TrySetResult(message);
            }
        }
        else
        {
            Strays++;
        }
    }
}
