using StoryLsp.Language.Text;

namespace StoryLsp.Server.Tests.Editor;

/// <summary>What an editor says of itself in <c>initialize</c>.</summary>
internal sealed record EditorProfile(string Name, PositionEncoding Encoding, string Capabilities)
{
    /// <summary>Pulls findings, watches files, confirms annotations, takes everything.</summary>
    public static EditorProfile VsCode { get; } = new("VS Code", PositionEncoding.Utf16, """
        {
          "workspace": {
            "applyEdit": true, "workspaceFolders": true,
            "workspaceEdit": {"documentChanges": true, "resourceOperations": ["create", "rename", "delete"], "changeAnnotationSupport": {"groupsOnLabel": true}},
            "didChangeWatchedFiles": {"dynamicRegistration": true, "relativePatternSupport": true},
            "diagnostics": {"refreshSupport": true},
            "executeCommand": {"dynamicRegistration": true}
          },
          "textDocument": {
            "diagnostic": {"dynamicRegistration": true, "relatedInformation": true},
            "publishDiagnostics": {"relatedInformation": true, "versionSupport": true},
            "completion": {"completionItem": {"snippetSupport": true, "documentationFormat": ["markdown", "plaintext"]}},
            "hover": {"contentFormat": ["markdown", "plaintext"]},
            "definition": {"linkSupport": true},
            "documentSymbol": {"hierarchicalDocumentSymbolSupport": true},
            "rename": {"prepareSupport": true, "honorsChangeAnnotations": true},
            "semanticTokens": {"requests": {"full": true, "range": true}, "tokenTypes": ["class"], "tokenModifiers": [], "formats": ["relative"]},
            "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["", "quickfix", "refactor", "refactor.rewrite"]}}}
          },
          "window": {"workDoneProgress": true, "showDocument": {"support": true}},
          "general": {"positionEncodings": ["utf-16"]}
        }
        """);

    /// <summary>Pulls findings, but neither watches files nor knows annotations.</summary>
    public static EditorProfile Neovim { get; } = new("Neovim", PositionEncoding.Utf8, """
        {
          "workspace": {
            "applyEdit": true, "workspaceFolders": true,
            "workspaceEdit": {"documentChanges": true, "resourceOperations": ["rename", "create", "delete"]},
            "didChangeWatchedFiles": {"dynamicRegistration": false, "relativePatternSupport": true}
          },
          "textDocument": {
            "diagnostic": {"dynamicRegistration": false},
            "publishDiagnostics": {"relatedInformation": true},
            "completion": {"completionItem": {"snippetSupport": true, "documentationFormat": ["markdown", "plaintext"]}},
            "hover": {"contentFormat": ["markdown", "plaintext"]},
            "definition": {"linkSupport": true},
            "documentSymbol": {"hierarchicalDocumentSymbolSupport": true},
            "rename": {"prepareSupport": true},
            "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["", "quickfix"]}}}
          },
          "window": {"workDoneProgress": true},
          "general": {"positionEncodings": ["utf-8", "utf-16", "utf-32"]}
        }
        """);

    /// <summary>Says nothing of itself: findings are pushed to it, in UTF-16.</summary>
    public static EditorProfile Minimal { get; } = new("Minimal", PositionEncoding.Utf16, "{}");

    /// <summary>Counts characters in Unicode scalar values, and pulls.</summary>
    public static EditorProfile Utf32 { get; } = new("UTF-32", PositionEncoding.Utf32, """
        {"textDocument": {"diagnostic": {}}, "general": {"positionEncodings": ["utf-32"]}}
        """);

    public override string ToString() => Name;
}
