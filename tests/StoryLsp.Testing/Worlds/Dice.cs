namespace StoryLsp.Testing.Worlds;

/// <summary>Chance that a seed decides, the same on every machine (splitmix64, Steele, Lea and Flood 2014).</summary>
/// <param name="seed">The seed.</param>
public sealed class Dice(long seed)
{
    private ulong _state = unchecked((ulong)seed * 0x9E3779B97F4A7C15UL + 0x1234567UL);

    /// <summary>A number from 0 to below a limit.</summary>
    public int Below(int limit)
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15UL;
            var z = _state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return (int)((z ^ (z >> 31)) % (ulong)limit);
        }
    }

    /// <summary>A number between two, both included.</summary>
    public int Between(int least, int most) => least + Below(most - least + 1);

    /// <summary>True so many times of a hundred.</summary>
    public bool Percent(int percent) => Below(100) < percent;

    /// <summary>One of a list.</summary>
    public T Pick<T>(params IReadOnlyList<T> items) => items.Count == 0
        ? throw new UnfitException("nothing to pick from")
        : items[Below(items.Count)];

    /// <summary>The items in another order.</summary>
    public List<T> Shuffled<T>(IEnumerable<T> items)
    {
        var list = items.ToList();
        for (var i = list.Count - 1; i > 0; i--)
        {
            var j = Below(i + 1);
            (list[i], list[j]) = (list[j], list[i]);
        }

        return list;
    }
}

/// <summary>A world has no place for a fault; another seed has.</summary>
/// <param name="reason">What is wanted.</param>
public sealed class UnfitException(string reason) : Exception(reason);
