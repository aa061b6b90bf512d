using StoryLsp.Index;
using StoryLsp.Pipelines.Proposals;
using StoryLsp.Protocol;
using StoryLsp.Server.Conversion;
using StoryLsp.Server.Session;

namespace StoryLsp.Server.Proposals;

/// <summary>The workspace edit of a plan: one for all files, so that one undo takes it back.</summary>
internal static class ProposalEdit
{
    /// <summary>What the editor itself cannot make, which the command line can.</summary>
    public static IReadOnlyList<string> BeyondEditor(ClientProfile client, AcceptPlan plan) =>
    [
        .. (plan.Change?.Files ?? []).Where(file => (file is FileCreation && !(client.TakesDocumentChanges && client.CreatesFiles)) || (file is FileDeletion && !client.DeletesFiles)).Select(file => file.Path),
    ];

    /// <summary>The edit; the versions are those of the buffers that the plan was made for.</summary>
    /// <param name="session">The session.</param>
    /// <param name="story">The story.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="versions">The versions of the open files, by path.</param>
    /// <param name="asks">Whether each hunk gets an annotation that needs a confirmation.</param>
    public static WorkspaceEdit Of(EditorSession session, StoryFolder story, AcceptPlan plan, IReadOnlyDictionary<string, int> versions, bool asks)
    {
        if (!session.Client.TakesDocumentChanges)
        {
            return new WorkspaceEdit
            {
                Changes = plan.Placed.GroupBy(hunk => hunk.Hunk.File, StringComparer.Ordinal).ToDictionary(
                    file => session.UriOf(story.AbsolutePath(file.Key)),
                    file => (IReadOnlyList<TextEdit>)[.. file.Select(hunk => new TextEdit(RangeOf(session, plan, hunk), hunk.Edit!.Value.NewText))]),
            };
        }

        var changes = new List<TextDocumentEditOrCreateFileOrRenameFileOrDeleteFile>();
        foreach (var file in plan.Change?.Files ?? [])
        {
            Add(changes, session, story, plan, file, versions, asks);
        }

        return new WorkspaceEdit
        {
            DocumentChanges = changes,
            ChangeAnnotations = asks ? plan.Placed.ToDictionary(hunk => IdOf(hunk.Hunk), hunk => Annotation(plan.Proposal, hunk.Hunk)) : null,
        };
    }

    private static void Add(
        List<TextDocumentEditOrCreateFileOrRenameFileOrDeleteFile> changes,
        EditorSession session,
        StoryFolder story,
        AcceptPlan plan,
        FileChange file,
        IReadOnlyDictionary<string, int> versions,
        bool asks)
    {
        var uri = session.UriOf(story.AbsolutePath(file.Path));
        var hunks = plan.Placed.Where(hunk => hunk.Hunk.File == file.Path).ToList();
        if (file is FileDeletion)
        {
            changes.Add(new DeleteFile { Uri = uri, AnnotationId = asks ? IdOf(hunks[0].Hunk) : null });
            return;
        }

        if (file is FileCreation)
        {
            changes.Add(new CreateFile { Uri = uri, Options = new CreateFileOptions { IgnoreIfExists = false, Overwrite = false }, AnnotationId = asks ? IdOf(hunks[0].Hunk) : null });
        }

        changes.Add(new TextDocumentEdit(
            new OptionalVersionedTextDocumentIdentifier { Uri = uri, Version = versions.TryGetValue(file.Path, out var version) ? version : null },
            [.. hunks.Select(hunk => One(RangeOf(session, plan, hunk), hunk.Edit!.Value.NewText, asks ? IdOf(hunk.Hunk) : null))]));
    }

    private static TextEditOrAnnotatedTextEditOrSnippetTextEdit One(LspRange range, string text, string? annotation) =>
        annotation is null ? new TextEdit(range, text) : new AnnotatedTextEdit(range, text, annotation);

    private static LspRange RangeOf(EditorSession session, AcceptPlan plan, PlacedHunk hunk) =>
        plan.Before.GetValueOrDefault(hunk.Hunk.File) is { } text ? Positions.Range(text, hunk.Edit!.Value.Span, session.Client.Encoding) : new LspRange(new Position(0, 0), new Position(0, 0));

    private static string IdOf(Hunk hunk) => "hunk-" + hunk.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static ChangeAnnotation Annotation(Proposal proposal, Hunk hunk) => new()
    {
        Label = hunk.IsTicked ? hunk.Label : "In doubt: " + hunk.Label,
        NeedsConfirmation = true,
        Description = hunk.Doubt ?? proposal.Origin,
    };
}
