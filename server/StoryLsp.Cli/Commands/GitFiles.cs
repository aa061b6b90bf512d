using StoryLsp.Cli.Git;

namespace StoryLsp.Cli.Commands;

/// <summary>Asks git for files as they were committed, wherever the folder lies in its repository.</summary>
internal sealed class GitFiles(string folder)
{
    private readonly GitProcess _git = new(folder);

    /// <summary>Does nothing in a repository.</summary>
    /// <exception cref="CommandFailure">There is no git, or no repository.</exception>
    public async Task RequireRepositoryAsync(CancellationToken cancellationToken)
    {
        if (await _git.AskAsync(["rev-parse", "--is-inside-work-tree"], cancellationToken).ConfigureAwait(false) is null)
        {
            throw new CommandFailure("this story lies in no git repository, so there is no commit to write trailers for.");
        }
    }

    /// <summary>A file's text in the last commit; null where it is not there, or nothing is committed yet.</summary>
    public Task<string?> AtHeadAsync(string path, CancellationToken cancellationToken) => _git.AskAsync(["show", "HEAD:./" + path], cancellationToken);
}
