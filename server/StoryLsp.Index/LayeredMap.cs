using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace StoryLsp.Index;

/// <summary>
/// An immutable map for a workspace: a plain dictionary that the first index fills at once and that is never written again, and over it
/// the changes since. Filling and asking cost what a dictionary costs, and a change costs what a tree of the changes costs.
/// </summary>
internal sealed class LayeredMap<TKey, TValue>
    where TKey : notnull
    where TValue : class
{
    private const int SmallestCompaction = 1024;

    private static readonly ImmutableDictionary<TKey, TValue?> NoChanges = ImmutableDictionary.Create<TKey, TValue?>();

    private readonly Dictionary<TKey, TValue> _ground;

    // Null: it is in the ground, and no longer in the map.
    private readonly ImmutableDictionary<TKey, TValue?> _changes;

    private LayeredMap(Dictionary<TKey, TValue> ground, ImmutableDictionary<TKey, TValue?> changes, int count)
    {
        _ground = ground;
        _changes = changes;
        Count = count;
    }

    /// <summary>A map of nothing.</summary>
    public static LayeredMap<TKey, TValue> Empty { get; } = new([], NoChanges, 0);

    /// <summary>The number of keys.</summary>
    public int Count { get; }

    /// <summary>The keys, in no order.</summary>
    public IEnumerable<TKey> Keys => Pairs.Select(pair => pair.Key);

    /// <summary>The values, in no order.</summary>
    public IEnumerable<TValue> Values => Pairs.Select(pair => pair.Value);

    private IEnumerable<KeyValuePair<TKey, TValue>> Pairs
    {
        get
        {
            foreach (var pair in _ground)
            {
                if (_changes.IsEmpty || !_changes.ContainsKey(pair.Key))
                {
                    yield return pair;
                }
            }

            foreach (var (key, value) in _changes)
            {
                if (value is not null)
                {
                    yield return new(key, value);
                }
            }
        }
    }

    /// <summary>The value of a key that is there.</summary>
    public TValue this[TKey key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException(key.ToString());

    /// <summary>The map of a dictionary that the caller gives away.</summary>
    public static LayeredMap<TKey, TValue> Of(Dictionary<TKey, TValue> ground) => new(ground, NoChanges, ground.Count);

    public bool TryGetValue(TKey key, [NotNullWhen(true)] out TValue? value)
    {
        if (!_changes.IsEmpty && _changes.TryGetValue(key, out value))
        {
            return value is not null;
        }

        return _ground.TryGetValue(key, out value);
    }

    public TValue? GetValueOrDefault(TKey key) => TryGetValue(key, out var value) ? value : null;

    public TValue GetValueOrDefault(TKey key, TValue other) => TryGetValue(key, out var value) ? value : other;

    public bool ContainsKey(TKey key) => TryGetValue(key, out _);

    public Builder ToBuilder() => new(this);

    /// <summary>Collects changes.</summary>
    public sealed class Builder(LayeredMap<TKey, TValue> map)
    {
        private readonly ImmutableDictionary<TKey, TValue?>.Builder _changes = map._changes.ToBuilder();
        private int _count = map.Count;

        public TValue this[TKey key]
        {
            set
            {
                _count += TryGetValue(key, out _) ? 0 : 1;
                _changes[key] = value;
            }
        }

        public bool TryGetValue(TKey key, [NotNullWhen(true)] out TValue? value)
        {
            if (_changes.TryGetValue(key, out value))
            {
                return value is not null;
            }

            return map._ground.TryGetValue(key, out value);
        }

        public void Remove(TKey key)
        {
            if (TryGetValue(key, out _))
            {
                _count--;
                if (map._ground.ContainsKey(key))
                {
                    _changes[key] = null;
                }
                else
                {
                    _changes.Remove(key);
                }
            }
        }

        public LayeredMap<TKey, TValue> ToImmutable()
        {
            var result = new LayeredMap<TKey, TValue>(map._ground, _changes.ToImmutable(), _count);

            // As many changes were paid for as there are keys to copy, so each change has its share of the copying only.
            return _changes.Count < Math.Max(SmallestCompaction, map._ground.Count) ? result : Of(new(result.Pairs));
        }
    }
}
