using StoryLsp.Index;
using StoryLsp.Language.Text;
using StoryLsp.Pipelines.History;
using StoryLsp.Pipelines.Runs;
using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Conversion;
using StoryLsp.Server.Extensions;
using StoryLsp.Server.Session;
using LanguageEdit = StoryLsp.Language.Text.TextEdit;

namespace StoryLsp.Server.Runs;

/// <summary>The prompts of paused runs, as they stand in buffers and files.</summary>
internal static class PromptBuffers
{
    private const string Folder = ".story/runs/";
    private const string Name = "/prompt.md";

    /// <summary>The run whose prompt a document is; null where it is none.</summary>
    public static string? RunOf(string path) =>
        path.StartsWith(Folder, StringComparison.Ordinal) && path.EndsWith(Name, StringComparison.Ordinal) && path[Folder.Length..^Name.Length] is { Length: > 0 } run && run.All(char.IsAsciiHexDigitLower)
            ? run
            : null;

    /// <summary>The prompt in the buffer of an editor that has it open, saved or not; null: the file counts.</summary>
    public static Task<string?> TextOf(EditorSession session, StoryFolder story, string run) =>
        session.Queue.Ask(() => session.OpenFileOf(story.AbsolutePath(PromptFile.PathOf(run)))?.Text.Text);

    /// <summary>Writes the model into the head of a prompt: into the buffer where it is open, so that it can be undone, else into the file.</summary>
    /// <exception cref="ResponseErrorException">There is no such prompt, or the editor did not take the edit.</exception>
    public static async Task ChangeModelAsync(EditorSession session, StoryFolder story, string run, string model, CancellationToken cancellationToken)
    {
        var path = PromptFile.PathOf(run);
        var file = story.AbsolutePath(path);
        var (open, snapshot, versions) = await session.Queue.Ask(() => (session.OpenFileOf(file), story.Workspace.Current, session.Versions())).ConfigureAwait(false);
        if (open is null && !File.Exists(file))
        {
            throw new ResponseErrorException(LSPErrorCodes.RequestFailed, "The run has no prompt any more: it is not paused.");
        }

        var text = open?.Text ?? SourceText.Decode(await File.ReadAllBytesAsync(file, cancellationToken).ConfigureAwait(false), out _);
        var edit = ModelEdit(text.Text, model) ?? throw new ResponseErrorException(LSPErrorCodes.RequestFailed, "The prompt has lost its head (the lines between `---`), so the model cannot be written there.");
        if (open is null || !session.Client.AppliesEdits)
        {
            WholeFile.Write(file, text.WithEdit(edit.Span, edit.NewText).Text);
            return;
        }

        var result = await session.Connection.SendRequestAsync(
            LspMethods.WorkspaceApplyEdit,
            new ApplyWorkspaceEditParams { Label = "Change the model", Edit = EditConversion.Edit(session, story, snapshot, WorkspaceChange.Edit(path, edit), versions)! },
            cancellationToken).ConfigureAwait(false);
        if (!result.Applied)
        {
            throw new ResponseErrorException(LSPErrorCodes.RequestFailed, "The editor did not change the prompt. Write the model into its line `model:` by hand.");
        }
    }

    /// <summary>The edit that names a model in the head of a prompt; null where there is no head.</summary>
    internal static LanguageEdit? ModelEdit(string text, string model)
    {
        var at = 0;
        for (var line = 0; at < text.Length; line++)
        {
            var end = text.IndexOf('\n', at);
            var next = end < 0 ? text.Length : end + 1;
            var content = text.AsSpan(at, next - at).TrimEnd("\r\n");
            if (line == 0 ? content is not "---" : content is "---")
            {
                return line == 0 ? null : new LanguageEdit(new TextSpan(at, 0), "model: " + Quoted(model) + (text.AsSpan(0, at).EndsWith("\r\n") ? "\r\n" : "\n"));
            }

            if (content.StartsWith("model:"))
            {
                return new LanguageEdit(new TextSpan(at, content.Length), "model: " + Quoted(model));
            }

            at = next;
        }

        return null;
    }

    private static string Quoted(string model) =>
        "\"" + string.Concat(model.Where(unit => !char.IsControl(unit))).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}
