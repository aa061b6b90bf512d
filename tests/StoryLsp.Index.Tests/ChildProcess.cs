using System.Diagnostics;

namespace StoryLsp.Index.Tests;

/// <summary>
/// Another process that works on a workspace, to be killed or to work beside this one. It is this assembly, started as a program:
/// <c>dotnet StoryLsp.Index.Tests.dll write ROOT</c>.
/// </summary>
internal static class ChildProcess
{
    public static async Task<int> Main(string[] arguments)
    {
        if (arguments is not [var mode, var root])
        {
            return 2;
        }

        var round = 0;
        Console.WriteLine("ready");
        do
        {
            await using var workspace = Workspace.Open(new WorkspaceOptions { Root = root });
            await workspace.IndexAsync();
            await workspace.QueryAsync("SELECT count(*) FROM containers");
            for (var i = 0; i < 20 && mode == "write"; i++)
            {
                var path = $"churn/{i}.md";
                Directory.CreateDirectory(Path.Combine(root, "churn"));
                await File.WriteAllTextAsync(Path.Combine(root, path), $"# Churn {round} {i}\n\nWords of round {round}.\n");
                await workspace.ApplyFileEventsAsync([new(path, FileEventKind.Created)]);
            }

            Console.WriteLine("round " + round);
        }
        while (mode == "write" && ++round < 1000);

        return 0;
    }

    /// <summary>Starts the process and waits until it works.</summary>
    public static async Task<Process> StartAsync(string mode, string root)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet") { RedirectStandardOutput = true, RedirectStandardInput = true };
        start.ArgumentList.Add(typeof(ChildProcess).Assembly.Location);
        start.ArgumentList.Add(mode);
        start.ArgumentList.Add(root);
        var process = Process.Start(start) ?? throw new InvalidOperationException("The process did not start.");
        Assert.That(await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)), Is.EqualTo("ready"));
        return process;
    }
}
