using Microsoft.Extensions.Logging;
using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Diagnostics;
using StoryLsp.Server.Handlers;
using StoryLsp.Server.Runs;
using StoryLsp.Server.Session;

namespace StoryLsp.Server;

/// <summary>How a language server is started.</summary>
public sealed record LanguageServerOptions
{
    /// <summary>What the server calls itself.</summary>
    public string Version { get; init; } = "0";

    /// <summary>The editor's process, whose death ends the server; null: only what <c>initialize</c> names.</summary>
    public int? ClientProcessId { get; init; }

    /// <summary>The pause in typing after which findings are pushed.</summary>
    public TimeSpan PushDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>By which the server knows how long a request has waited for the story to be read.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Looks up an environment variable; keys of providers come from nowhere else.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;
}

/// <summary>The language server over one pair of streams.</summary>
public sealed class LanguageServer
{
    private readonly LanguageConnection _connection;
    private readonly LanguageServerOptions _options;
    private readonly ILogger _log;

    /// <summary>Makes a server; nothing is read before <see cref="RunAsync"/>.</summary>
    /// <param name="input">What the editor writes.</param>
    /// <param name="output">What the editor reads; nothing else may write to it.</param>
    /// <param name="log">Where the server logs; never the output.</param>
    /// <param name="options">How it is started.</param>
    public LanguageServer(Stream input, Stream output, ILogger log, LanguageServerOptions options)
    {
        _connection = new LanguageConnection(input, output, log, new ConnectionOptions { ProgressTitle = ProgressTitles.Of });
        _options = options;
        _log = log;
    }

    /// <summary>Serves until <c>exit</c>, the input's end or the editor's death; gives the process's exit code.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken = default)
    {
        Rehearsal.OfInitialize();
        var session = new EditorSession(_connection, _log) { Clock = _options.Clock };
        await using var _ = session.ConfigureAwait(false);
        Refreshes.Begin(session);
        Housekeeping.Begin(session);
        var publisher = new FindingsPublisher(session, _options.PushDelay);
        await using var __ = publisher.ConfigureAwait(false);
        LifecycleHandlers.Register(_connection, session, publisher, _options);
        DocumentHandlers.Register(_connection, session);
        WorkspaceHandlers.Register(_connection, session);
        DiagnosticHandlers.Register(_connection, session);
        NavigationHandlers.Register(_connection, session);
        DestinationHandlers.Register(_connection, session);
        CompletionHandlers.Register(_connection, session);
        SymbolHandlers.Register(_connection, session);
        LinkHandlers.Register(_connection, session);
        StructureHandlers.Register(_connection, session);
        CallHierarchyHandlers.Register(_connection, session);
        TypeHierarchyHandlers.Register(_connection, session);
        FormattingHandlers.Register(_connection, session);
        RenameHandlers.Register(_connection, session);
        FileOperationHandlers.Register(_connection, session);
        SemanticTokenHandlers.Register(_connection, session);
        InlayHintHandlers.Register(_connection, session);
        ColourHandlers.Register(_connection, session);
        CodeActionHandler.Register(_connection, session);
        RefactorActions.Register(_connection, session);
        var desk = new RunDesk(session, _options);
        await using var ____ = desk.ConfigureAwait(false);
        var watch = new RunWatch(session, desk);
        await using var ___ = watch.ConfigureAwait(false);
        watch.Start();
        PipelineHandlers.Register(_connection, session, desk);
        if (_options.ClientProcessId is { } process)
        {
            _connection.WatchClientProcess(process);
        }

        return await _connection.RunAsync(cancellationToken).ConfigureAwait(false);
    }
}
