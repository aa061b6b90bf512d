using System.Collections.Concurrent;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using StoryLsp.Server.Tests.Cli;
using StoryLsp.Server.Tests.Editor;

namespace StoryLsp.Server.Tests.Mcp;

/// <summary>The SDK's own client, and the real executable on the other side of two pipes.</summary>
internal sealed class McpSession : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _errors;

    private McpSession(McpClient client, ConcurrentQueue<string> errors)
    {
        Client = client;
        _errors = errors;
    }

    public McpClient Client { get; }

    /// <summary>What the executable wrote to stderr.</summary>
    public string Errors => string.Join('\n', _errors);

    public static async Task<McpSession> StartAsync(string root)
    {
        var errors = new ConcurrentQueue<string>();
        var transport = new StdioClientTransport(new StdioClientTransportOptions
        {
            Command = "dotnet",
            Arguments = ["exec", StoryCli.Assembly, "mcp"],
            WorkingDirectory = root,
            StandardErrorLines = errors.Enqueue,
        });
        using var guard = new CancellationTokenSource(Patience.Limit);
        var client = await McpClient.CreateAsync(transport, new McpClientOptions { ClientInfo = new Implementation { Name = "Test Bench", Version = "1.2" }, DiscoverProbeTimeout = Timeout.InfiniteTimeSpan }, cancellationToken: guard.Token);
        return new(client, errors);
    }

    /// <summary>Calls a tool; gives its text, and whether it is an error.</summary>
    public async Task<(string Text, bool IsError)> CallAsync(string tool, params (string Name, object? Value)[] arguments)
    {
        using var guard = new CancellationTokenSource(Patience.Limit);
        var result = await Client.CallToolAsync(tool, arguments.ToDictionary(argument => argument.Name, argument => argument.Value), cancellationToken: guard.Token);
        return (string.Join('\n', result.Content.OfType<TextContentBlock>().Select(block => block.Text)), result.IsError == true);
    }

    /// <summary>The text of a tool's answer that is no error.</summary>
    public async Task<string> TextAsync(string tool, params (string Name, object? Value)[] arguments)
    {
        var (text, isError) = await CallAsync(tool, arguments);
        return isError ? throw new NUnit.Framework.AssertionException($"{tool} was to answer, and said: {text}") : text;
    }

    /// <summary>The text of a resource.</summary>
    public async Task<string> ReadAsync(string uri)
    {
        using var guard = new CancellationTokenSource(Patience.Limit);
        var result = await Client.ReadResourceAsync(uri, cancellationToken: guard.Token);
        return string.Join('\n', result.Contents.OfType<TextResourceContents>().Select(content => content.Text));
    }

    public ValueTask DisposeAsync() => Client.DisposeAsync();
}
