using StoryLsp.Index;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Navigation;

/// <summary>A place that speaks of a container.</summary>
/// <param name="Path">Workspace-relative path with <c>/</c>.</param>
/// <param name="Span">The narrowest text that does, in UTF-16 code units.</param>
/// <param name="In">The container whose field or prose it stands in; null for text that belongs to none, such as the settings.</param>
public sealed record Appearance(string Path, TextSpan Span, Container? In);

/// <summary>
/// Every place that speaks of a container, split as a writer thinks of them. Each place is in one group only.
/// </summary>
/// <param name="Defined">Where it calls itself: its id, its name and its aliases, in the order written.</param>
/// <param name="Present">
/// The places of the scenes and events in which it is present, in the order of reading; events come after the scenes. Of one scene the fields that say so come first.
/// </param>
/// <param name="Mentioned">All other places: it is talked of, but not there. By path, as a reader counts, and then by place.</param>
public sealed record Appearances(IReadOnlyList<Appearance> Defined, IReadOnlyList<Appearance> Present, IReadOnlyList<Appearance> Mentioned)
{
    /// <summary>No places.</summary>
    public static Appearances None { get; } = new([], [], []);

    /// <summary>All places: where it is defined, where it is present, where it is mentioned.</summary>
    public IEnumerable<Appearance> All => Defined.Concat(Present).Concat(Mentioned);
}
