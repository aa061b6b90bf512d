using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using StoryLsp.Protocol.JsonRpc;

namespace StoryLsp.Protocol.Tests.JsonRpc;

/// <summary>A connection under test with a client that knows nothing of its classes: it writes bytes and reads bytes.</summary>
internal sealed class Wire : IAsyncDisposable
{
    private readonly Pipe toServer = new(new PipeOptions(pauseWriterThreshold: 0));
    private readonly Pipe toClient = new(new PipeOptions(pauseWriterThreshold: 0));
    private readonly CancellationTokenSource guard = new(TimeSpan.FromSeconds(30));
    private readonly Stream input;
    private Task<int>? running;

    public Wire(ConnectionOptions? options = null, Func<Stream, Stream>? wrapInput = null)
    {
        var serverInput = toServer.Reader.AsStream();
        input = toServer.Writer.AsStream();
        Connection = new LanguageConnection(wrapInput?.Invoke(serverInput) ?? serverInput, toClient.Writer.AsStream(), NullLogger.Instance, options);
    }

    public LanguageConnection Connection { get; }

    /// <summary>Cancelled when a test takes so long that something must hang.</summary>
    public CancellationToken Guard => guard.Token;

    /// <summary>Starts the connection; its exit code is the task's result.</summary>
    public Task<int> Start() => running = Connection.RunAsync(guard.Token);

    /// <summary>Starts it and goes through initialize.</summary>
    public async Task<Task<int>> StartInitializedAsync()
    {
        Connection.OnRequest(LspMethods.Initialize, (_, _) => Task.FromResult(new InitializeResult { Capabilities = new ServerCapabilities() }));
        var code = Start();
        await SendAsync("""{"jsonrpc":"2.0","id":"init","method":"initialize","params":{"processId":null,"rootUri":null,"capabilities":{}}}""");
        await ReceiveAsync();
        return code;
    }

    public Task SendAsync(string json) => SendBytesAsync(FrameOf(json));

    public async Task SendBytesAsync(byte[] bytes)
    {
        await input.WriteAsync(bytes, Guard);
        await input.FlushAsync(Guard);
    }

    public Task SendRequestAsync(int id, string method, string parameters = "{}") =>
        SendAsync($$"""{"jsonrpc":"2.0","id":{{id}},"method":"{{method}}","params":{{parameters}}}""");

    public Task NotifyAsync(string method, string parameters = "{}") =>
        SendAsync($$"""{"jsonrpc":"2.0","method":"{{method}}","params":{{parameters}}}""");

    /// <summary>Ends the server's input.</summary>
    public ValueTask EndInputAsync() => input.DisposeAsync();

    /// <summary>The next message from the server.</summary>
    public async Task<JsonObject> ReceiveAsync() =>
        await TryReceiveAsync() ?? throw new EndOfStreamException("The server sent nothing more.");

    /// <summary>The next message from the server; null at the end.</summary>
    public async Task<JsonObject?> TryReceiveAsync()
    {
        var header = new StringBuilder();
        while (!header.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await ReadByteAsync() is not { } b)
            {
                return header.Length == 0 ? null : throw new EndOfStreamException($"The output ends in a header: {header}");
            }

            header.Append((char)b);
        }

        const string name = "Content-Length: ";
        var text = header.ToString();
        if (!text.StartsWith(name, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"No header of a message: {text}");
        }

        var content = new byte[int.Parse(text.AsSpan(name.Length), NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture)];
        var result = await toClient.Reader.ReadAtLeastAsync(Math.Max(1, content.Length), Guard);
        var consumed = result.Buffer.GetPosition(content.Length);
        System.Buffers.BuffersExtensions.CopyTo(result.Buffer.Slice(0, content.Length), content);
        toClient.Reader.AdvanceTo(consumed);
        return JsonNode.Parse(content)!.AsObject();
    }

    /// <summary>Everything that the server still sends until it ends its output.</summary>
    public async Task<List<JsonObject>> ReceiveAllAsync()
    {
        await running!.WaitAsync(Guard);
        await toClient.Writer.CompleteAsync();
        var all = new List<JsonObject>();
        while (await TryReceiveAsync() is { } message)
        {
            all.Add(message);
        }

        return all;
    }

    public async ValueTask DisposeAsync()
    {
        await input.DisposeAsync();
        if (running is not null)
        {
            await running.WaitAsync(Guard);
        }

        guard.Dispose();
    }

    public static byte[] FrameOf(string json)
    {
        var content = Encoding.UTF8.GetBytes(json);
        return [.. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"Content-Length: {content.Length}\r\n\r\n")), .. content];
    }

    private async Task<byte?> ReadByteAsync()
    {
        var result = await toClient.Reader.ReadAsync(Guard);
        if (result.Buffer.IsEmpty && result.IsCompleted)
        {
            return null;
        }

        var first = result.Buffer.FirstSpan[0];
        toClient.Reader.AdvanceTo(result.Buffer.GetPosition(1));
        return first;
    }
}

/// <summary>What tests ask of a message.</summary>
internal static class MessageAssertions
{
    public static int ErrorCode(this JsonObject message) => message["error"]!["code"]!.GetValue<int>();

    public static string ErrorMessage(this JsonObject message) => message["error"]!["message"]!.GetValue<string>();

    public static int Id(this JsonObject message) => message["id"]!.GetValue<int>();

    public static string Text(this JsonObject message) => message.ToJsonString(new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
