using System.Globalization;
using System.Text;

namespace StoryLsp.Cli.Mcp;

/// <summary>The lines of a file, as they stand there.</summary>
internal sealed class ReadFileTool : IMcpTool
{
    private const string Kept = "[this line is not told]";

    public string Name => "read_file";

    public string Title => "Read a file of the story";

    public string Description => "The lines of a file of the story as they stand there, without their numbers: what `propose_edit` and `check_draft` take as `old` is copied from here, letter by letter. A line that is not told stands as " + Kept + ".";

    public string InputSchema => """
        {"type": "object", "required": ["path"], "additionalProperties": false, "properties": {
          "path": {"type": "string", "description": "Path inside the story, as search and list_findings give it."},
          "from": {"type": "integer", "minimum": 1, "description": "The first line; 1 when left out."},
          "lines": {"type": "integer", "minimum": 1, "maximum": 2000, "description": "How many lines; 400 when left out."}}}
        """;

    public bool IsReadOnly => true;

    public Task<McpAnswer> RunAsync(McpArguments arguments, McpCall call)
    {
        var file = PublicFile.Of(call.Snapshot, arguments.Text("path")) ?? throw new McpFailure("The story has no file of that path that may be read. Give it as `search` does, with `/`.");
        var (from, count) = (arguments.Number("from", 1, int.MaxValue, 1), arguments.Number("lines", 1, 2000, 400));
        var text = new StringBuilder();
        for (var line = from - 1; line < Math.Min((long)file.Text.LineCount, (long)from - 1 + count); line++)
        {
            text.Append(file.Line(line) ?? Kept).Append('\n');
        }

        text.Append(file.Text.LineCount > (long)from - 1 + count ? string.Create(CultureInfo.InvariantCulture, $"[{file.Text.LineCount - (from - 1 + count)} more lines; ask with `from`: {from + count}]\n") : "");
        return Task.FromResult(new McpAnswer(text.ToString(), file.Reading));
    }
}
