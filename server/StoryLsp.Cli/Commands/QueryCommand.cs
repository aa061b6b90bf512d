using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Spectre.Console;
using StoryLsp.Cli.Output;
using StoryLsp.Continuity.Reports;
using StoryLsp.Index;

namespace StoryLsp.Cli.Commands;

/// <summary><c>storylsp query</c>: read-only SQL over the index.</summary>
internal static class QueryCommand
{
    public static Command Create()
    {
        var words = new Argument<string[]>("[PATH] SQL") { Arity = new ArgumentArity(1, 2), Description = "The story's folder, when it is not the current one, and the question." };
        var format = new Option<string>("--format") { DefaultValueFactory = _ => "table", Description = "table, json or csv." };
        format.AcceptOnlyFromAmong("table", "json", "csv");
        var command = new Command("query", "Ask the index in SQL; nothing can be changed. Tables: see the page on the index.") { words, format };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(words)!, parsed.GetValue(format)!, cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string[] words, string format, CancellationToken cancellationToken)
    {
        await using var story = await OpenStory.OpenAsync(words.Length > 1 ? words[0] : null, cancellationToken).ConfigureAwait(false);
        QueryResult result;
        try
        {
            result = await story.Workspace.QueryAsync(words[^1], [Manuscript(story.Snapshot), Findings(story)], cancellationToken).ConfigureAwait(false);
        }
        catch (QueryException exception)
        {
            throw new CommandFailure(exception.Message);
        }

        await using var output = Console.OpenStandardOutput();
        switch (format)
        {
            case "json":
                WriteJson(output, result);
                break;
            case "csv":
                WriteCsv(output, result);
                break;
            default:
                WriteTable(output, result);
                break;
        }

        return 0;
    }

    // What crosses documents is computed, not stored; it is asked for like any other table.
    private static QueryTable Manuscript(Snapshot snapshot) => new(
        "manuscript",
        ["position", "id", "name", "path"],
        snapshot.Narrative.Scenes(snapshot).Select((scene, position) => (IReadOnlyList<object?>)[position + 1L, snapshot.IdOf(scene), scene.Name, scene.Path]));

    private static QueryTable Findings(OpenStory story) => new(
        "findings",
        ["path", "line", "character", "severity", "code", "message"],
        CheckReport.Of(story.Snapshot, story.Findings, story.Covers).Findings.Select(found => (IReadOnlyList<object?>)
            [found.File, found.Range.Start.Line + 1L, found.Range.Start.Character + 1L, FindingOutput.Word(found.Severity), found.Code, found.Message]));

    private static void WriteTable(Stream output, QueryResult result)
    {
        using var writer = new StreamWriter(output, new UTF8Encoding(false));
        var table = new Table { Border = Console.IsOutputRedirected ? TableBorder.Ascii : TableBorder.Rounded };
        foreach (var column in result.Columns)
        {
            table.AddColumn(new TableColumn(new Text(column)) { NoWrap = true });
        }

        foreach (var row in result.Rows)
        {
            table.AddRow(row.Select(value => new Text(Word(value))));
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer), Ansi = AnsiSupport.No });
        if (Console.IsOutputRedirected)
        {
            // A pipe has no width; a table must not be cut to a guess.
            console.Profile.Width = 10_000;
        }

        console.Write(table);
        writer.WriteLine(result.Rows.Count == 1 ? "1 row" : $"{result.Rows.Count} rows");
    }

    private static void WriteCsv(Stream output, QueryResult result)
    {
        using var writer = new StreamWriter(output, new UTF8Encoding(false)) { NewLine = "\r\n" };
        foreach (var row in result.Rows.Prepend([.. result.Columns]))
        {
            writer.WriteLine(string.Join(',', row.Select(value => Quoted(Word(value)))));
        }
    }

    private static void WriteJson(Stream output, QueryResult result)
    {
        using (var writer = new Utf8JsonWriter(output, JsonFindings.Options))
        {
            writer.WriteStartArray();
            foreach (var row in result.Rows)
            {
                writer.WriteStartObject();
                for (var i = 0; i < row.Count; i++)
                {
                    writer.WritePropertyName(result.Columns[i]);
                    WriteValue(writer, row[i]);
                }

                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        output.WriteByte((byte)'\n');
    }

    private static void WriteValue(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case double number when double.IsFinite(number):
                writer.WriteNumberValue(number);
                break;
            default:
                writer.WriteStringValue(Word(value));
                break;
        }
    }

    private static string Word(object? value) => value switch
    {
        null => "",
        byte[] bytes => Convert.ToHexStringLower(bytes),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string Quoted(string text) => text.IndexOfAny([',', '"', '\n', '\r']) < 0 ? text : "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
