using StoryLsp.Index;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.CodeLenses;

/// <summary>What a lens tells.</summary>
public enum LensKind
{
    /// <summary>In how many scenes a character is, or how many are set at a place.</summary>
    Scenes,

    /// <summary>How many words a scene or chapter has of those that it should have.</summary>
    Words,

    /// <summary>Where a thread is set up and paid off.</summary>
    Thread,

    /// <summary>Where a clue is shown to the reader.</summary>
    Clue,
}

/// <summary>A line above a container. What it says is found out when it is looked at.</summary>
/// <param name="Span">Where it stands, in UTF-16 code units.</param>
/// <param name="Kind">What it tells.</param>
/// <param name="Container">The container.</param>
public sealed record Lens(TextSpan Span, LensKind Kind, ContainerKey Container);

/// <summary>What a lens says.</summary>
/// <param name="Title">The words.</param>
/// <param name="Places">The places that it counts, in the order of reading; a click shows them.</param>
public sealed record LensContent(string Title, IReadOnlyList<LensPlace> Places);

/// <summary>A place that a lens counts.</summary>
/// <param name="Path">Workspace-relative path with <c>/</c>.</param>
/// <param name="Span">The text there, in UTF-16 code units.</param>
public readonly record struct LensPlace(string Path, TextSpan Span);
