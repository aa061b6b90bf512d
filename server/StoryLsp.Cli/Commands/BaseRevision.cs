using System.Diagnostics;
using System.Formats.Tar;
using StoryLsp.Cli.Output;

namespace StoryLsp.Cli.Commands;

/// <summary>Compares findings with those of a git revision.</summary>
internal static class BaseRevision
{
    /// <summary>
    /// The findings that the revision does not have. A finding is known again by its file, rule, message and line of text, not by its
    /// line's number; one that stood once and stands twice now is new once.
    /// </summary>
    public static async Task<IReadOnlyList<FoundFinding>> OnlyNewAsync(OpenStory story, IReadOnlyList<FoundFinding> findings, string revision, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("storylsp-base-").FullName;
        try
        {
            await ExtractAsync(story.Workspace.Root, revision, folder, cancellationToken).ConfigureAwait(false);
            await using var before = await OpenStory.OpenAsync(folder, cancellationToken, useIndexFile: false).ConfigureAwait(false);
            var known = FoundFindings.In(before).GroupBy(found => KeyOf(before, found)).ToDictionary(group => group.Key, group => group.Count());
            return [.. findings.Where(found => !Take(known, KeyOf(story, found)))];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static bool Take(Dictionary<(string, string, string, string), int> known, (string, string, string, string) key)
    {
        if (known.GetValueOrDefault(key) is not (> 0 and var count))
        {
            return false;
        }

        known[key] = count - 1;
        return true;
    }

    private static (string File, string Code, string Message, string Line) KeyOf(OpenStory story, FoundFinding found)
    {
        var text = story.Snapshot.Text(found.File);
        var line = text is not null && found.Range.Start.Line < text.LineCount ? text.Slice(text.GetLineSpan(found.Range.Start.Line)).Trim() : "";
        return (found.File, found.Finding.Code, found.Finding.Message, line);
    }

    private static async Task ExtractAsync(string root, string revision, string folder, CancellationToken cancellationToken)
    {
        if (revision.StartsWith('-'))
        {
            throw new CommandFailure($"`{revision}` is no git revision.");
        }

        // "rev:./" is the story's folder as it was, wherever it lies in the repository.
        var start = new ProcessStartInfo("git", ["archive", "--format=tar", revision + ":./"])
        {
            WorkingDirectory = root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var git = Start(start);
        var error = git.StandardError.ReadToEndAsync(cancellationToken);
        using var archive = new MemoryStream();
        await git.StandardOutput.BaseStream.CopyToAsync(archive, cancellationToken).ConfigureAwait(false);
        await git.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
        if (git.ExitCode != 0)
        {
            var reason = (await error.ConfigureAwait(false)).Trim().Split('\n')[0];
            throw new CommandFailure($"git does not know the revision `{revision}` of this folder: {reason}");
        }

        archive.Position = 0;
        await TarFile.ExtractToDirectoryAsync(archive, folder, overwriteFiles: true, cancellationToken).ConfigureAwait(false);
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
