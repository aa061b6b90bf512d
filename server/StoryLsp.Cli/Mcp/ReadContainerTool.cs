using StoryLsp.Index;
using StoryLsp.Pipelines.Secrets;

namespace StoryLsp.Cli.Mcp;

/// <summary>A character, place, thing or scene, as of a scene.</summary>
internal sealed class ReadContainerTool : IMcpTool
{
    public string Name => "read_container";

    public string Title => "Read a character, place, thing or scene";

    public string Description => "Reads anything that has an id: its attributes and its text. With `as_of`, as it stands when that scene begins: who is alive, how old, where, who has and knows what; without, a scene as its own reader has it, and anything else as before the first scene.";

    public string InputSchema => """
        {"type": "object", "required": ["id"], "additionalProperties": false, "properties": {
          "id": {"type": "string", "description": "The id or the name."},
          "as_of": {"type": "string", "description": "Id of the scene as of which it is read."}}}
        """;

    public bool IsReadOnly => true;

    public Task<McpAnswer> RunAsync(McpArguments arguments, McpCall call)
    {
        var asOf = McpNames.Scene(call.Snapshot, arguments.OptionalText("as_of"));
        return Task.FromResult(Read(call.Snapshot, arguments.Text("id"), asOf));
    }

    /// <summary>What is read by an id or a name.</summary>
    public static McpAnswer Read(Snapshot snapshot, string id, Container? asOf)
    {
        var container = McpNames.Find(snapshot, id, asOf);
        var reading = new ModelReading(snapshot, asOf ?? McpNames.PlaceOf(snapshot, container));
        if (!reading.MayTell(container))
        {
            throw new McpFailure(snapshot.Schemas.IsKindOf(container.Type, "scene") ? "That scene comes after the one as of which you read." : "Nothing of that may be told as of that scene.");
        }

        var text = $"# {reading.NameOf(container)}\n\nid: {reading.IdOf(container)}\n{reading.CardOf(container)}";
        return new(reading.ProseOf(container) is { Length: > 0 } prose ? $"{text}\n{prose}\n" : text, reading);
    }
}
