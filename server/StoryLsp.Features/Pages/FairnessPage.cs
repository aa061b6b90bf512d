using System.Globalization;
using StoryLsp.Continuity.Mystery;
using StoryLsp.Index;

namespace StoryLsp.Features.Pages;

/// <summary>The page of who could know each clue of a mystery, and when.</summary>
public static class FairnessPage
{
    private const string None = "–";

    /// <summary>Writes the page.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="mystery">The case.</param>
    public static string Of(Snapshot snapshot, Container mystery) => PageText.Whole(Lines(FairnessLedger.Of(snapshot, mystery)));

    private static IEnumerable<string> Lines(FairnessLedger ledger)
    {
        yield return "# " + PageText.Line(ledger.Name) + ": is it fair?";
        yield return "";
        yield return ledger.IsFair switch
        {
            true => "**Fair**: a reader could have known all of it before it is told.",
            false => "**Not fair**: a reader could not have known it.",
            null => "Nobody can say: the case has no `reveal` that names a scene.",
        };
        if (ledger.Reveal is { } reveal)
        {
            yield return "It is solved in " + Title(reveal) + ".";
        }

        foreach (var fault in ledger.Faults)
        {
            yield return "";
            yield return "- " + PageText.Line(fault);
        }

        yield return "";
        yield return "## Clues";
        yield return "";
        if (ledger.Clues.Count == 0)
        {
            yield return "The case names none.";
            yield break;
        }

        string[] head = ["Clue", "", "Planted in", ledger.Detective is { } detective ? PageText.Line(detective) + " sees it in" : "The detective sees it in", "A reader can know it from"];
        foreach (var line in Table([head, .. ledger.Clues.Select(Row)]))
        {
            yield return line;
        }
    }

    private static string[] Row(LedgerClue clue) =>
        [PageText.Line(clue.Name), clue.IsRedHerring ? "red herring" : clue.IsEssential ? "essential" : "", Title(clue.Planted), Title(clue.DetectiveSees), Title(clue.ReaderKnows)];

    private static string Title(LedgerScene? scene) => scene is null ? None
        : PageText.Line(scene.Title) + (scene.Number is { } number ? " (scene " + number.ToString(CultureInfo.InvariantCulture) + ")" : " (not in the manuscript)");

    // The page is read as it is more often than rendered, so that its columns stand beneath each other.
    private static IEnumerable<string> Table(IReadOnlyList<string[]> rows)
    {
        var cells = rows.Select(row => row.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)).ToArray()).ToList();
        var widths = Enumerable.Range(0, cells[0].Length).Select(column => Math.Max(3, cells.Max(row => row[column].Length))).ToArray();
        yield return Line(cells[0]);
        yield return "|" + string.Concat(widths.Select(width => new string('-', width + 2) + "|"));
        foreach (var row in cells.Skip(1))
        {
            yield return Line(row);
        }

        string Line(string[] row) => "|" + string.Concat(row.Select((cell, column) => " " + cell.PadRight(widths[column]) + " |"));
    }
}
