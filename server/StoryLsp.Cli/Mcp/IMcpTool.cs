using StoryLsp.Index;
using StoryLsp.Pipelines.Secrets;

namespace StoryLsp.Cli.Mcp;

/// <summary>A tool that a model may use.</summary>
internal interface IMcpTool
{
    /// <summary>Its name.</summary>
    string Name { get; }

    /// <summary>What a person reads in its place.</summary>
    string Title { get; }

    /// <summary>What it does, for the model that chooses it.</summary>
    string Description { get; }

    /// <summary>Its arguments, as JSON Schema.</summary>
    string InputSchema { get; }

    /// <summary>Whether it leaves everything as it is, so that nobody need be asked before it is used.</summary>
    bool IsReadOnly { get; }

    /// <summary>Answers a call.</summary>
    /// <exception cref="McpFailure">It cannot; the message says why.</exception>
    Task<McpAnswer> RunAsync(McpArguments arguments, McpCall call);
}

/// <summary>A call of a tool.</summary>
/// <param name="Story">The story.</param>
/// <param name="Snapshot">Its files as they are now.</param>
/// <param name="Client">What the client calls itself.</param>
/// <param name="Cancellation">Gives up.</param>
internal sealed record McpCall(OpenStory Story, Snapshot Snapshot, string Client, CancellationToken Cancellation)
{
    /// <summary>What may be read by who has read the whole manuscript: for the last look at what is put together from several places.</summary>
    public ModelReading Everything => new(Snapshot, Snapshot.Narrative.ManuscriptCount > 0 ? Snapshot.Narrative.Scenes(Snapshot).ElementAtOrDefault(Snapshot.Narrative.ManuscriptCount - 1) : null);
}

/// <summary>What a tool answers.</summary>
/// <param name="Text">The text.</param>
/// <param name="Reading">What may be said in it.</param>
internal sealed record McpAnswer(string Text, ModelReading Reading);
