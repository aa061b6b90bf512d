using System.Text;
using StoryLsp.Continuity.State;
using StoryLsp.Pipelines.Secrets;

namespace StoryLsp.Cli.Mcp;

/// <summary>The state of the world when a scene begins.</summary>
internal sealed class ReadFactsTool : IMcpTool
{
    private const int Most = 80;

    public string Name => "read_facts";

    public string Title => "How things stand when a scene begins";

    public string Description => "The state of the world when a scene begins: who is alive, how old, where, hurt, who has which item and knows which fact, and what else has changed by then. `who` asks for one of them.";

    public string InputSchema => """
        {"type": "object", "required": ["scene"], "additionalProperties": false, "properties": {
          "scene": {"type": "string", "description": "Id of the scene."},
          "who": {"type": "string", "description": "Id or name of one character, place or item."}}}
        """;

    public bool IsReadOnly => true;

    public Task<McpAnswer> RunAsync(McpArguments arguments, McpCall call)
    {
        var scene = McpNames.Scene(call.Snapshot, arguments.Text("scene"))!;
        var facts = SceneFacts.At(call.Snapshot, scene) ?? throw new McpFailure("Nothing says when that scene happens, so nothing is known of how things stand then.");
        var reading = new ModelReading(call.Snapshot, scene);
        var asked = arguments.OptionalText("who") is { } who ? [Told(McpNames.Find(call.Snapshot, who, scene), reading)] : facts.All().Select(one => one.Container).Where(one => reading.MayTell(one) && reading.MayName(one)).ToList();
        var text = new StringBuilder($"# When {reading.NameOf(scene)} begins\n");
        foreach (var one in asked.Take(Most))
        {
            var state = reading.StateOf(one);
            text.Append($"\n## {reading.NameOf(one)} ({reading.TypeOf(one)} {reading.IdOf(one)})\n\n").Append(state.Length > 0 ? state : "Nothing is known.\n");
        }

        text.Append(asked.Count > Most ? $"\n{asked.Count - Most} more; ask for one with `who`.\n" : "");
        return Task.FromResult(new McpAnswer(text.ToString(), reading));
    }

    private static Index.Container Told(Index.Container who, ModelReading reading) =>
        reading.MayTell(who) ? who : throw new McpFailure("Nothing of that may be told as of that scene.");
}
