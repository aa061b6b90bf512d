using System.Text;
using System.Text.RegularExpressions;
using StoryLsp.Language.Settings;

namespace StoryLsp.Cli.Git;

/// <summary>The hook that looks at what is staged before it is committed.</summary>
internal static partial class GitHook
{
    private const string Mark = "# Written by `storylsp git install`";

    /// <summary>The script.</summary>
    /// <param name="command">What the hook runs; see <see cref="Command"/>.</param>
    public static string Script(string command) => $"""
            #!/bin/sh
            {Mark}; `storylsp git uninstall --hook` takes it away.
            {command}
            case $? in
              0) exit 0 ;;
              1) exit 1 ;;
              126|127) echo 'storylsp was not found, so the story is not checked. Run `storylsp git install --hook` where it is.' >&2; exit 0 ;;
              *) echo 'The story could not be checked; the commit goes on.' >&2; exit 0 ;;
            esac

            """.ReplaceLineEndings("\n");

    /// <summary>What a hook runs, which git starts at the top of the repository: the check of all stories with a <c>story.yaml</c>; of another folder that one.</summary>
    /// <param name="repository">The repository, from the story's folder.</param>
    public static string Command(GitRepository repository) => OwnProgram.Words + Arguments(repository);

    /// <summary>The same for everybody who has the program on the PATH.</summary>
    /// <param name="repository">The repository, from the story's folder.</param>
    public static string SharedCommand(GitRepository repository) => "storylsp" + Arguments(repository);

    private static string Arguments(GitRepository repository) => " git pre-commit" +
        (repository.Prefix.Length == 0 || File.Exists(Path.Combine(repository.StoryFolder, SettingsReader.FileName)) ? "" : " " + OwnProgram.Quoted(repository.Prefix.TrimEnd('/')));

    /// <summary>Whether a script is one of these and nothing else, so that nobody's lines go with it.</summary>
    public static bool IsOurs(string script) => script.Split('\n') is { Length: > 2 } lines && OwnCommand().IsMatch(lines[2]) && script == Script(lines[2]);

    /// <summary>Whether a script was one of these and has lines of somebody else by now.</summary>
    public static bool IsMixed(string script) => script.Contains(Mark, StringComparison.Ordinal) && !IsOurs(script);

    // This program, by a path in quotes, perhaps started by another one, with the folder of a story.
    [GeneratedRegex(@"^'[^']*(?:'\\''[^']*)*'(?: exec '[^']*(?:'\\''[^']*)*')? git pre-commit(?: '[^']*(?:'\\''[^']*)*')?\z", RegexOptions.CultureInvariant)]
    private static partial Regex OwnCommand();

    /// <summary>Writes the script so that git may run it.</summary>
    public static void Write(string path, string script)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, script, new UTF8Encoding(false));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        }
    }
}
