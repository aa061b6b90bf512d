namespace StoryLsp.Cli.Git;

/// <summary>The repository that a story lies in.</summary>
/// <param name="Git">Runs git in the story's folder.</param>
/// <param name="Top">Absolute path of the working tree.</param>
/// <param name="Prefix">The story's folder from there, with a slash at its end; empty for the whole.</param>
/// <param name="Common">Absolute path of the folder with the configuration, which all worktrees have in common.</param>
internal sealed record GitRepository(GitProcess Git, string Top, string Prefix, string Common)
{
    /// <summary>Finds the repository of a folder.</summary>
    /// <exception cref="CommandFailure">There is no git, or no repository with a working tree.</exception>
    public static async Task<GitRepository> FindAsync(string folder, CancellationToken cancellationToken)
    {
        var git = new GitProcess(folder);
        var answer = await git.RunAsync(["rev-parse", "--is-inside-work-tree", "--show-toplevel", "--show-prefix", "--git-common-dir"], cancellationToken).ConfigureAwait(false);
        var lines = answer.Text.Split('\n');
        if (answer.Code != 0 || lines.Length < 4 || lines[0] != "true")
        {
            throw new CommandFailure(answer.Error.Contains("dubious ownership", StringComparison.Ordinal)
                ? $"git does not trust {folder}, which belongs to somebody else. `git config --global --add safe.directory '{folder}'` tells it to."
                : answer.Code == 0 || answer.Error.Contains("work tree", StringComparison.Ordinal)
                ? $"{folder} lies in a bare git repository, which has no files. Go to a clone or a worktree of it."
                : $"{folder} lies in no git repository. `git init` makes one.");
        }

        return new(git, Path.GetFullPath(lines[1].TrimEnd('\r')), lines[2].TrimEnd('\r'), Path.GetFullPath(lines[3].TrimEnd('\r'), folder));
    }

    /// <summary>The absolute path of a file that git keeps for this repository, such as <c>info/attributes</c>.</summary>
    public async Task<string> PathOfAsync(string name, CancellationToken cancellationToken) =>
        Path.GetFullPath(await Git.AskAsync(["rev-parse", "--git-path", name], cancellationToken).ConfigureAwait(false) ?? Path.Combine(Common, name), StoryFolder);

    /// <summary>The story's folder.</summary>
    public string StoryFolder => Path.Combine(Top, Prefix);
}
