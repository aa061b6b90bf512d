using StoryLsp.Pipelines.History;

namespace StoryLsp.Pipelines.Proposals;

/// <summary>Lets one decision at a time be made in a workspace, whatever process makes it. It ends with the process.</summary>
internal static class ProposalLock
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>Waits for its turn.</summary>
    /// <exception cref="IOException">Somebody else does not come to an end, or the folder cannot be written.</exception>
    public static IDisposable Take(string root)
    {
        using var patience = new CancellationTokenSource(Longest);
        try
        {
            return FileLock.Take(root, FileLock.Deciding, patience.Token);
        }
        catch (OperationCanceledException exception)
        {
            throw new IOException("Another program is deciding about proposals of this story and does not come to an end. Try again when it has.", exception);
        }
    }
}
