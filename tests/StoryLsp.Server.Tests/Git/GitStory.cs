using System.Diagnostics;
using System.Text;
using NUnit.Framework;
using StoryLsp.Server.Tests.Cli;
using StoryLsp.Server.Tests.Editor;

namespace StoryLsp.Server.Tests.Git;

/// <summary>A story in a real git repository of its own, with nobody's configuration and the same author and time always.</summary>
internal sealed class GitStory : IDisposable
{
    private static readonly Dictionary<string, string> Environment = new()
    {
        ["GIT_CONFIG_GLOBAL"] = "/dev/null",
        ["GIT_CONFIG_NOSYSTEM"] = "1",
        ["GIT_AUTHOR_NAME"] = "Ada",
        ["GIT_AUTHOR_EMAIL"] = "ada@example.org",
        ["GIT_AUTHOR_DATE"] = "2026-01-02T03:04:05Z",
        ["GIT_COMMITTER_NAME"] = "Ada",
        ["GIT_COMMITTER_EMAIL"] = "ada@example.org",
        ["GIT_COMMITTER_DATE"] = "2026-01-02T03:04:05Z",
        ["LC_ALL"] = "C.UTF-8",
    };

    private readonly StoryOnDisk _disk;

    /// <summary>Writes a fixture and commits it.</summary>
    /// <param name="fixture">The files.</param>
    /// <param name="folder">The story's folder in the repository; empty for the whole.</param>
    /// <param name="commits">Whether the files are committed.</param>
    public GitStory(string fixture, string folder = "", bool commits = true)
    {
        _disk = new StoryOnDisk(fixture, folder.Length == 0 ? "repo" : "repo/" + folder);
        Top = folder.Length == 0 ? _disk.Root : _disk.Root[..^(folder.Length + 1)];
        Run("init", "-q", "-b", "main");
        if (commits)
        {
            Commit("one");
        }
    }

    /// <summary>The repository's folder.</summary>
    public string Top { get; }

    /// <summary>The story's folder.</summary>
    public string Root => _disk.Root;

    public void Write(string path, string text) => _disk.Write(path, text);

    public string Read(string path) => _disk.Read(path);

    public string PathOf(string path) => _disk.PathOf(path);

    public void Replace(string path, string old, string text)
    {
        var before = Read(path);
        Assert.That(before, Does.Contain(old));
        Write(path, before.Replace(old, text, StringComparison.Ordinal));
    }

    public void Commit(string message)
    {
        Run("add", "-A");
        Run("commit", "-q", "--no-verify", "-m", message);
    }

    /// <summary>What git wrote; fails where it did.</summary>
    public string Run(params string[] arguments)
    {
        var result = Try(Top, arguments);
        Assert.That(result.Code, Is.Zero, $"git {string.Join(' ', arguments)}\n{result}");
        return result.Out;
    }

    public static CliResult Try(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments)
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = new UTF8Encoding(false), StandardErrorEncoding = new UTF8Encoding(false),
        };
        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            using var git = Process.Start(start)!;
            var error = git.StandardError.ReadToEndAsync();
            var output = git.StandardOutput.ReadToEnd();
            Assert.That(git.WaitForExit(Patience.Limit), Is.True);
            return new(git.ExitCode, output, error.GetAwaiter().GetResult());
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Ignore("git is not installed.");
            throw;
        }
    }

    /// <summary>Runs <c>storylsp</c> in the story's folder.</summary>
    public Task<CliResult> StoryAsync(params string[] arguments) => StoryCli.RunAsync(Root, null, Environment, arguments);

    public static Task<CliResult> StoryInAsync(string folder, params string[] arguments) => StoryCli.RunAsync(folder, null, Environment, arguments);

    public static Task<CliResult> StoryWithAsync(string folder, IReadOnlyDictionary<string, string> more, params string[] arguments)
    {
        var environment = new Dictionary<string, string>(Environment);
        foreach (var (name, value) in more)
        {
            environment[name] = value;
        }

        return StoryCli.RunAsync(folder, null, environment, arguments);
    }

    public void Dispose() => _disk.Dispose();
}
