using StoryLsp.Language.Text;

namespace StoryLsp.Pipelines.Proposals.Differences;

/// <summary>Sentences that are new at one place, or gone: which of them are paragraphs of their own.</summary>
internal static class NewParagraphs
{
    /// <summary>The insertions of sentences, in order. Those of a new paragraph know of it; together they are the new stretch.</summary>
    /// <param name="pieces">The pieces of the new text.</param>
    /// <param name="text">The new text.</param>
    /// <param name="run">Which of the pieces are new: from, and up to.</param>
    /// <param name="old">The stretch of the old text in whose place they come: white space at most.</param>
    /// <param name="now">The stretch of the new text.</param>
    public static IEnumerable<PieceEdit> Of(IReadOnlyList<Piece> pieces, string text, (int Start, int End) run, TextSpan old, TextSpan now)
    {
        // The white space before a sentence comes with it; only where there is none before the first, the one behind.
        var isBehind = now.Start == pieces[run.Start].Start && now.End > pieces[run.End - 1].End;
        for (int first = run.Start, last; first < run.End; first = last + 1)
        {
            last = first;
            while (last + 1 < run.End && !IsBreakBefore(pieces, text, last + 1))
            {
                last++;
            }

            var isEnd = last == run.End - 1;
            var opening = isBehind ? "" : text[(first == run.Start ? now.Start : pieces[first - 1].End)..pieces[first].Start];
            var closing = isEnd ? text[pieces[last].End..now.End] : isBehind ? text[pieces[last].End..pieces[last + 1].Start] : "";
            var isWhole = first < last && (TextPieces.IsBreak(opening) || TextPieces.IsBreak(closing));

            // White space that was there and is another now goes with the last sentence, whatever else is taken.
            var end = isEnd && !old.IsEmpty ? "" : closing;
            for (var i = first; i <= last; i++)
            {
                var lead = i == first ? opening : text[pieces[i - 1].End..pieces[i].Start];
                var words = text[pieces[i].Start..pieces[i].End];
                var added = isBehind && !isWhole
                    ? words + (i == last ? closing : text[pieces[i].End..pieces[i + 1].Start])
                    : lead + words + (i == last ? closing : "");
                var span = i == run.End - 1 ? old : new TextSpan(old.Start, 0);
                yield return new(new(span, added), false, isWhole ? new(first, opening, lead, end, i == last) : null);
            }
        }
    }

    /// <summary>Whether a piece goes on a paragraph that is gone as a whole: taken away by half, its rest would stick to what stands around it.</summary>
    public static bool IsWithinWhole(IReadOnlyList<Piece> pieces, string text, int start, int end, int index)
    {
        if (pieces[index].Kind != PieceKind.Sentence || pieces[index - 1].Kind != PieceKind.Sentence || IsBreakBefore(pieces, text, index))
        {
            return false;
        }

        var (first, last) = (index - 1, index);
        while (first > start && !IsBreakBefore(pieces, text, first))
        {
            first--;
        }

        while (last + 1 < end && !IsBreakBefore(pieces, text, last + 1))
        {
            last++;
        }

        return IsBreakBefore(pieces, text, first) && (last + 1 == pieces.Count || IsBreakBefore(pieces, text, last + 1));
    }

    private static bool IsBreakBefore(IReadOnlyList<Piece> pieces, string text, int index) =>
        index == 0 || TextPieces.IsBreak(text.AsSpan(pieces[index - 1].End, pieces[index].Start - pieces[index - 1].End));
}
