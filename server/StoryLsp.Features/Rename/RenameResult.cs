using StoryLsp.Index;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Rename;

/// <summary>What a change of a rename is about; an editor shows them as groups.</summary>
public enum RenamePart
{
    /// <summary>Where the thing calls itself: its name, its id, its aliases, its heading, its file.</summary>
    Definition,

    /// <summary>A reference field or a link.</summary>
    Reference,

    /// <summary>The whole name in prose, or in a text of a field.</summary>
    Mention,

    /// <summary>A part of the name in prose, which somebody should look at.</summary>
    ShortMention,

    /// <summary>A heading or a name of something else that holds the name, and what refers to it by that.</summary>
    Title,

    /// <summary>Words that are only likely to be the name: in comments, inflected, or the title of a scene in a sentence.</summary>
    Doubtful,
}

/// <summary>One change of a rename.</summary>
/// <param name="Path">Workspace-relative path of the document.</param>
/// <param name="Edit">The change, in UTF-16 code units.</param>
/// <param name="Part">What it is about.</param>
public sealed record RenameEdit(string Path, TextEdit Edit, RenamePart Part);

/// <summary>What may be renamed at an offset.</summary>
/// <param name="Span">The text that stands for it, in UTF-16 code units.</param>
/// <param name="Placeholder">What it is called now: the id where the caret is on one, an alias, else the whole name.</param>
public sealed record RenameTarget(TextSpan Span, string Placeholder);

/// <summary>All changes of a rename; or why there are none.</summary>
/// <param name="Edits">The changes, by path and then by place; they do not overlap.</param>
/// <param name="Move">The file that takes the new name, from and to; null: none.</param>
/// <param name="Refusal">Why nothing is renamed, in a writer's words; null when something is.</param>
public sealed record RenameResult(IReadOnlyList<RenameEdit> Edits, (string From, string To)? Move, string? Refusal)
{
    private static readonly Dictionary<RenamePart, ChangeGroup> Groups = new()
    {
        [RenamePart.Definition] = new(nameof(RenamePart.Definition), "Its own names"),
        [RenamePart.Reference] = new(nameof(RenamePart.Reference), "References and links"),
        [RenamePart.Mention] = new(nameof(RenamePart.Mention), "Whole names in prose"),
        [RenamePart.ShortMention] = new(nameof(RenamePart.ShortMention), "Parts of the name in prose", NeedsConfirmation: true, "Given names, family names, plurals and names behind titles"),
        [RenamePart.Title] = new(nameof(RenamePart.Title), "Titles that hold the name", NeedsConfirmation: true, "Headings and names of other things, with what refers to them"),
        [RenamePart.Doubtful] = new(nameof(RenamePart.Doubtful), "Words that may be the name", NeedsConfirmation: true, "In comments, in other cases of the word, in sentences that may mean the word alone") { IsDoubtful = true },
    };

    /// <summary>The changes in their groups, the move of the file last: the edits of that file have its old path.</summary>
    public WorkspaceChange Change => new(
    [
        .. Edits.GroupBy(edit => edit.Path, StringComparer.Ordinal).Select(file => new TextChange(file.Key, [.. file.Select(edit => edit.Edit)]) { Groups = [.. file.Select(edit => Groups[edit.Part])] }),
        .. Move is var (from, to) ? new[] { new FileMove(from, to) { Group = Groups[RenamePart.Definition] } } : [],
    ]);

    internal static RenameResult Refused(string why) => new([], null, why);
}
