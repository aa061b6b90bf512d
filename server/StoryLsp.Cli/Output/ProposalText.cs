using System.Text;
using StoryLsp.Language.Text;
using StoryLsp.Pipelines.Proposals;

namespace StoryLsp.Cli.Output;

/// <summary>A proposal as text for a person; on a terminal the words that go and come are marked.</summary>
internal static class ProposalText
{
    private const string Gone = "\u001b[31m";
    private const string Come = "\u001b[32m";
    private const string Plain = "\u001b[0m";

    public static void Print(Proposal proposal, Func<string, SourceText?>? textOf)
    {
        var states = textOf is null ? [] : ProposalApplication.Place(proposal, textOf).ToDictionary(hunk => hunk.Hunk.Id, hunk => hunk.State);
        var marks = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null or "";
        Console.Out.WriteLine($"{proposal.Id}  {proposal.Pipeline} of {proposal.Input}");
        Console.Out.WriteLine(proposal.Origin);
        if (proposal.Findings is { } findings)
        {
            Console.Out.WriteLine($"Continuity: {findings.Summary}.");
            foreach (var found in findings.List.Where(found => found.Severity == "error"))
            {
                Console.Out.WriteLine($"  {found.File}: {found.Code}: {found.Message.ReplaceLineEndings(" ")}");
            }
        }

        foreach (var hunk in proposal.Hunks)
        {
            var state = ProposalViews.StateOf(proposal, hunk, states.GetValueOrDefault(hunk.Id));
            Console.Out.WriteLine();
            Console.Out.WriteLine($"#{hunk.Id} {hunk.File}: {hunk.Label}{(state == "ticked" ? "" : $" ({state})")}");
            if (hunk.Doubt is { } doubt && !proposal.Decisions.ContainsKey(hunk.Id))
            {
                Console.Out.WriteLine("  ! " + doubt.ReplaceLineEndings(" "));
            }

            var words = marks && hunk.Old.Length > 0 && hunk.New.Length > 0 ? WordMarks.Of(hunk.Old, hunk.New) : new([], []);
            PrintLines('-', Marked(hunk.Old, words.Old, Gone));
            PrintLines('+', Marked(hunk.New, words.New, Come));
        }

        Console.Out.WriteLine();
    }

    /// <summary>How many hunks it has, and how many are open.</summary>
    public static string Counts(Proposal proposal)
    {
        var open = proposal.Open.Count();
        var all = proposal.Hunks.Count == 1 ? "1 hunk" : $"{proposal.Hunks.Count} hunks";
        return open == proposal.Hunks.Count ? all : $"{all}, {open} open";
    }

    /// <summary>Hunks by their numbers, as <c>hunks 1, 2</c>.</summary>
    public static string Hunks(IReadOnlyCollection<int> hunks) => (hunks.Count == 1 ? "hunk " : "hunks ") + string.Join(", ", hunks);

    private static void PrintLines(char mark, string text)
    {
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n').Where(line => line.Trim().Length > 0))
        {
            Console.Out.WriteLine($"  {mark} {line}");
        }
    }

    private static string Marked(string text, IReadOnlyList<TextSpan> spans, string colour)
    {
        var result = new StringBuilder();
        var at = 0;
        foreach (var span in spans)
        {
            result.Append(text, at, span.Start - at).Append(colour).Append(text, span.Start, span.Length).Append(Plain);
            at = span.End;
        }

        return result.Append(text, at, text.Length - at).ToString();
    }
}
