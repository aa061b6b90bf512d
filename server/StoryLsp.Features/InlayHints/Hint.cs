using StoryLsp.Index;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.InlayHints;

/// <summary>What a hint tells.</summary>
public enum HintKind
{
    /// <summary>How old a character is when the scene begins.</summary>
    Age,

    /// <summary>The weekday of a date, or the date of a time that is measured from another.</summary>
    Date,

    /// <summary>How many days have passed since the scene before.</summary>
    Elapsed,

    /// <summary>Where a thread that is set up here is paid off.</summary>
    PaidOff,

    /// <summary>Where a thread that is paid off here was set up.</summary>
    SetUp,
}

/// <summary>A few words that the story entails, to be shown behind what is written.</summary>
/// <param name="Offset">Behind what they stand, in UTF-16 code units.</param>
/// <param name="Kind">What they tell.</param>
/// <param name="Label">The words.</param>
/// <param name="Subject">The scene, or whatever else the words are in.</param>
/// <param name="Other">The character, thread or scene that they are about; null where it is the subject alone.</param>
public sealed record Hint(int Offset, HintKind Kind, string Label, ContainerKey Subject, ContainerKey? Other);

/// <summary>What a hint says to who looks closer.</summary>
/// <param name="Tooltip">Markdown.</param>
/// <param name="Path">Workspace-relative path of where it leads; null for nowhere.</param>
/// <param name="Span">The place there.</param>
public sealed record HintDetail(string Tooltip, string? Path, TextSpan Span);
