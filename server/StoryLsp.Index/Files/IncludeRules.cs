using StoryLsp.Language.Settings;

namespace StoryLsp.Index.Files;

/// <summary>Which files are indexed by what <c>story.yaml</c> includes and excludes.</summary>
internal sealed class IncludeRules(StorySettings settings)
{
    private readonly GlobPattern[] _include = [.. settings.Include.Select(Parse)];
    private readonly GlobPattern[] _exclude = [.. settings.Exclude.SelectMany(WithContents).Select(Parse)];

    /// <summary>Whether both name the same files.</summary>
    public static bool AreSame(StorySettings a, StorySettings b) =>
        a.Include.SequenceEqual(b.Include, StringComparer.Ordinal) && a.Exclude.SequenceEqual(b.Exclude, StringComparer.Ordinal);

    /// <summary>Whether the path is included and not excluded. The settings and the schemas always are: they must show their faults.</summary>
    public bool Covers(string path)
    {
        if (IsSettingsOrSchema(path))
        {
            return true;
        }

        return !IsLitter(path) && Array.Exists(_include, glob => glob.Matches(path)) && !Array.Exists(_exclude, glob => glob.Matches(path));
    }

    /// <summary>Whether the file is <c>story.yaml</c> or a schema, on which the facts of all others depend.</summary>
    public static bool IsSettingsOrSchema(string path) =>
        path == SettingsReader.FileName ||
        (path.StartsWith("schemas/", StringComparison.OrdinalIgnoreCase) && path.IndexOf('/', "schemas/".Length) < 0 &&
         (path.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".yml", StringComparison.OrdinalIgnoreCase)));

    // Emacs locks files by links of this name, and macOS keeps the attributes of foreign disks in such files.
    private static bool IsLitter(string path)
    {
        var name = path.AsSpan(path.LastIndexOf('/') + 1);
        return name.StartsWith(".#") || name.StartsWith("._");
    }

    // A writer who excludes `archive` means what lies in it.
    private static IEnumerable<string> WithContents(string glob) => glob.EndsWith('/') || glob.EndsWith("**", StringComparison.Ordinal) ? [glob] : [glob, glob + "/**"];

    private static GlobPattern Parse(string glob) => GlobPattern.Parse(glob.Replace('\\', '/'), ignoreCase: true);
}
