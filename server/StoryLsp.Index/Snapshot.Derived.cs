namespace StoryLsp.Index;

public sealed partial class Snapshot
{
    private Derivations Derived { get; init; } = new();

    /// <summary>
    /// A value that follows from the snapshot, made once. Where one of an earlier snapshot is known, it is made from that, so that its cost
    /// may grow with the change alone. Other callers of the same type wait while it is made; values of different types may be made at the same time.
    /// </summary>
    /// <param name="fresh">Makes the value from nothing.</param>
    /// <param name="next">
    /// Makes it from an earlier one and the documents that are gone since, or new, or whose facts changed, or for which a name means
    /// something else. The earlier value stays in use: it must not change.
    /// </param>
    public TValue Derive<TValue>(Func<Snapshot, TValue> fresh, Func<TValue, Snapshot, IReadOnlyCollection<string>, TValue> next)
        where TValue : class
    {
        if (Derived.Find<TValue>() is { } made)
        {
            return made;
        }

        // What a value is made of is never made of that value, so those who wait for each other cannot wait in a ring.
        lock (Derived.GateOf(typeof(TValue)))
        {
            if (Derived.Find<TValue>() is { } known)
            {
                return known;
            }

            var value = Derived.FindEarlier<TValue>() is var (earlier, touched) ? next(earlier, this, touched) : fresh(this);
            Derived.Add(value);
            return value;
        }
    }

    /// <summary>What was derived from a snapshot, and the way to what was derived from those before it.</summary>
    private sealed class Derivations
    {
        // Whoever asks does so after each change or after a pause; what is older than this is made anew.
        private const int LongestChain = 4;

        private volatile Derivations? _before;
        private readonly IReadOnlyCollection<string> _touched = [];
        private readonly Lock _gate = new();
        private volatile object[] _values = [];
        private (Type Type, object Gate)[] _gates = [];

        public Derivations()
        {
        }

        public Derivations(Derivations before, IReadOnlyCollection<string> touched)
        {
            // A snapshot of which nobody asked anything is passed over, so that typing on does not lengthen the chain.
            var isUnused = before._values.Length == 0;
            _before = isUnused ? before._before : before;
            _touched = isUnused ? before._touched.Union(touched, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal) : touched;
            Cut();
        }

        public TValue? Find<TValue>()
            where TValue : class => _values.OfType<TValue>().FirstOrDefault();

        public (TValue Value, IReadOnlyCollection<string> Touched)? FindEarlier<TValue>()
            where TValue : class
        {
            var touched = new HashSet<string>(StringComparer.Ordinal);
            for (var step = this; step._before is { } before; step = before)
            {
                touched.UnionWith(step._touched);
                if (before.Find<TValue>() is { } value)
                {
                    return (value, touched);
                }
            }

            return null;
        }

        public void Add(object value)
        {
            lock (_gate)
            {
                _values = [.. _values, value];
            }
        }

        public object GateOf(Type type)
        {
            lock (_gate)
            {
                foreach (var (known, gate) in _gates)
                {
                    if (known == type)
                    {
                        return gate;
                    }
                }

                var made = new object();
                _gates = [.. _gates, (type, made)];
                return made;
            }
        }

        // Values know the snapshots that they were made of, and those know what was derived before them: where the oldest step itself is not cut, all that ever was is kept.
        private void Cut()
        {
            var oldest = this;
            for (var depth = 0; depth < LongestChain && oldest is not null; depth++)
            {
                oldest = oldest._before;
            }

            if (oldest is not null)
            {
                oldest._before = null;
            }
        }
    }
}
