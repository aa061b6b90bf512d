using System.Globalization;
using System.Text;
using StoryLsp.Features.Merging;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Text;

namespace StoryLsp.Cli.Git;

/// <summary>Merges three files as git hands them to a merge driver: by fields where that is sure, else by lines as git itself does. The result stands in ours.</summary>
/// <param name="origin">The file that both come from.</param>
/// <param name="ours">Our file, which takes the result.</param>
/// <param name="theirs">Their file.</param>
/// <param name="markerSize">How long the marks of conflicts are.</param>
/// <param name="path">The path in the repository, from the current folder.</param>
internal sealed class FileMerge(string origin, string ours, string theirs, int markerSize, string path)
{
    private const int MostConflicts = 127;

    private readonly GitProcess _git = new(Directory.GetCurrentDirectory());

    /// <summary>Merges; gives whether nothing is left to decide.</summary>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        if (await MergedAsync(cancellationToken).ConfigureAwait(false) is { } merged)
        {
            await PutAsync(merged.Bytes, cancellationToken).ConfigureAwait(false);
            return merged.IsClean;
        }

        var answer = await _git.RunAsync(["merge-file", "-q", .. Marks(), ours, origin, theirs], cancellationToken).ConfigureAwait(false);
        return answer.Code == 0;
    }

    // Where this ends too early git merges by lines, and for that ours must be whole: it is what it was, or the result.
    private async Task PutAsync(byte[] bytes, CancellationToken cancellationToken)
    {
        var beside = ours + "." + Path.GetRandomFileName();
        try
        {
            await File.WriteAllBytesAsync(beside, bytes, cancellationToken).ConfigureAwait(false);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(beside, File.GetUnixFileMode(ours));
            }

            File.Move(beside, ours, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure($"the merged text cannot be written: {exception.Message}");
        }
        finally
        {
            File.Delete(beside);
        }
    }

    private async Task<(byte[] Bytes, bool IsClean)?> MergedAsync(CancellationToken cancellationToken)
    {
        if (Read(ours) is not var (mine, hasMark) || Read(origin) is not var (was, _) || Read(theirs) is not var (yours, _))
        {
            return null;
        }

        var style = await _git.AskAsync(["config", "--get", "merge.conflictStyle"], cancellationToken).ConfigureAwait(false);
        var marks = new ConflictMarks(markerSize, style is "diff3" or "zdiff3");
        var folder = Directory.CreateTempSubdirectory("storylsp-merge-").FullName;
        try
        {
            var (root, relative) = Place();
            // Schemas and settings alone are read, not the story.
            await using var workspace = Workspace.Open(new WorkspaceOptions { Root = root, UseIndexFile = false });
            var context = new ReadingContext(workspace.Current.Schemas, workspace.Current.Settings, []);
            return StoryMerge.Of(relative, mine, was, yours, context, marks, (one, two, three) => ByLines(folder, one, two, three)) is { } result
                ? ([.. hasMark ? Encoding.UTF8.Preamble : [], .. new UTF8Encoding(false).GetBytes(result.Text)], result.Conflicts == 0)
                : null;
        }
        catch (Exception exception) when (exception is not OperationCanceledException and not CommandFailure)
        {
            // Whatever goes wrong here, git's own merge loses nothing.
            return null;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private (string Root, string Relative) Place()
    {
        var full = Path.GetFullPath(path);
        var root = WorkspaceRoot.Find(Path.GetDirectoryName(full) ?? full);
        return (root, WorkspaceRoot.RelativeTo(root, full) ?? Path.GetFileName(full));
    }

    private MergeResult ByLines(string folder, string mine, string was, string yours)
    {
        string[] files = [.. new[] { mine, was, yours }.Select((text, i) =>
        {
            var file = Path.Combine(folder, i.ToString(CultureInfo.InvariantCulture));
            File.WriteAllText(file, text, new UTF8Encoding(false));
            return file;
        })];
        var answer = _git.RunAsync(["merge-file", "-p", "-q", .. Marks(), .. files], CancellationToken.None).GetAwaiter().GetResult();
        return answer.Code is >= 0 and <= MostConflicts ? new(answer.Text, answer.Code) : throw new IOException(answer.Error);
    }

    private string[] Marks() => [$"--marker-size={markerSize.ToString(CultureInfo.InvariantCulture)}", "-L", "ours", "-L", ConflictMarks.Origin, "-L", "theirs"];

    // What is no UTF-8 is git's to merge.
    private static (string Text, bool HasMark)? Read(string file)
    {
        var text = SourceText.Decode(File.ReadAllBytes(file), out var result);
        return result is { IsValid: true, Encoding: TextEncoding.Utf8 or TextEncoding.Utf8WithMark } ? (text.Text, result.Encoding == TextEncoding.Utf8WithMark) : null;
    }
}
