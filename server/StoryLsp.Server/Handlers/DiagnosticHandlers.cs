using StoryLsp.Index;
using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Conversion;
using StoryLsp.Server.Diagnostics;
using StoryLsp.Server.Session;

namespace StoryLsp.Server.Handlers;

/// <summary><c>textDocument/diagnostic</c> and <c>workspace/diagnostic</c>: findings as the editor pulls them.</summary>
internal static class DiagnosticHandlers
{
    private const int DocumentsInPart = 64;

    public static void Register(LanguageConnection connection, EditorSession session)
    {
        connection.OnRequest(LspMethods.TextDocumentDiagnostic, async (parameters, context) =>
        {
            await IndexedIfAskedOnlyOnce(session, parameters.TextDocument.Uri, context.CancellationToken).ConfigureAwait(false);
            return await session.Answer<DocumentDiagnosticReport>(
                parameters.TextDocument.Uri, context, new RelatedFullDocumentDiagnosticReport { Items = [] }, (place, _) => Pull(place, parameters.PreviousResultId)).ConfigureAwait(false);
        });
        var held = new HeldPull();
        var results = new KnownResults(session);
        connection.OnRequest(LspMethods.WorkspaceDiagnostic, (parameters, context) => Task.Run(() => PullAllAsync(session, held, results, parameters, context), context.CancellationToken));
    }

    /// <summary>
    /// An editor that takes results in parts asks again and again; where nothing is news, its question is held until something is, the session ends, or it
    /// asks anew: one question is held at a time.
    /// </summary>
    private static async Task<WorkspaceDiagnosticReport> PullAllAsync(EditorSession session, HeldPull held, KnownResults results, WorkspaceDiagnosticParams parameters, RequestContext context)
    {
        var isHeld = parameters.PartialResultToken is not null;
        var previous = parameters.PreviousResultIds.ToLookup(result => result.Uri, result => result.Value, StringComparer.Ordinal);
        using var turn = isHeld ? held.Take(session.Ending.Token, context.CancellationToken) : null;
        while (true)
        {
            var quiet = session.Quiet.Next;
            var (report, isNews) = PullAll(session, await session.Snapshots().ConfigureAwait(false), results, previous, parameters, context);
            if (isNews || turn is null)
            {
                return report;
            }

            try
            {
                await quiet.WaitAsync(turn.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!context.CancellationToken.IsCancellationRequested)
            {
                return report;
            }
        }
    }

    /// <summary>An editor that cannot be asked to pull again would never learn what the first index brings, so its answer waits for it.</summary>
    private static async Task IndexedIfAskedOnlyOnce(EditorSession session, string uri, CancellationToken cancellationToken)
    {
        if (!session.Client.RefreshesDiagnostics && await session.PlaceOf(uri).ConfigureAwait(false) is { } place)
        {
            await place.Story.Indexed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static DocumentDiagnosticReport Pull(Place place, string? previous)
    {
        var diagnostics = FindingConversion.Diagnostics(place.Session, place.Story, place.Snapshot, place.Path);
        var id = ResultId.Of(diagnostics);
        place.Session.Told[place.AbsolutePath] = id;
        return id == previous
            ? new RelatedUnchangedDocumentDiagnosticReport { ResultId = id }
            : new RelatedFullDocumentDiagnosticReport { ResultId = id, Items = diagnostics };
    }

    private static (WorkspaceDiagnosticReport Report, bool IsNews) PullAll(
        EditorSession session,
        IReadOnlyList<(StoryFolder Story, Snapshot Snapshot)> snapshots,
        KnownResults results,
        ILookup<string, string> previous,
        WorkspaceDiagnosticParams parameters,
        RequestContext context)
    {
        var part = new List<WorkspaceDocumentDiagnosticReport>();
        var isNews = false;
        foreach (var report in Reports(session, snapshots, results, previous, context.CancellationToken))
        {
            var isSame = report.WorkspaceUnchangedDocumentDiagnosticReport is not null;
            isNews |= !isSame;
            if (isSame && parameters.PartialResultToken is not null)
            {
                // Who is asked again and again need not say each time what has not changed.
                continue;
            }

            part.Add(report);
            if (part.Count == DocumentsInPart && context.SendPart(parameters, new WorkspaceDiagnosticReportPartialResult([.. part]), LspJsonContext.Default.WorkspaceDiagnosticReportPartialResult))
            {
                part.Clear();
            }
        }

        if (part.Count > 0 && context.SendPart(parameters, new WorkspaceDiagnosticReportPartialResult([.. part]), LspJsonContext.Default.WorkspaceDiagnosticReportPartialResult))
        {
            part.Clear();
        }

        return (new WorkspaceDiagnosticReport(part), isNews);
    }

    private static IEnumerable<WorkspaceDocumentDiagnosticReport> Reports(
        EditorSession session,
        IReadOnlyList<(StoryFolder Story, Snapshot Snapshot)> snapshots,
        KnownResults results,
        ILookup<string, string> previous,
        CancellationToken cancellationToken)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (story, snapshot) in snapshots)
        {
            foreach (var facts in snapshot.Documents)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var absolute = story.AbsolutePath(facts.Path);
                var uri = session.UriOf(absolute);
                var id = results.Of(story, snapshot, facts.Path);
                var isKnown = previous.Contains(uri);
                if (isKnown)
                {
                    known.Add(uri);
                }

                if (isKnown && previous[uri].Last() == id)
                {
                    yield return new WorkspaceUnchangedDocumentDiagnosticReport { ResultId = id, Uri = uri, Version = session.OpenFileOf(absolute)?.Version };
                }
                else if (FindingConversion.Diagnostics(session, story, snapshot, facts.Path) is var diagnostics && (diagnostics.Count > 0 || isKnown))
                {
                    yield return new WorkspaceFullDocumentDiagnosticReport { ResultId = id, Items = diagnostics, Uri = uri, Version = session.OpenFileOf(absolute)?.Version };
                }
            }
        }

        // What is left is gone: its findings go with it.
        foreach (var gone in previous.Where(result => !known.Contains(result.Key)))
        {
            yield return new WorkspaceFullDocumentDiagnosticReport { Items = [], Uri = gone.Key };
        }
    }
}
