using StoryLsp.Index;
using StoryLsp.Language.Text;

namespace StoryLsp.Pipelines.Proposals;

/// <summary>How the application of a hunk ended.</summary>
public enum HunkState
{
    /// <summary>The text stands where it stood, or has moved and is found again without doubt.</summary>
    Fits,

    /// <summary>The new text stands there already.</summary>
    AlreadyApplied,

    /// <summary>The text was changed since; nothing is guessed.</summary>
    Stale,
}

/// <summary>Where a hunk goes today.</summary>
/// <param name="Hunk">The hunk.</param>
/// <param name="State">Whether it fits.</param>
/// <param name="Edit">The edit of today's text, where it fits.</param>
public sealed record PlacedHunk(Hunk Hunk, HunkState State, TextEdit? Edit);

/// <summary>Places the hunks of a proposal in today's texts.</summary>
public static class ProposalApplication
{
    /// <summary>In a longer text no place is looked for: every offset may have to be compared. In UTF-16 code units.</summary>
    private const int LongestSearched = 1 << 21;

    /// <summary>Places hunks; a file that cannot be read makes its hunks stale.</summary>
    /// <param name="proposal">The proposal.</param>
    /// <param name="textOf">Today's text of a file, or null.</param>
    /// <param name="only">The ids of the hunks wanted; null means all.</param>
    public static IReadOnlyList<PlacedHunk> Place(Proposal proposal, Func<string, SourceText?> textOf, IReadOnlySet<int>? only = null)
    {
        var result = new List<PlacedHunk>();
        foreach (var hunk in proposal.Hunks)
        {
            if (only is null || only.Contains(hunk.Id))
            {
                result.Add(Place(proposal, hunk, textOf(hunk.File)));
            }
        }

        return WithoutOverlaps(result);
    }

    /// <summary>The change that the fitting hunks make together; null when none fits.</summary>
    public static WorkspaceChange? ChangeOf(IEnumerable<PlacedHunk> hunks)
    {
        var files = hunks.Where(hunk => hunk.Edit is not null)
            .GroupBy(hunk => hunk.Hunk.File, StringComparer.Ordinal)
            .Select(file => (FileChange)new TextChange(file.Key, [.. file.Select(hunk => hunk.Edit!.Value).OrderBy(edit => edit.Span.Start)]))
            .ToList();
        return files.Count == 0 ? null : new WorkspaceChange(files);
    }

    private static PlacedHunk Place(Proposal proposal, Hunk hunk, SourceText? text)
    {
        if (text is null)
        {
            return new(hunk, HunkState.Stale, null);
        }

        var hash = proposal.Base.FirstOrDefault(file => file.Path == hunk.File)?.Hash;
        if (hash == Convert.ToHexStringLower(text.ContentHash) && Stands(text.Text, hunk.Start, hunk.Old))
        {
            return new(hunk, HunkState.Fits, new TextEdit(hunk.Span, hunk.New));
        }

        if (hunk.New.Length > 0 && OnlyPlaceOf(text.Text, hunk, hunk.New, PlaceOfEither) >= 0)
        {
            return new(hunk, HunkState.AlreadyApplied, null);
        }

        // Without an old text only the surroundings tell the place, so both must stand; with one, a neighbour may have changed.
        var at = OnlyPlaceOf(text.Text, hunk, hunk.Old, hunk.Old.Length == 0 ? PlaceOfBoth : PlaceOfEither);
        return at >= 0 ? new(hunk, HunkState.Fits, new TextEdit(new TextSpan(at, hunk.Old.Length), hunk.New)) : new(hunk, HunkState.Stale, null);
    }

    private static bool PlaceOfBoth(string text, Hunk hunk, int start, int end) => hunk.Before.StandsBefore(text, start) && hunk.After.StandsAfter(text, end);

    // An empty surrounding stands everywhere, and so is no evidence.
    private static bool PlaceOfEither(string text, Hunk hunk, int start, int end) =>
        (hunk.Before.Length > 0 && hunk.Before.StandsBefore(text, start)) || (hunk.After.Length > 0 && hunk.After.StandsAfter(text, end));

    private static bool Stands(string text, int start, string expected) =>
        start >= 0 && start + expected.Length <= text.Length && text.AsSpan(start, expected.Length).SequenceEqual(expected);

    /// <summary>The one place where a part stands among its surroundings; -1 where there is none, or several.</summary>
    private static int OnlyPlaceOf(string text, Hunk hunk, string part, Func<string, Hunk, int, int, bool> isPlace)
    {
        var found = -1;
        if (text.Length > LongestSearched)
        {
            return found;
        }

        for (var at = text.IndexOf(part, StringComparison.Ordinal); at >= 0; at = at < text.Length ? text.IndexOf(part, at + 1, StringComparison.Ordinal) : -1)
        {
            if (IsWholePlace(text, hunk, at, part.Length) && isPlace(text, hunk, at, at + part.Length))
            {
                if (found >= 0)
                {
                    return -1;
                }

                found = at;
            }
        }

        return found;
    }

    // A hunk that brings its own line end goes to the end of a line; that leaves few places to compare.
    private static bool IsWholePlace(string text, Hunk hunk, int at, int length) =>
        length > 0 || hunk.New.Length == 0 || hunk.New[0] is not ('\r' or '\n') || at == text.Length || text[at] is '\r' or '\n';

    private static List<PlacedHunk> WithoutOverlaps(List<PlacedHunk> hunks)
    {
        bool Overlaps(PlacedHunk hunk, PlacedHunk other) =>
            !ReferenceEquals(hunk, other) && hunk.Hunk.File == other.Hunk.File && hunk.Edit is { } edit && other.Edit is { } otherEdit && edit.Span.Overlaps(otherEdit.Span);
        return [.. hunks.Select(hunk => hunks.Any(other => Overlaps(hunk, other)) ? new PlacedHunk(hunk.Hunk, HunkState.Stale, null) : hunk)];
    }
}
