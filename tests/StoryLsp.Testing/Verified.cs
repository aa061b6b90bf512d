using System.Runtime.CompilerServices;
using NUnit.Framework;

namespace StoryLsp.Testing;

/// <summary>
/// Snapshots: a text is compared with <c>Class.name.verified.txt</c> beside the test's file; what differs is written to
/// <c>Class.name.received.txt</c>. With <c>STORYLSP_ACCEPT=1</c> the received text is accepted.
/// </summary>
public static class Verified
{
    /// <summary>The environment variable that accepts what is received.</summary>
    public const string Switch = "STORYLSP_ACCEPT";

    /// <summary>Compares a text with its verified one. Line ends count as LF.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">The name of the snapshot, unique in the test's file.</param>
    /// <param name="extension">The extension of the files.</param>
    /// <param name="sourceFile">Filled in by the compiler.</param>
    public static void Match(string text, string name, string extension = "txt", [CallerFilePath] string sourceFile = "")
    {
        var stem = Path.Combine(FolderOf(sourceFile), $"{Path.GetFileNameWithoutExtension(sourceFile)}.{name}");
        MatchFile(text, $"{stem}.verified.{extension}", $"{stem}.received.{extension}");
    }

    /// <summary>Compares a text with a file of the repository, such as a generated page.</summary>
    /// <param name="text">The text.</param>
    /// <param name="relativePath">Path from the root of the repository, with <c>/</c>.</param>
    public static void MatchRepositoryFile(string text, string relativePath)
    {
        var file = Path.Combine(Repository.Root, relativePath.Replace('/', Path.DirectorySeparatorChar));
        MatchFile(text, file, Path.ChangeExtension(file, ".received" + Path.GetExtension(file)));
    }

    private static void MatchFile(string text, string verified, string received)
    {
        text = text.ReplaceLineEndings("\n");
        var before = File.Exists(verified) ? File.ReadAllText(verified).ReplaceLineEndings("\n") : null;
        if (before == text)
        {
            File.Delete(received);
            return;
        }

        if (Environment.GetEnvironmentVariable(Switch) == "1")
        {
            File.WriteAllText(verified, text);
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, text);
        Assert.That(text, Is.EqualTo(before), $"{verified} says something else. Compare it with the .received file beside it; run the test with {Switch}=1 to accept.");
    }

    private static string FolderOf(string sourceFile)
    {
        var folder = Path.GetDirectoryName(sourceFile)!;
        if (Directory.Exists(folder))
        {
            return folder;
        }

        // A deterministic build may replace the root of the sources by /_/.
        var normal = sourceFile.Replace('\\', '/');
        var tests = normal.LastIndexOf("/tests/", StringComparison.Ordinal);
        return Path.GetDirectoryName(Path.Combine(Repository.Root, normal[(tests + 1)..]))!;
    }
}
