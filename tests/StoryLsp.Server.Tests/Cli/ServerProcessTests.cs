using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;
using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Tests.Editor;

namespace StoryLsp.Server.Tests.Cli;

/// <summary>The server as a process, over every way of speaking with it.</summary>
public sealed class ServerProcessTests
{
    [TestCase]
    [TestCase("--stdio")]
    [TestCase("lsp")]
    [TestCase("lsp", "--stdio")]
    [TestCase("--stdio", "--clientProcessId=0")]
    public async Task Over_stdin_and_stdout(params string[] arguments)
    {
        using var story = new StoryOnDisk("");
        if (arguments is [_, "--clientProcessId=0"])
        {
            arguments[1] = $"--clientProcessId={Environment.ProcessId}";
        }

        using var process = StoryCli.Start(story.Root, null, arguments);
        _ = process.StandardError.ReadToEndAsync();
        await ConversationAsync(process.StandardOutput.BaseStream, process.StandardInput.BaseStream);
        await process.WaitForExitAsync().WaitAsync(Patience.Limit);
        Assert.That(process.ExitCode, Is.Zero);
    }

    [Test]
    public async Task Over_a_pipe()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("Named pipes of Windows are another thing.");
        }

        using var story = new StoryOnDisk("");
        var path = Path.Combine(Path.GetTempPath(), $"storylsp-{Guid.NewGuid():N}"[..20] + ".sock");
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen(1);
        using var process = StoryCli.Start(story.Root, null, "lsp", "--pipe", path);
        var printed = process.StandardOutput.ReadToEndAsync();
        _ = process.StandardError.ReadToEndAsync();
        await using var stream = new NetworkStream(await listener.AcceptAsync().WaitAsync(Patience.Limit), ownsSocket: true);
        await ConversationAsync(stream, stream);
        await process.WaitForExitAsync().WaitAsync(Patience.Limit);
        Assert.That(await printed, Is.Empty);
        File.Delete(path);
    }

    [Test]
    public async Task Over_a_socket()
    {
        using var story = new StoryOnDisk("");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var process = StoryCli.Start(story.Root, null, $"--socket={((IPEndPoint)listener.LocalEndpoint).Port}");
        _ = process.StandardError.ReadToEndAsync();
        using var client = await listener.AcceptTcpClientAsync().WaitAsync(Patience.Limit);
        await ConversationAsync(client.GetStream(), client.GetStream());
        await process.WaitForExitAsync().WaitAsync(Patience.Limit);
        Assert.That(process.ExitCode, Is.Zero);
    }

    [Test]
    public async Task A_pipe_that_nobody_holds_is_told_in_one_line()
    {
        StoryCli.AssertOneLine(await StoryCli.RunAsync(Path.GetTempPath(), "lsp", "--pipe", Path.Combine(Path.GetTempPath(), "storylsp-no-such.sock")));
        StoryCli.AssertOneLine(await StoryCli.RunAsync(Path.GetTempPath(), "lsp", "--socket", "1"));
    }

    [Test]
    public async Task The_end_of_the_input_ends_the_server()
    {
        var result = await StoryCli.RunAsync(Path.GetTempPath(), "--stdio");
        Assert.That(result.Code, Is.EqualTo(1), "no exit was asked for");
        Assert.That(result.Out, Is.Empty, "stdout belongs to the protocol");
    }

    [Test]
    public async Task The_editor_s_death_ends_the_server()
    {
        using var story = new StoryOnDisk("");
        using var editor = Process.Start(new ProcessStartInfo(OperatingSystem.IsWindows() ? "timeout" : "sleep", "600"))!;
        using var process = StoryCli.Start(story.Root, null, "--stdio", "--clientProcessId", editor.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        _ = process.StandardError.ReadToEndAsync();
        _ = process.StandardOutput.ReadToEndAsync();
        Assert.That(process.HasExited, Is.False);
        editor.Kill();
        await editor.WaitForExitAsync().WaitAsync(Patience.Limit);
        await process.WaitForExitAsync().WaitAsync(Patience.Limit);
        Assert.That(process.ExitCode, Is.EqualTo(1));
    }

    [Test]
    public async Task Garbage_is_answered_and_the_server_lives()
    {
        using var story = new StoryOnDisk("");
        using var process = StoryCli.Start(story.Root, null, "--stdio");
        _ = process.StandardError.ReadToEndAsync();
        await process.StandardInput.BaseStream.WriteAsync(Encoding.UTF8.GetBytes("Content-Length: 7\r\n\r\n{\"a\":1]"));
        await process.StandardInput.BaseStream.FlushAsync();
        await ConversationAsync(process.StandardOutput.BaseStream, process.StandardInput.BaseStream);
        await process.WaitForExitAsync().WaitAsync(Patience.Limit);
        Assert.That(process.ExitCode, Is.Zero);
    }

    private static async Task ConversationAsync(Stream fromServer, Stream toServer)
    {
        var editor = new LanguageConnection(fromServer, toServer, NullLogger.Instance, new ConnectionOptions { Role = ConnectionRole.Client });
        _ = editor.RunAsync();
        var parameters = new JsonObject { ["processId"] = Environment.ProcessId, ["rootUri"] = null, ["capabilities"] = new JsonObject() };
        var initialized = await editor.SendRequestAsync(LspMethods.Initialize, System.Text.Json.JsonSerializer.Deserialize(parameters.ToJsonString(), LspJsonContext.Default.InitializeParams)!, timeout: Patience.Limit);
        Assert.That(initialized.ServerInfo!.Name, Is.EqualTo("storylsp"));
        await editor.SendRequestAsync(LspMethods.Shutdown, default, timeout: Patience.Limit);
        editor.Notify(LspMethods.Exit, default);
    }
}
