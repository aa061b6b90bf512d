using StoryLsp.Features.Rename;
using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Conversion;
using StoryLsp.Server.Session;

namespace StoryLsp.Server.Handlers;

/// <summary><c>textDocument/prepareRename</c> and <c>rename</c>.</summary>
internal static class RenameHandlers
{
    private static readonly Dictionary<string, ChangeAnnotation> Annotations = new()
    {
        [nameof(RenamePart.Definition)] = new() { Label = "Its own names", NeedsConfirmation = false },
        [nameof(RenamePart.Reference)] = new() { Label = "References", NeedsConfirmation = false },
        [nameof(RenamePart.Mention)] = new() { Label = "Whole names in prose", NeedsConfirmation = false },
        [nameof(RenamePart.ShortMention)] = new() { Label = "Parts of the name in prose", NeedsConfirmation = true, Description = "Given names, family names, plurals and names behind titles" },
    };

    public static void Register(LanguageConnection connection, EditorSession session)
    {
        connection.OnRequest(LspMethods.TextDocumentPrepareRename, (parameters, context) =>
            session.Answer(parameters.TextDocument.Uri, context, null, (place, cancel) => Prepare(place, parameters.Position, cancel)));
        connection.OnRequest(LspMethods.TextDocumentRename, (parameters, context) =>
            session.Answer(parameters.TextDocument.Uri, context, null, (place, cancel) => Rename(place, parameters, cancel)));
    }

    private static PrepareRenameResult? Prepare(Place place, Position position, CancellationToken cancel) =>
        Renames.Prepare(place.Snapshot, place.Path, place.OffsetOf(position), cancel) is { } target
            ? PrepareRenameResult.Of(new PrepareRenamePlaceholder(place.RangeOf(target.Span), target.Placeholder))
            : null;

    private static WorkspaceEdit? Rename(Place place, RenameParams parameters, CancellationToken cancel)
    {
        var result = Renames.At(place.Snapshot, place.Path, place.OffsetOf(parameters.Position), parameters.NewName, place.Session.Client.RenamesFiles, cancel);
        return result.Refusal is { } refusal ? throw new ResponseErrorException(LSPErrorCodes.RequestFailed, refusal)
            : !place.Session.Client.TakesDocumentChanges ? Plain(place, result)
            : Annotated(place, result, place.Session.Client.ConfirmsAnnotations);
    }

    private static WorkspaceEdit Plain(Place place, RenameResult result) => new()
    {
        Changes = result.Edits.GroupBy(edit => edit.Path).ToDictionary(
            file => place.UriOf(file.Key),
            file => (IReadOnlyList<TextEdit>)[.. file.Select(edit => new TextEdit(place.RangeOf(edit.Path, edit.Edit.Span), edit.Edit.NewText))]),
    };

    private static WorkspaceEdit Annotated(Place place, RenameResult result, bool confirms)
    {
        var changes = new List<TextDocumentEditOrCreateFileOrRenameFileOrDeleteFile>();
        foreach (var file in result.Edits.GroupBy(edit => edit.Path))
        {
            var version = place.Session.OpenFileOf(place.Story.AbsolutePath(file.Key))?.Version;
            changes.Add(new TextDocumentEdit(
                new OptionalVersionedTextDocumentIdentifier { Uri = place.UriOf(file.Key), Version = version },
                [.. file.Select(edit => One(place, edit, confirms))]));
        }

        if (result.Move is var (from, to))
        {
            // Last, for the edits of the file have its old address.
            changes.Add(new RenameFile { OldUri = place.UriOf(from), NewUri = DocumentUri.FromPath(place.Story.AbsolutePath(to)), Options = new RenameFileOptions { Overwrite = false, IgnoreIfExists = false } });
        }

        return new WorkspaceEdit
        {
            DocumentChanges = changes,
            ChangeAnnotations = confirms ? Annotations.Where(annotation => result.Edits.Any(edit => edit.Part.ToString() == annotation.Key)).ToDictionary(annotation => annotation.Key, annotation => annotation.Value) : null,
        };
    }

    private static TextEditOrAnnotatedTextEditOrSnippetTextEdit One(Place place, RenameEdit edit, bool confirms)
    {
        var range = place.RangeOf(edit.Path, edit.Edit.Span);
        return confirms ? new AnnotatedTextEdit(range, edit.Edit.NewText, edit.Part.ToString()) : new TextEdit(range, edit.Edit.NewText);
    }
}
