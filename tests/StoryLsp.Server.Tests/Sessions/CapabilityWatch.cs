using System.Text.Json.Nodes;

namespace StoryLsp.Server.Tests.Sessions;

/// <summary>Holds what a server says against what the editor said in <c>initialize</c> that it can do.</summary>
internal sealed class CapabilityWatch(JsonNode capabilities)
{
    /// <summary>The requests of the server, and the capability without which an editor is not asked.</summary>
    private static readonly Dictionary<string, string> Asked = new()
    {
        ["client/registerCapability"] = "",
        ["client/unregisterCapability"] = "",
        ["window/showMessageRequest"] = "",
        ["window/workDoneProgress/create"] = "window.workDoneProgress",
        ["window/showDocument"] = "window.showDocument.support",
        ["workspace/applyEdit"] = "workspace.applyEdit",
        ["workspace/configuration"] = "workspace.configuration",
        ["workspace/workspaceFolders"] = "workspace.workspaceFolders",
        ["workspace/diagnostic/refresh"] = "workspace.diagnostics.refreshSupport",
        ["workspace/semanticTokens/refresh"] = "workspace.semanticTokens.refreshSupport",
        ["workspace/codeLens/refresh"] = "workspace.codeLens.refreshSupport",
        ["workspace/inlayHint/refresh"] = "workspace.inlayHint.refreshSupport",
        ["workspace/foldingRange/refresh"] = "workspace.foldingRange.refreshSupport",
        ["workspace/textDocumentContent/refresh"] = "experimental.storylsp.documents",
        ["storylsp/secret"] = "experimental.storylsp.secrets",
        ["storylsp/chat"] = "experimental.storylsp.chat",
        ["storylsp/chatModels"] = "experimental.storylsp.chat",
    };

    /// <summary>Capabilities whose name is not that of their method.</summary>
    private static readonly Dictionary<string, string> Named = new()
    {
        ["textDocument/semanticTokens"] = "textDocument.semanticTokens",
        ["textDocument/prepareCallHierarchy"] = "textDocument.callHierarchy",
        ["textDocument/prepareTypeHierarchy"] = "textDocument.typeHierarchy",
        ["textDocument/documentColor"] = "textDocument.colorProvider",
        ["workspace/symbol"] = "workspace.symbol",
    };

    /// <summary>What the server has said against them.</summary>
    public List<string> Breaches { get; } = [];

    /// <summary>Looks at a request of the server.</summary>
    public void Request(string method, JsonNode? parameters)
    {
        if (!Asked.TryGetValue(method, out var capability))
        {
            Breaches.Add($"the server asks {method}, which no editor has declared");
        }
        else
        {
            Needs(capability, $"the server asks {method}");
        }

        if (method == "client/registerCapability")
        {
            foreach (var registration in parameters!["registrations"]!.AsArray())
            {
                var registered = registration!["method"]!.GetValue<string>();
                Needs((Named.GetValueOrDefault(registered) ?? registered.Replace('/', '.')) + ".dynamicRegistration", $"the server registers {registered}");
            }
        }

        if (method == "workspace/applyEdit")
        {
            Edit(parameters!["edit"]);
        }
    }

    /// <summary>Looks at an answer to a request of the editor.</summary>
    public void Answer(string method, JsonNode? result)
    {
        switch (method)
        {
            case "initialize":
                var encoding = result!["capabilities"]!["positionEncoding"]?.GetValue<string>() ?? "utf-16";
                var offered = At("general.positionEncodings")?.AsArray().Select(one => one!.GetValue<string>()) ?? ["utf-16"];
                Must(offered.Contains(encoding), $"positions are in {encoding}, which was not offered");
                break;
            case "textDocument/completion":
                var items = result is JsonArray list ? list : result?["items"]?.AsArray() ?? [];
                Must(At("textDocument.completion.completionItem.snippetSupport")?.GetValue<bool>() == true || items.All(item => item!["insertTextFormat"]?.GetValue<int>() is null or 1), "a snippet is offered");
                break;
            case "textDocument/rename" or "workspace/willRenameFiles":
                Edit(result);
                break;
            case "textDocument/codeAction":
                foreach (var action in result?.AsArray() ?? [])
                {
                    Must(action!["command"] is JsonValue || At("textDocument.codeAction.codeActionLiteralSupport") is not null, "a code action is no command");
                    Edit(action["edit"]);
                }

                break;
            case "textDocument/documentSymbol":
                Must(At("textDocument.documentSymbol.hierarchicalDocumentSymbolSupport")?.GetValue<bool>() == true || (result?.AsArray() ?? []).All(symbol => symbol!["children"] is null), "symbols are a tree");
                break;
            case "textDocument/definition" or "textDocument/declaration" or "textDocument/implementation" or "textDocument/typeDefinition":
                var links = result is JsonArray places && places.Any(place => place!["targetUri"] is not null);
                Must(!links || At($"textDocument.{method.Split('/')[1]}.linkSupport")?.GetValue<bool>() == true, $"{method} answers with links");
                break;
            case "textDocument/hover" when (result?["contents"]?["kind"]) is { } kind:
                Must(At("textDocument.hover.contentFormat")?.AsArray().Any(format => format!.GetValue<string>() == kind.GetValue<string>()) == true || kind.GetValue<string>() == "plaintext", $"a hover is {kind}");
                break;
        }
    }

    private void Edit(JsonNode? edit)
    {
        if (edit?["documentChanges"] is not JsonArray changes)
        {
            return;
        }

        Needs("workspace.workspaceEdit.documentChanges", "an edit is made of document changes");
        foreach (var change in changes)
        {
            if (change!["kind"]?.GetValue<string>() is { } kind)
            {
                Must(At("workspace.workspaceEdit.resourceOperations")?.AsArray().Any(one => one!.GetValue<string>() == kind) == true, $"an edit does {kind} a file");
            }
        }

        if (edit["changeAnnotations"] is JsonObject { Count: > 0 })
        {
            Must(At("workspace.workspaceEdit.changeAnnotationSupport") is not null, "an edit is annotated");
        }
    }

    private void Needs(string capability, string what) =>
        Must(capability.Length == 0 || At(capability)?.GetValue<bool>() == true, $"{what}, and the editor lacks {capability}");

    private void Must(bool isSo, string what)
    {
        if (!isSo)
        {
            Breaches.Add(what);
        }
    }

    private JsonNode? At(string path) => path.Split('.').Aggregate((JsonNode?)capabilities, (node, name) => (node as JsonObject)?[name]);
}
