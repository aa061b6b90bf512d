using StoryLsp.Index;
using StoryLsp.Language.Text;
using StoryLsp.Protocol;
using StoryLsp.Server.Session;

namespace StoryLsp.Server.Conversion;

/// <summary>
/// Changes as the protocol's workspace edits, in their groups where the editor asks a person about groups. Versions go with them, so that a
/// stale edit fails safely.
/// </summary>
internal static class EditConversion
{
    /// <summary>The edit of a change; null when the editor cannot make it: it creates no files, say.</summary>
    /// <param name="session">The session.</param>
    /// <param name="story">The workspace.</param>
    /// <param name="snapshot">The workspace as the change sees it.</param>
    /// <param name="change">The change.</param>
    /// <param name="versions">The versions of the open documents when the snapshot was taken.</param>
    public static WorkspaceEdit? Edit(EditorSession session, StoryFolder story, Snapshot snapshot, WorkspaceChange change, OpenVersions versions) =>
        Edit(session, story, (path, span) => Positions.Range(snapshot, path, span, session.Client.Encoding), change, path => versions.Of(story, path));

    /// <summary>The edit of a change that was asked for at a place; null when the editor cannot make it.</summary>
    public static WorkspaceEdit? Edit(Place place, WorkspaceChange change) => Edit(place.Session, place.Story, place.RangeOf, change, path => place.Versions.Of(place.Story, path));

    /// <summary>The same, of texts that need not be part of the index.</summary>
    /// <param name="session">The session.</param>
    /// <param name="story">The workspace.</param>
    /// <param name="rangeOf">The range of a span of a file.</param>
    /// <param name="change">The change.</param>
    /// <param name="versionOf">The version of a file's buffer that the ranges count in; null where it is not open.</param>
    public static WorkspaceEdit? Edit(
        EditorSession session, StoryFolder story, Func<string, TextSpan, LspRange> rangeOf, WorkspaceChange change, Func<string, int?> versionOf)
    {
        if (!session.Client.TakesDocumentChanges)
        {
            return PlainEdit(session, story, rangeOf, change);
        }

        if (!change.Files.All(file => CanMake(session.Client, file)))
        {
            return null;
        }

        var groups = new GroupsOfEdit(session.Client.ConfirmsAnnotations);
        var changes = new List<TextDocumentEditOrCreateFileOrRenameFileOrDeleteFile>();
        foreach (var file in change.Files)
        {
            var uri = session.UriOf(story.AbsolutePath(file.Path));
            var group = groups.IdOf(file.Group);
            switch (file)
            {
                case FileCreation creation:
                    changes.Add(new CreateFile { Uri = uri, Options = new CreateFileOptions { IgnoreIfExists = false, Overwrite = false }, AnnotationId = group });
                    if (creation.Text.Length > 0)
                    {
                        changes.Add(DocumentEdit(uri, null, [One(new LspRange(new Position(0, 0), new Position(0, 0)), creation.Text, group)]));
                    }

                    break;
                case FileDeletion:
                    changes.Add(new DeleteFile { Uri = uri, AnnotationId = group });
                    break;
                case FileMove move:
                    changes.Add(new RenameFile
                    {
                        OldUri = uri, NewUri = DocumentUri.FromPath(story.AbsolutePath(move.To)), Options = new RenameFileOptions { Overwrite = false, IgnoreIfExists = false }, AnnotationId = group,
                    });
                    break;
                case TextChange text when Taken(text, session.Client) is { Count: > 0 } taken:
                    changes.Add(DocumentEdit(uri, versionOf(file.Path), [.. taken.Select(edit => One(rangeOf(file.Path, edit.Edit.Span), edit.Edit.NewText, groups.IdOf(edit.Group)))]));
                    break;
            }
        }

        return new WorkspaceEdit { DocumentChanges = changes, ChangeAnnotations = groups.All };
    }

    /// <summary>Two edits as one.</summary>
    public static WorkspaceEdit Join(WorkspaceEdit? first, WorkspaceEdit second) => first is null ? second : new WorkspaceEdit
    {
        Changes = Joined(first.Changes, second.Changes),
        DocumentChanges = first.DocumentChanges is null ? second.DocumentChanges : [.. first.DocumentChanges, .. second.DocumentChanges ?? []],
        ChangeAnnotations = Joined(first.ChangeAnnotations, second.ChangeAnnotations),
    };

    /// <summary>Whether the editor can make a change of a file.</summary>
    public static bool CanMake(ClientProfile client, FileChange file) => file switch
    {
        FileCreation => client is { TakesDocumentChanges: true, CreatesFiles: true },
        FileDeletion => client.DeletesFiles,
        FileMove => client.RenamesFiles,
        _ => true,
    };

    private static Dictionary<string, T>? Joined<T>(IReadOnlyDictionary<string, T>? first, IReadOnlyDictionary<string, T>? second) =>
        first is null && second is null ? null : (first ?? new Dictionary<string, T>()).Concat(second ?? new Dictionary<string, T>()).GroupBy(one => one.Key).ToDictionary(one => one.Key, one => one.First().Value);

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
                [.. Taken(file, session.Client).Select(edit => new Protocol.TextEdit(rangeOf(file.Path, edit.Edit.Span), edit.Edit.NewText))];
        }

        return new WorkspaceEdit { Changes = changes };
    }

    // Who cannot be asked is not given what is only guessed at.
    private static List<(Language.Text.TextEdit Edit, ChangeGroup? Group)> Taken(TextChange change, ClientProfile client) =>
        [.. change.Edits.Select((edit, index) => (edit, change.GroupOf(index))).Where(edit => client.ConfirmsAnnotations || edit.Item2 is not { IsDoubtful: true })];

    private static TextDocumentEdit DocumentEdit(string uri, int? version, IReadOnlyList<TextEditOrAnnotatedTextEditOrSnippetTextEdit> edits) =>
        new(new OptionalVersionedTextDocumentIdentifier { Uri = uri, Version = version }, edits);

    private static TextEditOrAnnotatedTextEditOrSnippetTextEdit One(LspRange range, string text, string? annotation) =>
        annotation is null ? new Protocol.TextEdit(range, text) : new AnnotatedTextEdit(range, text, annotation);

    /// <summary>The groups that an edit speaks of.</summary>
    private sealed class GroupsOfEdit(bool areShown)
    {
        private readonly Dictionary<string, ChangeAnnotation> _all = new(StringComparer.Ordinal);

        public IReadOnlyDictionary<string, ChangeAnnotation>? All => _all.Count == 0 ? null : _all;

        public string? IdOf(ChangeGroup? group)
        {
            if (group is null || !areShown)
            {
                return null;
            }

            _all.TryAdd(group.Id, new ChangeAnnotation { Label = group.Label, NeedsConfirmation = group.NeedsConfirmation, Description = group.Description });
            return group.Id;
        }
    }
}
