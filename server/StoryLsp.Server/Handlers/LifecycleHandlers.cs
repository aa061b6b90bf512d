using Microsoft.Extensions.Logging;
using StoryLsp.Features.Formatting;
using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Conversion;
using StoryLsp.Server.Diagnostics;
using StoryLsp.Server.Extensions;
using StoryLsp.Server.Session;

namespace StoryLsp.Server.Handlers;

/// <summary><c>initialize</c>, <c>initialized</c> and <c>shutdown</c>.</summary>
internal static class LifecycleHandlers
{
    public static void Register(LanguageConnection connection, EditorSession session, FindingsPublisher publisher, LanguageServerOptions options)
    {
        var folders = new List<string>();
        var isAiOn = false;
        var isReady = false;
        connection.OnRequest(LspMethods.Initialize, (parameters, _) =>
        {
            session.Client = new ClientProfile(parameters);
            session.IsToldOfFiles = session.Client.WatchesFiles;
            connection.Trace = parameters.Trace ?? TraceValue.Off;
            if (parameters.ProcessId is { } process)
            {
                connection.WatchClientProcess(process);
            }

            folders.AddRange(FoldersOf(parameters));
            isAiOn = folders.Count == 0 || folders.Any(AiSwitch.IsOn);
            return Task.FromResult(new InitializeResult
            {
                Capabilities = Capabilities.For(session.Client, isAiOn),
                ServerInfo = new ServerInfo { Name = "storylsp", Version = options.Version },
            });
        });
        // Nothing may be sent, and no work is done, before the editor says that it is ready.
        connection.OnNotification(LspMethods.Initialized, _ =>
        {
            if (isReady)
            {
                session.Log.LogWarning("The editor said a second time that it is initialized; nothing comes of it");
                return;
            }

            isReady = true;
            Rehearsal.OfFindings();
            session.Queue.Post(() =>
            {
                if (session.Client.RegistersCommands)
                {
                    OfferCommands(session);
                }

                var indexing = new Indexing(session, publisher);
                foreach (var story in session.Stories)
                {
                    // Opened by a document that came early.
                    indexing.Begin(story);
                }

                session.StoryOpened += indexing.Begin;
                session.StoryClosed += publisher.Withdraw;
                session.ChangedBeside += publisher.WakeBeside;
                session.Remarks.Changed += publisher.Wake;
                folders.ForEach(folder => session.OpenFolder(folder));
            });
            publisher.Start();
            FileWatching.Register(session);
        });
        connection.OnRequest(LspMethods.Shutdown, (_, _) =>
        {
            session.Ending.Cancel();
            return Task.FromResult(default(NoValue));
        });
    }

    // What is told in `initialize` can never be taken back, so an editor that takes registrations gets those that may go only by one. Any other
    // is refused where they are off.
    private static void OfferCommands(EditorSession session)
    {
        var offer = new CommandOffer(session, StoryCommands.WithModels);
        session.StoryOpened += story =>
        {
            offer.Look();
            story.Workspace.Changed += change =>
            {
                if (change.Paths is null)
                {
                    offer.Look();
                }
            };
        };
        session.StoryClosed += _ => offer.Look();
    }

    private static IEnumerable<string> FoldersOf(InitializeParams parameters)
    {
        var uris = parameters.WorkspaceFolders is { Count: > 0 } folders ? folders.Select(folder => folder.Uri)
            : parameters.RootUri is { } root ? [root] : [];
        var paths = uris.Select(DocumentUri.ToPath).OfType<string>().ToList();
        return paths.Count == 0 && parameters.RootPath is { Length: > 0 } path && Path.IsPathFullyQualified(path) ? [path] : paths.Where(Directory.Exists);
    }
}

/// <summary>What the server offers.</summary>
internal static class Capabilities
{
    public static ServerCapabilities For(ClientProfile client, bool isAiOn) => new()
    {
        PositionEncoding = new PositionEncodingKind(client.EncodingName),
        TextDocumentSync = new TextDocumentSyncOptions { OpenClose = true, Change = TextDocumentSyncKind.Incremental, Save = false },
        CompletionProvider = new CompletionOptions { TriggerCharacters = ["[", "#", ":", "-", " ", "@", "|", "^", "(", "/"], ResolveProvider = true },
        HoverProvider = true,
        DeclarationProvider = true,
        DefinitionProvider = true,
        TypeDefinitionProvider = true,
        ImplementationProvider = true,
        ReferencesProvider = true,
        DocumentHighlightProvider = true,
        DocumentSymbolProvider = true,
        DocumentLinkProvider = new DocumentLinkOptions { ResolveProvider = true },
        WorkspaceSymbolProvider = new WorkspaceSymbolOptions { ResolveProvider = client.ResolvesSymbolRanges ? true : null },
        FoldingRangeProvider = true,
        SelectionRangeProvider = true,
        CallHierarchyProvider = true,
        LinkedEditingRangeProvider = true,
        TypeHierarchyProvider = true,
        DocumentFormattingProvider = true,
        DocumentRangeFormattingProvider = new DocumentRangeFormattingOptions { RangesSupport = true },
        DocumentOnTypeFormattingProvider = new DocumentOnTypeFormattingOptions
        {
            FirstTriggerCharacter = TypeFormatting.Triggers[0].ToString(), MoreTriggerCharacter = [.. TypeFormatting.Triggers.Skip(1).Select(typed => typed.ToString())],
        },
        // An editor that cannot prepare is told no more than that there is a rename.
        RenameProvider = client.PreparesRename ? new RenameOptions { PrepareProvider = true } : true,
        SemanticTokensProvider = client.TakesSemanticTokens ? (SemanticTokensOptionsOrSemanticTokensRegistrationOptions)new SemanticTokensOptions { Legend = SemanticTokenHandlers.Legend, Full = new SemanticTokensFullDelta { Delta = true }, Range = true } : null,
        ColorProvider = true,
        InlayHintProvider = (InlayHintOptions)new() { ResolveProvider = true },
        CodeActionProvider = new CodeActionOptions
        {
            CodeActionKinds = [CodeActionKind.QuickFix, .. RefactorActions.Kinds, .. isAiOn ? PipelineActions.Kinds : []],
            ResolveProvider = client.ResolvesActionEdits ? true : null,
        },
        ExecuteCommandProvider = new ExecuteCommandOptions
        {
            Commands = isAiOn && !client.RegistersCommands ? [.. StoryCommands.Always, .. StoryCommands.WithModels] : StoryCommands.Always,
            WorkDoneProgress = true,
        },
        CodeLensProvider = new CodeLensOptions { ResolveProvider = true },
        DiagnosticProvider = new DiagnosticOptions { Identifier = FindingConversion.Source, InterFileDependencies = true, WorkspaceDiagnostics = true },
        Workspace = new WorkspaceOptions
        {
            WorkspaceFolders = new WorkspaceFoldersServerCapabilities { Supported = true, ChangeNotifications = true },
            FileOperations = FileOperationHandlers.Wanted(client),
            TextDocumentContent = client.OpensStoryDocuments ? (TextDocumentContentOptionsOrTextDocumentContentRegistrationOptions)new TextDocumentContentOptions([StoryAddress.Scheme]) : null,
        },
        Experimental = ExperimentalCapabilities.Of(isAiOn),
    };
}
