using System.Text;

namespace StoryLsp.Cli.Git;

/// <summary>What a repository's <c>.gitattributes</c> already say of merging and comparing story files. A repository's own attributes outrank them, so that what they say is left out there or said again.</summary>
/// <param name="Kinds">The extensions with the attribute that is set for all such files.</param>
/// <param name="Files">Single files by their paths from the story's folder, with the attribute and how it is written.</param>
internal sealed record TeamAttributes(IReadOnlySet<(string Extension, string Attribute)> Kinds, IReadOnlyList<(string Path, string Attribute, string Written)> Files)
{
    // The name of no file, which only a pattern for all files of its kind fits.
    private const string NoFile = "storylsp-no-such-file.";

    /// <summary>What is set in no way but by StoryLsp.</summary>
    public static TeamAttributes None { get; } = new(new HashSet<(string, string)>(), []);

    /// <summary>What is set, for people.</summary>
    public IEnumerable<string> Words => Kinds.Select(kind => $"{kind.Attribute} of *.{kind.Extension}").Concat(Files.Select(file => $"{file.Attribute} of {file.Path}"));

    /// <summary>Asks git, while StoryLsp's own lines for the story are out of the way.</summary>
    /// <param name="repository">The repository, from the story's folder.</param>
    /// <param name="extensions">The extensions of story files.</param>
    /// <param name="attributes">The attributes to ask for.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<TeamAttributes> ReadAsync(GitRepository repository, IReadOnlyList<string> extensions, IReadOnlyList<string> attributes, CancellationToken cancellationToken)
    {
        var files = await repository.Git.RunAsync(["ls-files", "-z", "--", .. extensions.Select(extension => "*." + extension)], cancellationToken).ConfigureAwait(false);
        var names = files.Parts.Where(path => !path.Any(char.IsControl)).Concat(extensions.Select(extension => NoFile + extension));
        var answer = await repository.Git.RunAsync(["check-attr", "-z", "--stdin", .. attributes], cancellationToken, Encoding.UTF8.GetBytes(string.Join('\0', names) + "\0")).ConfigureAwait(false);
        if (answer.Code != 0)
        {
            return None;
        }

        var set = answer.Parts.Chunk(3).Where(part => part is [_, _, var value] && value != "unspecified" && !value.StartsWith("storylsp", StringComparison.Ordinal)).ToList();
        var kinds = set.Where(part => part[0].StartsWith(NoFile, StringComparison.Ordinal)).Select(part => (ExtensionOf(part[0]), part[1])).ToHashSet();
        return new(kinds, [.. set.Where(part => !kinds.Contains((ExtensionOf(part[0]), part[1]))).Select(part => (part[0], part[1], Written(part[1], part[2])))]);
    }

    private static string ExtensionOf(string path) => Path.GetExtension(path).TrimStart('.');

    private static string Written(string attribute, string value) => value switch
    {
        "set" => attribute,
        "unset" => "-" + attribute,
        _ => attribute + "=" + value,
    };
}
