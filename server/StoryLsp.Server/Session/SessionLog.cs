using Microsoft.Extensions.Logging;
using StoryLsp.Pipelines.Providers;

namespace StoryLsp.Server.Session;

/// <summary>What the server logs of runs: why, and never a prompt or a key.</summary>
internal static class SessionLog
{
    public static void Refused(this ILogger log, ProviderFailure failure, string message) => log.LogWarning("A run ended without a proposal ({Failure}): {Message}", failure, message);
}
