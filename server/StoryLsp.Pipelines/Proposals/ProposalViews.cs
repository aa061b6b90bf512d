using System.Globalization;
using System.Text;
using StoryLsp.Language.Text;

namespace StoryLsp.Pipelines.Proposals;

/// <summary>A file before and after.</summary>
/// <param name="Path">Workspace-relative path with <c>/</c>.</param>
/// <param name="Before">Today's text; null where there is no file.</param>
/// <param name="After">The text with the hunks; null where the file is taken away.</param>
public sealed record FileView(string Path, string? Before, string? After);

/// <summary>A proposal as a page to read.</summary>
/// <param name="Text">Markdown.</param>
/// <param name="Lines">The line (from 0) of each hunk's heading, by the hunk's id.</param>
public sealed record ReviewPage(string Text, IReadOnlyDictionary<int, int> Lines);

/// <summary>A proposal to be looked at. Nothing is changed by it.</summary>
public static class ProposalViews
{
    /// <summary>The files of a proposal before and after, by path.</summary>
    /// <param name="proposal">The proposal.</param>
    /// <param name="textOf">Today's text of a file.</param>
    /// <param name="hunks">The hunks; null: all that are open.</param>
    public static IReadOnlyList<FileView> Texts(Proposal proposal, Func<string, SourceText?> textOf, IReadOnlySet<int>? hunks = null)
    {
        var placed = ProposalApplication.Place(proposal, textOf, hunks);
        var after = Projection.Texts(placed, textOf);
        return [.. placed.Select(hunk => hunk.Hunk.File).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Select(path => new FileView(path, textOf(path)?.Text, after.TryGetValue(path, out var text) ? text?.Text : textOf(path)?.Text))];
    }

    /// <summary>The page: what it is, what it does to the findings, and each hunk with the words that go and come.</summary>
    /// <param name="proposal">The proposal.</param>
    /// <param name="textOf">Today's text of a file, to tell what is stale; null where that does not matter.</param>
    public static ReviewPage Page(Proposal proposal, Func<string, SourceText?>? textOf = null)
    {
        var text = new StringBuilder();
        var lines = new Dictionary<int, int>();
        var line = 0;
        void Add(string written)
        {
            text.Append(written).Append('\n');
            line += 1 + written.Count(unit => unit == '\n');
        }

        var states = textOf is null ? [] : ProposalApplication.Place(proposal, textOf).ToDictionary(hunk => hunk.Hunk.Id, hunk => hunk.State);
        Add($"# {Title(proposal)}\n\n{proposal.Origin}");
        if (proposal.Findings is { } findings)
        {
            Add($"\nContinuity: {findings.Summary}.");
            foreach (var found in findings.List.Where(found => found.Severity == "error"))
            {
                Add($"- {found.File}: {found.Code}: {found.Message}");
            }
        }

        foreach (var hunk in proposal.Hunks)
        {
            Add("");
            lines[hunk.Id] = line;
            Add($"## {hunk.Id}. {hunk.Label}\n\n{hunk.File} · {StateOf(proposal, hunk, states.GetValueOrDefault(hunk.Id))}");
            if (hunk.Doubt is { } doubt && !proposal.Decisions.ContainsKey(hunk.Id))
            {
                Add("\n> " + doubt.ReplaceLineEndings(" "));
            }

            Add($"\n```diff\n{Difference(hunk)}```");
        }

        return new(text.ToString(), lines);
    }

    /// <summary>What a proposal is called.</summary>
    public static string Title(Proposal proposal) => proposal.Label ?? proposal.Hunks.FirstOrDefault()?.Label ?? proposal.Pipeline;

    /// <summary>What a hunk takes away and brings, line by line with <c>-</c> and <c>+</c>; the words that differ are not marked.</summary>
    public static string Difference(Hunk hunk)
    {
        var result = new StringBuilder();
        AddLines(result, "- ", hunk.Old);
        AddLines(result, "+ ", hunk.New);
        return result.ToString();
    }

    /// <summary>What is decided about a hunk, or what would become of it.</summary>
    public static string StateOf(Proposal proposal, Hunk hunk, HunkState state = HunkState.Fits)
    {
        var confidence = hunk.Confidence is { } sure ? string.Create(CultureInfo.InvariantCulture, $" · confidence {sure:0.##}") : "";
        return (proposal.Decisions.TryGetValue(hunk.Id, out var decision)
            ? decision == HunkDecision.Accepted ? "accepted" : "rejected"
            : state switch
            {
                HunkState.Stale => "stale: the text was changed at this place since",
                HunkState.AlreadyApplied => "stands there already",
                _ => hunk.IsTicked ? "ticked" : "not ticked",
            }) + confidence;
    }

    private static void AddLines(StringBuilder result, string mark, string text)
    {
        if (text.Length == 0)
        {
            return;
        }

        foreach (var line in text.ReplaceLineEndings("\n").Trim('\n').Split('\n'))
        {
            result.Append(mark).Append(line).Append('\n');
        }
    }
}
