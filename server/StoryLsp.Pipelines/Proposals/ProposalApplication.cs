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
    /// <summary>How much text around an insertion must still stand, in UTF-16 code units.</summary>
    private const int Around = 80;

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

        return result;
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
        if (hash == Convert.ToHexStringLower(text.ContentHash) && Stands(text, hunk.Span, hunk.Old))
        {
            return new(hunk, HunkState.Fits, new TextEdit(hunk.Span, hunk.New));
        }

        if (Stands(text, new TextSpan(hunk.Start, hunk.New.Length), hunk.New))
        {
            return new(hunk, HunkState.AlreadyApplied, null);
        }

        return hunk.Old.Length >= Around / 4 && OnlyPlaceOf(text.Text, hunk.Old) is var at and >= 0
            ? new(hunk, HunkState.Fits, new TextEdit(new TextSpan(at, hunk.Old.Length), hunk.New))
            : new(hunk, HunkState.Stale, null);
    }

    private static bool Stands(SourceText text, TextSpan span, string expected) =>
        span.End <= text.Length && text.Text.AsSpan(span.Start, span.Length).SequenceEqual(expected);

    private static int OnlyPlaceOf(string text, string part)
    {
        var first = text.IndexOf(part, StringComparison.Ordinal);
        return first >= 0 && text.IndexOf(part, first + 1, StringComparison.Ordinal) < 0 ? first : -1;
    }
}
