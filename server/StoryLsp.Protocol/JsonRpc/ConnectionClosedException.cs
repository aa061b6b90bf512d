namespace StoryLsp.Protocol.JsonRpc;

/// <summary>The connection ended before the other side answered.</summary>
public sealed class ConnectionClosedException() : IOException("The connection to the editor has ended.");
