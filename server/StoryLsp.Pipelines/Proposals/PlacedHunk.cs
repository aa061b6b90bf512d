using StoryLsp.Language.Text;

namespace StoryLsp.Pipelines.Proposals;

/// <summary>How a hunk stands in today's text.</summary>
public enum HunkState
{
    /// <summary>The text stands where it stood, or has moved and is found again without doubt.</summary>
    Fits,

    /// <summary>The new text stands there already.</summary>
    AlreadyApplied,

    /// <summary>The text was changed since; nothing is guessed.</summary>
    Stale,
}

/// <summary>Where a hunk goes today.</summary>
/// <param name="Hunk">The hunk.</param>
/// <param name="State">Whether it fits.</param>
/// <param name="Edit">The edit of today's text, where it fits; of an empty text, where there is no such file.</param>
public sealed record PlacedHunk(Hunk Hunk, HunkState State, TextEdit? Edit);
