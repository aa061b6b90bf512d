using StoryLsp.Language.Text;
using StoryLsp.Protocol;
using StoryLsp.Server.Extensions;

namespace StoryLsp.Server.Session;

/// <summary>What the editor said it can do; everything is off until it said so.</summary>
internal sealed class ClientProfile
{
    private readonly HashSet<string>? _foldKinds;

    private static readonly string[] KnownEncodings = ["utf-16", "utf-8", "utf-32"];

    public ClientProfile(InitializeParams parameters)
    {
        var capabilities = parameters.Capabilities;
        var document = capabilities.TextDocument;
        var workspace = capabilities.Workspace;
        EncodingName = capabilities.General?.PositionEncodings?.Select(kind => kind.Value).FirstOrDefault(name => KnownEncodings.Contains(name)) ?? "utf-16";
        Encoding = EncodingName switch
        {
            "utf-8" => PositionEncoding.Utf8,
            "utf-32" => PositionEncoding.Utf32,
            _ => PositionEncoding.Utf16,
        };
        PullsDiagnostics = document?.Diagnostic is not null;
        RefreshesDiagnostics = workspace?.Diagnostics?.RefreshSupport == true;
        TakesRelatedInformation = PullsDiagnostics ? document?.Diagnostic?.RelatedInformation != false : document?.PublishDiagnostics?.RelatedInformation == true;
        TakesSnippets = document?.Completion?.CompletionItem?.SnippetSupport == true;
        InsertsOrReplaces = document?.Completion?.CompletionItem?.InsertReplaceSupport == true;
        SaysWhyItCompletes = document?.Completion?.ContextSupport == true;
        TakesHierarchicalSymbols = document?.DocumentSymbol?.HierarchicalDocumentSymbolSupport == true;
        TakesCodeActions = document?.CodeAction?.CodeActionLiteralSupport is not null;
        ResolvesActionEdits = TakesCodeActions && document?.CodeAction is { DataSupport: true, ResolveSupport: { } resolved } && resolved.Properties.Contains("edit");
        TakesMarkdown = document?.Hover?.ContentFormat?.Contains(MarkupKind.Markdown) == true;
        TakesCompletionMarkdown = document?.Completion?.CompletionItem?.DocumentationFormat?.Contains(MarkupKind.Markdown) == true;
        TakesDocumentChanges = workspace?.WorkspaceEdit?.DocumentChanges == true;
        CreatesFiles = workspace?.WorkspaceEdit?.ResourceOperations?.Contains(ResourceOperationKind.Create) == true;
        DeletesFiles = TakesDocumentChanges && workspace?.WorkspaceEdit?.ResourceOperations?.Contains(ResourceOperationKind.Delete) == true;
        RenamesFiles = TakesDocumentChanges && workspace?.WorkspaceEdit?.ResourceOperations?.Contains(ResourceOperationKind.Rename) == true;
        TellsOfFiles = workspace?.FileOperations;
        PreparesRename = document?.Rename?.PrepareSupport == true;
        TakesSemanticTokens = document?.SemanticTokens is not null;
        ConfirmsAnnotations = TakesDocumentChanges && workspace?.WorkspaceEdit?.ChangeAnnotationSupport is not null;
        AppliesEdits = workspace?.ApplyEdit == true;
        WatchesFiles = workspace?.DidChangeWatchedFiles?.DynamicRegistration == true;
        RegistersCommands = workspace?.ExecuteCommand?.DynamicRegistration == true;
        ShowsProgress = capabilities.Window?.WorkDoneProgress == true;
        AsksAgainByCommand = parameters.ClientInfo?.Name.Contains("code", StringComparison.OrdinalIgnoreCase) == true;
        TakesLocationLinks = document?.Definition?.LinkSupport == true;
        TakesDeclarationLinks = document?.Declaration?.LinkSupport == true;
        TakesTypeDefinitionLinks = document?.TypeDefinition?.LinkSupport == true;
        TakesImplementationLinks = document?.Implementation?.LinkSupport == true;
        TakesLinkTooltips = document?.DocumentLink?.TooltipSupport == true;
        ResolvesSymbolRanges = workspace?.Symbol?.ResolveSupport?.Properties.Contains("location.range") == true;
        MostFolds = document?.FoldingRange?.RangeLimit is >= 0 and var limit ? limit : null;
        _foldKinds = document?.FoldingRange?.FoldingRangeKind?.ValueSet?.Select(kind => kind.Value).ToHashSet();
        TakesCodeActionTags = document?.CodeAction?.TagSupport?.ValueSet.Contains(CodeActionTag.LLMGenerated) == true;
        ShowsDocuments = capabilities.Window?.ShowDocument?.Support == true;
        ResolvesHints = document?.InlayHint?.ResolveSupport?.Properties is { } hintParts && hintParts.Contains("tooltip") && hintParts.Contains("label.location");
        RefreshesLenses = workspace?.CodeLens?.RefreshSupport == true;
        RefreshesTokens = TakesSemanticTokens && workspace?.SemanticTokens?.RefreshSupport == true;
        RefreshesHints = workspace?.InlayHint?.RefreshSupport == true;
        Extensions = ExperimentalClientCapabilities.Of(capabilities);
        OpensStoryDocuments = Extensions.Documents || workspace?.TextDocumentContent is not null;
        Name = parameters.ClientInfo?.Name is { Length: > 0 } name ? name : "editor";
    }

    /// <summary>Whether it knows a kind of fold; one that named none knows the three of the protocol.</summary>
    public bool KnowsFoldKind(FoldingRangeKind kind) => _foldKinds?.Contains(kind.Value) != false;

    public string EncodingName { get; }

    public PositionEncoding Encoding { get; }

    public bool PullsDiagnostics { get; }

    public bool RefreshesDiagnostics { get; }

    /// <summary>Whether the editor pulls findings, and can be asked to pull them again.</summary>
    public bool RefreshesFindings => PullsDiagnostics && RefreshesDiagnostics;

    public bool TakesRelatedInformation { get; }

    public bool TakesSnippets { get; }

    public bool InsertsOrReplaces { get; }

    public bool SaysWhyItCompletes { get; }

    public bool TakesHierarchicalSymbols { get; }

    public bool TakesCodeActions { get; }

    /// <summary>Whether it asks for the edit of a code action when the person chooses it.</summary>
    public bool ResolvesActionEdits { get; }

    public bool TakesMarkdown { get; }

    public bool TakesCompletionMarkdown { get; }

    public bool TakesDocumentChanges { get; }

    public bool CreatesFiles { get; }

    public bool DeletesFiles { get; }

    public bool RenamesFiles { get; }

    /// <summary>Of which of its own dealings with files the editor asks or tells; null: of none.</summary>
    public FileOperationClientCapabilities? TellsOfFiles { get; }

    public bool PreparesRename { get; }

    public bool TakesSemanticTokens { get; }

    public bool ConfirmsAnnotations { get; }

    public bool AppliesEdits { get; }

    public bool WatchesFiles { get; }

    public bool RegistersCommands { get; }

    public bool ShowsProgress { get; }

    /// <summary>Whether the editor is of VS Code's family, whose command asks for completions again after a key was put in.</summary>
    public bool AsksAgainByCommand { get; }

    public bool TakesLocationLinks { get; }

    public bool TakesDeclarationLinks { get; }

    public bool TakesTypeDefinitionLinks { get; }

    public bool TakesImplementationLinks { get; }

    public bool TakesLinkTooltips { get; }

    /// <summary>Whether it asks for the range of a symbol of the workspace once it is chosen.</summary>
    public bool ResolvesSymbolRanges { get; }

    /// <summary>How many folds of a document it wants at most; null where it did not say.</summary>
    public int? MostFolds { get; }

    public bool TakesCodeActionTags { get; }

    public bool ShowsDocuments { get; }

    /// <summary>Whether it asks for the tooltip of a hint, and where it leads, when the person looks at it.</summary>
    public bool ResolvesHints { get; }

    public bool RefreshesLenses { get; }

    public bool RefreshesTokens { get; }

    public bool RefreshesHints { get; }

    /// <summary>What it said beyond the protocol.</summary>
    public ClientExtensions Extensions { get; }

    /// <summary>Whether it opens <c>storylsp:</c> addresses, asking for their text.</summary>
    public bool OpensStoryDocuments { get; }

    /// <summary>What it calls itself.</summary>
    public string Name { get; }
}
