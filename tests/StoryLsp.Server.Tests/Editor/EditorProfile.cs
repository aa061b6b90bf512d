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

    /// <summary>Takes all that the protocol has.</summary>
    public static EditorProfile Everything { get; } = new("Everything", PositionEncoding.Utf16, """
        {
          "workspace": {
            "applyEdit": true, "workspaceFolders": true, "configuration": true,
            "workspaceEdit": {"documentChanges": true, "resourceOperations": ["create", "rename", "delete"], "changeAnnotationSupport": {"groupsOnLabel": true}, "snippetEditSupport": true, "metadataSupport": true},
            "didChangeConfiguration": {"dynamicRegistration": true},
            "didChangeWatchedFiles": {"dynamicRegistration": true, "relativePatternSupport": true},
            "symbol": {"dynamicRegistration": true, "resolveSupport": {"properties": ["location.range"]}, "tagSupport": {"valueSet": [1]}},
            "executeCommand": {"dynamicRegistration": true},
            "semanticTokens": {"refreshSupport": true}, "codeLens": {"refreshSupport": true}, "inlayHint": {"refreshSupport": true},
            "diagnostics": {"refreshSupport": true}, "foldingRange": {"refreshSupport": true},
            "fileOperations": {"didCreate": true, "willCreate": true, "didRename": true, "willRename": true, "didDelete": true, "willDelete": true},
            "textDocumentContent": {"dynamicRegistration": true}
          },
          "textDocument": {
            "synchronization": {"willSave": true, "willSaveWaitUntil": true, "didSave": true},
            "diagnostic": {"relatedInformation": true, "relatedDocumentSupport": true},
            "publishDiagnostics": {"relatedInformation": true, "versionSupport": true},
            "completion": {"contextSupport": true, "completionItem": {"snippetSupport": true, "documentationFormat": ["markdown", "plaintext"], "insertReplaceSupport": true, "labelDetailsSupport": true, "resolveSupport": {"properties": ["documentation", "detail"]}}},
            "hover": {"contentFormat": ["markdown", "plaintext"]},
            "declaration": {"linkSupport": true}, "definition": {"linkSupport": true}, "typeDefinition": {"linkSupport": true}, "implementation": {"linkSupport": true},
            "references": {}, "documentHighlight": {},
            "documentSymbol": {"hierarchicalDocumentSymbolSupport": true, "labelSupport": true},
            "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["", "quickfix", "refactor", "refactor.extract", "refactor.inline", "refactor.move", "refactor.rewrite", "source"]}},
              "dataSupport": true, "isPreferredSupport": true, "disabledSupport": true, "honorsChangeAnnotations": true, "resolveSupport": {"properties": ["edit", "command"]}},
            "codeLens": {"resolveSupport": {"properties": ["command"]}},
            "documentLink": {"tooltipSupport": true}, "colorProvider": {},
            "formatting": {}, "rangeFormatting": {"rangesSupport": true}, "onTypeFormatting": {},
            "rename": {"prepareSupport": true, "honorsChangeAnnotations": true},
            "foldingRange": {"foldingRangeKind": {"valueSet": ["comment", "imports", "region"]}, "foldingRange": {"collapsedText": true}},
            "selectionRange": {}, "linkedEditingRange": {}, "callHierarchy": {}, "typeHierarchy": {}, "moniker": {}, "inlineValue": {}, "inlineCompletion": {},
            "semanticTokens": {"requests": {"full": {"delta": true}, "range": true}, "formats": ["relative"], "overlappingTokenSupport": true, "multilineTokenSupport": true, "augmentsSyntaxTokens": true,
              "tokenTypes": ["namespace", "type", "class", "enum", "interface", "struct", "parameter", "variable", "property", "enumMember", "event", "function", "method", "macro", "keyword", "modifier", "comment", "string", "number", "regexp", "operator", "decorator", "label"],
              "tokenModifiers": ["declaration", "definition", "readonly", "static", "deprecated", "abstract", "async", "modification", "documentation", "defaultLibrary"]},
            "inlayHint": {"resolveSupport": {"properties": ["tooltip", "textEdits", "label.tooltip", "label.location", "label.command"]}}
          },
          "window": {"workDoneProgress": true, "showDocument": {"support": true}, "showMessage": {"messageActionItem": {"additionalPropertiesSupport": true}}},
          "general": {"positionEncodings": ["utf-16"], "markdown": {"parser": "marked"}}
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
