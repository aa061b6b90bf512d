using StoryLsp.Index;
using StoryLsp.Language.Text;
using StoryLsp.Pipelines.Proposals;
using StoryLsp.Pipelines.Secrets;

namespace StoryLsp.Cli.Mcp;

/// <summary>A change that a client has in mind: a new file, or passages of one that there is. It can only touch what the client may read.</summary>
internal static class McpDraft
{
    /// <summary>The arguments of the tools that take one.</summary>
    public const string Properties = """
        "path": {"type": "string", "description": "Path of the file inside the story, with `/`."},
          "edits": {"type": "array", "description": "Passages of a file that there is, each as it stands there (see read_file) and as it is to be.", "items": {"type": "object", "required": ["old", "new"], "properties": {
            "old": {"type": "string", "description": "The passage, letter by letter, so long that it stands in the file once."},
            "new": {"type": "string", "description": "What is to stand in its place; empty to take it away."}}}},
          "text": {"type": "string", "description": "Instead of `edits`: the whole text of a new file, or of one of which every line is told."}
        """;

    private const string Model = "mcp";

    /// <summary>The change as a proposal that is kept nowhere yet.</summary>
    /// <exception cref="McpFailure">It cannot be made.</exception>
    public static Proposal Of(McpArguments arguments, McpCall call, string label)
    {
        var path = arguments.Text("path").Replace('\\', '/');
        if (PublicLines.IsSettings(path))
        {
            throw new McpFailure("That file is for the settings of the story. They are neither told nor changed from here; ask the writer.");
        }

        var edits = arguments.List("edits");
        var text = arguments.WholeText("text");
        if ((text is null) == (edits.Count == 0))
        {
            throw new McpFailure("Give either `edits` or `text`.");
        }

        return ProposalBuilder.Build(
            new ProposalRequest
            {
                Run = Model,
                Pipeline = Model,
                Model = call.Client,
                Provider = Model,
                Origin = $"Proposed by {call.Client}, which asked over MCP.",
                Input = call.Snapshot.ContainersIn(path) is [var first, ..] ? call.Snapshot.IdOf(first) : path,
                Label = label,
                At = DateTimeOffset.UtcNow,
                Files = text is null ? [] : [Whole(call.Snapshot, path, text)],
                Edits = text is null ? [Passages(call.Snapshot, path, edits)] : [],
            },
            call.Snapshot);
    }

    private static FileDraft Whole(Snapshot snapshot, string path, string text)
    {
        if (!snapshot.Files.Contains(path))
        {
            return new(path, null, text);
        }

        return PublicFile.Of(snapshot, path) is { IsWhole: true } ? new(path, null, text)
            : throw new McpFailure("Not every line of that file is told, so its whole text cannot be given: what is not told would be lost. Give `edits` of the passages that you have read.");
    }

    private static FileEdits Passages(Snapshot snapshot, string path, IReadOnlyList<McpArguments> edits)
    {
        var file = PublicFile.Of(snapshot, path) ?? throw new McpFailure("The story has no file of that path that may be edited. Give `text` for a new file.");
        var result = new List<LabelledEdit>();
        foreach (var (edit, number) in edits.Select((edit, index) => (edit, index + 1)))
        {
            var old = edit.WholeText("old");
            if (string.IsNullOrEmpty(old))
            {
                throw new McpFailure($"Edit {number} has no `old`. To add something, give the passage before it as `old`, and in `new` the same passage with what follows it.");
            }

            var span = file.Find(old, out var isOften) ?? throw new McpFailure(isOften
                ? $"The `old` of edit {number} stands in the file several times. Give more of what stands around it."
                : $"The `old` of edit {number} does not stand in the file. Copy it from read_file, letter by letter.");
            result.Add(new(new TextEdit(span, LineEnds(file.Text, edit.WholeText("new") ?? throw new McpFailure($"Edit {number} has no `new`.")))));
        }

        return new(path, result);
    }

    private static string LineEnds(SourceText text, string written) =>
        text.DominantLineEnding is var end && end != "\n" && !written.Contains('\r', StringComparison.Ordinal) ? written.Replace("\n", end, StringComparison.Ordinal) : written;
}
