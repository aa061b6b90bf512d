using NUnit.Framework;
using StoryLsp.Protocol.JsonRpc;

namespace StoryLsp.Protocol.Tests.JsonRpc;

/// <summary>Requests of the server's own: each ends exactly once, whatever the client does.</summary>
public sealed class OutgoingRequestTests
{
    private static readonly ApplyWorkspaceEditParams Edit = new() { Edit = new WorkspaceEdit() };

    [Test]
    public async Task AResultComesBackTyped()
    {
        await using var wire = new Wire();
        await wire.StartInitializedAsync();
        var answer = wire.Connection.SendRequestAsync(LspMethods.WorkspaceApplyEdit, Edit);
        var id = await IdOfNextAsync(wire);
        await wire.SendAsync($$$"""{"jsonrpc":"2.0","id":{{{id}}},"result":{"applied":true}}""");
        Assert.That((await answer.WaitAsync(wire.Guard)).Applied, Is.True);
    }

    [TestCase("""{"code":-32601,"message":"no"}""", -32601, "no")]
    [TestCase("""{"code":"x"}""", -32001, "The editor answered with an error and no message.")]
    [TestCase("7", -32001, "The editor answered with an error and no message.")]
    public async Task AnErrorIsThrownWithItsCode(string error, int code, string message)
    {
        await using var wire = new Wire();
        await wire.StartInitializedAsync();
        var answer = wire.Connection.SendRequestAsync(LspMethods.WorkspaceApplyEdit, Edit);
        var id = await IdOfNextAsync(wire);
        await wire.SendAsync($$"""{"jsonrpc":"2.0","id":{{id}},"error":{{error}}}""");
        var thrown = await Assert.ThrowsAsync<ResponseErrorException>(() => answer.WaitAsync(wire.Guard));
        Assert.That((thrown!.Code, thrown.Message), Is.EqualTo((code, message)));
    }

    [TestCase("null")]
    [TestCase("7")]
    [TestCase("""{"applied":"yes"}""")]
    public async Task AResultOfAnotherTypeIsAnError(string result)
    {
        await using var wire = new Wire();
        await wire.StartInitializedAsync();
        var answer = wire.Connection.SendRequestAsync(LspMethods.WorkspaceApplyEdit, Edit);
        var id = await IdOfNextAsync(wire);
        await wire.SendAsync($$"""{"jsonrpc":"2.0","id":{{id}},"result":{{result}}}""");
        await Assert.ThrowsAsync<ResponseErrorException>(() => answer.WaitAsync(wire.Guard));
    }

    [Test]
    public async Task NullIsAResultWhereTheProtocolAllowsIt()
    {
        await using var wire = new Wire();
        await wire.StartInitializedAsync();
        var answer = wire.Connection.SendRequestAsync(LspMethods.WorkspaceWorkspaceFolders, default);
        var request = await wire.ReceiveAsync();
        Assert.That(request.ContainsKey("params"), Is.False);
        await wire.SendAsync($$"""{"jsonrpc":"2.0","id":{{request["id"]}},"result":null}""");
        Assert.That(await answer.WaitAsync(wire.Guard), Is.Null);
    }

    [Test]
    public async Task ACancelledRequestTellsTheClientAndIgnoresItsLateAnswer()
    {
        await using var wire = new Wire();
        await wire.StartInitializedAsync();
        using var cancellation = new CancellationTokenSource();
        var answer = wire.Connection.SendRequestAsync(LspMethods.WorkspaceApplyEdit, Edit, cancellation.Token);
        var id = await IdOfNextAsync(wire);
        await cancellation.CancelAsync();
        await Assert.ThrowsAsync<TaskCanceledException>(() => answer);
        Assert.That((await wire.ReceiveAsync()).Text(), Is.EqualTo($$$$"""{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":{{{{id}}}}}}"""));
        await StillAnswersAsync(wire, id);
    }

    [Test]
    public async Task ARequestThatIsNotAnsweredTimesOut()
    {
        await using var wire = new Wire();
        await wire.StartInitializedAsync();
        var answer = wire.Connection.SendRequestAsync(LspMethods.WorkspaceApplyEdit, Edit, timeout: TimeSpan.FromMilliseconds(20));
        var id = await IdOfNextAsync(wire);
        await Assert.ThrowsAsync<TimeoutException>(() => answer.WaitAsync(wire.Guard));
        Assert.That((await wire.ReceiveAsync())["method"]!.GetValue<string>(), Is.EqualTo("$/cancelRequest"));
        await StillAnswersAsync(wire, id);
    }

    [Test]
    public async Task ADoubleAndAStrangersAnswerAreIgnored()
    {
        await using var wire = new Wire();
        await wire.StartInitializedAsync();
        var answer = wire.Connection.SendRequestAsync(LspMethods.WorkspaceApplyEdit, Edit);
        var id = await IdOfNextAsync(wire);
        await wire.SendAsync("""{"jsonrpc":"2.0","id":"stranger","result":null}""");
        await wire.SendAsync("""{"jsonrpc":"2.0","id":null,"error":{"code":-32700,"message":"?"}}""");
        await wire.SendAsync($$$"""{"jsonrpc":"2.0","id":{{{id}}},"result":{"applied":true}}""");
        await wire.SendAsync($$$"""{"jsonrpc":"2.0","id":{{{id}}},"result":{"applied":false}}""");
        Assert.That((await answer.WaitAsync(wire.Guard)).Applied, Is.True);
        await StillAnswersAsync(wire, id);
    }

    [Test]
    public async Task TheEndOfTheConnectionEndsEveryRequest()
    {
        await using var wire = new Wire();
        await wire.StartInitializedAsync();
        var answer = wire.Connection.SendRequestAsync(LspMethods.WorkspaceApplyEdit, Edit);
        await wire.NotifyAsync("exit");
        await Assert.ThrowsAsync<ConnectionClosedException>(() => answer.WaitAsync(wire.Guard));
        var late = wire.Connection.SendRequestAsync(LspMethods.WorkspaceApplyEdit, Edit);
        await Assert.ThrowsAsync<ConnectionClosedException>(() => late.WaitAsync(wire.Guard));
    }

    [Test]
    public async Task ProgressIsCreatedBegunReportedAndEndedOnce()
    {
        await using var wire = new Wire();
        await wire.StartInitializedAsync();
        using var progress = wire.Connection.StartProgress("Indexing", isCancellable: true, percentage: 0);
        var create = await wire.ReceiveAsync();
        var token = create["params"]!["token"]!.ToJsonString();
        await wire.SendAsync($$"""{"jsonrpc":"2.0","id":{{create["id"]}},"result":null}""");
        Assert.That((await wire.ReceiveAsync())["params"]!["value"]!.ToJsonString(), Is.EqualTo("""{"kind":"begin","title":"Indexing","cancellable":true,"percentage":0}"""));
        progress.Report("half", 50);
        await wire.NotifyAsync("window/workDoneProgress/cancel", $$"""{"token":{{token}}}""");
        var cancelled = new TaskCompletionSource();
        await using var registration = progress.CancellationToken.Register(cancelled.SetResult);
        await cancelled.Task.WaitAsync(wire.Guard);
        progress.End("stopped");
        progress.Report("too late");
        Assert.That((await wire.ReceiveAsync())["params"]!["value"]!.ToJsonString(), Is.EqualTo("""{"kind":"report","message":"half","percentage":50}"""));
        Assert.That((await wire.ReceiveAsync())["params"]!["value"]!.ToJsonString(), Is.EqualTo("""{"kind":"end","message":"stopped"}"""));
        await wire.SendRequestAsync(9, "shutdown");
        Assert.That((await wire.ReceiveAsync()).Id(), Is.EqualTo(9), "Nothing follows the end.");
    }

    [Test]
    public async Task AClientThatRefusesATokenIsToldNothing()
    {
        await using var wire = new Wire();
        await wire.StartInitializedAsync();
        using var progress = wire.Connection.StartProgress("Indexing");
        var id = await IdOfNextAsync(wire);
        await wire.SendAsync($$$"""{"jsonrpc":"2.0","id":{{{id}}},"error":{"code":-32601,"message":"no"}}""");
        progress.Report("half", 50);
        progress.End();
        await wire.SendRequestAsync(9, "shutdown");
        Assert.That((await wire.ReceiveAsync()).Id(), Is.EqualTo(9));
    }

    [Test]
    public async Task TwoConnectionsTalkToEachOther()
    {
        await using var wire = new Wire(new ConnectionOptions { Role = ConnectionRole.Client });
        var code = wire.Start();
        var hover = wire.Connection.SendRequestAsync(LspMethods.TextDocumentHover, new HoverParams { TextDocument = new("file:///a.md"), Position = new(0, 0) });
        var id = await IdOfNextAsync(wire);
        await wire.SendAsync($$$$"""{"jsonrpc":"2.0","id":{{{{id}}}},"result":{"contents":{"kind":"markdown","value":"**x**"}}}""");
        Assert.That((await hover.WaitAsync(wire.Guard))?.Contents.MarkupContent, Is.EqualTo(new MarkupContent(MarkupKind.Markdown, "**x**")));
        await wire.EndInputAsync();
        Assert.That(await code.WaitAsync(wire.Guard), Is.Zero);
    }

    private static async Task<int> IdOfNextAsync(Wire wire) => (await wire.ReceiveAsync()).Id();

    private static async Task StillAnswersAsync(Wire wire, int id)
    {
        await wire.SendAsync($$$"""{"jsonrpc":"2.0","id":{{{id}}},"result":{"applied":true}}""");
        await wire.SendRequestAsync(99, "shutdown");
        Assert.That((await wire.ReceiveAsync()).Id(), Is.EqualTo(99));
    }
}
