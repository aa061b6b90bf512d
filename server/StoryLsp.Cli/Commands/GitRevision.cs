using System.Diagnostics;
using System.Text;

namespace StoryLsp.Cli.Commands;

/// <summary>Asks git about a revision of a folder, wherever the folder lies in its repository.</summary>
internal sealed class GitRevision(string folder, string revision)
{
    private const string RegularFile = "100";

    /// <summary>Writes the folder's regular files as they were into another folder; links and submodules are left out.</summary>
    /// <exception cref="CommandFailure">There is no git, no repository, or no such revision.</exception>
    public async Task WriteFilesAsync(string target, CancellationToken cancellationToken)
    {
        // Objects are read one by one, so that neither links nor export attributes decide what the base has.
        var files = Parse(await RunAsync(["ls-tree", "-r", "-z", revision], null, cancellationToken).ConfigureAwait(false));
        var names = Encoding.ASCII.GetBytes(string.Concat(files.Select(file => file.Id + "\n")));
        var contents = await RunAsync(["cat-file", "--batch"], names, cancellationToken).ConfigureAwait(false);
        var at = 0;
        foreach (var (_, path) in files)
        {
            var end = Array.IndexOf(contents, (byte)'\n', at);
            var size = int.Parse(Encoding.ASCII.GetString(contents, at, end - at).Split(' ')[2], System.Globalization.CultureInfo.InvariantCulture);
            var full = Path.Combine(target, path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            await File.WriteAllBytesAsync(full, contents.AsMemory(end + 1, size), cancellationToken).ConfigureAwait(false);
            at = end + 1 + size + 1;
        }
    }

    /// <summary>The files that have another name now: today's path to the one of the revision, both relative to the folder.</summary>
    public async Task<IReadOnlyDictionary<string, string>> RenamesAsync(CancellationToken cancellationToken)
    {
        var output = await RunAsync(["diff", "-z", "-M", "--relative", "--name-status", "--diff-filter=R", revision, "--"], null, cancellationToken).ConfigureAwait(false);
        var words = Encoding.UTF8.GetString(output).Split('\0', StringSplitOptions.RemoveEmptyEntries);
        var result = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i + 2 < words.Length; i += 3)
        {
            result[words[i + 2]] = words[i + 1];
        }

        return result;
    }

    private static List<(string Id, string Path)> Parse(byte[] listing)
    {
        var result = new List<(string, string)>();
        foreach (var line in Encoding.UTF8.GetString(listing).Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            if (line.StartsWith(RegularFile, StringComparison.Ordinal))
            {
                result.Add((line[..tab].Split(' ')[2], line[(tab + 1)..]));
            }
        }

        return result;
    }

    private async Task<byte[]> RunAsync(IEnumerable<string> arguments, byte[]? input, CancellationToken cancellationToken)
    {
        if (revision.StartsWith('-'))
        {
            throw new CommandFailure($"`{revision}` is no git revision.");
        }

        using var git = Start(new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        });
        var error = git.StandardError.ReadToEndAsync(cancellationToken);
        using var output = new MemoryStream();
        var reading = git.StandardOutput.BaseStream.CopyToAsync(output, cancellationToken);
        await git.StandardInput.BaseStream.WriteAsync(input ?? [], cancellationToken).ConfigureAwait(false);
        git.StandardInput.Close();
        await reading.ConfigureAwait(false);
        await git.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        if (git.ExitCode != 0)
        {
            var reason = (await error.ConfigureAwait(false)).Trim().Split('\n')[0];
            throw new CommandFailure($"git cannot tell of the revision `{revision}` here: {reason}");
        }

        return output.ToArray();
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new CommandFailure("`--base` needs git, which was not found.");
        }
    }
}
