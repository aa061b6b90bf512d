using Microsoft.Extensions.Logging;

namespace StoryLsp.Index.Tests;

/// <summary>A folder of files for one test, deleted afterwards.</summary>
internal sealed class TestFolder : IDisposable
{
    public TestFolder()
    {
        Root = Path.Combine(Path.GetTempPath(), "storylsp-tests", Guid.NewGuid().ToString("N"), "work space #1 %20 🦊");
        Directory.CreateDirectory(Root);
    }

    public string Root { get; }

    public LogLines Log { get; } = new();

    public string IndexPath => Path.Combine(Root, ".story", "cache", "index.db");

    public string PathOf(string path) => Path.Combine(Root, path);

    public TestFolder Write(string path, string text)
    {
        var full = PathOf(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
        return this;
    }

    /// <summary>Writes a file as of long ago, so that its time is to be trusted.</summary>
    public TestFolder WriteOld(string path, string text)
    {
        Write(path, text);
        File.SetLastWriteTimeUtc(PathOf(path), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        return this;
    }

    public TestFolder Write(string path, byte[] bytes)
    {
        var full = PathOf(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllBytes(full, bytes);
        return this;
    }

    public Workspace Open(bool useIndexFile = true) =>
        Workspace.Open(new WorkspaceOptions { Root = Root, Logger = Log, UseIndexFile = useIndexFile });

    public async Task<Workspace> OpenIndexedAsync(bool useIndexFile = true)
    {
        var workspace = Open(useIndexFile);
        await workspace.IndexAsync();
        return workspace;
    }

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path.GetDirectoryName(Root)!, recursive: true);
        }
        catch (IOException)
        {
            // Left to the system's own cleaning.
        }
    }
}

/// <summary>Keeps what was logged.</summary>
internal sealed class LogLines : ILogger
{
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Warnings
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines];
            }
        }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (logLevel >= LogLevel.Warning)
        {
            lock (_lines)
            {
                _lines.Add(formatter(state, exception) + (exception is null ? "" : " " + exception));
            }
        }
    }
}
