using StoryLsp.Index;
using StoryLsp.Language.Text;
using StoryLsp.Protocol;
using StoryLsp.Server.Session;
using LanguageEdit = StoryLsp.Language.Text.TextEdit;

namespace StoryLsp.Server.Conversion;

/// <summary>Changes as the protocol's workspace edits. Versions go with them, so that a stale edit fails safely.</summary>
internal static class EditConversion
{
    /// <summary>
    /// The edit of a change; null when the editor cannot make it: it creates no files, say.
    /// </summary>
    /// <param name="session">The session.</param>
    /// <param name="story">The workspace.</param>
    /// <param name="snapshot">The workspace as the change sees it.</param>
    /// <param name="change">The change.</param>
    /// <param name="confirm">What a person is asked to confirm, where the editor asks; null: nothing.</param>
    public static WorkspaceEdit? Edit(EditorSession session, StoryFolder story, Snapshot snapshot, WorkspaceChange change, ChangeAnnotation? confirm = null) =>
        Edit(session, story, (path, span) => Positions.Range(snapshot, path, span, session.Client.Encoding), change, path => session.OpenFileOf(story.AbsolutePath(path))?.Version, confirm);

    /// <summary>The same, of texts that need not be part of the index.</summary>
    /// <param name="session">The session.</param>
    /// <param name="story">The workspace.</param>
    /// <param name="rangeOf">The range of a span of a file.</param>
    /// <param name="change">The change.</param>
    /// <param name="versionOf">The version of a file's buffer that the ranges count in; null where it is not open.</param>
    /// <param name="confirm">What a person is asked to confirm, where the editor asks; null: nothing.</param>
    public static WorkspaceEdit? Edit(
        EditorSession session, StoryFolder story, Func<string, TextSpan, LspRange> rangeOf, WorkspaceChange change, Func<string, int?> versionOf, ChangeAnnotation? confirm = null)
    {
        if (!session.Client.TakesDocumentChanges)
        {
            return PlainEdit(session, story, rangeOf, change);
        }

        if (change.Files.Any(file => (file is FileCreation && !session.Client.CreatesFiles) || (file is FileDeletion && !session.Client.DeletesFiles)))
        {
            return null;
        }

        const string annotation = "storylsp";
        var changes = new List<TextDocumentEditOrCreateFileOrRenameFileOrDeleteFile>();
        foreach (var file in change.Files)
        {
            var uri = session.UriOf(story.AbsolutePath(file.Path));
            if (file is FileCreation creation)
            {
                changes.Add(new CreateFile { Uri = uri, Options = new CreateFileOptions { IgnoreIfExists = false, Overwrite = false } });
                changes.Add(DocumentEdit(uri, null, [Insertion(creation.Text, confirm is null ? null : annotation)]));
            }
            else if (file is FileDeletion)
            {
                changes.Add(new DeleteFile { Uri = uri });
            }
            else if (file is TextChange text)
            {
                changes.Add(DocumentEdit(uri, versionOf(file.Path), [.. text.Edits.Select(edit => One(rangeOf(file.Path, edit.Span), edit, confirm is null ? null : annotation))]));
            }
        }

        return new WorkspaceEdit
        {
            DocumentChanges = changes,
            ChangeAnnotations = confirm is null ? null : new Dictionary<string, ChangeAnnotation> { [annotation] = confirm },
        };
    }

    private static WorkspaceEdit? PlainEdit(EditorSession session, StoryFolder story, Func<string, TextSpan, LspRange> rangeOf, WorkspaceChange change)
    {
        if (change.Files.Any(file => file is not TextChange))
        {
            return null;
        }

        var changes = new Dictionary<string, IReadOnlyList<Protocol.TextEdit>>();
        foreach (var file in change.Files.OfType<TextChange>())
        {
            changes[session.UriOf(story.AbsolutePath(file.Path))] =
                [.. file.Edits.Select(edit => new Protocol.TextEdit(rangeOf(file.Path, edit.Span), edit.NewText))];
        }

        return new WorkspaceEdit { Changes = changes };
    }

    private static TextDocumentEdit DocumentEdit(string uri, int? version, IReadOnlyList<TextEditOrAnnotatedTextEditOrSnippetTextEdit> edits) =>
        new(new OptionalVersionedTextDocumentIdentifier { Uri = uri, Version = version }, edits);

    private static TextEditOrAnnotatedTextEditOrSnippetTextEdit One(LspRange range, LanguageEdit edit, string? annotation) =>
        annotation is null ? new Protocol.TextEdit(range, edit.NewText) : new AnnotatedTextEdit(range, edit.NewText, annotation);

    private static TextEditOrAnnotatedTextEditOrSnippetTextEdit Insertion(string text, string? annotation)
    {
        var range = new LspRange(new Position(0, 0), new Position(0, 0));
        return annotation is null ? new Protocol.TextEdit(range, text) : new AnnotatedTextEdit(range, text, annotation);
    }
}
