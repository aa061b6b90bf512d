using System.Collections.Frozen;
using StoryLsp.Index;

namespace StoryLsp.Continuity.State;

/// <summary>What of a container is a moment of the story.</summary>
internal enum MomentKind : byte
{
    /// <summary>The scene or event itself.</summary>
    Happens,

    /// <summary>What holds before anything happens: who owns an item, who knows a fact.</summary>
    Start,

    /// <summary>The day on which somebody is born, or something is built.</summary>
    Begins,

    /// <summary>The day on which somebody dies, or something is destroyed.</summary>
    Ends,
}

/// <summary>A moment at which the world changes.</summary>
/// <param name="Container">The scene, the event, or what begins or ends.</param>
/// <param name="Kind">What of it.</param>
internal readonly record struct Moment(ContainerKey Container, MomentKind Kind);

/// <summary>
/// The moments of a story in the order in which they are taken to happen. An immutable value that is given from outside; whether two of them are
/// entailed to lie in that order is not known here.
/// </summary>
internal sealed class MomentOrder
{
    /// <summary>Less than every rank: before the story begins.</summary>
    public const int StartRank = -1;

    private readonly Dictionary<Moment, int> _ranks;

    /// <summary>Makes an order.</summary>
    /// <param name="moments">The moments, the earliest first; of one that comes twice the first counts.</param>
    /// <param name="dreams">The scenes that see the world and change nothing outside of themselves.</param>
    public MomentOrder(IReadOnlyList<Moment> moments, IEnumerable<ContainerKey>? dreams = null)
    {
        Moments = moments;
        _ranks = new(moments.Count);
        for (var i = 0; i < moments.Count; i++)
        {
            _ranks.TryAdd(moments[i], i);
        }

        Dreams = (dreams ?? []).ToFrozenSet();
    }

    /// <summary>No moments at all.</summary>
    public static MomentOrder Empty { get; } = new([]);

    /// <summary>The moments, the earliest first.</summary>
    public IReadOnlyList<Moment> Moments { get; }

    /// <summary>The scenes that see the world and change nothing outside of themselves.</summary>
    public FrozenSet<ContainerKey> Dreams { get; }

    /// <summary>The place of a moment; null when it has none, so that nothing follows from it.</summary>
    public int? RankOf(Moment moment) =>
        moment.Kind == MomentKind.Start ? StartRank : _ranks.TryGetValue(moment, out var rank) ? rank : null;

    /// <summary>Whether a scene sees the world and changes nothing outside of itself.</summary>
    public bool IsDream(ContainerKey scene) => Dreams.Contains(scene);
}
