using StoryLsp.Index;
using StoryLsp.Language.Text;

namespace StoryLsp.Pipelines.Proposals;

/// <summary>Places the hunks of a proposal in today's texts.</summary>
public static class ProposalApplication
{
    /// <summary>Places hunks; a file that cannot be read makes its hunks stale, but for those of a file that is new.</summary>
    /// <param name="proposal">The proposal.</param>
    /// <param name="textOf">Today's text of a file, or null.</param>
    /// <param name="only">The ids of the hunks wanted; null means all that are not decided.</param>
    public static IReadOnlyList<PlacedHunk> Place(Proposal proposal, Func<string, SourceText?> textOf, IReadOnlySet<int>? only = null)
    {
        var result = new List<PlacedHunk>();
        foreach (var file in proposal.Hunks.Where(hunk => only?.Contains(hunk.Id) ?? !proposal.Decisions.ContainsKey(hunk.Id)).GroupBy(hunk => hunk.File, StringComparer.Ordinal))
        {
            result.AddRange(ParagraphBreaks.Joined(proposal, WithoutOverlaps([.. PlaceEach(proposal, file.Key, textOf(file.Key), file)])));
        }

        return [.. result.OrderBy(hunk => hunk.Hunk.Id)];
    }

    /// <summary>The change that the fitting hunks make together; null when none fits.</summary>
    /// <param name="hunks">The hunks.</param>
    /// <param name="textOf">Today's text of a file; where it is given, a file that is not there is created.</param>
    public static WorkspaceChange? ChangeOf(IEnumerable<PlacedHunk> hunks, Func<string, SourceText?>? textOf = null)
    {
        var files = hunks.Where(hunk => hunk.Edit is not null)
            .GroupBy(hunk => hunk.Hunk.File, StringComparer.Ordinal)
            .Select(file => ChangeOf(file.Key, [.. InOrder(file)], textOf is not null && textOf(file.Key) is null))
            .ToList();
        return files.Count == 0 ? null : new WorkspaceChange(files);
    }

    /// <summary>The fitting hunks of a file in the order of their places; of several at one place insertions come first, by their ids.</summary>
    internal static IEnumerable<PlacedHunk> InOrder(IEnumerable<PlacedHunk> hunks) => hunks.Where(hunk => hunk.Edit is not null)
        .OrderBy(hunk => hunk.Edit!.Value.Span.Start).ThenBy(hunk => hunk.Edit!.Value.Span.Length > 0).ThenBy(hunk => hunk.Hunk.Id);

    /// <summary>Places hunks of one file, each as if it were alone.</summary>
    internal static IEnumerable<PlacedHunk> PlaceEach(Proposal proposal, string path, SourceText? text, IEnumerable<Hunk> hunks)
    {
        var hash = proposal.BaseHash(path);
        var isBase = text is null ? hash is "" : hash == Convert.ToHexStringLower(text.ContentHash);
        return hunks.Select(hunk => Place(proposal, hunk, text, hash, isBase));
    }

    /// <summary>Whether two edits of one text cannot both be made.</summary>
    internal static bool Collide(TextSpan a, TextSpan b) =>
        a.Overlaps(b) || (a.IsEmpty && b.Start < a.Start && a.Start < b.End) || (b.IsEmpty && a.Start < b.Start && b.Start < a.End);

    /// <summary>Whether an edit is made before another in the order of their places.</summary>
    internal static bool Precedes(TextSpan a, int hunk, TextSpan b, int other) =>
        a.Start != b.Start ? a.Start < b.Start : a.IsEmpty != b.IsEmpty ? a.IsEmpty : hunk < other;

    private static FileChange ChangeOf(string path, List<PlacedHunk> hunks, bool isNew)
    {
        if (isNew)
        {
            return new FileCreation(path, string.Concat(hunks.Select(hunk => hunk.Edit!.Value.NewText)));
        }

        return hunks is [{ Hunk.DeletesFile: true }] ? new FileDeletion(path) : new TextChange(path, [.. hunks.Select(hunk => hunk.Edit!.Value)]);
    }

    private static PlacedHunk Place(Proposal proposal, Hunk hunk, SourceText? text, string? hash, bool isBase)
    {
        if (text is null)
        {
            // A file that was to go is gone; one that was to come is still to come.
            return hunk.DeletesFile ? new(hunk, HunkState.AlreadyApplied, null)
                : isBase ? new(hunk, HunkState.Fits, new TextEdit(new TextSpan(0, 0), hunk.New))
                : new(hunk, HunkState.Stale, null);
        }

        if (isBase && !hunk.IsAdrift && HunkPlace.Stands(text.Text, hunk.Start, hunk.Old))
        {
            return new(hunk, HunkState.Fits, new TextEdit(hunk.Span, hunk.New));
        }

        if (hunk.DeletesFile)
        {
            return new(hunk, HunkState.Stale, null);
        }

        var alone = ParagraphBreaks.Alone(proposal, hunk);
        if (hash is "" && !isBase)
        {
            // Somebody made a file of that name in the meantime: perhaps out of these hunks.
            var isMade = (alone.New.Length > 0 && text.Text == alone.New) || text.Text == string.Concat(proposal.Open.Where(other => other.File == hunk.File).Select(other => other.New));
            return new(hunk, isMade ? HunkState.AlreadyApplied : HunkState.Stale, null);
        }

        var (state, at) = HunkPlace.Of(text.Text, alone);
        if (state == HunkState.Stale && alone.New != hunk.New)
        {
            (state, at) = HunkPlace.Of(text.Text, hunk);
        }

        return new(hunk, state, state == HunkState.Fits ? new TextEdit(new TextSpan(at, hunk.Old.Length), hunk.New) : null);
    }

    private static IEnumerable<PlacedHunk> WithoutOverlaps(List<PlacedHunk> hunks)
    {
        // Sorted by place, whatever overlaps anything overlaps one that reaches furthest before it; those of a run fall together.
        var ordered = InOrder(hunks).ToList();
        var bad = new HashSet<int>();
        var reach = -1;
        for (var i = 0; i < ordered.Count; i++)
        {
            var span = ordered[i].Edit!.Value.Span;
            if (reach >= 0 && span.Start < ordered[reach].Edit!.Value.Span.End)
            {
                bad.Add(ordered[reach].Hunk.Id);
                bad.Add(ordered[i].Hunk.Id);
            }

            reach = reach < 0 || span.End > ordered[reach].Edit!.Value.Span.End ? i : reach;
        }

        return hunks.Select(hunk => bad.Contains(hunk.Hunk.Id) ? new PlacedHunk(hunk.Hunk, HunkState.Stale, null) : hunk);
    }
}
