namespace StoryLsp.Cli.Mcp;

/// <summary>Why a tool or resource cannot answer, in a sentence. It names nothing that the client has sent: that may be a secret that was guessed.</summary>
internal sealed class McpFailure(string message) : Exception(message);
