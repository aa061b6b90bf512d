using System.Text;
using StoryLsp.Index;

namespace StoryLsp.Cli.Mcp;

/// <summary>Full text and names.</summary>
internal sealed class SearchTool : IMcpTool
{
    private const int MostRead = 400;

    public string Name => "search";

    public string Title => "Search the story";

    public string Description => "Searches the text and the names of the story. Words are found in any order; in double quotes they stand side by side. Each line of the answer is a place: file, line, what it stands in (type and id), and the text there. With `as_of`, only what a reader has come to by that scene.";

    public string InputSchema => """
        {"type": "object", "required": ["query"], "additionalProperties": false, "properties": {
          "query": {"type": "string", "description": "Words to look for."},
          "as_of": {"type": "string", "description": "Id of a scene: leave out what comes after it."},
          "limit": {"type": "integer", "minimum": 1, "maximum": 100, "description": "The most places; 30 when left out."}}}
        """;

    public bool IsReadOnly => true;

    public async Task<McpAnswer> RunAsync(McpArguments arguments, McpCall call)
    {
        var limit = arguments.Number("limit", 1, 100, 30);
        var asOf = McpNames.Scene(call.Snapshot, arguments.OptionalText("as_of"));
        var hits = await call.Story.Workspace.SearchAsync(arguments.Text("query"), MostRead, call.Cancellation).ConfigureAwait(false);
        var places = new Places(call.Snapshot, asOf);
        var text = new StringBuilder();
        var count = 0;
        foreach (var line in hits.Select(places.Line).OfType<string>().Take(limit + 1))
        {
            call.Cancellation.ThrowIfCancellationRequested();
            text.Append(++count <= limit ? line : "There is more; say more words, or ask with a greater `limit`.").Append('\n');
        }

        text.Append(count == 0 ? "Nothing is found.\n" : "");
        return new(text.ToString(), asOf is null ? call.Everything : new(call.Snapshot, asOf));
    }

    /// <summary>The places that may be told, each as at its own place of the story.</summary>
    private sealed class Places(Snapshot snapshot, Container? asOf)
    {
        private readonly Dictionary<(string Path, ContainerKey? Place), PublicFile?> _files = [];

        public string? Line(SearchHit hit)
        {
            var container = hit.Container ?? snapshot.ContainerAt(hit.Path, hit.Span.Start);
            if (File(hit.Path, asOf ?? McpNames.PlaceOf(snapshot, container)) is not { } file || hit.Range.Start.Line >= file.Text.LineCount || file.Line(hit.Range.Start.Line) is null ||
                (container is not null && !(file.Reading.MayTell(container) && file.Reading.MayName(container))))
            {
                return null;
            }

            var snippet = hit.Snippet.ReplaceLineEndings(" ").Trim();
            return file.Reading.Secrets.Says(snippet, out _) ? null
                : $"{hit.Path}:{hit.Range.Start.Line + 1} [{(container is null ? "" : $"{file.Reading.TypeOf(container)} {file.Reading.IdOf(container)}")}] {snippet}";
        }

        private PublicFile? File(string path, Container? place)
        {
            if (!_files.TryGetValue((path, place?.Key), out var file))
            {
                _files[(path, place?.Key)] = file = PublicFile.Of(snapshot, path, place);
            }

            return file;
        }
    }
}
