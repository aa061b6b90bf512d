using System.CommandLine;
using System.Text.Json;
using StoryLsp.Cli.Output;
using StoryLsp.Index;

namespace StoryLsp.Cli.Commands;

/// <summary><c>storylsp search</c>: full text and names, with places.</summary>
internal static class SearchCommand
{
    public static Command Create()
    {
        var text = new Argument<string[]>("TEXT") { Arity = ArgumentArity.OneOrMore, Description = "Words; in quotes they stand side by side." };
        var path = new Option<string?>("--path") { Description = "The story's folder; the current folder when left out." };
        var limit = new Option<int>("--limit") { DefaultValueFactory = _ => 100, Description = "The most places to show." };
        var format = new Option<string>("--format") { DefaultValueFactory = _ => "text", Description = "text or json." };
        format.AcceptOnlyFromAmong("text", "json");
        var command = new Command("search", "Search the text and the names of a story; exit 1 when nothing is found.") { text, path, limit, format };
        command.SetAction((parsed, cancellation) => RunAsync(
            string.Join(' ', parsed.GetValue(text)!), parsed.GetValue(path), parsed.GetValue(limit), parsed.GetValue(format) == "json", cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string text, string? path, int limit, bool isJson, CancellationToken cancellationToken)
    {
        await using var story = await OpenStory.OpenAsync(path, cancellationToken).ConfigureAwait(false);
        var hits = await story.Workspace.SearchAsync(text, limit, cancellationToken).ConfigureAwait(false);
        if (isJson)
        {
            await using var output = Console.OpenStandardOutput();
            WriteJson(output, story.Snapshot, hits);
        }
        else
        {
            foreach (var hit in hits)
            {
                var what = ContainerOf(story.Snapshot, hit) is { } container ? $"  [{container.Type} {story.Snapshot.IdOf(container)}]" : "";
                Console.Out.WriteLine($"{hit.Path}:{hit.Range.Start.Line + 1}:{hit.Range.Start.Character + 1}: {hit.Snippet.ReplaceLineEndings(" ").Trim()}{what}");
            }
        }

        return hits.Count == 0 ? 1 : 0;
    }

    // What is named, or what owns the text.
    private static Container? ContainerOf(Snapshot snapshot, SearchHit hit) => hit.Container ?? snapshot.ContainerAt(hit.Path, hit.Span.Start);

    private static void WriteJson(Stream output, Snapshot snapshot, IReadOnlyList<SearchHit> hits)
    {
        using (var writer = new Utf8JsonWriter(output, JsonFindings.Options))
        {
            writer.WriteStartArray();
            foreach (var hit in hits)
            {
                writer.WriteStartObject();
                writer.WriteString("file", hit.Path);
                writer.WriteNumber("line", hit.Range.Start.Line);
                writer.WriteNumber("character", hit.Range.Start.Character);
                writer.WriteString("text", hit.Snippet);
                if (ContainerOf(snapshot, hit) is { } container)
                {
                    writer.WriteString("container", snapshot.IdOf(container));
                    writer.WriteString("type", container.Type);
                }

                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        output.WriteByte((byte)'\n');
    }
}
