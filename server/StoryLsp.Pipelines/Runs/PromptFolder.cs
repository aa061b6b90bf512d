using System.Text;
using StoryLsp.Pipelines.History;

namespace StoryLsp.Pipelines.Runs;

/// <summary>The prompt files in <c>.story/runs/</c>.</summary>
internal static class PromptFolder
{
    /// <summary>Writes a prompt file, whole or not at all; gives its workspace-relative path.</summary>
    public static string Write(RunnerOptions options, string run, string text)
    {
        var path = PromptFile.PathOf(run);
        var full = Path.Combine(options.Root, path);
        options.History.FaultPoint?.Invoke(FaultPoints.BeforePrompt);
        WholeFile.Write(full, Encoding.UTF8.GetBytes(text), beforeMove: () => options.History.FaultPoint?.Invoke(FaultPoints.BeforePromptRename));
        options.History.FaultPoint?.Invoke(FaultPoints.AfterPrompt);
        return path;
    }

    /// <summary>The text of a prompt file; null where it cannot be read.</summary>
    public static string? Read(string root, string run)
    {
        try
        {
            var full = Path.Combine(root, PromptFile.PathOf(run));
            // A file without a letter is what a power cut leaves; the prompt stands in the history.
            return File.Exists(full) && File.ReadAllText(full) is var text && text.AsSpan().Trim('\0').Trim().Length > 0 ? text : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Removes the prompt file and its folder; one that an editor holds open stays, and does no harm.</summary>
    public static void Remove(string root, string run)
    {
        var folder = Path.GetDirectoryName(Path.Combine(root, PromptFile.PathOf(run)))!;
        try
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, true);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
    }
}
