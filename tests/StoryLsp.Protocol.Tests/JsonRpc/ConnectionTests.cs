using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using NUnit.Framework;
using StoryLsp.Protocol.JsonRpc;

namespace StoryLsp.Protocol.Tests.JsonRpc;

/// <summary>What the layer does beyond the sentences of <see cref="LspLayerTests"/>.</summary>
public sealed class ConnectionTests
{
    private const string At = """{"textDocument":{"uri":"file:///a.md"},"position":{"line":0,"character":0}}""";

    [Test]
    public async Task BeforeInitializeRequestsAreRefusedAndNotificationsDropped()
    {
        await using var wire = new Wire();
        var opened = 0;
        wire.Connection.OnNotification(LspMethods.TextDocumentDidClose, _ => opened++);
        wire.Connection.OnRequest(LspMethods.TextDocumentHover, (_, _) => Task.FromResult<Hover?>(null));
        _ = wire.Start();
        await wire.NotifyAsync("textDocument/didClose", """{"textDocument":{"uri":"file:///a.md"}}""");
        await wire.SendRequestAsync(1, "textDocument/hover", At);
        await wire.SendRequestAsync(2, "shutdown");
        Assert.That((await wire.ReceiveAsync()).ErrorCode(), Is.EqualTo(-32002));
        Assert.That((await wire.ReceiveAsync()).ErrorCode(), Is.EqualTo(-32002));
        Assert.That(opened, Is.Zero);
    }

    [Test]
    public async Task ExitBeforeInitializeEndsTheServerWithCode1()
    {
        await using var wire = new Wire();
        var code = wire.Start();
        await wire.NotifyAsync("exit");
        Assert.That(await code.WaitAsync(wire.Guard), Is.EqualTo(1));
    }

    [Test]
    public async Task ASecondInitializeIsInvalid()
    {
        await using var wire = new Wire();
        await wire.StartInitializedAsync();
        await wire.SendRequestAsync(1, "initialize", """{"processId":null,"rootUri":null,"capabilities":{}}""");
        Assert.That((await wire.ReceiveAsync()).ErrorCode(), Is.EqualTo(-32600));
    }

    [Test]
    public async Task AFailedInitializeMayBeTriedAgain()
    {
        await using var wire = new Wire();
        wire.Connection.OnRequest(LspMethods.Initialize, (_, _) => Task.FromResult(new InitializeResult { Capabilities = new ServerCapabilities() }));
        _ = wire.Start();
        await wire.SendRequestAsync(1, "initialize", """{"capabilities":7}""");
        Assert.That((await wire.ReceiveAsync()).ErrorCode(), Is.EqualTo(-32602));
        await wire.SendRequestAsync(2, "initialize", """{"processId":null,"capabilities":{}}""");
        Assert.That((await wire.ReceiveAsync()).ContainsKey("result"), Is.True);
    }

    [TestCase("1")]
    [TestCase("\"1\"")]
    [TestCase("-5")]
    [TestCase("123456789012345678901234567890")]
    [TestCase("\"a \\\" b é\"")]
    [TestCase("\"\"")]
    public async Task IdsAreKeptAsGiven(string id)
    {
        await using var wire = new Wire();
        wire.Connection.OnRequest(LspMethods.TextDocumentHover, async (_, context) =>
        {
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
            return null;
        });
        await wire.StartInitializedAsync();
        await wire.SendAsync($$"""{"jsonrpc":"2.0","id":{{id}},"method":"textDocument/hover","params":{{At}}}""");
        await wire.NotifyAsync("$/cancelRequest", $$"""{"id":{{id}}}""");
        var answer = await wire.ReceiveAsync();
        Assert.That(JsonNode.DeepEquals(answer["id"], JsonNode.Parse(id)), Is.True, answer.Text());
        Assert.That(answer.ErrorCode(), Is.EqualTo(-32800));
    }

    [Test]
    public async Task TheNumber1AndTheText1AreTwoIds()
    {
        await using var wire = new Wire();
        wire.Connection.OnRequest(LspMethods.TextDocumentHover, async (_, context) =>
        {
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
            return null;
        });
        await wire.StartInitializedAsync();
        await wire.SendAsync($$"""{"jsonrpc":"2.0","id":1,"method":"textDocument/hover","params":{{At}}}""");
        await wire.SendAsync($$"""{"jsonrpc":"2.0","id":"1","method":"textDocument/hover","params":{{At}}}""");
        await wire.NotifyAsync("$/cancelRequest", """{"id":"1"}""");
        Assert.That((await wire.ReceiveAsync())["id"]!.ToJsonString(), Is.EqualTo("\"1\""));
    }

    [Test]
    public async Task AnIdThatIsStillInUseIsRefusedAndFreeAfterItsAnswer()
    {
        await using var wire = new Wire();
        var slow = new TaskCompletionSource<Hover?>();
        wire.Connection.OnRequest(LspMethods.TextDocumentHover, (_, _) => slow.Task);
        await wire.StartInitializedAsync();
        await wire.SendRequestAsync(1, "textDocument/hover", At);
        await wire.SendRequestAsync(1, "textDocument/hover", At);
        Assert.That((await wire.ReceiveAsync()).ErrorCode(), Is.EqualTo(-32600));
        slow.SetResult(null);
        Assert.That((await wire.ReceiveAsync()).ContainsKey("result"), Is.True);
        await wire.SendRequestAsync(1, "textDocument/hover", At);
        Assert.That((await wire.ReceiveAsync()).ContainsKey("result"), Is.True);
    }

    [Test]
    public async Task AHandlersFailureIsAnsweredWithoutItsStack()
    {
        await using var wire = new Wire();
        wire.Connection.OnRequest(LspMethods.TextDocumentHover, (_, _) => throw new InvalidOperationException("Index 7 of the inner cache"));
        await wire.StartInitializedAsync();
        await wire.SendRequestAsync(1, "textDocument/hover", At);
        var answer = await wire.ReceiveAsync();
        Assert.That(answer.ErrorCode(), Is.EqualTo(-32603));
        Assert.That(answer.ErrorMessage(), Does.Contain("textDocument/hover").And.Not.Contain("cache").And.Not.Contain(" at "));
    }

    [Test]
    public async Task AHandlerMaySayThatTheContentWasModified()
    {
        await using var wire = new Wire();
        wire.Connection.OnRequest(LspMethods.TextDocumentHover, (_, _) => Task.FromException<Hover?>(ResponseErrorException.ContentModified()));
        await wire.StartInitializedAsync();
        await wire.SendRequestAsync(1, "textDocument/hover", At);
        Assert.That((await wire.ReceiveAsync()).ErrorCode(), Is.EqualTo(-32801));
    }

    [Test]
    public async Task AnOperationCancelledByNobodyIsAnInternalError()
    {
        await using var wire = new Wire();
        wire.Connection.OnRequest(LspMethods.TextDocumentHover, (_, _) => Task.FromException<Hover?>(new TaskCanceledException()));
        await wire.StartInitializedAsync();
        await wire.SendRequestAsync(1, "textDocument/hover", At);
        Assert.That((await wire.ReceiveAsync()).ErrorCode(), Is.EqualTo(-32603));
    }

    [TestCase("7")]
    [TestCase("[]")]
    [TestCase("null")]
    [TestCase("{}")]
    [TestCase("""{"textDocument":{"uri":null},"position":{"line":0,"character":0}}""")]
    [TestCase("""{"textDocument":{"uri":"a"},"position":{"line":"0","character":0}}""")]
    [TestCase("""{"textDocument":{"uri":"a"},"position":{"line":"7","character":0}}""")]
    public async Task WrongParametersAreAnsweredAsSuch(string parameters)
    {
        await using var wire = new Wire();
        wire.Connection.OnRequest(LspMethods.TextDocumentHover, (_, _) => Task.FromResult<Hover?>(null));
        await wire.StartInitializedAsync();
        await wire.SendRequestAsync(1, "textDocument/hover", parameters);
        Assert.That((await wire.ReceiveAsync()).ErrorCode(), Is.EqualTo(-32602));
    }

    [Test]
    public async Task ANotificationThatFailsOrCannotBeReadLeavesTheRestAlone()
    {
        await using var wire = new Wire();
        var versions = new List<int>();
        wire.Connection.OnNotification(LspMethods.TextDocumentDidOpen, p =>
        {
            versions.Add(p.TextDocument.Version);
            throw new InvalidOperationException();
        });
        await wire.StartInitializedAsync();
        await wire.NotifyAsync("textDocument/didOpen", """{"textDocument":{"uri":"u","languageId":"l","version":1,"text":"t"}}""");
        await wire.NotifyAsync("textDocument/didOpen", """{"textDocument":7}""");
        await wire.NotifyAsync("textDocument/didOpen", """{"textDocument":{"uri":"u","languageId":"l","version":2,"text":"t"}}""");
        await wire.SendRequestAsync(1, "shutdown");
        Assert.That((await wire.ReceiveAsync()).Id(), Is.EqualTo(1));
        Assert.That(versions, Is.EqualTo(new[] { 1, 2 }));
    }

    [TestCase("[]")]
    [TestCase("""[{"jsonrpc":"2.0","id":1,"method":"shutdown"}]""")]
    [TestCase("7")]
    [TestCase("{}")]
    [TestCase("""{"jsonrpc":"2.0","id":{},"method":"shutdown"}""")]
    [TestCase("""{"jsonrpc":"2.0","id":null,"method":"shutdown"}""")]
    [TestCase("""{"jsonrpc":"2.0","method":5}""")]
    public async Task WhatIsNoSingleMessageIsInvalid(string json)
    {
        await using var wire = new Wire();
        await wire.StartInitializedAsync();
        await wire.SendAsync(json);
        await wire.SendRequestAsync(2, "shutdown");
        var answer = await wire.ReceiveAsync();
        Assert.That(answer.ErrorCode(), Is.EqualTo(-32600));
        Assert.That(answer.ContainsKey("id"), Is.True);
        Assert.That(answer["id"], Is.Null);
        Assert.That((await wire.ReceiveAsync()).Id(), Is.EqualTo(2));
    }

    [TestCase("")]
    [TestCase("{")]
    [TestCase("""{"jsonrpc":"2.0","id":1,"method":"shutdown"}}""")]
    [TestCase("""{"jsonrpc":"2.0","id":1,"method":"shutdown",}""")]
    [TestCase("not JSON at all")]
    public async Task WhatIsNoJsonIsAnsweredWithAParseErrorOfNoId(string content)
    {
        await using var wire = new Wire();
        await wire.StartInitializedAsync();
        await wire.SendAsync(content);
        await wire.SendRequestAsync(2, "shutdown");
        var answer = await wire.ReceiveAsync();
        Assert.That(answer.ErrorCode(), Is.EqualTo(-32700));
        Assert.That(answer["id"], Is.Null);
        Assert.That((await wire.ReceiveAsync()).Id(), Is.EqualTo(2));
    }

    [Test]
    public async Task DeepNestingIsAnsweredWithAParseError()
    {
        await using var wire = new Wire();
        await wire.StartInitializedAsync();
        const int levels = 10_000;
        await wire.SendRequestAsync(1, "textDocument/hover", new string('[', levels) + new string(']', levels));
        Assert.That((await wire.ReceiveAsync()).ErrorCode(), Is.EqualTo(-32700));
    }

    [Test]
    public async Task InvalidUtf8IsAnsweredWithAParseError()
    {
        await using var wire = new Wire();
        await wire.StartInitializedAsync();
        var frame = Wire.FrameOf("""{"jsonrpc":"2.0","id":1,"method":"shut_own"}""");
        frame[Array.IndexOf(frame, (byte)'_')] = 0xFF;
        await wire.SendBytesAsync(frame);
        Assert.That((await wire.ReceiveAsync()).ErrorCode(), Is.EqualTo(-32700));
    }

    [TestCase(@"a\ud83db", "a\uFFFDb")]
    [TestCase(@"\uDE00", "\uFFFD")]
    [TestCase(@"\ud83d\ud83d\ude00", "\uFFFD\U0001F600")]
    [TestCase(@"\\ud83d", @"\ud83d")]
    [TestCase(@"\\\ud83d", "\\\uFFFD")]
    [TestCase(@"\ud83d\ude00", "\U0001F600")]
    public async Task HalfAnAstralCharacterBecomesAReplacementOfTheSameLength(string escaped, string expected)
    {
        await using var wire = new Wire();
        string? seen = null;
        wire.Connection.OnNotification(LspMethods.TextDocumentDidOpen, p => seen = p.TextDocument.Text);
        await wire.StartInitializedAsync();
        await wire.NotifyAsync("textDocument/didOpen", $$$"""{"textDocument":{"uri":"u","languageId":"l","version":1,"text":"{{{escaped}}}"}}""");
        await wire.SendRequestAsync(1, "shutdown");
        await wire.ReceiveAsync();
        Assert.That(seen, Is.EqualTo(expected));
    }

    [TestCase("Content-Length: -1\r\n\r\n")]
    [TestCase("Content-Length: 99999999999999999999999\r\n\r\n")]
    [TestCase("Content-Length: 2000000000\r\n\r\n")]
    [TestCase("Content-Length: ten\r\n\r\n")]
    public async Task ALengthThatIsNoneIsAnsweredAndTheNextMessageIsRead(string header)
    {
        await using var wire = new Wire();
        await wire.StartInitializedAsync();
        await wire.SendBytesAsync(Encoding.ASCII.GetBytes(header + "{\"some\":\"content\"}"));
        await wire.SendRequestAsync(2, "shutdown");
        Assert.That((await wire.ReceiveAsync()).ErrorCode(), Is.EqualTo(-32700));
        Assert.That((await wire.ReceiveAsync()).Id(), Is.EqualTo(2));
    }

    [TestCase("garbage")]
    [TestCase("garbage\r\n\r\nmore: garbage\r\n\r\n")]
    [TestCase("\r\n\r\n\r\n")]
    [TestCase("Content-Length: 10\r\n")]
    [TestCase("{\"jsonrpc\":\"2.0\"}\n")]
    [TestCase("Content-Len")]
    public async Task GarbageBetweenMessagesIsSkipped(string garbage)
    {
        await using var wire = new Wire();
        await wire.StartInitializedAsync();
        await wire.SendBytesAsync(Encoding.ASCII.GetBytes(garbage));
        await wire.SendRequestAsync(2, "shutdown");
        Assert.That((await wire.ReceiveAsync()).Id(), Is.EqualTo(2));
    }

    [TestCase(-3)]
    [TestCase(20)]
    public async Task AWrongLengthCostsOneMessage(int difference)
    {
        await using var wire = new Wire();
        wire.Connection.OnRequest(LspMethods.TextDocumentHover, (_, _) => Task.FromResult<Hover?>(null));
        await wire.StartInitializedAsync();
        var content = $$"""{"jsonrpc":"2.0","id":1,"method":"textDocument/hover","params":{{At}}}""";
        await wire.SendBytesAsync(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"Content-Length: {content.Length + difference}\r\n\r\n{content}")));
        await wire.SendRequestAsync(2, "textDocument/hover", At);
        Assert.That((await wire.ReceiveAsync()).ErrorCode(), Is.EqualTo(-32700));
        Assert.That((await wire.ReceiveAsync()).Id(), Is.EqualTo(2));
    }

    [Test]
    public async Task ADocumentOf50MegabytesIsRead()
    {
        await using var wire = new Wire();
        var length = 0;
        wire.Connection.OnNotification(LspMethods.TextDocumentDidOpen, p => length = p.TextDocument.Text.Length);
        await wire.StartInitializedAsync();
        const int size = 50_000_000;
        await wire.NotifyAsync("textDocument/didOpen", $$$"""{"textDocument":{"uri":"u","languageId":"l","version":1,"text":"{{{new string('x', size)}}}"}}""");
        await wire.SendRequestAsync(1, "shutdown");
        await wire.ReceiveAsync();
        Assert.That(length, Is.EqualTo(size));
    }

    [Test]
    public async Task AMethodOfOnesOwnTravelsWithOnesOwnTypes()
    {
        await using var wire = new Wire();
        var method = new RequestMethod<string, int>("storylsp/count", static () => LspJsonContext.Default.String, static () => LspJsonContext.Default.Int32);
        wire.Connection.OnRequest(method, (text, _) => Task.FromResult(text.Length));
        await wire.StartInitializedAsync();
        await wire.SendRequestAsync(1, "storylsp/count", "\"four\"");
        Assert.That((await wire.ReceiveAsync())["result"]!.GetValue<int>(), Is.EqualTo(4));
    }

    [Test]
    public async Task PartsOfAResultGoToTheClientsToken()
    {
        await using var wire = new Wire();
        wire.Connection.OnRequest(LspMethods.TextDocumentReferences, (p, context) =>
        {
            var sent = context.SendPart(p, [new Location("file:///b.md", new LspRange(new Position(1, 2), new Position(1, 3)))], LspJsonContext.Default.LocationArray);
            return Task.FromResult<IReadOnlyList<Location>?>(sent ? [] : null);
        });
        await wire.StartInitializedAsync();
        await wire.SendRequestAsync(1, "textDocument/references", At[..^1] + ""","context":{"includeDeclaration":true},"partialResultToken":"p"}""");
        var part = await wire.ReceiveAsync();
        Assert.That(part["method"]!.GetValue<string>(), Is.EqualTo("$/progress"));
        Assert.That(part["params"]!["token"]!.GetValue<string>(), Is.EqualTo("p"));
        Assert.That(part["params"]!["value"]![0]!["range"]!["start"]!["character"]!.GetValue<int>(), Is.EqualTo(2));
        Assert.That((await wire.ReceiveAsync())["result"]!.AsArray(), Is.Empty);

        await wire.SendRequestAsync(2, "textDocument/references", At[..^1] + ""","context":{"includeDeclaration":true}}""");
        Assert.That((await wire.ReceiveAsync()).Text(), Is.EqualTo("""{"jsonrpc":"2.0","id":2,"result":null}"""));
    }

    [Test]
    public async Task OptionalPropertiesThatAreNullAreLeftOutAndLettersStayThemselves()
    {
        await using var wire = new Wire();
        await wire.StartInitializedAsync();
        wire.Connection.Notify(LspMethods.TextDocumentPublishDiagnostics, new PublishDiagnosticsParams
        {
            Uri = "file:///Zo%C3%AB.md",
            Diagnostics = [new Diagnostic { Range = default, Message = "“Zoë” is dead" }],
        });
        Assert.That((await wire.ReceiveAsync()).Text(), Is.EqualTo(
            """{"jsonrpc":"2.0","method":"textDocument/publishDiagnostics","params":{"uri":"file:///Zo%C3%AB.md","diagnostics":[{"range":{"start":{"line":0,"character":0},"end":{"line":0,"character":0}},"message":"“Zoë” is dead"}]}}"""));
    }

    [Test]
    public void AnIdAsTextReadsAsInJson()
    {
        Assert.That(RequestId.Of("a").ToString(), Is.EqualTo("\"a\""));
        Assert.That(RequestId.Of(7).ToString(), Is.EqualTo("7"));
        Assert.That(RequestId.Of("7"), Is.Not.EqualTo(RequestId.Of(7)));
        Assert.That(JsonSerializer.Serialize(new Position(1, 2), LspJsonContext.Default.Position), Is.EqualTo("""{"line":1,"character":2}"""));
    }
}
