using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;

namespace StoryLsp.Server.Session;

/// <summary>
/// Asks an editor to ask again for what it shows in its documents, after changes in others. What it edits itself it asks for by itself. Each question is asked once
/// at a time, so that an editor that is slow to answer, or never does, is not flooded.
/// </summary>
internal sealed class Refreshes
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly EditorSession _session;
    private readonly OneAtATime _tokens;
    private readonly OneAtATime _hints;
    private readonly OneAtATime _lenses;
    private readonly OneAtATime _findings;

    private Refreshes(EditorSession session)
    {
        _session = session;
        _tokens = new(() => Ask(LspMethods.WorkspaceSemanticTokensRefresh));
        _hints = new(() => Ask(LspMethods.WorkspaceInlayHintRefresh));
        _lenses = new(() => Ask(LspMethods.WorkspaceCodeLensRefresh));
        _findings = new(() => Ask(LspMethods.WorkspaceDiagnosticRefresh));
    }

    /// <summary>Begins to look at the changes of a session.</summary>
    public static void Begin(EditorSession session) => session.Quiet.Came += new Refreshes(session).Look;

    private void Look(IReadOnlyList<KeyValuePair<StoryFolder, HashSet<string>?>> changed)
    {
        var client = _session.Client;
        if (client is { PullsDiagnostics: true, RefreshesDiagnostics: true } && changed.Any(IsWider))
        {
            _findings.Begin();
        }

        if (!changed.Any(IsSeenElsewhere))
        {
            return;
        }

        if (client.RefreshesTokens)
        {
            _tokens.Begin();
        }

        if (client.RefreshesHints)
        {
            _hints.Begin();
        }

        if (client.RefreshesLenses)
        {
            _lenses.Begin();
        }
    }

    // An editor pulls by itself what it edits; it is asked to pull again only when other documents are touched.
    private bool IsWider(KeyValuePair<StoryFolder, HashSet<string>?> story) =>
        story.Value is null || story.Value.Count > 1 || story.Value.Any(path => _session.OpenFileOf(story.Key.AbsolutePath(path)) is null);

    // Whether some open document shows what changed in another one.
    private bool IsSeenElsewhere(KeyValuePair<StoryFolder, HashSet<string>?> story) =>
        _session.OpenFiles.Any(file => story.Key.RelativePath(file.AbsolutePath) is { } path && (story.Value is null || story.Value.Any(changed => changed != path)));

    private async Task Ask(RequestMethod<NoValue, NoValue> method)
    {
        try
        {
            await _session.Connection.SendRequestAsync(method, default, _session.Connection.Closing, Patience).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is ResponseErrorException or ConnectionClosedException or TimeoutException or OperationCanceledException)
        {
            // It shows what it has until it asks by itself.
        }
    }
}
