using System.Diagnostics;
using System.Text;
using NUnit.Framework;
using StoryLsp.Features.Merging;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Settings;

namespace StoryLsp.Features.Tests.Merging;

/// <summary>Merges texts as the merge driver does.</summary>
internal static class Merged
{
    private static readonly ReadingContext Context = new(SchemaSet.Shipped, new StorySettings { Exists = true }, []);

    public static MergeResult? Of(string path, string ours, string origin, string theirs, ConflictMarks? marks = null) =>
        StoryMerge.Of(path, ours, origin, theirs, Context, marks ?? new ConflictMarks(), ByGit);

    /// <summary>The merged text, which has no conflict.</summary>
    public static string Clean(string path, string ours, string origin, string theirs)
    {
        var result = Of(path, ours, origin, theirs);
        Assert.That(result, Is.Not.Null, $"left to a merge by lines:\n--- base\n{origin}--- ours\n{ours}--- theirs\n{theirs}");
        Assert.That(result!.Conflicts, Is.Zero, result.Text);
        return result.Text;
    }

    /// <summary>git's own merge of lines.</summary>
    public static MergeResult ByGit(string ours, string origin, string theirs)
    {
        var folder = Directory.CreateTempSubdirectory("storylsp-merge-").FullName;
        try
        {
            string[] files = [.. new[] { ours, origin, theirs }.Select((text, i) => Write(Path.Combine(folder, $"{i}"), text))];
            using var git = Process.Start(new ProcessStartInfo("git", ["merge-file", "-p", "-q", "-L", "ours", "-L", "base", "-L", "theirs", .. files])
            {
                RedirectStandardOutput = true,
                StandardOutputEncoding = new UTF8Encoding(false),
                WorkingDirectory = folder,
            })!;
            var text = git.StandardOutput.ReadToEnd();
            git.WaitForExit();
            return new(text, git.ExitCode);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Write(string path, string text)
    {
        File.WriteAllText(path, text);
        return path;
    }
}
