namespace StoryLsp.Protocol;

/// <summary>Who sends a message.</summary>
public enum LspDirection
{
    /// <summary>The editor.</summary>
    ClientToServer,

    /// <summary>The server.</summary>
    ServerToClient,

    /// <summary>Either of them.</summary>
    Both,
}

/// <summary>A method as the specification's metaModel lists it.</summary>
/// <param name="Name">The name on the wire.</param>
/// <param name="IsRequest">Whether it is answered.</param>
/// <param name="Direction">Who sends it.</param>
/// <param name="ServerCapability">Where a server says that it takes it, as a path of property names; null where nothing is said.</param>
public sealed record LspMethod(string Name, bool IsRequest, LspDirection Direction, string? ServerCapability);
