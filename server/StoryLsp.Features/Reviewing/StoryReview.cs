using StoryLsp.Index;

namespace StoryLsp.Features.Reviewing;

/// <summary>What a change of a field is about.</summary>
public enum FieldKind
{
    /// <summary>A plain value.</summary>
    Value,

    /// <summary>When something happens or how long it lasts.</summary>
    Time,

    /// <summary>Who is in a scene, or is talked about in it.</summary>
    Cast,

    /// <summary>What it changes in the world, or relies on.</summary>
    State,

    /// <summary>Another container that it names.</summary>
    Relation,
}

/// <summary>A field that another state of the story has otherwise.</summary>
/// <param name="Field">Canonical name of the field.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Before">Its value before, on one line; null where it was not there, and for lists.</param>
/// <param name="After">Its value after, on one line; null where it is not there, and for lists.</param>
/// <param name="Added">The items that a list has and had not.</param>
/// <param name="Removed">The items that a list had and has not.</param>
public sealed record FieldChange(string Field, FieldKind Kind, string? Before, string? After, IReadOnlyList<string> Added, IReadOnlyList<string> Removed);

/// <summary>What became of a container.</summary>
/// <param name="Before">The container as it was; null where it is new.</param>
/// <param name="After">The container as it is; null where it is gone.</param>
/// <param name="IdBefore">Its id before; null where it is new.</param>
/// <param name="IdAfter">Its id after; null where it is gone.</param>
/// <param name="PathBefore">The path of its file before, as renamed files are called after; null where it is new.</param>
/// <param name="Fields">The fields that changed; of what is new or gone all of them.</param>
/// <param name="IsProseChanged">Whether its prose has other words.</param>
/// <param name="WordsBefore">How many words of prose it had.</param>
/// <param name="WordsAfter">How many words of prose it has.</param>
public sealed record ContainerChange(
    Container? Before, Container? After, string? IdBefore, string? IdAfter, string? PathBefore, IReadOnlyList<FieldChange> Fields, bool IsProseChanged, long WordsBefore, long WordsAfter)
{
    /// <summary>The container as it is, or as it was where it is gone.</summary>
    public Container Container => (After ?? Before)!;

    /// <summary>Whether it has another name, another id, or another type.</summary>
    public bool IsRenamed => Before is not null && After is not null && (Before.Name != After.Name || IdBefore != IdAfter || Before.Type != After.Type);

    /// <summary>Whether it stands in another file.</summary>
    public bool IsMoved => Before is not null && After is not null && PathBefore != After.Path;
}

/// <summary>A scene that nobody touched, and that relies on something that changed.</summary>
/// <param name="Scene">The scene as it is.</param>
/// <param name="Id">Its id.</param>
/// <param name="Reasons">What changed for it, in the words of a sentence, with the container that it is about.</param>
public sealed record TouchedScene(Container Scene, string Id, IReadOnlyList<(Container About, string What)> Reasons);

/// <summary>What two states of a story differ in.</summary>
/// <param name="Containers">The containers that changed, scenes in the order of reading, then all others by type and id.</param>
/// <param name="Touched">The scenes that rely on what changed, in the order of reading.</param>
/// <param name="Reordered">Scenes that the reader now meets at another place among the others.</param>
/// <param name="WordsBefore">How many words of prose the scenes had.</param>
/// <param name="WordsAfter">How many words of prose the scenes have.</param>
public sealed record StoryReview(IReadOnlyList<ContainerChange> Containers, IReadOnlyList<TouchedScene> Touched, IReadOnlyList<Container> Reordered, long WordsBefore, long WordsAfter)
{
    /// <summary>Compares two states.</summary>
    /// <param name="before">The story as it was.</param>
    /// <param name="after">The story as it is.</param>
    /// <param name="renames">Files that have another name now: the path after to the one before.</param>
    /// <param name="cancel">Gives up.</param>
    public static StoryReview Of(Snapshot before, Snapshot after, IReadOnlyDictionary<string, string> renames, CancellationToken cancel)
    {
        var pairs = ContainerPairs.Of(before, after, renames);
        var changes = ContainerChanges.Of(before, after, pairs, renames);
        return new(changes, TouchedScenes.Of(before, after, pairs, changes, cancel), ReadingOrder.Moved(before, after, pairs), Words(before), Words(after));
    }

    private static long Words(Snapshot snapshot) => snapshot.Narrative.Scenes(snapshot).Sum(scene => CodeLenses.WordCounts.Of(snapshot, scene));
}
