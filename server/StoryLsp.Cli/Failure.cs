using StoryLsp.Pipelines.History;
using StoryLsp.Pipelines.Providers;

namespace StoryLsp.Cli;

/// <summary>Something that a person can mend; its message is the one line that they see.</summary>
internal sealed class CommandFailure(string message) : Exception(message);

/// <summary>Says in one line what went wrong.</summary>
internal static class Failure
{
    /// <summary>Writes the line to stderr; gives the exit code.</summary>
    public static int Tell(Exception exception)
    {
        var message = exception switch
        {
            CommandFailure or ProviderException or HistoryException => exception.Message,
            OperationCanceledException => "stopped.",
            IOException or UnauthorizedAccessException => exception.Message,
            _ => $"an internal fault: {exception.GetType().Name}: {exception.Message}",
        };
        Console.Error.WriteLine("storylsp: " + message.ReplaceLineEndings(" "));
        return Program.CouldNotRun;
    }
}
