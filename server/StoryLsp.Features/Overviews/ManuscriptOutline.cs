using System.Runtime.CompilerServices;
using StoryLsp.Features.CodeLenses;
using StoryLsp.Index;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Overviews;

/// <summary>What an entry of the manuscript is.</summary>
public enum ManuscriptEntryKind
{
    /// <summary>A part with a title in the manuscript's list, which holds several chapters, or scenes that are in none.</summary>
    Part,

    /// <summary>A chapter, however the story has it.</summary>
    Chapter,

    /// <summary>A scene.</summary>
    Scene,
}

/// <summary>A part, chapter or scene of the manuscript.</summary>
public sealed class ManuscriptEntry
{
    private readonly List<ManuscriptEntry> _children = [];

    /// <summary>What it is.</summary>
    public required ManuscriptEntryKind Kind { get; init; }

    /// <summary>The scene or chapter; null for a part, and for a chapter that is a number, a heading, a list, a file or a folder alone.</summary>
    public Container? Container { get; init; }

    /// <summary>What it is called, never empty.</summary>
    public required string Name { get; init; }

    /// <summary>Workspace-relative path of the document in which it begins.</summary>
    public required string Path { get; init; }

    /// <summary>The text there that names it, in UTF-16 code units.</summary>
    public required TextSpan Span { get; init; }

    /// <summary>How many words it has, with all that is in it.</summary>
    public long Words { get; private set; }

    /// <summary>How many words it should have: as it says, else as all that is in it says; null where that says nothing, or not all of it does.</summary>
    public long? Target { get; private set; }

    /// <summary>How far its writing is, in the writer's words; null where it says nothing.</summary>
    public string? Status { get; init; }

    /// <summary>What is in it, in the order of reading.</summary>
    public IReadOnlyList<ManuscriptEntry> Children => _children;

    /// <summary>The errors and warnings that stand in it and in all that is in it.</summary>
    public FindingCount CountIn(FindingTotals totals) =>
        _children.Aggregate(Container is { } own ? totals.In(own) : default, (sum, child) => sum + child.CountIn(totals));

    internal List<ManuscriptEntry> List => _children;

    internal void Sum(Snapshot snapshot)
    {
        foreach (var child in _children)
        {
            child.Sum(snapshot);
        }

        Words = (Container is { } own ? WordCounts.Of(snapshot, own) : 0) + _children.Sum(child => child.Words);
        Target = (Container is { } written ? WordCounts.TargetOf(written.Fact) : null) ?? TargetOf(_children);
    }

    internal static long? TargetOf(List<ManuscriptEntry> entries) => entries.Count > 0 && entries.TrueForAll(entry => entry.Target is not null) ? entries.Sum(entry => entry.Target) : null;
}

/// <summary>The manuscript: parts, chapters and scenes in the order in which the reader meets them, with their words.</summary>
public sealed class ManuscriptOutline
{
    private static readonly ConditionalWeakTable<Snapshot, ManuscriptOutline> Known = [];

    private ManuscriptOutline(Snapshot snapshot, List<ManuscriptEntry> entries)
    {
        entries.ForEach(entry => entry.Sum(snapshot));
        Entries = entries;
        Words = entries.Sum(entry => entry.Words);
        Target = snapshot.Settings.TargetWords ?? ManuscriptEntry.TargetOf(entries);
    }

    /// <summary>The outermost entries.</summary>
    public IReadOnlyList<ManuscriptEntry> Entries { get; }

    /// <summary>How many words the whole story has.</summary>
    public long Words { get; }

    /// <summary>How many it should have: as <c>story.yaml</c> says, else as all its chapters or scenes say; null where nothing says so of the whole.</summary>
    public long? Target { get; }

    /// <summary>The manuscript of a story, made once for a snapshot.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="cancel">Gives up.</param>
    public static ManuscriptOutline Of(Snapshot snapshot, CancellationToken cancel)
    {
        if (Known.TryGetValue(snapshot, out var known))
        {
            return known;
        }

        // The texts that no one has counted yet are read by all processors; the sums below find their words known.
        snapshot.Documents.AsParallel().WithCancellation(cancel).ForAll(facts => WordCounts.Read(snapshot, facts));
        var outline = new ManuscriptOutline(snapshot, new ManuscriptTree(snapshot).Entries);
        Known.AddOrUpdate(snapshot, outline);
        return outline;
    }

    /// <summary>The entry of a scene or chapter; null where it is not in the manuscript.</summary>
    public ManuscriptEntry? Find(Container container) => Find(Entries, container);

    internal static bool IsPage(Snapshot snapshot, Container container) => snapshot.Schemas.IsKindOf(container.Type, "scene") || snapshot.Schemas.IsKindOf(container.Type, "chapter");

    private static ManuscriptEntry? Find(IReadOnlyList<ManuscriptEntry> entries, Container container)
    {
        foreach (var entry in entries)
        {
            if (entry.Container?.IsSameAs(container) == true)
            {
                return entry;
            }

            if (Find(entry.Children, container) is { } inner)
            {
                return inner;
            }
        }

        return null;
    }
}
