using StoryLsp.Protocol;

namespace StoryLsp.Server.Extensions;

/// <summary>The argument of <c>storylsp.show</c>.</summary>
internal sealed record ShowArguments
{
    public string? Uri { get; init; }

    public LspRange? Range { get; init; }
}

/// <summary>The answer of <c>storylsp.show</c>.</summary>
/// <param name="Shown">Whether the editor has shown it.</param>
internal sealed record ShowAnswer(bool Shown);

/// <summary>The argument of the editor's command <c>storylsp.showPlaces</c>.</summary>
internal sealed record PlacesArguments
{
    /// <summary>The document from which one looks.</summary>
    public required string Uri { get; init; }

    /// <summary>Where in it.</summary>
    public required Position Position { get; init; }

    /// <summary>The places, in the order of reading.</summary>
    public required IReadOnlyList<Location> Places { get; init; }
}
