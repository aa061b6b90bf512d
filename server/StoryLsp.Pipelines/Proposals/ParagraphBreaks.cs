namespace StoryLsp.Pipelines.Proposals;

/// <summary>What the sentences of a new paragraph (the paragraphs of a new file) become where only some of them are taken, in whatever order.</summary>
internal static class ParagraphBreaks
{
    /// <summary>The same hunks, with edits as they are when these and no others are taken.</summary>
    public static IReadOnlyList<PlacedHunk> Joined(Proposal proposal, IEnumerable<PlacedHunk> placed)
    {
        var hunks = placed.ToList();
        if (!hunks.Exists(hunk => hunk.Hunk.Paragraph is not null))
        {
            return hunks;
        }

        var there = hunks.Where(hunk => hunk.State == HunkState.AlreadyApplied).Select(hunk => hunk.Hunk.Id).ToHashSet();
        var taken = hunks.Where(hunk => hunk.Edit is not null).Select(hunk => hunk.Hunk.Id).ToHashSet();
        var members = Members(proposal);
        return [.. hunks.Select(hunk => hunk is { Edit: { } edit, Hunk.Paragraph: not null }
            ? hunk with { Edit = new(edit.Span, TextOf(proposal, members[KeyOf(hunk.Hunk)], hunk.Hunk, taken, there)) }
            : hunk)];
    }

    /// <summary>The hunk with the text that it brings when it alone is taken.</summary>
    public static Hunk Alone(Proposal proposal, Hunk hunk) => hunk.Paragraph is null ? hunk
        : hunk with { New = TextOf(proposal, [.. proposal.Hunks.Where(other => other.Paragraph is not null && KeyOf(other) == KeyOf(hunk))], hunk, new HashSet<int> { hunk.Id }, new HashSet<int>()) };

    /// <summary>Where an open hunk stands, and that it stands before others now, after some of its paragraph were taken.</summary>
    /// <param name="plan">What was carried out.</param>
    /// <param name="hunk">A hunk that is still open.</param>
    /// <param name="at">Its place, counted as if paragraphs were nothing.</param>
    public static (Hunk Hunk, int At) Settled(AcceptPlan plan, Hunk hunk, int at)
    {
        if (hunk.Paragraph is not { } part)
        {
            return (hunk, at);
        }

        var members = plan.Proposal.Hunks.Where(other => other.Paragraph is not null && KeyOf(other) == KeyOf(hunk)).ToList();
        var taken = plan.Placed.Where(placed => placed.Hunk.Paragraph is not null && KeyOf(placed.Hunk) == KeyOf(hunk)).Select(placed => placed.Hunk.Id).Order().ToList();
        var there = plan.Reports.Where(report => report.Outcome == HunkOutcome.AlreadyThere).Select(report => report.Hunk).ToHashSet();
        var written = members.Where(other => IsWritten(plan.Proposal, other, there)).Select(other => other.Id).ToList();
        if (taken.Count == 0)
        {
            return (hunk, at);
        }

        if (written.Count == 0)
        {
            return hunk.Id < taken[0] ? (hunk with { Paragraph = part with { IsBeforeRest = true } }, at + part.Break.Length)
                : (hunk, hunk.Id > taken[^1] ? at - part.End.Length : at);
        }

        if (!part.IsBeforeRest || taken[0] > hunk.Id)
        {
            return (hunk, at);
        }

        // It stood before the rest, and now stands behind one that came between: before what was put between that one and the rest.
        var last = taken.Last(id => id < hunk.Id);
        var lead = members.Where(other => other.Id > last && (taken.Contains(other.Id) || written.Contains(other.Id))).Select(other => other.Paragraph!.Lead).FirstOrDefault("");
        return (hunk with { Paragraph = part with { IsBeforeRest = false } }, at - lead.Length);
    }

    /// <summary>Whether the parts fit their hunks: what is read may come from anywhere, and what no hunk shows must not be written.</summary>
    public static bool AreSound(IEnumerable<Hunk> hunks)
    {
        foreach (var members in hunks.Where(hunk => hunk.Paragraph is not null).GroupBy(KeyOf))
        {
            var first = members.MinBy(hunk => hunk.Id)!.Paragraph!;
            var last = members.MaxBy(hunk => hunk.Id)!.Paragraph!;
            if (first.Lead != first.Break || !last.IsLast || members.Any(hunk => !IsSound(hunk, first)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsSound(Hunk hunk, ParagraphPart first)
    {
        var part = hunk.Paragraph!;
        return part.Break == first.Break && part.End == first.End && part.End.AsSpan().IsWhiteSpace() && (ReferenceEquals(part, first) || part.Lead.AsSpan().IsWhiteSpace()) &&
            hunk.New.Length >= part.Lead.Length + (part.IsLast ? part.End.Length : 0) && hunk.New.StartsWith(part.Lead, StringComparison.Ordinal) && (!part.IsLast || hunk.New.EndsWith(part.End, StringComparison.Ordinal));
    }

    private static string TextOf(Proposal proposal, List<Hunk> members, Hunk hunk, HashSet<int> taken, HashSet<int> there)
    {
        var part = hunk.Paragraph!;
        var words = part.WordsIn(hunk.New);
        bool IsWritten(Hunk other) => ParagraphBreaks.IsWritten(proposal, other, there);
        if (part.IsBeforeRest)
        {
            return words + members.Where(other => other.Id > hunk.Id && (taken.Contains(other.Id) || IsWritten(other))).Select(other => other.Paragraph!.Lead).FirstOrDefault("");
        }

        var isFirst = !members.Exists(other => other.Id < hunk.Id && (taken.Contains(other.Id) || IsWritten(other)));
        var closes = !members.Exists(other => IsWritten(other) || (other.Id > hunk.Id && taken.Contains(other.Id)));
        return (isFirst ? part.Break : part.Lead) + words + (closes ? part.End : "");
    }

    private static bool IsWritten(Proposal proposal, Hunk hunk, HashSet<int> there) =>
        there.Contains(hunk.Id) || (proposal.Decisions.TryGetValue(hunk.Id, out var decision) && decision == HunkDecision.Accepted);

    private static Dictionary<(string, int), List<Hunk>> Members(Proposal proposal) =>
        proposal.Hunks.Where(hunk => hunk.Paragraph is not null).GroupBy(KeyOf).ToDictionary(group => group.Key, group => group.OrderBy(hunk => hunk.Id).ToList());

    private static (string, int) KeyOf(Hunk hunk) => (hunk.File, hunk.Paragraph!.Number);
}
