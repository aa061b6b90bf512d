using System.Globalization;
using System.Text;
using StoryLsp.Features.Overviews;
using StoryLsp.Pipelines.Secrets;

namespace StoryLsp.Cli.Mcp;

/// <summary>Which scene happens when.</summary>
internal sealed class ReadTimelineTool : IMcpTool
{
    public string Name => "read_timeline";

    public string Title => "What happens when";

    public string Description => "The scenes in the order in which they happen: when, where, who is there, and which scene it is in the order of reading. With `as_of`, only those that a reader has come to by that scene. Long stories come in parts: ask again with `from`.";

    public string InputSchema => """
        {"type": "object", "additionalProperties": false, "properties": {
          "as_of": {"type": "string", "description": "Id of a scene: leave out what comes after it in the book."},
          "from": {"type": "integer", "minimum": 1, "description": "The number of the first entry; 1 when left out."},
          "limit": {"type": "integer", "minimum": 1, "maximum": 500, "description": "The most entries; 200 when left out."}}}
        """;

    public bool IsReadOnly => true;

    public Task<McpAnswer> RunAsync(McpArguments arguments, McpCall call)
    {
        var (from, limit) = (arguments.Number("from", 1, int.MaxValue, 1), arguments.Number("limit", 1, 500, 200));
        var asOf = McpNames.Scene(call.Snapshot, arguments.OptionalText("as_of"));
        var reading = asOf is null ? call.Everything : new ModelReading(call.Snapshot, asOf);
        var moments = TimelineOverview.Of(call.Snapshot).Where(moment => reading.MayTell(moment.Container) && reading.MayName(moment.Container)).ToList();
        var text = new StringBuilder("# Timeline\n\n");
        foreach (var (moment, number) in moments.Select((moment, index) => (moment, index + 1)).Skip(from - 1).Take(limit))
        {
            call.Cancellation.ThrowIfCancellationRequested();
            var there = string.Join(", ", moment.Present.Where(reading.MayName).Select(reading.IdOf));
            var place = moment.Location is { } location && reading.MayName(location) ? $" at {reading.IdOf(location)}" : "";
            text.Append(CultureInfo.InvariantCulture, $"{number}. {moment.Label}: {reading.NameOf(moment.Container)} ({reading.IdOf(moment.Container)}{(moment.Order is { } order ? $", scene {order}" : "")}{(moment.Told is { } told ? ", " + told : "")}){place}{(there.Length > 0 ? ": " + there : "")}\n");
        }

        text.Append(moments.Count == 0 ? "No scene is written yet.\n" : moments.Count > from - 1 + limit ? $"\n{moments.Count - (from - 1 + limit)} more; ask with `from`: {from + limit}.\n" : "");
        return Task.FromResult(new McpAnswer(text.ToString(), reading));
    }
}
