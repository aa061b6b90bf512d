using System.Text.Json;
using System.Text.Json.Nodes;
using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;

namespace StoryLsp.Server.Tests.Editor;

/// <summary>What an editor does for pipelines: it shows documents, and lends its models and keys.</summary>
internal sealed partial class EditorHarness
{
    /// <summary>How the editor's model answers a prompt; it may stream parts by <see cref="Stream"/>.</summary>
    public Func<JsonNode, CancellationToken, Task<object>> OnChat { get; set; } = static (_, _) => Task.FromResult<object>(new { text = "" });

    /// <summary>The key that the editor has stored under a name.</summary>
    public Func<string, string?> OnSecret { get; set; } = static _ => null;

    /// <summary>The addresses that the server has had shown, in order.</summary>
    public IReadOnlyList<string> Shown => [.. Heard.Where(heard => heard.Method == "window/showDocument").Select(heard => heard.Params["uri"]!.GetValue<string>())];

    /// <summary>What was sent to the editor's model, one prompt after another.</summary>
    public IReadOnlyList<JsonNode> Chats => [.. Heard.Where(heard => heard.Method == "storylsp/chat").Select(heard => heard.Params)];

    /// <summary>Streams a part of an answer.</summary>
    public void Stream(JsonNode chat, string text) => Tell("storylsp/chatPart", new { id = chat["id"]!.GetValue<string>(), text });

    /// <summary>Executes a command with its one argument.</summary>
    public async Task<JsonNode> ExecuteAsync(string command, object argument, CancellationToken cancellationToken = default) =>
        (await AskAsync("workspace/executeCommand", new { command, arguments = new[] { argument } }, cancellationToken))!;

    /// <summary>Executes a command that a code action or a lens carries.</summary>
    public Task<JsonNode> ExecuteAsync(JsonNode command) => ExecuteAsync(command["command"]!.GetValue<string>(), command["arguments"]![0]!);

    /// <summary>Executes what must be refused; gives the sentence.</summary>
    public async Task<string> RefusedCommandAsync(string command, object argument) => (await RefusedAsync("workspace/executeCommand", new { command, arguments = new[] { argument } })).Message;

    /// <summary>The lenses of a document.</summary>
    public async Task<JsonNode[]> LensesAsync(string uri) =>
        [.. (await AskAsync("textDocument/codeLens", new { textDocument = new { uri } }))!.AsArray().Select(lens => lens!)];

    /// <summary>The text of a <c>storylsp:</c> address.</summary>
    public async Task<string> ContentAsync(string uri) => (await AskAsync("workspace/textDocumentContent", new { uri }))!["text"]!.GetValue<string>();

    /// <summary>The workspace-relative path of an address in the story.</summary>
    public string PathOf(string uri) => Uri.UnescapeDataString(uri[(UriOf("").TrimEnd('/').Length + 1)..]);

    private void ListenToRuns()
    {
        foreach (var method in new[] { "storylsp/run", "storylsp/chatCancel" })
        {
            _connection.OnNotification(new NotificationMethod<JsonElement>(method, static () => LspJsonContext.Default.JsonElement), parameters => Note(method, parameters));
        }

        Answer("window/showDocument", static _ => Task.FromResult<object?>(new { success = true }));
        Answer("storylsp/chatModels", static _ => Task.FromResult<object?>(new { models = new[] { new { id = "large", name = "Large" }, new { id = "small", name = "Small" } } }));
        Answer("storylsp/secret", parameters => Task.FromResult<object?>(new { value = OnSecret(parameters["name"]!.GetValue<string>()) }));
        foreach (var what in new[] { "textDocumentContent", "codeLens", "inlayHint", "semanticTokens", "foldingRange" })
        {
            Answer($"workspace/{what}/refresh", static _ => Task.FromResult<object?>(null));
        }

        _connection.OnRequest(
            new RequestMethod<JsonElement, JsonElement>("storylsp/chat", static () => LspJsonContext.Default.JsonElement, static () => LspJsonContext.Default.JsonElement),
            async (parameters, context) =>
            {
                Note("storylsp/chat", parameters);
                return JsonSerializer.SerializeToElement(await OnChat(JsonNode.Parse(parameters.GetRawText())!, context.CancellationToken));
            });
    }
}
