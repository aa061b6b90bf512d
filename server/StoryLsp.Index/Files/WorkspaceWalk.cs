using System.IO.Enumeration;
using Microsoft.Extensions.Logging;

namespace StoryLsp.Index.Files;

/// <summary>A file that a walk met.</summary>
/// <param name="Path">Workspace-relative path with <c>/</c>.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Modified">When it was last written, in ticks of UTC.</param>
/// <param name="IsIndexed">Whether its facts belong to the workspace.</param>
internal readonly record struct WalkedFile(string Path, long Size, long Modified, bool IsIndexed);

/// <summary>Walks all files of a workspace. A folder that cannot be read costs itself and a line in the log.</summary>
internal sealed class WorkspaceWalk
{
    // A build folder that git ignores may hold a million files; links into it are not worth their memory.
    private const int MostIgnoredFiles = 50_000;

    private static readonly EnumerationOptions Options = new() { AttributesToSkip = 0, IgnoreInaccessible = false, ReturnSpecialDirectories = false };

    private readonly string _root;
    private readonly string _realRoot;
    private readonly FolderRules _folders;
    private readonly IncludeRules _rules;
    private readonly ILogger _logger;
    private readonly List<WalkedFile> _files = [];
    private readonly HashSet<string> _linkedFolders = new(StringComparer.Ordinal);
    private int _ignoredFiles;

    public WorkspaceWalk(string root, FolderRules folders, IncludeRules rules, ILogger logger)
    {
        _root = root;
        _realRoot = RealPath(root) ?? root;
        _folders = folders;
        _rules = rules;
        _logger = logger;
    }

    /// <summary>All files, those that are ignored too.</summary>
    public List<WalkedFile> Walk(CancellationToken cancellation)
    {
        var pending = new Stack<string>();
        pending.Push("");
        while (pending.TryPop(out var folder))
        {
            cancellation.ThrowIfCancellationRequested();
            WalkFolder(folder, pending);
        }

        if (_ignoredFiles > MostIgnoredFiles)
        {
            Log.TooManyIgnoredFiles(_logger, _ignoredFiles, MostIgnoredFiles);
        }

        return _files;
    }

    private void WalkFolder(string folder, Stack<string> pending)
    {
        var full = System.IO.Path.Combine(_root, folder);
        var subfolders = new List<string>();
        var links = new List<(string Path, Entry Entry)>();
        try
        {
            var entries = new FileSystemEnumerable<Entry>(full, Read, Options);
            foreach (var entry in entries)
            {
                var path = folder.Length == 0 ? entry.Name : folder + "/" + entry.Name;
                if (entry.IsLink)
                {
                    links.Add((path, entry));
                }
                else if (entry.IsDirectory)
                {
                    subfolders.Add(path);
                }
                else
                {
                    Add(path, entry.Size, entry.Modified, mayBeIndexed: true);
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Log.FolderNotRead(_logger, folder.Length == 0 ? _root : folder, exception.Message);
        }

        // In a fixed order, so that of two links to one folder always the same one is followed.
        foreach (var (path, entry) in links.OrderBy(link => link.Path, StringComparer.Ordinal))
        {
            VisitLink(path, entry, subfolders);
        }

        subfolders.Sort(StringComparer.Ordinal);
        for (var i = subfolders.Count - 1; i >= 0; i--)
        {
            if (!_folders.IsOutside(subfolders[i]))
            {
                pending.Push(subfolders[i]);
            }
        }
    }

    private void VisitLink(string path, Entry entry, List<string> subfolders)
    {
        var full = System.IO.Path.Combine(_root, path);
        var target = RealPath(full);
        if (target is null)
        {
            // It leads to nothing, or in a circle.
            return;
        }

        var leadsInside = IsWithin(target, _realRoot);
        if (!entry.IsDirectory)
        {
            // A file that is in the workspace already must not be there twice, but links may name it.
            var information = new FileInfo(target);
            Add(path, information.Exists ? information.Length : 0, information.Exists ? information.LastWriteTimeUtc.Ticks : 0, mayBeIndexed: !leadsInside);
        }
        else if (!leadsInside && !IsWithin(_realRoot, target) && _linkedFolders.Add(target))
        {
            subfolders.Add(path);
        }
    }

    private void Add(string path, long size, long modified, bool mayBeIndexed)
    {
        if (_folders.IsIgnored(path))
        {
            if (++_ignoredFiles > MostIgnoredFiles)
            {
                return;
            }

            mayBeIndexed = IncludeRules.IsSettingsOrSchema(path);
        }

        _files.Add(new(path, size, modified, mayBeIndexed && _rules.Covers(path)));
    }

    /// <summary>The path that a file or folder really has, all links followed; null when it leads to nothing.</summary>
    internal static string? RealPath(string path)
    {
        try
        {
            FileSystemInfo information = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
            var target = information.ResolveLinkTarget(returnFinalTarget: true) ?? information;
            if (!target.Exists)
            {
                return null;
            }

            // A folder above the target may be a link itself.
            var parent = System.IO.Path.GetDirectoryName(target.FullName);
            return parent is null ? target.FullName : System.IO.Path.Combine(RealPath(parent) ?? parent, target.Name);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool IsWithin(string path, string folder) =>
        path.StartsWith(folder, StringComparison.Ordinal) &&
        (path.Length == folder.Length || path[folder.Length] == System.IO.Path.DirectorySeparatorChar || folder.EndsWith(System.IO.Path.DirectorySeparatorChar));

    private static Entry Read(ref FileSystemEntry entry)
    {
        var isLink = (entry.Attributes & FileAttributes.ReparsePoint) != 0;
        return isLink || entry.IsDirectory
            ? new(entry.FileName.ToString(), entry.IsDirectory, isLink, 0, 0)
            : new(entry.FileName.ToString(), false, false, entry.Length, entry.LastWriteTimeUtc.UtcTicks);
    }

    private readonly record struct Entry(string Name, bool IsDirectory, bool IsLink, long Size, long Modified);
}
