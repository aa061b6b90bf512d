namespace StoryLsp.Protocol.JsonRpc;

/// <summary>Where a server stands between <c>initialize</c> and <c>exit</c>, and what it may therefore take.</summary>
internal sealed class ServerLifecycle
{
    private enum Stage
    {
        New,
        Initialized,
        ShutDown,
    }

    private volatile Stage stage;

    /// <summary>Whether <c>shutdown</c> was asked for.</summary>
    public bool IsShutDown => stage == Stage.ShutDown;

    /// <summary>Takes a request into account; gives the error to answer it with, or null if it may pass.</summary>
    public ResponseErrorException? Refuse(string method)
    {
        var isInitialize = method == LspMethods.Initialize.Name;
        switch (stage)
        {
            case Stage.New when isInitialize:
                stage = Stage.Initialized;
                return null;
            case Stage.New:
                return new(ErrorCodes.ServerNotInitialized, "The server waits for the request initialize before any other.");
            case Stage.ShutDown:
                return new(ErrorCodes.InvalidRequest, "The server was shut down and takes no further requests.");
            case Stage.Initialized when isInitialize:
                return new(ErrorCodes.InvalidRequest, "The server is initialized already.");
            default:
                stage = method == LspMethods.Shutdown.Name ? Stage.ShutDown : stage;
                return null;
        }
    }

    /// <summary>Whether notifications are taken, other than <c>exit</c>.</summary>
    public bool TakesNotifications => stage == Stage.Initialized;

    /// <summary>The request <c>initialize</c> was answered with an error, so a client may try again.</summary>
    public void InitializeFailed() => stage = stage == Stage.Initialized ? Stage.New : stage;
}
