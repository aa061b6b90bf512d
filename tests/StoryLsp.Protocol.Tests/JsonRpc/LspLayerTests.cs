using System.Diagnostics;
using System.Text.Json;
using NUnit.Framework;
using StoryLsp.Protocol.JsonRpc;

namespace StoryLsp.Protocol.Tests.JsonRpc;

/// <summary>Each sentence of "How the LSP layer must behave" that this layer keeps, by its own name.</summary>
public sealed class LspLayerTests
{
    private const string At = """{"textDocument":{"uri":"file:///a.md"},"position":{"line":0,"character":0}}""";

    /// <summary>For tests that need every answer, on however slow a machine.</summary>
    private static readonly ConnectionOptions Patient = new() { DrainTime = TimeSpan.FromSeconds(25) };

    [Test]
    public async Task TheReaderNeverBlocksOnWork()
    {
        await using var wire = new Wire();
        var slow = new TaskCompletionSource<Hover?>();
        wire.Connection.OnRequest(LspMethods.TextDocumentHover, (_, _) => slow.Task);
        wire.Connection.OnRequest(LspMethods.TextDocumentReferences, (_, _) => Task.FromResult<IReadOnlyList<Location>?>([]));
        await wire.StartInitializedAsync();

        await wire.SendRequestAsync(1, "textDocument/hover", At);
        await wire.SendRequestAsync(2, "textDocument/references", At[..^1] + ""","context":{"includeDeclaration":true}}""");

        Assert.That((await wire.ReceiveAsync()).Id(), Is.EqualTo(2));
        slow.SetResult(null);
        Assert.That((await wire.ReceiveAsync()).Text(), Is.EqualTo("""{"jsonrpc":"2.0","id":1,"result":null}"""));
    }

    [Test]
    public async Task OneWriterSendsEveryMessageWhole()
    {
        const int threads = 8;
        const int each = 100;
        await using var wire = new Wire();
        await wire.StartInitializedAsync();
        var senders = Enumerable.Range(0, threads).Select(t => Task.Run(() =>
        {
            for (var i = 0; i < each; i++)
            {
                wire.Connection.Notify(LspMethods.WindowLogMessage, new LogMessageParams(MessageType.Log, $"{t} {i} {new string('é', i * t)}"));
            }
        }));

        await Task.WhenAll(senders);
        var last = Enumerable.Repeat(-1, threads).ToArray();
        for (var n = 0; n < threads * each; n++)
        {
            var words = (await wire.ReceiveAsync())["params"]!["message"]!.GetValue<string>().Split(' ');
            var (thread, index) = (int.Parse(words[0]), int.Parse(words[1]));
            Assert.That(index, Is.EqualTo(last[thread] + 1), "A thread's messages keep their order.");
            Assert.That(words[2], Has.Length.EqualTo(index * thread));
            last[thread] = index;
        }
    }

    [Test]
    public async Task ResponsesBypassTheQueueOfRequests()
    {
        await using var wire = new Wire();
        wire.Connection.OnRequest(LspMethods.WorkspaceExecuteCommand, async (parameters, context) =>
        {
            var answer = await context.Connection.SendRequestAsync(
                LspMethods.WindowShowMessageRequest, new ShowMessageRequestParams { Type = MessageType.Info, Message = parameters.Command }, context.CancellationToken);
            return (JsonElement?)JsonSerializer.SerializeToElement(answer!.Title, LspJsonContext.Default.String);
        });
        await wire.StartInitializedAsync();
        const int count = 50;
        for (var i = 0; i < count; i++)
        {
            await wire.SendRequestAsync(i, "workspace/executeCommand", $$"""{"command":"{{i}}"}""");
        }

        var asked = new Dictionary<string, string>();
        for (var i = 0; i < count; i++)
        {
            var request = await wire.ReceiveAsync();
            asked[request["params"]!["message"]!.GetValue<string>()] = request["id"]!.ToJsonString();
        }

        foreach (var (command, id) in asked.Reverse())
        {
            await wire.SendAsync($$$"""{"jsonrpc":"2.0","id":{{{id}}},"result":{"title":"done {{{command}}}"}}""");
            var answer = await wire.ReceiveAsync();
            Assert.That(answer.Text(), Is.EqualTo($$"""{"jsonrpc":"2.0","id":{{command}},"result":"done {{command}}"}"""));
        }
    }

    [Test]
    public async Task CancelRequestBypassesTheQueueOfRequests()
    {
        await using var wire = new Wire();
        wire.Connection.OnRequest(LspMethods.TextDocumentHover, async (_, context) =>
        {
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
            return null;
        });
        await wire.StartInitializedAsync();
        for (var i = 0; i < 20; i++)
        {
            await wire.SendRequestAsync(i, "textDocument/hover", At);
        }

        await wire.NotifyAsync("$/cancelRequest", """{"id":7}""");
        var answer = await wire.ReceiveAsync();
        Assert.That(answer.Id(), Is.EqualTo(7));
        Assert.That(answer.ErrorCode(), Is.EqualTo(-32800));
    }

    [Test]
    public async Task ChangesApplyInOrderAndSnapshotsAreTakenBetweenThem()
    {
        await using var wire = new Wire();
        var version = 0;
        var inOrder = true;
        wire.Connection.OnNotification(LspMethods.TextDocumentDidChange, p =>
        {
            inOrder &= p.TextDocument.Version == version + 1;
            version = p.TextDocument.Version;
        });
        wire.Connection.OnRequest(LspMethods.TextDocumentHover, _ => version, (_, taken, _) =>
        {
            Thread.SpinWait(Random.Shared.Next(20_000));
            return new Hover { Contents = taken.ToString(System.Globalization.CultureInfo.InvariantCulture) };
        });
        await wire.StartInitializedAsync();
        const int count = 200;
        for (var i = 1; i <= count; i++)
        {
            await wire.NotifyAsync("textDocument/didChange", $$"""{"textDocument":{"uri":"file:///a.md","version":{{i}}},"contentChanges":[{"text":"x"}]}""");
            await wire.SendRequestAsync(i, "textDocument/hover", At);
        }

        var answers = new SortedDictionary<int, string>();
        for (var i = 0; i < count; i++)
        {
            var answer = await wire.ReceiveAsync();
            answers.Add(answer.Id(), answer["result"]!["contents"]!.GetValue<string>());
        }

        Assert.That(inOrder, Is.True);
        Assert.That(answers, Has.All.Matches<KeyValuePair<int, string>>(a => a.Value == a.Key.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Test]
    public async Task RequestsRunInTheBackground()
    {
        await using var wire = new Wire();
        using var release = new ManualResetEventSlim();
        var onLoop = 0;
        wire.Connection.OnRequest(LspMethods.TextDocumentHover, _ => ++onLoop, (_, _, _) =>
        {
            release.Wait(wire.Guard);
            return (Hover?)null;
        });
        wire.Connection.OnRequest(LspMethods.InlayHintResolve, (hint, _) => Task.FromResult(hint));
        await wire.StartInitializedAsync();
        await wire.SendRequestAsync(1, "textDocument/hover", At);
        await wire.SendRequestAsync(2, "inlayHint/resolve", """{"position":{"line":1,"character":2},"label":"x"}""");

        Assert.That((await wire.ReceiveAsync()).Id(), Is.EqualTo(2));
        Assert.That(onLoop, Is.EqualTo(1));
        release.Set();
        Assert.That((await wire.ReceiveAsync()).Id(), Is.EqualTo(1));
    }

    [Test]
    public async Task EachRequestIsAnsweredExactlyOnce()
    {
        await using var wire = new Wire(Patient);
        wire.Connection.OnRequest(LspMethods.TextDocumentHover, async (p, context) =>
        {
            switch (p.Position.Line % 6)
            {
                case 0:
                    return null;
                case 1:
                    await Task.Yield();
                    return new Hover { Contents = "later" };
                case 2:
                    throw new InvalidOperationException("secret stack");
                case 3:
                    await Task.Yield();
                    throw new ResponseErrorException(LSPErrorCodes.RequestFailed, "No.");
                case 4:
                    await Task.Delay(Timeout.Infinite, context.CancellationToken);
                    return null;
                default:
                    // A result that cannot be written: its required contents are missing.
                    return new Hover { Contents = null! };
            }
        });
        var code = await wire.StartInitializedAsync();
        const int count = 120;
        for (var i = 0; i < count; i++)
        {
            await wire.SendRequestAsync(i, "textDocument/hover", $$$"""{"textDocument":{"uri":"file:///a.md"},"position":{"line":{{{i}}},"character":0}}""");
            await wire.NotifyAsync("$/cancelRequest", $$"""{"id":{{i}}}""");
        }

        await wire.EndInputAsync();
        var answers = await wire.ReceiveAllAsync();
        Assert.That(answers.Select(a => a.Id()), Is.EquivalentTo(Enumerable.Range(0, count)));
        Assert.That(await code, Is.EqualTo(1));
    }

    [Test]
    public async Task AnUnknownRequestIsAnsweredWithMethodNotFound()
    {
        await using var wire = new Wire();
        await wire.StartInitializedAsync();
        await wire.SendRequestAsync(1, "textDocument/teleport");
        await wire.SendRequestAsync(2, "$/teleport");
        Assert.That((await wire.ReceiveAsync()).ErrorCode(), Is.EqualTo(-32601));
        Assert.That((await wire.ReceiveAsync()).ErrorCode(), Is.EqualTo(-32601));
    }

    [TestCase("$/unknown")]
    [TestCase("textDocument/didTeleport")]
    public async Task AnUnknownNotificationIsIgnored(string method)
    {
        await using var wire = new Wire();
        await wire.StartInitializedAsync();
        await wire.NotifyAsync(method);
        await wire.SendRequestAsync(5, "shutdown", "null");
        Assert.That((await wire.ReceiveAsync()).Text(), Is.EqualTo("""{"jsonrpc":"2.0","id":5,"result":null}"""));
    }

    [Test]
    public async Task AfterShutdownRequestsAreInvalid()
    {
        await using var wire = new Wire();
        wire.Connection.OnRequest(LspMethods.TextDocumentHover, (_, _) => Task.FromResult<Hover?>(null));
        await wire.StartInitializedAsync();
        await wire.SendRequestAsync(1, "shutdown");
        await wire.SendRequestAsync(2, "textDocument/hover", At);
        await wire.SendRequestAsync(3, "textDocument/unknown");
        Assert.That((await wire.ReceiveAsync()).Id(), Is.EqualTo(1));
        Assert.That((await wire.ReceiveAsync()).ErrorCode(), Is.EqualTo(-32600));
        Assert.That((await wire.ReceiveAsync()).ErrorCode(), Is.EqualTo(-32600));
        Assert.That(wire.Connection.IsShutDown, Is.True);
    }

    [Test]
    public async Task ExitWithoutShutdownGivesCode1()
    {
        await using var wire = new Wire();
        var code = await wire.StartInitializedAsync();
        await wire.NotifyAsync("exit");
        Assert.That(await code.WaitAsync(wire.Guard), Is.EqualTo(1));
    }

    [Test]
    public async Task ExitAfterShutdownGivesCode0()
    {
        await using var wire = new Wire();
        var code = await wire.StartInitializedAsync();
        await wire.SendRequestAsync(1, "shutdown");
        await wire.SendAsync("""{"jsonrpc":"2.0","method":"exit"}""");
        Assert.That(await code.WaitAsync(wire.Guard), Is.EqualTo(0));
        Assert.That((await wire.ReceiveAsync()).Id(), Is.EqualTo(1), "What was answered before the exit is still sent.");
    }

    [TestCase(true, 0)]
    [TestCase(false, 1)]
    public async Task TheEndOfStdinEndsTheServer(bool shutdown, int expected)
    {
        await using var wire = new Wire();
        var code = await wire.StartInitializedAsync();
        if (shutdown)
        {
            await wire.SendRequestAsync(1, "shutdown");
        }

        await wire.EndInputAsync();
        Assert.That(await code.WaitAsync(wire.Guard), Is.EqualTo(expected));
    }

    [Test]
    public async Task RequestsThatRunAtTheEndOfStdinAreStillAnswered()
    {
        await using var wire = new Wire(Patient);
        wire.Connection.OnRequest(LspMethods.TextDocumentHover, _ => 0, (_, _, _) =>
        {
            Thread.SpinWait(100_000);
            return new Hover { Contents = "late" };
        });
        await wire.StartInitializedAsync();
        await wire.SendRequestAsync(1, "textDocument/hover", At);
        await wire.EndInputAsync();
        Assert.That((await wire.ReceiveAllAsync()).Select(m => m["result"]?["contents"]?.GetValue<string>()), Is.EqualTo(new[] { "late" }));
    }

    [Test]
    public async Task TheDeathOfTheClientsProcessEndsTheServer()
    {
        using var client = StartSleeper();
        await using var wire = new Wire();
        wire.Connection.OnRequest(LspMethods.Initialize, (_, _) => Task.FromResult(new InitializeResult { Capabilities = new ServerCapabilities() }));
        var code = wire.Start();
        await wire.SendRequestAsync(1, "initialize", $$$"""{"processId":{{{client.Id}}},"rootUri":null,"capabilities":{}}""");
        await wire.ReceiveAsync();
        Assert.That(code.IsCompleted, Is.False);
        client.Kill();
        Assert.That(await code.WaitAsync(wire.Guard), Is.EqualTo(1));
    }

    [Test]
    public async Task TheClientProcessIdOfTheCommandLineIsWatchedBeforeInitialize()
    {
        using var client = StartSleeper();
        await using var wire = new Wire();
        var code = wire.Start();
        wire.Connection.WatchClientProcess(client.Id);
        client.Kill();
        Assert.That(await code.WaitAsync(wire.Guard), Is.EqualTo(1));
    }

    [TestCase("content-length: {0}\r\n\r\n")]
    [TestCase("CONTENT-LENGTH:{0}\r\n\r\n")]
    [TestCase("Content-Length:   {0}  \r\n\r\n")]
    [TestCase("Content-Length: {0}\n\n")]
    public async Task HeaderNamesComeInAnyCase(string header) => await AnswersWithHeaderAsync(header);

    [TestCase("Content-Type: application/vscode-jsonrpc; charset=utf-8\r\nContent-Length: {0}\r\n\r\n")]
    [TestCase("Content-Length: {0}\r\nContent-Type: application/vscode-jsonrpc; charset=utf8\r\n\r\n")]
    public async Task ContentTypeIsTolerated(string header) => await AnswersWithHeaderAsync(header);

    [Test]
    public async Task ReadsMaySplitAMessageAnywhere()
    {
        await using var wire = new Wire(wrapInput: inner => new TricklingStream(inner, new Random(1), 1));
        await wire.StartInitializedAsync();
        await wire.SendRequestAsync(1, "shutdown");
        Assert.That((await wire.ReceiveAsync()).Id(), Is.EqualTo(1));
    }

    [Test]
    public async Task TheLengthCountsBytes()
    {
        const string text = "Zoë’s café, 𝔘, 日本語, 👩‍🚀";
        await using var wire = new Wire();
        string? seen = null;
        wire.Connection.OnNotification(LspMethods.TextDocumentDidOpen, p => seen = p.TextDocument.Text);
        wire.Connection.OnRequest(LspMethods.TextDocumentHover, (_, _) => Task.FromResult<Hover?>(new Hover { Contents = seen! }));
        await wire.StartInitializedAsync();
        await wire.NotifyAsync("textDocument/didOpen", $$$"""{"textDocument":{"uri":"file:///a.md","languageId":"markdown","version":1,"text":"{{{text}}}"}}""");
        await wire.SendRequestAsync(1, "textDocument/hover", At);
        Assert.That((await wire.ReceiveAsync())["result"]!["contents"]!.GetValue<string>(), Is.EqualTo(text));
        Assert.That(seen, Is.EqualTo(text));
    }

    private static async Task AnswersWithHeaderAsync(string header)
    {
        const string json = """{"jsonrpc":"2.0","id":9,"method":"shutdown"}""";
        await using var wire = new Wire();
        await wire.StartInitializedAsync();
        await wire.SendBytesAsync(System.Text.Encoding.ASCII.GetBytes(string.Format(System.Globalization.CultureInfo.InvariantCulture, header, json.Length) + json));
        Assert.That((await wire.ReceiveAsync()).Id(), Is.EqualTo(9));
    }

    private static Process StartSleeper() => OperatingSystem.IsWindows()
        ? Process.Start(new ProcessStartInfo("ping", "-n 600 127.0.0.1") { RedirectStandardOutput = true })!
        : Process.Start("sleep", "600");
}
