using StoryLsp.Language.Text;

namespace StoryLsp.Features.Rename;

/// <summary>What a change of a rename is about; an editor shows them as groups.</summary>
public enum RenamePart
{
    /// <summary>Where the thing calls itself.</summary>
    Definition,

    /// <summary>A reference field or a link.</summary>
    Reference,

    /// <summary>The whole name in prose.</summary>
    Mention,

    /// <summary>A part of the name in prose, which somebody should look at.</summary>
    ShortMention,
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
    internal static RenameResult Refused(string why) => new([], null, why);
}
