using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;
using StoryLsp.Server.Tests.Editor;
using StoryLsp.Testing;

namespace StoryLsp.Server.Tests.Cli;

/// <summary>What a run of the executable gave.</summary>
internal sealed record CliResult(int Code, string Out, string Error)
{
    public JsonNode Json => JsonNode.Parse(Out)!;

    /// <summary>The lines on stdout.</summary>
    public string[] Lines => Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public override string ToString() => $"exit {Code}\n{Out}\n{Error}";
}

/// <summary>Runs the built executable as a person or a build server does.</summary>
internal static class StoryCli
{
    private static readonly string[] Switches = ["NO_COLOR", "GITHUB_WORKSPACE", "OPENAI_API_KEY"];

    /// <summary>The executable's assembly, of the same configuration as this test.</summary>
    public static string Assembly { get; } = Path.Combine(
        Repository.Root, "artifacts", "bin", "StoryLsp.Cli", new DirectoryInfo(AppContext.BaseDirectory).Name.Split('_')[0], "storylsp.dll");

    public static Task<CliResult> RunAsync(string folder, params string[] arguments) => RunAsync(folder, null, null, arguments);

    public static async Task<CliResult> RunAsync(string folder, string? input, IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        using var process = Start(folder, environment, arguments);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (input is not null)
        {
            await process.StandardInput.WriteAsync(input);
        }

        process.StandardInput.Close();
        using var guard = new CancellationTokenSource(Patience.Limit);
        try
        {
            await process.WaitForExitAsync(guard.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"storylsp {string.Join(' ', arguments)} did not end.");
        }

        return new CliResult(process.ExitCode, await output, await error);
    }

    public static Process Start(string folder, IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        Assert.That(File.Exists(Assembly), Is.True, $"The executable is not built: {Assembly}");
        var start = new ProcessStartInfo("dotnet", ["exec", Assembly, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = new UTF8Encoding(false),
            StandardErrorEncoding = new UTF8Encoding(false),
        };
        foreach (var name in Switches)
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }

    /// <summary>Fails unless the command said in one line on stderr what went wrong.</summary>
    public static void AssertOneLine(CliResult result, params string[] says)
    {
        Assert.That(result.Code, Is.EqualTo(2), result.ToString());
        var lines = result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines, Has.Length.EqualTo(1), result.ToString());
        Assert.That(lines[0], Does.StartWith("storylsp: "));
        Assert.That(result.Out, Is.Empty);
        foreach (var part in says)
        {
            Assert.That(lines[0], Does.Contain(part));
        }
    }
}
