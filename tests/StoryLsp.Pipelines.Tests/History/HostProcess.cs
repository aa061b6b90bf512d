using System.Diagnostics;

namespace StoryLsp.Pipelines.Tests.History;

/// <summary>Another process that uses the history, and that can be killed.</summary>
internal sealed class HostProcess : IDisposable
{
    private readonly Process _process;

    public HostProcess(params string[] arguments)
    {
        var host = Path.Combine(AppContext.BaseDirectory, "StoryLsp.CrashHost.dll");
        _process = Process.Start(new ProcessStartInfo("dotnet", ["exec", host, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["DOTNET_TieredPGO"] = "0", ["DOTNET_TC_QuickJitForLoops"] = "1" },
        })!;
    }

    public string? ReadLine() => _process.StandardOutput.ReadLine();

    public void WriteLine() => _process.StandardInput.WriteLine();

    public void Kill() => _process.Kill();

    /// <summary>Waits for its end; gives the exit code, which is 137 after SIGKILL.</summary>
    public async Task<int> EndAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    public Task<string> ErrorsAsync() => _process.StandardError.ReadToEndAsync();

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}
