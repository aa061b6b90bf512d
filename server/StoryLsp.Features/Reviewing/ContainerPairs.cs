using StoryLsp.Index;

namespace StoryLsp.Features.Reviewing;

/// <summary>Finds which container of one state of a story is which of another: by id, then by its place in a file of which no other is left, then by its name.</summary>
internal sealed class ContainerPairs
{
    private readonly Dictionary<ContainerKey, Container> _before = [];
    private readonly Dictionary<ContainerKey, Container> _after = [];

    /// <summary>The containers that are gone.</summary>
    public IReadOnlyList<Container> Gone { get; private set; } = [];

    /// <summary>The containers that are new.</summary>
    public IReadOnlyList<Container> New { get; private set; } = [];

    /// <summary>The containers that are in both states.</summary>
    public IEnumerable<(Container Before, Container After)> Both => _after.Values.Select(before => (before, _before[before.Key]));

    /// <summary>The container as it was; null where it is new.</summary>
    public Container? Before(Container after) => _after.GetValueOrDefault(after.Key);

    /// <summary>The container as it is; null where it is gone.</summary>
    public Container? After(Container before) => _before.GetValueOrDefault(before.Key);

    /// <summary>The pairs of two states.</summary>
    public static ContainerPairs Of(Snapshot before, Snapshot after, IReadOnlyDictionary<string, string> renames)
    {
        var result = new ContainerPairs();
        var (old, now) = (InOrder(before), InOrder(after));
        result.Match(old, now, container => (before.IdOf(container), container.Type), container => (after.IdOf(container), container.Type));
        result.Match(old, now, container => before.IdOf(container), after.IdOf);
        result.Match(old, now, container => (container.Path, container.Fact.Origin, container.Name), container => (PathBefore(container), container.Fact.Origin, container.Name));
        result.Match(old, now, container => (container.Path, container.Type, container.Fact.Parent >= 0), container => (PathBefore(container), container.Type, container.Fact.Parent >= 0));
        result.Match(old, now, container => (container.Type, container.Name), container => (container.Type, container.Name));
        (result.Gone, result.New) = (old, now);
        return result;

        string PathBefore(Container container) => renames.GetValueOrDefault(container.Path, container.Path);
    }

    private static List<Container> InOrder(Snapshot snapshot) => [.. snapshot.Containers.OrderBy(container => container.Path, StringComparer.Ordinal).ThenBy(container => container.Fact.Index)];

    // What the key leaves in doubt is not paired.
    private void Match<T>(List<Container> old, List<Container> now, Func<Container, T> ofOld, Func<Container, T> ofNow)
        where T : notnull
    {
        var known = old.GroupBy(ofOld).Where(group => group.Count() == 1).ToDictionary(group => group.Key, group => group.Single());
        foreach (var group in now.GroupBy(ofNow).Where(group => group.Count() == 1).ToList())
        {
            if (known.TryGetValue(group.Key, out var before))
            {
                var after = group.Single();
                (_before[before.Key], _after[after.Key]) = (after, before);
                old.Remove(before);
                now.Remove(after);
            }
        }
    }
}
