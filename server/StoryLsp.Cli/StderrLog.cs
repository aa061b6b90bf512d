using Microsoft.Extensions.Logging;

namespace StoryLsp.Cli;

/// <summary>Logs to stderr, a line an entry; stdout belongs to the results and to the protocol.</summary>
internal sealed class StderrLog(LogLevel least) : ILogger
{
    private static readonly Lock Gate = new();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= least && logLevel != LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        var detail = exception is null ? "" : $": {exception.GetType().Name}: {exception.Message}" + (logLevel >= LogLevel.Error ? "\n" + exception.StackTrace : "");
        lock (Gate)
        {
            try
            {
                Console.Error.WriteLine($"[{Word(logLevel)}] {formatter(state, exception)}{detail}");
            }
            catch (IOException)
            {
                // The editor has closed the pipe; there is nobody to tell.
            }
        }
    }

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warning",
        _ => "error",
    };
}
