using System.Text.Json.Nodes;
using StoryLsp.Testing;

namespace StoryLsp.Server.Tests.Sessions;

/// <summary>What an editor and the server said to each other, as <c>tests/editors/record/run</c> recorded it.</summary>
internal sealed class RecordedSession
{
    /// <summary>What stands in a recording for the address and the path of the story.</summary>
    private const string Address = "file:///story", FolderPath = "\"/story";

    private RecordedSession(IReadOnlyList<RecordedMessage> messages, JsonNode end) => (Messages, End) = (messages, end);

    public IReadOnlyList<RecordedMessage> Messages { get; }

    private JsonNode End { get; }

    /// <summary>The texts with which the editor ended, by path.</summary>
    public IReadOnlyDictionary<string, string> Texts => End["texts"]!.AsObject().ToDictionary(text => text.Key, text => text.Value!.GetValue<string>());

    /// <summary>The findings of the open files with which the editor ended, by path: the line, counted from 0, and the code.</summary>
    public IReadOnlyDictionary<string, string[]> Findings =>
        End["findings"]!.AsObject().ToDictionary(file => file.Key, file => file.Value is JsonArray list ? list.Select(finding => finding!.GetValue<string>()).Order(StringComparer.Ordinal).ToArray() : []);

    public JsonNode Capabilities => Messages.First(one => one.Message["method"]?.GetValue<string>() == "initialize").Message["params"]!["capabilities"]!;

    public static IEnumerable<string> All => Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests", "data", "sessions"), "*.jsonl").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal)!;

    /// <summary>Reads a session as it would have been in this folder.</summary>
    /// <param name="name">The name of its file.</param>
    /// <param name="address">The folder's address.</param>
    /// <param name="folder">The folder's path.</param>
    public static RecordedSession Read(string name, string address, string folder)
    {
        var lines = File.ReadLines(Path.Combine(Repository.Root, "tests", "data", "sessions", name + ".jsonl"))
            .Select(line => JsonNode.Parse(line.Replace(Address, address, StringComparison.Ordinal).Replace(FolderPath, "\"" + folder, StringComparison.Ordinal))!).ToList();
        return new(lines.SkipLast(1).Select(line => new RecordedMessage(line["from"]!.GetValue<string>() == "editor", line["message"]!.AsObject())).ToList(), lines[^1]);
    }
}

/// <summary>One message of a session.</summary>
internal sealed record RecordedMessage(bool IsOfEditor, JsonObject Message)
{
    public string? Method => Message["method"]?.GetValue<string>();

    /// <summary>The id of a request or of an answer; null for a notification.</summary>
    public string? Id => Message["id"]?.ToJsonString();

    public bool IsRequest => Method is not null && Id is not null;

    public bool IsAnswer => Method is null;
}
