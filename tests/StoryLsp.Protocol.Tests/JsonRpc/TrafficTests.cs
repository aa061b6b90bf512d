using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;
using StoryLsp.Protocol.JsonRpc;

namespace StoryLsp.Protocol.Tests.JsonRpc;

/// <summary>How much goes over the wire, in which portions, and what is told of it.</summary>
public sealed class TrafficTests
{
    [Test]
    public async Task AClientThatDoesNotReadIsNotListenedToAndLosesNothing()
    {
        const int requests = 200;
        const int most = 20_000;
        var toServer = new Pipe(new PipeOptions(pauseWriterThreshold: 0));
        var toClient = new Pipe(new PipeOptions(pauseWriterThreshold: 1024, resumeWriterThreshold: 512));
        var connection = new LanguageConnection(
            toServer.Reader.AsStream(), toClient.Writer.AsStream(), NullLogger.Instance, new ConnectionOptions { Role = ConnectionRole.Client, MostUnsent = most, DrainTime = TimeSpan.FromSeconds(20) });
        var asked = 0;
        var answer = new Hover { Contents = new MarkupContent(MarkupKind.PlainText, new string('x', 5000)) };
        connection.OnRequest(LspMethods.TextDocumentHover, (_, _) =>
        {
            Interlocked.Increment(ref asked);
            return Task.FromResult<Hover?>(answer);
        });
        var running = connection.RunAsync();
        for (var id = 0; id < requests; id++)
        {
            await toServer.Writer.WriteAsync(Wire.FrameOf($$$$"""{"jsonrpc":"2.0","id":{{{{id}}}},"method":"textDocument/hover","params":{"textDocument":{"uri":"file:///a.md"},"position":{"line":0,"character":0}}}"""));
        }

        // What may be under way at most: what waits, one that is being written, and what has just passed the look at the rest.
        const int underWay = (most / 5000) + 4;
        await Task.Delay(100);
        Assert.That(Volatile.Read(ref asked), Is.LessThanOrEqualTo(underWay));
        var read = toClient.Reader.AsStream();
        var buffer = new byte[16 * 1024];
        var text = new StringBuilder();
        while (Answers(text.ToString()) < requests)
        {
            text.Append(Encoding.UTF8.GetString(buffer, 0, await read.ReadAsync(buffer)));
            Assert.That(Volatile.Read(ref asked), Is.LessThanOrEqualTo(Answers(text.ToString()) + underWay + 1));
        }

        for (var id = 0; id < requests; id++)
        {
            Assert.That(text.ToString(), Does.Contain($"\"id\":{id},"));
        }

        await toServer.Writer.CompleteAsync();
        await running;
    }

    [Test]
    public async Task ALongListGoesInPartsToAClientThatWantsThem([Values(0, 1, 100, 101, 250)] int count)
    {
        await using var wire = new Wire();
        wire.Connection.OnRequest(LspMethods.TextDocumentReferences, (_, _) => Task.FromResult<IReadOnlyList<Location>?>(
            [.. Enumerable.Range(0, count).Select(line => new Location("file:///a.md", new LspRange(new Position(line, 0), new Position(line, 1))))]));
        await wire.StartInitializedAsync();
        await wire.SendRequestAsync(1, "textDocument/references", """{"textDocument":{"uri":"file:///a.md"},"position":{"line":0,"character":0},"context":{"includeDeclaration":true},"partialResultToken":"p"}""");
        var lines = new List<int>();
        var message = await wire.ReceiveAsync();
        var parts = 0;
        while (message["method"]?.GetValue<string>() == "$/progress")
        {
            Assert.That(message["params"]!["token"]!.GetValue<string>(), Is.EqualTo("p"));
            lines.AddRange(message["params"]!["value"]!.AsArray().Select(location => location!["range"]!["start"]!["line"]!.GetValue<int>()));
            parts++;
            message = await wire.ReceiveAsync();
        }

        Assert.That(parts, Is.EqualTo(count > 100 ? (count + 99) / 100 : 0), "a short list is sent whole");
        Assert.That(message["result"]!.AsArray(), parts > 0 ? Is.Empty : Has.Count.EqualTo(count), "a part is never sent twice");
        lines.AddRange(message["result"]!.AsArray().Select(location => location!["range"]!["start"]!["line"]!.GetValue<int>()));
        Assert.That(lines, Is.EqualTo(Enumerable.Range(0, count)));
    }

    [Test]
    public async Task ARequestThatTakesLongShowsProgressThatCanBeCancelled()
    {
        await using var wire = new Wire(new ConnectionOptions { ProgressDelay = TimeSpan.FromMilliseconds(1), ProgressTitle = static _ => "Searching" });
        wire.Connection.OnRequest(LspMethods.WorkspaceSymbol, async (_, context) =>
        {
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
            return null;
        });
        await wire.StartInitializedAsync();
        await wire.SendRequestAsync(1, "workspace/symbol", """{"query":"","workDoneToken":"w"}""");
        Assert.That((await wire.ReceiveAsync())["params"]!.ToJsonString(), Is.EqualTo("""{"token":"w","value":{"kind":"begin","title":"Searching","cancellable":true}}"""));
        await wire.NotifyAsync("window/workDoneProgress/cancel", """{"token":"w"}""");
        Assert.That((await wire.ReceiveAsync())["params"]!["value"]!["kind"]!.GetValue<string>(), Is.EqualTo("end"), "before the answer");
        Assert.That((await wire.ReceiveAsync()).ErrorCode(), Is.EqualTo((int)LSPErrorCodes.RequestCancelled));
    }

    [Test]
    public async Task ARequestThatIsAnsweredAtOnceShowsNoProgress()
    {
        await using var wire = new Wire();
        wire.Connection.OnRequest(LspMethods.WorkspaceSymbol, static (_, _) => Task.FromResult<WorkspaceSymbolResult?>(null));
        await wire.StartInitializedAsync();
        await wire.SendRequestAsync(1, "workspace/symbol", """{"query":"","workDoneToken":"w"}""");
        Assert.That((await wire.ReceiveAsync()).Id(), Is.EqualTo(1));
    }

    [Test]
    public async Task ATraceTellsNamesAndTimesAndNothingOfWhatStandsInAMessage()
    {
        await using var wire = new Wire();
        wire.Connection.OnRequest(LspMethods.WorkspaceSymbol, static (_, _) => Task.FromResult<WorkspaceSymbolResult?>(null));
        wire.Connection.OnNotification(LspMethods.SetTrace, parameters => wire.Connection.Trace = parameters.Value);
        await wire.StartInitializedAsync();
        await wire.SendRequestAsync(1, "workspace/symbol", """{"query":"secret"}""");
        Assert.That((await wire.ReceiveAsync()).Id(), Is.EqualTo(1), "off until it is asked for");
        await wire.NotifyAsync("$/setTrace", """{"value":"verbose"}""");
        await wire.SendRequestAsync(2, "workspace/symbol", """{"query":"secret"}""");
        var messages = new[] { await wire.ReceiveAsync(), await wire.ReceiveAsync(), await wire.ReceiveAsync() };
        Assert.That(messages[0]["params"]!["message"]!.GetValue<string>(), Is.EqualTo("Received workspace/symbol (2)"));
        Assert.That(messages[1].Id(), Is.EqualTo(2));
        Assert.That(messages[2]["method"]!.GetValue<string>(), Is.EqualTo("$/logTrace"));
        Assert.That(messages[2]["params"]!["message"]!.GetValue<string>(), Does.StartWith("Answered workspace/symbol (2) after"));
        Assert.That(string.Concat(messages.Select(message => message.ToJsonString())), Does.Not.Contain("secret"));
        await wire.NotifyAsync("$/setTrace", """{"value":"off"}""");
        await wire.SendRequestAsync(3, "workspace/symbol", """{"query":""}""");
        Assert.That((await wire.ReceiveAsync()).Id(), Is.EqualTo(3));
    }

    [TestCase("4294967295", int.MaxValue)]
    [TestCase("1e400", int.MaxValue)]
    [TestCase("-99999999999999999999", int.MinValue)]
    [TestCase("-1", -1)]
    [TestCase("4.0", 4)]
    [TestCase("2147483647", int.MaxValue)]
    public void NumbersBeyondTheRangeMeanItsEnds(string json, int expected) =>
        Assert.That(JsonSerializer.Deserialize($$"""{"line":{{json}},"character":0}""", LspJsonContext.Default.Position)!.Line, Is.EqualTo(expected));

    private static int Answers(string text) => (text.Length - text.Replace("\"result\"", "", StringComparison.Ordinal).Length) / "\"result\"".Length;
}
