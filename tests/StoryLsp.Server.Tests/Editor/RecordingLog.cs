using Microsoft.Extensions.Logging;

namespace StoryLsp.Server.Tests.Editor;

/// <summary>Keeps what is logged.</summary>
internal sealed class RecordingLog(Signal signal) : ILogger
{
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines
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
        lock (_lines)
        {
            _lines.Add($"[{logLevel}] {formatter(state, exception)} {exception}".TrimEnd());
        }

        signal.Pulse();
    }

    public bool Says(string part) => Lines.Any(line => line.Contains(part, StringComparison.Ordinal));
}
