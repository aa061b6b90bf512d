namespace StoryLsp.Protocol.JsonRpc;

/// <summary>Which end of the wire a connection is.</summary>
public enum ConnectionRole
{
    /// <summary>It keeps the order of initialize, shutdown and exit.</summary>
    Server,

    /// <summary>It takes every message at any time.</summary>
    Client,
}

/// <summary>How a connection behaves.</summary>
public sealed record ConnectionOptions
{
    /// <summary>Which end this is.</summary>
    public ConnectionRole Role { get; init; } = ConnectionRole.Server;

    /// <summary>The longest content that is read, in bytes.</summary>
    public int LongestContent { get; init; } = JsonLimits.MaxContentBytes;

    /// <summary>How long running requests may still take after the input's end, and how long the last bytes may take to be written.</summary>
    public TimeSpan DrainTime { get; init; } = TimeSpan.FromSeconds(2);
}
