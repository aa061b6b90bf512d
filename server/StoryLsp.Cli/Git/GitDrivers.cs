namespace StoryLsp.Cli.Git;

/// <summary>What git is told of merging and comparing story files, in a repository's own configuration.</summary>
internal static class GitDrivers
{
    // Words are what stands between blanks and marks; letters of any script, and what joins two of them.
    private const string WordRegex = "[^[:space:][:punct:]]+(['’-][^[:space:][:punct:]]+)*|[^[:space:]]";

    /// <summary>The sections of the configuration that belong to merging.</summary>
    public static IReadOnlyList<string> MergeSections { get; } = ["merge.storylsp"];

    /// <summary>The sections of the configuration that belong to comparing.</summary>
    public static IReadOnlyList<string> DiffSections { get; } = ["diff.storylsp", "diff.storylsp-yaml", "diff.storylsp-script"];

    /// <summary>The settings for merging. Where this program is gone or fails, git's own merge of lines stands in.</summary>
    public static IReadOnlyList<(string Key, string Value)> Merge() =>
    [
        ("merge.storylsp.name", "story files, by container and field"),
        ("merge.storylsp.driver", $"{OwnProgram.Words.Replace("%", "%%", StringComparison.Ordinal)} merge-driver %O %A %B %L %P; case $? in 0) exit 0;; 1) exit 1;; esac; git merge-file --marker-size=%L -L ours -L base -L theirs %A %O %B || exit 1"),
    ];

    /// <summary>The settings for comparing: by sentences, with headings, containers and scenes above the lines, and words as writers know them.</summary>
    public static IReadOnlyList<(string Key, string Value)> Diff() =>
    [
        ("diff.storylsp.textconv", Textconv()),
        ("diff.storylsp.xfuncname", "^(#{1,6}[[:space:]].*)$"),
        ("diff.storylsp.wordRegex", WordRegex),
        ("diff.storylsp-yaml.textconv", Textconv()),
        ("diff.storylsp-yaml.xfuncname", "^([[:space:]]*(- )?(id|name|title|schema|pipeline):.*)$"),
        ("diff.storylsp-yaml.wordRegex", WordRegex),
        ("diff.storylsp-script.textconv", Textconv()),
        ("diff.storylsp-script.xfuncname", "^((INT|EXT|EST|I/E|int|ext|est|i/e|\\.[[:alnum:]]).*)$"),
        ("diff.storylsp-script.wordRegex", WordRegex),
    ];

    // Without this program the text as it is will do.
    private static string Textconv() => $"f() {{ {OwnProgram.Words} textconv \"$1\" 2>/dev/null || cat \"$1\"; }}; f";
}
