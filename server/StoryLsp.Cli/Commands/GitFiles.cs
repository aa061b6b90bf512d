using System.Diagnostics;
using System.Text;

namespace StoryLsp.Cli.Commands;

/// <summary>Asks git for files as they were committed, wherever the folder lies in its repository.</summary>
internal sealed class GitFiles(string folder)
{
    /// <summary>Does nothing in a repository.</summary>
    /// <exception cref="CommandFailure">There is no git, or no repository.</exception>
    public async Task RequireRepositoryAsync(CancellationToken cancellationToken)
    {
        if (await RunAsync(["rev-parse", "--is-inside-work-tree"], cancellationToken).ConfigureAwait(false) is null)
        {
            throw new CommandFailure("this story lies in no git repository, so there is no commit to write trailers for.");
        }
    }

    /// <summary>A file's text in the last commit; null where it is not there, or nothing is committed yet.</summary>
    public Task<string?> AtHeadAsync(string path, CancellationToken cancellationToken) => RunAsync(["show", "HEAD:./" + path], cancellationToken);

    private async Task<string?> RunAsync(IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        using var git = Start(arguments);
        git.StandardInput.Close();
        var error = git.StandardError.ReadToEndAsync(cancellationToken);
        var output = await git.StandardOutput.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
        await git.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        await error.ConfigureAwait(false);
        return git.ExitCode == 0 ? output : null;
    }

    private Process Start(IEnumerable<string> arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("git", arguments)
            {
                WorkingDirectory = folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardOutputEncoding = Encoding.UTF8,
            })!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new CommandFailure("`--trailers` needs git, which was not found.");
        }
    }
}
