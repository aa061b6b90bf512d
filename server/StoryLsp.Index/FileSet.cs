using System.Runtime.InteropServices;
using StoryLsp.Language.Text;

namespace StoryLsp.Index;

/// <summary>The paths of all files of a workspace, indexed or not. Immutable. Paths are workspace-relative with <c>/</c>.</summary>
public sealed class FileSet
{
    /// <summary>No files.</summary>
    public static FileSet Empty { get; } = new(LayeredMap<string, string[]>.Empty, LayeredMap<string, string[]>.Empty);

    private static readonly string[] Extensions = ["", ".md", ".yaml", ".yml", ".fountain"];

    private readonly LayeredMap<string, string[]> _byPath;
    private readonly LayeredMap<string, string[]> _byStem;

    private FileSet(
        LayeredMap<string, string[]> byPath,
        LayeredMap<string, string[]> byStem)
    {
        _byPath = byPath;
        _byStem = byStem;
    }

    /// <summary>All paths, in no order.</summary>
    public IEnumerable<string> All => _byPath.Values.SelectMany(paths => paths);

    /// <summary>The set of these files.</summary>
    public static FileSet Of(IEnumerable<string> paths)
    {
        var byPath = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var byStem = new Dictionary<string, string[]>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            if (Add(byPath, NameKey.Of(path), path))
            {
                Add(byStem, StemKey(path), path);
            }
        }

        return new(LayeredMap<string, string[]>.Of(byPath), LayeredMap<string, string[]>.Of(byStem));
    }

    /// <summary>The set with files added and removed.</summary>
    public FileSet Change(IEnumerable<string> added, IEnumerable<string> removed)
    {
        var byPath = _byPath.ToBuilder();
        var byStem = _byStem.ToBuilder();
        foreach (var path in removed)
        {
            Remove(byPath, NameKey.Of(path), path);
            Remove(byStem, StemKey(path), path);
        }

        foreach (var path in added)
        {
            if (Add(byPath, NameKey.Of(path), path))
            {
                Add(byStem, StemKey(path), path);
            }
        }

        return new(byPath.ToImmutable(), byStem.ToImmutable());
    }

    /// <summary>Whether the exact path is there.</summary>
    public bool Contains(string path) => _byPath.TryGetValue(NameKey.Of(path), out var paths) && paths.Contains(path);

    /// <summary>The file of that path, exact case first, then any case; null when there is none.</summary>
    public string? Find(string path)
    {
        if (!_byPath.TryGetValue(NameKey.Of(path), out var paths))
        {
            return null;
        }

        return paths.Contains(path) ? path : paths[0];
    }

    /// <summary>
    /// The file that a wikilink's target names as Obsidian does: relative to the linking file, from the root, then by stem
    /// (the same folder first, then the shortest path). Null when there is none.
    /// </summary>
    /// <param name="target">The target without its anchor.</param>
    /// <param name="from">Path of the linking file.</param>
    public string? FindLinked(string target, string from)
    {
        target = target.Replace('\\', '/').Trim();
        if (target.Length == 0)
        {
            return from;
        }

        if (!MayBeFile(target))
        {
            return null;
        }

        var folder = FolderOf(from);
        return FindRelative(Combine(folder, target)) ?? FindRelative(Combine("", target)) ?? FindByStem(target, folder);
    }

    /// <summary>Joins a folder and a relative path, and resolves <c>.</c> and <c>..</c>; null when it leaves the workspace.</summary>
    public static string? Combine(string folder, string relative)
    {
        var parts = new List<string>();
        var all = relative.StartsWith('/') ? relative : folder + "/" + relative;
        foreach (var part in all.Split('/'))
        {
            if (part == "..")
            {
                if (parts.Count == 0)
                {
                    return null;
                }

                parts.RemoveAt(parts.Count - 1);
            }
            else if (part.Length > 0 && part != ".")
            {
                parts.Add(part);
            }
        }

        return string.Join('/', parts);
    }

    /// <summary>The way from a folder to a path. Both may begin with <c>..</c>, which leads out of the workspace.</summary>
    public static string WayTo(string folder, string path)
    {
        var from = folder.Length == 0 ? [] : folder.Split('/');
        var to = path.Split('/');
        var shared = 0;
        while (shared < from.Length && shared < to.Length - 1 && from[shared] == to[shared] && from[shared] != "..")
        {
            shared++;
        }

        return string.Concat(Enumerable.Repeat("../", from.Length - shared)) + string.Join('/', to[shared..]);
    }

    /// <summary>The folder of a path, without a slash at its end; empty for the root.</summary>
    public static string FolderOf(string path) => path.LastIndexOf('/') is var slash and >= 0 ? path[..slash] : "";

    /// <summary>The key under which a file's stem (its name without the last extension) is found.</summary>
    public static string StemKey(string path) => NameKey.Of(StemOf(path));

    /// <summary>The name of a file without folder and without the last extension.</summary>
    public static string StemOf(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        return name.LastIndexOf('.') is var dot and > 0 ? name[..dot] : name;
    }

    // Most links name people and places: where no file has the name as its stem, no path needs to be tried.
    private bool MayBeFile(string target)
    {
        var name = target[(target.LastIndexOf('/') + 1)..];
        return name.Length == 0 || name[0] == '.' || _byStem.TryGetValue(NameKey.Of(name), out _) || _byStem.TryGetValue(StemKey(name), out _);
    }

    private string? FindRelative(string? path)
    {
        if (string.IsNullOrEmpty(path))
        {
            return null;
        }

        foreach (var extension in Extensions)
        {
            if (Find(path + extension) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private string? FindByStem(string target, string folder)
    {
        var candidates = ByStem(target[(target.LastIndexOf('/') + 1)..], target);
        return candidates
            .OrderBy(path => FolderOf(path) == folder ? 0 : 1)
            .ThenBy(path => path.Count(unit => unit == '/'))
            .ThenBy(path => path.Length)
            .ThenBy(path => path, StringComparer.Ordinal)
            .FirstOrDefault();
    }

    private IEnumerable<string> ByStem(string name, string target)
    {
        // "Mr. Inglethorp" may be a stem with a dot of its own, or a name with an extension.
        var whole = _byStem.GetValueOrDefault(NameKey.Of(name), []);
        var named = _byStem.GetValueOrDefault(StemKey(name), []).Where(path => path.EndsWith(name, StringComparison.OrdinalIgnoreCase));
        var all = whole.Length == 0 ? named : whole;
        return target.Contains('/') ? all.Where(path => EndsWithPath(path, target)) : all;
    }

    private static bool EndsWithPath(string path, string target)
    {
        var suffix = "/" + target.TrimStart('/', '.');
        var rooted = "/" + path;
        return Extensions.Any(extension => rooted.EndsWith(suffix + extension, StringComparison.OrdinalIgnoreCase));
    }

    private static bool Add(Dictionary<string, string[]> map, string key, string path)
    {
        ref var paths = ref CollectionsMarshal.GetValueRefOrAddDefault(map, key, out _);
        if (paths is not null && paths.Contains(path))
        {
            return false;
        }

        paths = paths is null ? [path] : [.. paths, path];
        return true;
    }

    private static bool Add(LayeredMap<string, string[]>.Builder map, string key, string path)
    {
        if (!map.TryGetValue(key, out var paths))
        {
            map[key] = [path];
            return true;
        }

        if (paths.Contains(path))
        {
            return false;
        }

        map[key] = [.. paths, path];
        return true;
    }

    private static void Remove(LayeredMap<string, string[]>.Builder map, string key, string path)
    {
        if (map.TryGetValue(key, out var paths))
        {
            paths = Array.FindAll(paths, other => other != path);
            if (paths.Length == 0)
            {
                map.Remove(key);
            }
            else
            {
                map[key] = paths;
            }
        }
    }
}
