using System.Runtime.InteropServices;
using StoryLsp.Language.Facts;

namespace StoryLsp.Index;

public sealed partial class Snapshot
{
    /// <summary>Makes the first snapshot that has documents: all at once, and what does not cross documents in parallel.</summary>
    private sealed class FirstIndex(Snapshot before, IReadOnlyCollection<DocumentFacts> facts)
    {
        private readonly Dictionary<string, DocumentEntry> _documents = new(facts.Count, StringComparer.Ordinal);
        private readonly Dictionary<string, Growing<NamedContainer>> _names = new(facts.Count * 4, StringComparer.Ordinal);
        private readonly Dictionary<string, Growing<string>> _takers = new(facts.Count * 4, StringComparer.Ordinal);
        private readonly Dictionary<string, Growing<string>> _byType = new(StringComparer.Ordinal);

        public Snapshot Build(FileSet files, bool isComplete)
        {
            var version = before.Version + 1;
            var newest = new Dictionary<string, DocumentFacts>(facts.Count, StringComparer.Ordinal);
            foreach (var document in facts)
            {
                newest[document.Path] = document;
            }

            DocumentFacts[] all = [.. newest.Values];
            var keyed = new Keyed[all.Length];
            Parallel.For(0, all.Length, i => keyed[i] = new Keyed(all[i], version));
            foreach (var document in keyed)
            {
                // Of two facts of one path the later ones count, as everywhere.
                _documents.Add(document.Entry.Facts.Path, document.Entry);
                Add(document);
            }

            return new Snapshot(before.Root, version, isComplete, before.Settings, before.Schemas, files, before._source,
                LayeredMap<string, DocumentEntry>.Of(_documents), Finished(_names), Finished(_takers), Finished(_byType))
            { Touched = _documents.Keys };
        }

        private void Add(Keyed document)
        {
            var path = document.Entry.Facts.Path;
            foreach (var (key, named) in document.Names)
            {
                Slot(_names, key).Add(named);
            }

            foreach (var key in document.Taken)
            {
                Slot(_takers, key).Add(path);
            }

            foreach (var container in document.Entry.Containers)
            {
                ref var types = ref Slot(_byType, container.Type);
                if (types.Last != path)
                {
                    types.Add(path);
                }
            }
        }

        private static ref Growing<T> Slot<T>(Dictionary<string, Growing<T>> map, string key) =>
            ref CollectionsMarshal.GetValueRefOrAddDefault(map, key, out _);

        private static LayeredMap<string, T[]> Finished<T>(Dictionary<string, Growing<T>> map)
        {
            var result = new Dictionary<string, T[]>(map.Count, StringComparer.Ordinal);
            foreach (var (key, items) in map)
            {
                result.Add(key, items.ToArray());
            }

            return LayeredMap<string, T[]>.Of(result);
        }

        private sealed class Keyed
        {
            public Keyed(DocumentFacts facts, long version)
            {
                Entry = new DocumentEntry(facts, version);
                Taken = DocumentKeys.Taken(facts);
                Names = [];
                foreach (var container in Entry.Containers)
                {
                    foreach (var (key, rank, text) in DocumentKeys.Names(facts, container.Fact))
                    {
                        Names.Add(new(key, new(container, rank, text)));
                    }
                }
            }

            public DocumentEntry Entry { get; }

            public HashSet<string> Taken { get; }

            public List<KeyValuePair<string, NamedContainer>> Names { get; }
        }

        // Most keys have one value: it needs no list.
        private struct Growing<T>
        {
            private T[]? _items;
            private int _count;

            public readonly T? Last => _count == 0 ? default : _items![_count - 1];

            public void Add(T item)
            {
                if (_items is null)
                {
                    _items = [item];
                }
                else
                {
                    if (_count == _items.Length)
                    {
                        Array.Resize(ref _items, _count * 2);
                    }

                    _items[_count] = item;
                }

                _count++;
            }

            public readonly T[] ToArray() => _items!.Length == _count ? _items : _items[.._count];
        }
    }
}
