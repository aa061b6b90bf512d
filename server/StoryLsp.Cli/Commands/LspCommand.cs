using System.CommandLine;
using System.IO.Pipes;
using System.Net.Sockets;
using System.Reflection;
using Microsoft.Extensions.Logging;
using StoryLsp.Server;

namespace StoryLsp.Cli.Commands;

/// <summary><c>storylsp lsp</c>: the language server.</summary>
internal static class LspCommand
{
    /// <summary>The version with the commit that it was built from.</summary>
    public static string Version { get; } =
        typeof(LspCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";

    public static Command Create()
    {
        var stdio = new Option<bool>("--stdio") { Description = "Speak over stdin and stdout (the default)." };
        var pipe = new Option<string?>("--pipe") { Description = "Speak over a named pipe or Unix socket." };
        var socket = new Option<int?>("--socket") { Description = "Speak over a TCP port of this machine." };
        var process = new Option<int?>("--clientProcessId") { Description = "End when this process ends." };
        var verbose = new Option<bool>("--verbose") { Description = "Log more to stderr." };
        var command = new Command("lsp", "Run the language server for an editor.") { stdio, pipe, socket, process, verbose };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetValue(pipe), parsed.GetValue(socket), parsed.GetValue(process), parsed.GetValue(verbose), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string? pipe, int? socket, int? process, bool isVerbose, CancellationToken cancellationToken)
    {
        if (pipe is null && socket is null && !Console.IsInputRedirected)
        {
            Console.Error.WriteLine("This is the language server; it waits for an editor on stdin. For a person: `storylsp --help`.");
        }

        var log = new StderrLog(isVerbose ? LogLevel.Debug : LogLevel.Information);
        var options = new LanguageServerOptions { Version = Version, ClientProcessId = process };
        await using var streams = await OpenAsync(pipe, socket, cancellationToken).ConfigureAwait(false);
        return await new LanguageServer(streams.Input, streams.Output, log, options).RunAsync(cancellationToken).ConfigureAwait(false);
    }

    private static async Task<Streams> OpenAsync(string? pipe, int? socket, CancellationToken cancellationToken)
    {
        if (socket is { } port)
        {
            var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", port, cancellationToken).ConfigureAwait(false);
            return new Streams(client.GetStream(), client.GetStream());
        }

        if (pipe is null)
        {
            return new Streams(Console.OpenStandardInput(), Console.OpenStandardOutput());
        }

        if (OperatingSystem.IsWindows())
        {
            var named = new NamedPipeClientStream(".", pipe.Replace(@"\\.\pipe\", "", StringComparison.Ordinal), PipeDirection.InOut, PipeOptions.Asynchronous);
            await named.ConnectAsync(cancellationToken).ConfigureAwait(false);
            return new Streams(named, named);
        }

        var unix = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await unix.ConnectAsync(new UnixDomainSocketEndPoint(pipe), cancellationToken).ConfigureAwait(false);
        var stream = new NetworkStream(unix, ownsSocket: true);
        return new Streams(stream, stream);
    }

    private sealed record Streams(Stream Input, Stream Output) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Input.DisposeAsync().ConfigureAwait(false);
            await Output.DisposeAsync().ConfigureAwait(false);
        }
    }
}
