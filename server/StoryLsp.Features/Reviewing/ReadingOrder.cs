using StoryLsp.Index;

namespace StoryLsp.Features.Reviewing;

/// <summary>Finds the scenes that a reader meets at another place.</summary>
internal static class ReadingOrder
{
    /// <summary>The fewest scenes that were moved among those that are in both states: those that no longest run of unmoved ones has.</summary>
    public static IReadOnlyList<Container> Moved(Snapshot before, Snapshot after, ContainerPairs pairs)
    {
        var scenes = after.Narrative.Scenes(after).Select(scene => (Scene: scene, Was: pairs.Before(scene) is { } old ? before.Narrative.PositionOf(old) : -1)).Where(scene => scene.Was >= 0).ToList();
        // Patience sorting (Aldous and Diaconis 1999): the tops of the piles, and for each scene the one that stands before it in the longest run.
        var tops = new List<int>();
        var behind = new int[scenes.Count];
        for (var i = 0; i < scenes.Count; i++)
        {
            var pile = tops.FindIndex(top => scenes[top].Was >= scenes[i].Was);
            pile = pile < 0 ? tops.Count : pile;
            behind[i] = pile > 0 ? tops[pile - 1] : -1;
            if (pile == tops.Count)
            {
                tops.Add(i);
            }
            else
            {
                tops[pile] = i;
            }
        }

        var stays = new HashSet<int>();
        for (var i = tops.Count > 0 ? tops[^1] : -1; i >= 0; i = behind[i])
        {
            stays.Add(i);
        }

        return [.. scenes.Where((_, i) => !stays.Contains(i)).Select(scene => scene.Scene)];
    }
}
