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

    /// <summary>How long an answer is waited for that nothing depends on.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How many bytes may wait to be written before nothing more is read, until the other side has read them.</summary>
    public long MostUnsent { get; init; } = 64 * 1024 * 1024;

    /// <summary>After how long a request that is still being answered shows progress, where the client gave a token for it.</summary>
    public TimeSpan ProgressDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>What that progress is called, by the method.</summary>
    public Func<string, string> ProgressTitle { get; init; } = static method => method;
}
