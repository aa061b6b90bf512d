namespace StoryLsp.Protocol.JsonRpc;

/// <summary>Bounds on what is read from a client.</summary>
public static class JsonLimits
{
    /// <summary>How many levels of objects and arrays a message may have: selection ranges and symbols nest deeply, an attack nests deeper.</summary>
    public const int MaxDepth = 512;

    /// <summary>The longest content of one message, in bytes: a whole document of 50 MB fits with all its escapes.</summary>
    public const int MaxContentBytes = 512 * 1024 * 1024;

    /// <summary>The longest header part of one message, in bytes.</summary>
    public const int MaxHeaderBytes = 16 * 1024;
}
