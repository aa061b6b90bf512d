using System.CommandLine;
using System.Text;
using System.Text.Json;
using Spectre.Console;
using StoryLsp.Cli.Output;
using StoryLsp.Continuity.Mystery;
using StoryLsp.Index;

namespace StoryLsp.Cli.Commands;

/// <summary><c>storylsp fairness</c>: the ledger of a mystery.</summary>
internal static class FairnessCommand
{
    public static Command Create()
    {
        var name = new Argument<string>("CASE") { Description = "The case, by its id or name." };
        var path = new Argument<string?>("PATH") { Arity = ArgumentArity.ZeroOrOne, Description = "The story's folder; the current folder when left out." };
        var format = new Option<string>("--format") { DefaultValueFactory = _ => "text", Description = "text or json." };
        format.AcceptOnlyFromAmong("text", "json");
        var command = new Command("fairness", "Show who could know each clue of a mystery, and when; exit 1 when it is not fair to the reader, 2 when nobody can say.") { name, path, format };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(name)!, parsed.GetValue(path), parsed.GetValue(format) == "json", cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string name, string? path, bool isJson, CancellationToken cancellationToken)
    {
        await using var story = await OpenStory.OpenAsync(path, cancellationToken).ConfigureAwait(false);
        var ledger = FairnessLedger.Of(story.Snapshot, Find(story.Snapshot, name));
        await using var output = Console.OpenStandardOutput();
        if (isJson)
        {
            WriteJson(output, ledger);
        }
        else
        {
            WriteText(output, ledger);
        }

        if (ledger.IsFair is not { } isFair)
        {
            throw new CommandFailure($"nobody can say whether {ledger.Name} is fair: it has no `reveal` that names a scene. Add one to the case.");
        }

        return isFair ? 0 : 1;
    }

    private static Container Find(Snapshot snapshot, string name)
    {
        var found = snapshot.Resolve(name, "case");
        if (found.Container is { } mystery && snapshot.Schemas.IsKindOf(mystery.Type, "case"))
        {
            return mystery;
        }

        var all = (found.Kind == ResolutionKind.Ambiguous ? found.Candidates : snapshot.ContainersOf("case")).Select(snapshot.IdOf).Order(StringComparer.Ordinal).ToList();
        throw new CommandFailure(
            found.Kind == ResolutionKind.Ambiguous ? $"`{name}` names several cases: {string.Join(", ", all)}. Use an id."
            : all.Count == 0 ? "this story has no case. A case is a file with `type: case`."
            : $"there is no case `{name}`. The cases: {string.Join(", ", all)}.");
    }

    private static void WriteText(Stream output, FairnessLedger ledger)
    {
        using var writer = new StreamWriter(output, new UTF8Encoding(false));
        writer.WriteLine(ledger.Reveal is { } reveal ? $"{ledger.Name}: solved in {Title(reveal)}" : ledger.Name);
        writer.WriteLine();
        var table = new Table { Border = Console.IsOutputRedirected ? TableBorder.Ascii : TableBorder.Rounded };
        foreach (var column in (string[])["Clue", "", "Planted", ledger.Detective is { } detective ? $"{detective} sees it" : "Detective sees it", "Reader can know"])
        {
            table.AddColumn(new TableColumn(new Text(column)) { NoWrap = Console.IsOutputRedirected });
        }

        foreach (var clue in ledger.Clues)
        {
            var kind = clue.IsRedHerring ? "red herring" : clue.IsEssential ? "essential" : "";
            table.AddRow(new Text(clue.Name), new Text(kind), new Text(Title(clue.Planted)), new Text(Title(clue.DetectiveSees)), new Text(Title(clue.ReaderKnows)));
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer), Ansi = AnsiSupport.No });
        if (Console.IsOutputRedirected)
        {
            // A pipe has no width; a table must not be cut to a guess.
            console.Profile.Width = 10_000;
        }

        console.Write(table);
        foreach (var fault in ledger.Faults)
        {
            writer.WriteLine(fault);
        }

        if (ledger.IsFair is { } isFair)
        {
            writer.WriteLine(isFair ? "Fair: a reader could have known all of it." : "Not fair.");
        }
    }

    private static string Title(LedgerScene? scene) => scene is null ? "-" : scene.Number is { } number ? $"{scene.Title} (scene {number})" : $"{scene.Title} (not in the manuscript)";

    private static void WriteJson(Stream output, FairnessLedger ledger)
    {
        using (var writer = new Utf8JsonWriter(output, JsonFindings.Options))
        {
            writer.WriteStartObject();
            writer.WriteString("case", ledger.Id);
            writer.WriteString("name", ledger.Name);
            if (ledger.IsFair is { } isFair)
            {
                writer.WriteBoolean("fair", isFair);
            }

            if (ledger.Detective is { } detective)
            {
                writer.WriteString("detective", detective);
            }

            WriteScene(writer, "reveal", ledger.Reveal);
            writer.WriteStartArray("clues");
            foreach (var clue in ledger.Clues)
            {
                writer.WriteStartObject();
                writer.WriteString("id", clue.Id);
                writer.WriteString("name", clue.Name);
                writer.WriteBoolean("essential", clue.IsEssential);
                writer.WriteBoolean("redHerring", clue.IsRedHerring);
                writer.WriteBoolean("inTime", clue.IsInTime);
                WriteScene(writer, "planted", clue.Planted);
                WriteScene(writer, "detectiveSees", clue.DetectiveSees);
                WriteScene(writer, "readerKnows", clue.ReaderKnows);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteStartArray("faults");
            foreach (var fault in ledger.Faults)
            {
                writer.WriteStringValue(fault);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        output.WriteByte((byte)'\n');
    }

    private static void WriteScene(Utf8JsonWriter writer, string name, LedgerScene? scene)
    {
        if (scene is null)
        {
            return;
        }

        writer.WriteStartObject(name);
        writer.WriteString("scene", scene.Id);
        writer.WriteString("title", scene.Title);
        if (scene.Number is { } number)
        {
            writer.WriteNumber("number", number);
        }

        writer.WriteEndObject();
    }
}
