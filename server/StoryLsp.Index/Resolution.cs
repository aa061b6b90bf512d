using StoryLsp.Language.Facts;

namespace StoryLsp.Index;

/// <summary>How a name was found to mean a container, from the strongest to the weakest (section 2 of the format).</summary>
public enum NameRank
{
    /// <summary>The id as written.</summary>
    WrittenId,

    /// <summary>The exact name or alias.</summary>
    ExactName,

    /// <summary>A written id, name or alias in another case.</summary>
    OtherCase,

    /// <summary>A derived id.</summary>
    DerivedId,

    /// <summary>The path of the file.</summary>
    Path,
}

/// <summary>How a resolution ended.</summary>
public enum ResolutionKind
{
    /// <summary>It names one container.</summary>
    Resolved,

    /// <summary>It names nothing.</summary>
    Unresolved,

    /// <summary>It names only containers of types that the field does not take.</summary>
    WrongType,

    /// <summary>It names several containers of equal rank.</summary>
    Ambiguous,
}

/// <summary>What a reference names.</summary>
/// <param name="Kind">How it ended.</param>
/// <param name="Candidates">The container; or all of equal rank; or those of the wrong type; or none.</param>
public sealed record Resolution(ResolutionKind Kind, IReadOnlyList<Container> Candidates)
{
    /// <summary>It names nothing.</summary>
    public static Resolution Nothing { get; } = new(ResolutionKind.Unresolved, []);

    /// <summary>The one container, or null.</summary>
    public Container? Container => Kind == ResolutionKind.Resolved ? Candidates[0] : null;
}

/// <summary>How a link ended.</summary>
public enum LinkResolutionKind
{
    /// <summary>It leads to a file or container, and to its heading where it names one.</summary>
    Resolved,

    /// <summary>Nothing of that name.</summary>
    Unresolved,

    /// <summary>The target is there; the heading or block in it is not.</summary>
    NoSuchAnchor,

    /// <summary>Several containers of equal rank.</summary>
    Ambiguous,
}

/// <summary>What a link leads to.</summary>
/// <param name="Kind">How it ended.</param>
/// <param name="Path">Workspace-relative path of the file; null when unresolved.</param>
/// <param name="Container">The container: the one that was named, or the file's own; null for files that are none.</param>
/// <param name="Heading">The heading that the anchor names, or null.</param>
/// <param name="Candidates">The containers, where ambiguous.</param>
public sealed record LinkResolution(
    LinkResolutionKind Kind,
    string? Path = null,
    Container? Container = null,
    HeadingFact? Heading = null,
    IReadOnlyList<Container>? Candidates = null);

/// <summary>A place that refers to a container.</summary>
/// <param name="Document">The document that it stands in.</param>
/// <param name="Container">Index of the container that owns the place in that document, or -1.</param>
/// <param name="Span">The narrowest text.</param>
/// <param name="Field">Canonical path of the field; null for a link.</param>
/// <param name="Reference">The reference, where it is one.</param>
/// <param name="Link">The link, where it is one.</param>
public sealed record ReferenceSite(
    DocumentFacts Document,
    int Container,
    Language.Text.TextSpan Span,
    string? Field,
    ReferenceFact? Reference,
    LinkFact? Link);
