using Microsoft.Extensions.Logging;
using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Conversion;
using StoryLsp.Server.Diagnostics;

namespace StoryLsp.Server.Session;

/// <summary>
/// Asks an editor to ask again for what it shows in its documents, after changes in others. What it edits itself it asks for by itself. Each question is asked once
/// at a time, so that an editor that is slow to answer, or never does, is not flooded.
/// </summary>
internal sealed class Refreshes
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // An editor shows few of the documents that it has open; looking at all of very many costs more than asking it.
    private const int MostLookedAt = 24;

    private readonly EditorSession _session;
    private readonly OneAtATime _tokens;
    private readonly OneAtATime _hints;
    private readonly OneAtATime _lenses;
    private readonly OneAtATime _findings;
    private readonly OneAtATime _look;
    private readonly Lock _gate = new();
    private readonly Dictionary<StoryFolder, HashSet<string>?> _changed = [];

    // What each open document showed when it was looked at last; used by the look alone.
    private readonly Dictionary<string, ShownMarks> _seen = new(StringComparer.Ordinal);

    private Refreshes(EditorSession session)
    {
        _session = session;
        _tokens = new(() => Ask(LspMethods.WorkspaceSemanticTokensRefresh));
        _hints = new(() => Ask(LspMethods.WorkspaceInlayHintRefresh));
        _lenses = new(() => Ask(LspMethods.WorkspaceCodeLensRefresh));
        _findings = new(() => Ask(LspMethods.WorkspaceDiagnosticRefresh));
        _look = new(LookAgainAsync);
    }

    /// <summary>Begins to look at the changes of a session.</summary>
    public static void Begin(EditorSession session) => session.Quiet.Came += new Refreshes(session).Look;

    private void Look(IReadOnlyList<KeyValuePair<StoryFolder, HashSet<string>?>> changed)
    {
        var client = _session.Client;
        if (client.RefreshesFindings && changed.Any(IsWider))
        {
            _findings.Begin();
        }

        var seen = client.RefreshesTokens || client.RefreshesHints || client.RefreshesLenses || client.RefreshesFindings ? changed.Where(IsSeenElsewhere).ToList() : [];
        if (seen.Count == 0)
        {
            return;
        }

        lock (_gate)
        {
            foreach (var (story, paths) in seen)
            {
                _changed[story] = paths is null || (_changed.TryGetValue(story, out var before) && before is null) ? null : [.. paths, .. before ?? []];
            }
        }

        _look.Begin();
    }

    // An editor that is asked again asks for all that it shows, so that it is asked only where something is shown otherwise.
    private async Task LookAgainAsync()
    {
        Dictionary<StoryFolder, HashSet<string>?> changed;
        lock (_gate)
        {
            changed = new(_changed);
            _changed.Clear();
        }

        try
        {
            var open = await _session.Queue.Ask(() => _session.OpenFiles.Select(file => _session.Locate(file.Uri)).OfType<Place>().ToList()).ConfigureAwait(false);
            var paths = open.Select(place => place.AbsolutePath).ToHashSet(StringComparer.Ordinal);
            foreach (var gone in _seen.Keys.Where(path => !paths.Contains(path)).ToList())
            {
                _seen.Remove(gone);
            }

            var others = ShownKinds.None;
            foreach (var story in open.Where(place => changed.ContainsKey(place.Story)).GroupBy(place => place.Story))
            {
                others |= Look(story.ToList(), changed[story.Key]);
            }

            Begin(others);
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // The session ends, or the story was closed.
        }
        catch (Exception exception)
        {
            _session.Log.LogError(exception, "What the open documents show could not be looked at");
        }
    }

    private ShownKinds Look(List<Place> open, HashSet<string>? changed)
    {
        if (open.Count > MostLookedAt)
        {
            return ShownKinds.All | ShownKinds.Findings;
        }

        var result = ShownKinds.None;
        foreach (var place in open)
        {
            var now = ShownMarks.Of(place, _session.Connection.Closing);
            // What it edits itself an editor asks for by itself.
            if (changed is null || changed.Any(path => path != place.Path))
            {
                result |= _seen.TryGetValue(place.AbsolutePath, out var before) ? now.Except(before) : ShownKinds.All;
                result |= HasOtherFindings(place) ? ShownKinds.Findings : ShownKinds.None;
            }

            _seen[place.AbsolutePath] = now;
        }

        return result;
    }

    // Whether the findings of a document are no more those that the editor was told last; what it has never asked for it does not show.
    private bool HasOtherFindings(Place place) => _session.Client.RefreshesFindings && _session.Told.TryGetValue(place.AbsolutePath, out var told) &&
        told != ResultId.Of(FindingConversion.Diagnostics(_session, place.Story, place.Snapshot, place.Path));

    private void Begin(ShownKinds others)
    {
        var client = _session.Client;
        if (client.RefreshesTokens && others.HasFlag(ShownKinds.Tokens))
        {
            _tokens.Begin();
        }

        if (client.RefreshesHints && others.HasFlag(ShownKinds.Hints))
        {
            _hints.Begin();
        }

        if (client.RefreshesLenses && others.HasFlag(ShownKinds.Lenses))
        {
            _lenses.Begin();
        }

        // Some editors pull again for all that is open when one document is edited; Neovim pulls for that one alone.
        if (client.RefreshesFindings && others.HasFlag(ShownKinds.Findings))
        {
            _findings.Begin();
        }
    }

    // An editor pulls by itself what it edits; it is asked to pull again when documents are touched that it has not open, and where findings in others are new.
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
