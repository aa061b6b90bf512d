namespace StoryLsp.Features.Matching;

/// <summary>Keeps the best of many things, so that only those few are ever sorted.</summary>
/// <param name="most">How many are kept.</param>
internal sealed class BestOf<T>(int most)
    where T : IComparable<T>
{
    private readonly List<T> _kept = [];

    private bool _isTrimmed;

    /// <summary>How many things there were.</summary>
    public int Count { get; private set; }

    /// <summary>Whether some were left out.</summary>
    public bool IsCut => Count > most;

    /// <summary>Takes one more; what comes first in order is better.</summary>
    public void Add(T item)
    {
        Count++;
        if (_isTrimmed && _kept[most - 1].CompareTo(item) <= 0)
        {
            return;
        }

        _kept.Add(item);
        if (_kept.Count >= most * 4)
        {
            Trim();
            _isTrimmed = true;
        }
    }

    /// <summary>The best, in order.</summary>
    public IReadOnlyList<T> InOrder()
    {
        Trim();
        return _kept;
    }

    private void Trim()
    {
        _kept.Sort();
        if (_kept.Count > most)
        {
            _kept.RemoveRange(most, _kept.Count - most);
        }
    }
}
