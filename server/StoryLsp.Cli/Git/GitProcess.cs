using System.Diagnostics;
using System.Text;

namespace StoryLsp.Cli.Git;

/// <summary>What git answered.</summary>
/// <param name="Code">Its exit code.</param>
/// <param name="Bytes">What it wrote to stdout.</param>
/// <param name="Error">The first line of what it wrote to stderr.</param>
internal sealed record GitAnswer(int Code, byte[] Bytes, string Error)
{
    /// <summary>The output as text.</summary>
    public string Text => Encoding.UTF8.GetString(Bytes);

    /// <summary>The parts of an output of <c>-z</c>.</summary>
    public string[] Parts => Text.Split('\0', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>Runs git in a folder.</summary>
/// <param name="folder">The folder.</param>
internal sealed class GitProcess(string folder)
{
    /// <summary>Runs git and waits for its answer.</summary>
    /// <exception cref="CommandFailure">There is no git.</exception>
    public async Task<GitAnswer> RunAsync(IEnumerable<string> arguments, CancellationToken cancellationToken, byte[]? input = null)
    {
        using var git = Start(arguments);
        var error = git.StandardError.ReadToEndAsync(cancellationToken);
        using var output = new MemoryStream();
        var reading = git.StandardOutput.BaseStream.CopyToAsync(output, cancellationToken);
        try
        {
            await git.StandardInput.BaseStream.WriteAsync(input ?? [], cancellationToken).ConfigureAwait(false);
            git.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended without reading; its exit code says why.
        }

        await reading.ConfigureAwait(false);
        await git.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        return new(git.ExitCode, output.ToArray(), (await error.ConfigureAwait(false)).Trim().Split('\n')[0]);
    }

    /// <summary>The output without the line end; null where git refused.</summary>
    /// <exception cref="CommandFailure">There is no git.</exception>
    public async Task<string?> AskAsync(IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        var answer = await RunAsync(arguments, cancellationToken).ConfigureAwait(false);
        return answer.Code == 0 ? answer.Text.TrimEnd('\n', '\r') : null;
    }

    private Process Start(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // What git says is matched nowhere, but shown; and it must ask nobody.
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        start.Environment["GIT_OPTIONAL_LOCKS"] = "0";
        // A hook is told of the repository, and takes the folder that it is started in for the working tree: from another folder both must be said.
        if (Environment.GetEnvironmentVariable("GIT_DIR") is { Length: > 0 } repository)
        {
            start.Environment["GIT_DIR"] = Path.GetFullPath(repository);
            start.Environment.TryAdd("GIT_WORK_TREE", Directory.GetCurrentDirectory());
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new CommandFailure("this needs git, which was not found. Install it, or put it on the PATH.");
        }
    }
}
