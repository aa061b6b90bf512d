using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json.Nodes;
using StoryLsp.Server.Conversion;
using StoryLsp.Server.Tests.Editor;

namespace StoryLsp.Server.Tests.Hostile;

/// <summary>An editor that writes any bytes, reads when it likes, and answers only what it is told to.</summary>
internal sealed class RawEditor : IAsyncDisposable
{
    private readonly Pipe _toServer = new(new PipeOptions(pauseWriterThreshold: 0));
    private readonly Pipe _toEditor;
    private readonly Signal _signal = new();
    private readonly Stream _output;
    private readonly CancellationTokenSource _guard = new(Patience.Limit);

    public RawEditor(string fixture, long mostBuffered = 0)
    {
        Story = new StoryOnDisk(fixture, "story");
        _toEditor = new Pipe(new PipeOptions(pauseWriterThreshold: mostBuffered, resumeWriterThreshold: mostBuffered / 2));
        _output = _toEditor.Reader.AsStream();
        Log = new RecordingLog(_signal);
        var server = new LanguageServer(_toServer.Reader.AsStream(), _toEditor.Writer.AsStream(), Log, new LanguageServerOptions { Version = "test", PushDelay = TimeSpan.FromMilliseconds(20) });
        Running = Task.Run(() => server.RunAsync());
    }

    public StoryOnDisk Story { get; }

    public RecordingLog Log { get; }

    public Task<int> Running { get; }

    /// <summary>Everything that was read and not asked for, in order.</summary>
    public List<JsonObject> Others { get; } = [];

    public string UriOf(string path) => DocumentUri.FromPath(path.Length == 0 ? Story.Root : Story.PathOf(path));

    public Task SendAsync(string json)
    {
        var content = Encoding.UTF8.GetBytes(json);
        return SendBytesAsync([.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"Content-Length: {content.Length}\r\n\r\n")), .. content]);
    }

    public async Task SendBytesAsync(byte[] bytes) => await _toServer.Writer.WriteAsync(bytes, _guard.Token);

    public Task AskAsync(object id, string method, string parameters = "{}") =>
        SendAsync($"{{\"jsonrpc\":\"2.0\",\"id\":{System.Text.Json.JsonSerializer.Serialize(id)},\"method\":\"{method}\",\"params\":{parameters}}}");

    public Task TellAsync(string method, string parameters = "{}") => SendAsync($"{{\"jsonrpc\":\"2.0\",\"method\":\"{method}\",\"params\":{parameters}}}");

    /// <summary>Says all that there is to say before the first question.</summary>
    public async Task InitializeAsync(string capabilities = "{}")
    {
        await AskAsync("init", "initialize", $"{{\"processId\":null,\"rootUri\":\"{UriOf("")}\",\"capabilities\":{capabilities}}}");
        await AnswerAsync("init");
        await TellAsync("initialized");
        await _signal.UntilAsync(() => Log.Says(" files in " + Story.Root), "the first index", () => string.Join('\n', Log.Lines));
    }

    /// <summary>The answer of an id; whatever comes before it is kept in <see cref="Others"/>.</summary>
    public async Task<JsonObject> AnswerAsync(object id)
    {
        var wanted = System.Text.Json.JsonSerializer.Serialize(id);
        while (true)
        {
            var message = await ReadAsync();
            if (message["method"] is null && message["id"]?.ToJsonString() == wanted)
            {
                return message;
            }

            Others.Add(message);
        }
    }

    /// <summary>The next thing that the server asks or says by a method.</summary>
    public async Task<JsonObject> HearsAsync(string method)
    {
        if (Others.Find(message => message["method"]?.GetValue<string>() == method) is { } known)
        {
            Others.Remove(known);
            return known;
        }

        while (true)
        {
            var message = await ReadAsync();
            if (message["method"]?.GetValue<string>() == method)
            {
                return message;
            }

            Others.Add(message);
        }
    }

    /// <summary>The next message.</summary>
    public async Task<JsonObject> ReadAsync()
    {
        var length = 0;
        while (await LineAsync() is { Length: > 0 } line)
        {
            length = line.StartsWith("Content-Length: ", StringComparison.Ordinal) ? int.Parse(line.AsSpan(16), CultureInfo.InvariantCulture) : length;
        }

        var content = new byte[length];
        await _output.ReadExactlyAsync(content, _guard.Token);
        return JsonNode.Parse(content)!.AsObject();
    }

    /// <summary>The server still answers, and it is what it always answers.</summary>
    public async Task LivesAsync()
    {
        var id = Guid.NewGuid().ToString();
        await AskAsync(id, "textDocument/documentSymbol", $"{{\"textDocument\":{{\"uri\":\"{UriOf("characters/ada.yaml")}\"}}}}");
        var answer = await AnswerAsync(id);
        NUnit.Framework.Assert.That(answer["result"]?.ToJsonString(), NUnit.Framework.Does.Contain("Ada Vane"), answer.ToJsonString());
    }

    public async ValueTask DisposeAsync()
    {
        await TellAsync("exit");
        // Who does not read would keep the server from ending.
        _ = _output.CopyToAsync(Stream.Null, _guard.Token);
        await Running.WaitAsync(Patience.Limit);
        _guard.Dispose();
        Story.Dispose();
    }

    private async Task<string> LineAsync()
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (true)
        {
            await _output.ReadExactlyAsync(one, _guard.Token);
            if (one[0] == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append((char)one[0]);
        }
    }
}
