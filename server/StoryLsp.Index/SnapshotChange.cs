using StoryLsp.Language.Facts;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Settings;

namespace StoryLsp.Index;

public sealed partial class Snapshot
{
    /// <summary>A snapshot without documents.</summary>
    public static Snapshot Empty(string root, StorySettings settings, SchemaSet schemas, IDocumentSource source) => new(
        root, 0, false, settings, schemas, FileSet.Empty, source,
        LayeredMap<string, DocumentEntry>.Empty, LayeredMap<string, NamedContainer[]>.Empty, LayeredMap<string, string[]>.Empty, LayeredMap<string, string[]>.Empty);

    /// <summary>The next snapshot. Its cost grows with the change, not with the workspace.</summary>
    /// <param name="changed">Facts that are new, or replace those of the same path.</param>
    /// <param name="removed">Paths of documents that are gone.</param>
    /// <param name="files">All files, when that set changed; null when it did not.</param>
    /// <param name="isComplete">Whether the first index is complete; null leaves it.</param>
    public Snapshot With(IReadOnlyCollection<DocumentFacts> changed, IReadOnlyCollection<string> removed, FileSet? files = null, bool? isComplete = null)
    {
        // What an editor had open was there before the files were read, and is few.
        if (!IsComplete && changed.Count > _documents.Count)
        {
            return new FirstIndex(this, [.. Documents.Where(facts => !removed.Contains(facts.Path)), .. changed]).Build(files ?? Files, isComplete ?? IsComplete);
        }

        var change = new Change(this, Version + 1);
        foreach (var path in removed)
        {
            change.Remove(path);
        }

        foreach (var facts in changed)
        {
            change.Put(facts);
        }

        return change.Finish(files ?? Files, isComplete ?? IsComplete);
    }

    /// <summary>A snapshot of the same documents with other settings; facts that depend on them must be put in anew.</summary>
    public Snapshot With(StorySettings settings, SchemaSet schemas) =>
        new(Root, Version + 1, IsComplete, settings, schemas, Files, _source, _documents, _names, _takers, _byType);

    /// <summary>Collects a change in builders, and finds out whose findings it touches.</summary>
    private sealed class Change(Snapshot before, long version)
    {
        private readonly LayeredMap<string, DocumentEntry>.Builder _documents = before._documents.ToBuilder();
        private readonly LayeredMap<string, NamedContainer[]>.Builder _names = before._names.ToBuilder();
        private readonly LayeredMap<string, string[]>.Builder _takers = before._takers.ToBuilder();
        private readonly LayeredMap<string, string[]>.Builder _byType = before._byType.ToBuilder();
        private readonly HashSet<string> _changedKeys = new(StringComparer.Ordinal);
        private readonly HashSet<string> _touched = new(StringComparer.Ordinal);

        public void Remove(string path)
        {
            if (_documents.TryGetValue(path, out var entry))
            {
                Replace(entry, null);
                _documents.Remove(path);
                _touched.Add(path);
                _changedKeys.UnionWith(DocumentKeys.Given(entry.Facts).Keys);
            }
        }

        public void Put(DocumentFacts facts)
        {
            var given = DocumentKeys.Given(facts);
            if (_documents.TryGetValue(facts.Path, out var old))
            {
                Compare(DocumentKeys.Given(old.Facts), given);
            }
            else
            {
                _changedKeys.UnionWith(given.Keys);
            }

            var entry = new DocumentEntry(facts, version);
            Replace(old, entry);
            _documents[facts.Path] = entry;
            _touched.Add(facts.Path);
        }

        public Snapshot Finish(FileSet files, bool isComplete)
        {
            if (!ReferenceEquals(files, before.Files))
            {
                AddChangedFiles(files);
            }

            // While the first index grows, every document is new anyway.
            if (before.IsComplete)
            {
                Restamp();
            }

            var result = new Snapshot(before.Root, version, isComplete, before.Settings, before.Schemas, files, before._source,
                _documents.ToImmutable(), _names.ToImmutable(), _takers.ToImmutable(), _byType.ToImmutable())
            {
                Touched = _touched,
                Derived = before.IsComplete ? new(before.Derived, _touched) : new(),
            };
            result._narrative = _changedKeys.Contains(DocumentKeys.Narrative) ? null : before._narrative;
            return result;
        }

        private void AddChangedFiles(FileSet files)
        {
            if (!before.IsComplete)
            {
                return;
            }

            var old = before.Files.All.ToHashSet(StringComparer.Ordinal);
            foreach (var path in files.All)
            {
                if (!old.Remove(path))
                {
                    AddFileKeys(path);
                }
            }

            foreach (var path in old)
            {
                AddFileKeys(path);
            }
        }

        private void AddFileKeys(string path)
        {
            _changedKeys.Add(FileSet.StemKey(path));
            _changedKeys.Add(Language.Text.NameKey.Of(path));
            _changedKeys.Add(Language.Text.NameKey.Of(path[(path.LastIndexOf('/') + 1)..]));
        }

        private void Compare(Dictionary<string, string> old, Dictionary<string, string> now)
        {
            foreach (var (key, value) in now)
            {
                if (!old.Remove(key, out var previous) || previous != value)
                {
                    _changedKeys.Add(key);
                }
            }

            _changedKeys.UnionWith(old.Keys);
        }

        private void Restamp()
        {
            foreach (var key in _changedKeys)
            {
                if (!_takers.TryGetValue(key, out var paths))
                {
                    continue;
                }

                foreach (var path in paths)
                {
                    if (_documents.TryGetValue(path, out var entry) && entry.Stamp != version)
                    {
                        _documents[path] = entry.At(version);
                        _touched.Add(path);
                    }
                }
            }
        }

        private void Replace(DocumentEntry? old, DocumentEntry? now)
        {
            if (old is not null)
            {
                RemoveNames(old);
            }

            if (now is not null)
            {
                AddNames(now);
            }

            var path = (now ?? old)!.Facts.Path;
            Exchange(_byType, path, TypesOf(old), TypesOf(now));
            Exchange(_takers, path, old is null ? [] : DocumentKeys.Taken(old.Facts), now is null ? [] : DocumentKeys.Taken(now.Facts));
        }

        private void AddNames(DocumentEntry entry)
        {
            foreach (var container in entry.Containers)
            {
                foreach (var (key, rank, text) in DocumentKeys.Names(entry.Facts, container.Fact))
                {
                    var added = new NamedContainer(container, rank, text);
                    _names[key] = _names.TryGetValue(key, out var named) ? [.. named, added] : [added];
                }
            }
        }

        private void RemoveNames(DocumentEntry entry)
        {
            foreach (var container in entry.Containers)
            {
                foreach (var (key, _, _) in DocumentKeys.Names(entry.Facts, container.Fact))
                {
                    if (!_names.TryGetValue(key, out var named))
                    {
                        continue;
                    }

                    var others = Array.FindAll(named, other => other.Container.Path != container.Path);
                    if (others.Length == 0)
                    {
                        _names.Remove(key);
                    }
                    else
                    {
                        _names[key] = others;
                    }
                }
            }
        }

        private static HashSet<string> TypesOf(DocumentEntry? entry) =>
            entry is null ? [] : entry.Containers.Select(container => container.Type).ToHashSet(StringComparer.Ordinal);

        // Only what differs is touched: a key that thousands of documents share costs as much to change as there are of them.
        private static void Exchange(LayeredMap<string, string[]>.Builder map, string path, HashSet<string> old, HashSet<string> now)
        {
            foreach (var key in old)
            {
                if (now.Contains(key) || !map.TryGetValue(key, out var paths))
                {
                    continue;
                }

                if (paths.Length == 1)
                {
                    map.Remove(key);
                }
                else
                {
                    map[key] = Array.FindAll(paths, other => other != path);
                }
            }

            foreach (var key in now)
            {
                if (!old.Contains(key))
                {
                    map[key] = map.TryGetValue(key, out var paths) ? [.. paths, path] : [path];
                }
            }
        }
    }
}
