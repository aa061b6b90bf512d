using StoryLsp.Language.Settings;

namespace StoryLsp.Index.Files;

/// <summary>
/// What is known of a workspace's folders: which are no part of it (dot-folders, <c>node_modules</c>, nested workspaces), and which
/// paths <c>.gitignore</c> files leave out. Folders are looked at once; a rescan makes a new set. Safe for use by several threads.
/// </summary>
internal sealed class FolderRules
{
    private readonly string _root;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Folder> _folders = new(StringComparer.Ordinal);

    public FolderRules(string root)
    {
        _root = root;
        _folders[""] = new Folder("", null, ReadIgnore(root), IsOutside: false, IsIgnored: false) { Above = IgnoreAbove(root) };
    }

    /// <summary>Whether a folder is no part of the workspace at all.</summary>
    public bool IsOutside(string folder) => Of(folder).IsOutside;

    /// <summary>Whether a <c>.gitignore</c> leaves a file out.</summary>
    public bool IsIgnored(string path)
    {
        var folder = Of(FileSet.FolderOf(path));
        return folder.IsIgnored || Decide(folder, path, isDirectory: false);
    }

    /// <summary>Whether a file is inside the workspace by its folders.</summary>
    public bool IsInside(string path) => !Of(FileSet.FolderOf(path)).IsOutside;

    private Folder Of(string path)
    {
        lock (_gate)
        {
            return Find(path);
        }
    }

    private Folder Find(string path)
    {
        if (_folders.TryGetValue(path, out var known))
        {
            return known;
        }

        var parent = Find(FileSet.FolderOf(path));
        var folder = Look(path, parent);
        _folders[path] = folder;
        return folder;
    }

    private Folder Look(string path, Folder parent)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        var full = Path.Combine(_root, path);
        if (parent.IsOutside || name.StartsWith('.') || name.Equals("node_modules", StringComparison.OrdinalIgnoreCase) ||
            File.Exists(Path.Combine(full, SettingsReader.FileName)))
        {
            return new(path, parent, null, IsOutside: true, IsIgnored: true);
        }

        var ignored = parent.IsIgnored || Decide(parent, path, isDirectory: true);
        return new(path, parent, ignored ? null : ReadIgnore(full), IsOutside: false, ignored);
    }

    private static bool Decide(Folder? folder, string path, bool isDirectory)
    {
        for (; folder is not null; folder = folder.Parent)
        {
            var relative = folder.Path.Length == 0 ? path : path[(folder.Path.Length + 1)..];
            if (folder.Ignore?.Decide(relative, isDirectory) is { } decided)
            {
                return decided;
            }

            foreach (var (prefix, ignore) in folder.Above)
            {
                if (ignore.Decide(prefix + path, isDirectory) is { } above)
                {
                    return above;
                }
            }
        }

        return false;
    }

    private static GitIgnore? ReadIgnore(string folder)
    {
        var path = Path.Combine(folder, ".gitignore");
        try
        {
            return File.Exists(path) ? GitIgnore.Parse(File.ReadAllText(path)) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // A workspace may be a part of a bigger repository, whose rules reach down to it; not those that leave out the workspace itself.
    private static List<(string Prefix, GitIgnore Ignore)> IgnoreAbove(string root)
    {
        var result = new List<(string, GitIgnore)>();
        var prefix = "";
        for (var folder = root; folder is not null && !Path.Exists(Path.Combine(folder, ".git")); folder = Path.GetDirectoryName(folder))
        {
            prefix = Path.GetFileName(folder) + "/" + prefix;
            if (Path.GetDirectoryName(folder) is not { Length: > 0 } parent)
            {
                // There is no repository around it.
                return [];
            }

            if (ReadIgnore(parent) is { } ignore)
            {
                result.Add((prefix, ignore));
            }
        }

        return result.Exists(above => LeavesOutRoot(above.Item1, above.Item2)) ? [] : result;
    }

    private static bool LeavesOutRoot(string prefix, GitIgnore ignore)
    {
        for (var slash = prefix.IndexOf('/'); slash > 0; slash = slash + 1 < prefix.Length ? prefix.IndexOf('/', slash + 1) : -1)
        {
            if (ignore.Decide(prefix[..slash], isDirectory: true) == true)
            {
                return true;
            }
        }

        return false;
    }

    private sealed record Folder(string Path, Folder? Parent, GitIgnore? Ignore, bool IsOutside, bool IsIgnored)
    {
        public IReadOnlyList<(string Prefix, GitIgnore Ignore)> Above { get; init; } = [];
    }
}
