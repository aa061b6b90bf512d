using StoryLsp.Index;

namespace StoryLsp.Features.Completion;

/// <summary>
/// The names as prose has them, in alphabetical order: whole ones, aliases, and the given and family name of a person. Those that go on with what is typed are found
/// without looking at all others.
/// </summary>
internal sealed class ProseNames
{
    // Initials and particles are not typed for their own sake.
    private const int ShortestPart = 3;

    private readonly IReadOnlyList<ContainerKey> _named;
    private readonly (string Name, ContainerKey Key)[] _names;

    private ProseNames(Snapshot snapshot)
    {
        _named = snapshot.Mentions.NamedContainers;
        _names = [.. _named.Select(key => snapshot.ContainersIn(key.Path).ElementAtOrDefault(key.Index)).OfType<Container>()
            .SelectMany(container => NamesOf(snapshot, container).Select(name => (Name: name, container.Key))).OrderBy(entry => entry.Name, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>The names of a snapshot; those of the one before, where no name has changed since.</summary>
    public static ProseNames Of(Snapshot snapshot) => snapshot.Derive(
        fresh => new ProseNames(fresh), (before, now, _) => ReferenceEquals(now.Mentions.NamedContainers, before._named) ? before : new ProseNames(now));

    /// <summary>The names that begin so, whatever their case; of equal ones in the order of the workspace.</summary>
    public IEnumerable<(string Name, ContainerKey Key)> BeginningWith(string typed)
    {
        var (low, high) = (0, _names.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = StringComparer.OrdinalIgnoreCase.Compare(_names[middle].Name, typed) < 0 ? (middle + 1, high) : (low, middle);
        }

        for (; low < _names.Length && _names[low].Name.StartsWith(typed, StringComparison.OrdinalIgnoreCase); low++)
        {
            yield return _names[low];
        }
    }

    private static IEnumerable<string> NamesOf(Snapshot snapshot, Container container)
    {
        var name = container.Name;
        yield return name;
        foreach (var alias in container.Fact.Aliases)
        {
            yield return alias.Text;
        }

        if (!snapshot.Schemas.IsKindOf(container.Type, "character") || !name.Contains(' '))
        {
            yield break;
        }

        foreach (var part in name.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Length >= ShortestPart && char.IsUpper(part[0]) && !part.EndsWith('.'))
            {
                yield return part;
            }
        }
    }
}
