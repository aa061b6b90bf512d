using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace StoryLsp.Testing;

/// <summary>A request that the server saw: its head with all headers, and its body.</summary>
public sealed record SeenRequest(string Head, string Body);

/// <summary>A real HTTP server on loopback, which can play a model's server in both styles of API. Each connection serves one request by the next script; the last script serves all others.</summary>
public sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<Connection, Task>[] _scripts;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _loop;
    private int _served;

    public LoopbackServer(params Func<Connection, Task>[] scripts)
    {
        _scripts = scripts;
        _listener.Start();
        _loop = AcceptAsync();
    }

    public ConcurrentQueue<SeenRequest> Requests { get; } = new();

    public int Connections { get; private set; }

    /// <summary>Ends when a request has arrived.</summary>
    public TaskCompletionSource Arrived { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when a client has closed its connection before the script was over.</summary>
    public TaskCompletionSource Left { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Endpoint => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/v1";

    public static Func<Connection, Task> Status(int status, string headers = "", string body = "{}") =>
        connection => connection.WriteAsync($"HTTP/1.1 {status} Status\r\nContent-Type: application/json\r\n{headers}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}");

    /// <summary>A streamed answer in pieces of so many bytes.</summary>
    public static Func<Connection, Task> Answer(string text, int split = int.MaxValue, string finish = "stop") =>
        async connection =>
        {
            await connection.WriteAsync(StreamHead);
            var bytes = Encoding.UTF8.GetBytes(Role() + string.Concat(text.Chunk(7).Select(part => Delta(new string(part)))) + Finish(finish) + "data: [DONE]\n\n");
            for (var at = 0; at < bytes.Length; at += split)
            {
                await connection.WriteAsync(bytes.AsMemory(at, Math.Min(split, bytes.Length - at)));
                if (split == int.MaxValue)
                {
                    break;
                }
            }
        };

    /// <summary>An answer in the style of the API that was asked, by OpenAI's or Anthropic's address; the text may depend on the request's body.</summary>
    public static Func<Connection, Task> Model(Func<string, string> answer) => connection =>
        (connection.Request!.Head.Contains("/messages ", StringComparison.Ordinal) ? AnthropicAnswer(answer(connection.Request.Body)) : Answer(answer(connection.Request.Body)))(connection);

    /// <summary>A streamed answer as Anthropic's API gives it.</summary>
    public static Func<Connection, Task> AnthropicAnswer(string text, string stop = "end_turn", int input = 25, int output = 15) => connection =>
        connection.WriteAsync(StreamHead + AnthropicStart(input) + string.Concat(text.Chunk(7).Select(part => AnthropicDelta(new string(part)))) + AnthropicEnd(stop, output));

    public static string AnthropicStart(int input = 25) =>
        Event("message_start", "{\"type\":\"message_start\",\"message\":{\"id\":\"m\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"served-model\",\"content\":[],\"stop_reason\":null," +
            "\"stop_sequence\":null,\"usage\":{\"input_tokens\":" + input + ",\"output_tokens\":1}}}") +
        Event("content_block_start", "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}") +
        Event("ping", "{\"type\":\"ping\"}");

    public static string AnthropicDelta(string text) =>
        Event("content_block_delta", "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":" + System.Text.Json.JsonSerializer.Serialize(text) + "}}");

    public static string AnthropicEnd(string stop, int output) =>
        Event("content_block_stop", "{\"type\":\"content_block_stop\",\"index\":0}") +
        Event("message_delta", "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"" + stop + "\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":" + output + "}}") +
        Event("message_stop", "{\"type\":\"message_stop\"}");

    /// <summary>The count of tokens that ends a stream of OpenAI's style.</summary>
    public static string Usage(int input, int output) =>
        "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"served-model\",\"choices\":[],\"usage\":{\"prompt_tokens\":" + input +
        ",\"completion_tokens\":" + output + ",\"total_tokens\":" + (input + output) + "}}\n\n";

    private static string Event(string name, string data) => $"event: {name}\ndata: {data}\n\n";

    public const string StreamHead = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";

    public static string Role() => "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"served-model\",\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\"},\"finish_reason\":null}]}\n\n";

    public static string Delta(string text) =>
        "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"served-model\",\"choices\":[{\"index\":0,\"delta\":{\"content\":" +
        System.Text.Json.JsonSerializer.Serialize(text) + "},\"finish_reason\":null}]}\n\n";

    public static string Finish(string reason) =>
        "data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"served-model\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"" + reason + "\"}]}\n\n";

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _loop;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var open = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Connections++;
                open.Add(ServeAsync(client));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or InvalidOperationException)
        {
        }

        await Task.WhenAll(open);
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            var connection = new Connection(client, _stop.Token, Left);
            try
            {
                if (await connection.ReadRequestAsync() is { } request)
                {
                    connection.Request = request;
                    Requests.Enqueue(request);
                    Arrived.TrySetResult();
                    await _scripts[Math.Min(Interlocked.Increment(ref _served) - 1, _scripts.Length - 1)](connection);
                }
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException or SocketException or ObjectDisposedException)
            {
                Left.TrySetResult();
            }
        }
    }
}

public sealed class Connection(TcpClient client, CancellationToken stop, TaskCompletionSource left)
{
    private readonly NetworkStream _stream = client.GetStream();

    /// <summary>What was asked.</summary>
    public SeenRequest? Request { get; internal set; }

    public Task WriteAsync(string text) => WriteAsync(Encoding.UTF8.GetBytes(text));

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        await _stream.WriteAsync(bytes, stop);
        await _stream.FlushAsync(stop);
    }

    /// <summary>Says nothing until the client has left.</summary>
    public async Task HangAsync()
    {
        var read = await _stream.ReadAsync(new byte[16], stop);
        if (read == 0)
        {
            left.TrySetResult();
        }
    }

    /// <summary>Breaks the connection off with a reset.</summary>
    public void Abort() => client.Client.Close(0);

    public async Task<SeenRequest?> ReadRequestAsync()
    {
        var bytes = new List<byte>();
        var buffer = new byte[8192];
        while (true)
        {
            var read = await _stream.ReadAsync(buffer, stop);
            if (read == 0)
            {
                return null;
            }

            bytes.AddRange(buffer.AsSpan(0, read));
            var text = Encoding.Latin1.GetString([.. bytes]);
            var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end < 0)
            {
                continue;
            }

            var head = text[..end];
            var lengthLine = head.Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
            var chunked = head.Contains("chunked", StringComparison.OrdinalIgnoreCase);
            var length = lengthLine is null ? 0 : int.Parse(lengthLine.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture);
            if (chunked ? text.EndsWith("\r\n0\r\n\r\n", StringComparison.Ordinal) : bytes.Count >= end + 4 + length)
            {
                return new(head, Encoding.UTF8.GetString([.. bytes.Skip(end + 4)]));
            }
        }
    }
}
