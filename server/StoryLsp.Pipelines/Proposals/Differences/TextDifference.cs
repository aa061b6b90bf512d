using StoryLsp.Language.Text;

namespace StoryLsp.Pipelines.Proposals.Differences;

/// <summary>One change between two texts that can be taken or left by itself.</summary>
/// <param name="Edit">The edit of the old text, in UTF-16 code units.</param>
/// <param name="IsSentence">Whether it replaces or takes away whole sentences of prose, and nothing structured.</param>
/// <param name="Paragraph">The new paragraph or file that it is a part of.</param>
internal readonly record struct PieceEdit(TextEdit Edit, bool IsSentence, ParagraphPart? Paragraph = null);

/// <summary>
/// The difference of two texts by sentences and entries. All edits together make the new text out of the old one, unit by unit; they do not
/// overlap, so that any of them may be left out. Several insertions at one place stand in their order.
/// </summary>
internal sealed class TextDifference
{
    private readonly string _old;
    private readonly string _new;
    private readonly IReadOnlyList<Piece> _oldPieces;
    private readonly IReadOnlyList<Piece> _newPieces;

    private TextDifference(string path, string old, string now)
    {
        (_old, _new) = (old, now);
        _oldPieces = TextPieces.Of(path, old);
        _newPieces = TextPieces.Of(path, now);
    }

    /// <summary>The edits, in order.</summary>
    /// <param name="path">The file's path; its extension tells what the text is.</param>
    /// <param name="old">The text as it is.</param>
    /// <param name="now">The text as it is to be.</param>
    public static IReadOnlyList<PieceEdit> Of(string path, string old, string now) =>
        old == now ? [] : [.. new TextDifference(path, old, now).Edits()];

    // The same words may be cut in another way where what stands around them is another: that is no change.
    private IEnumerable<PieceEdit> Edits() => Merged(Changes(Slide.Of(_oldPieces, _newPieces, Alignment.Of(_oldPieces, _newPieces)))).SelectMany(change => change.Edits(this))
        .Where(edit => !_old.AsSpan(edit.Edit.Span.Start, edit.Edit.Span.Length).SequenceEqual(edit.Edit.NewText));

    /// <summary>The stretches between what is equal: pieces that changed, and what stands between those that did not.</summary>
    private IEnumerable<Change> Changes(IEnumerable<(int Old, int New)> pairs)
    {
        var (i, j) = (0, 0);
        foreach (var (oldAt, newAt) in pairs.Append((_oldPieces.Count, _newPieces.Count)))
        {
            if (Between(i, oldAt, j, newAt) is { } between)
            {
                yield return between;
            }

            if (oldAt < _oldPieces.Count && _oldPieces[oldAt].Text != _newPieces[newAt].Text)
            {
                yield return new(oldAt, oldAt + 1, newAt, newAt + 1, SpanOf(_oldPieces[oldAt]), SpanOf(_newPieces[newAt]));
            }

            (i, j) = (oldAt + 1, newAt + 1);
        }
    }

    /// <summary>What differs between two pairs: without the white space that is equal at its end or its beginning.</summary>
    private Change? Between(int oldStart, int oldEnd, int newStart, int newEnd)
    {
        var old = TextSpan.FromBounds(EndBefore(_oldPieces, oldStart), StartOf(_oldPieces, oldEnd, _old.Length));
        var now = TextSpan.FromBounds(EndBefore(_newPieces, newStart), StartOf(_newPieces, newEnd, _new.Length));
        if (_old.AsSpan(old.Start, old.Length).SequenceEqual(_new.AsSpan(now.Start, now.Length)))
        {
            return null;
        }

        // The white space before a new sentence comes with it: the one behind it was there.
        var (oldTail, newTail) = (GapBefore(_oldPieces, oldEnd, _old), GapBefore(_newPieces, newEnd, _new));
        var endsAlike = Same(oldTail, newTail);
        if (endsAlike)
        {
            (old, now) = (TextSpan.FromBounds(old.Start, oldTail.Start), TextSpan.FromBounds(now.Start, newTail.Start));
        }

        if (!endsAlike || (oldEnd > oldStart && newEnd > newStart))
        {
            var (oldHead, newHead) = (GapBefore(_oldPieces, oldStart, _old), GapBefore(_newPieces, newStart, _new));
            if (Same(oldHead, newHead))
            {
                (old, now) = (TextSpan.FromBounds(oldHead.End, old.End), TextSpan.FromBounds(newHead.End, now.End));
            }
        }

        return new(oldStart, oldEnd, newStart, newEnd, old, now);
    }

    /// <summary>What belongs together: a structured line that changed and what changed below it; a sentence that was cut in two, or two that became one.</summary>
    private List<Change> Merged(IEnumerable<Change> changes)
    {
        var result = new List<Change>();
        foreach (var change in changes)
        {
            if (result.Count > 0 && result[^1] is var before && ((DepthOf(before) is { } depth && IsBelow(before, change, depth)) || IsOneSentence(before, change)))
            {
                result[^1] = new(before.OldStart, change.OldEnd, before.NewStart, change.NewEnd,
                    TextSpan.FromBounds(before.Old.Start, change.Old.End), TextSpan.FromBounds(before.New.Start, change.New.End));
            }
            else
            {
                result.Add(change);
            }
        }

        return result;
    }

    private bool IsOneSentence(Change before, Change change) => before.OldEnd == change.OldStart && before.NewEnd == change.NewStart &&
        (IsRestOf(before, change) || IsRestOf(change, before));

    /// <summary>Whether sentences that are new or gone hold the words by which the sentence beside them changed.</summary>
    private bool IsRestOf(Change sentence, Change other)
    {
        if (sentence.OldEnd != sentence.OldStart + 1 || sentence.NewEnd != sentence.NewStart + 1 || other.OldEnd > other.OldStart == other.NewEnd > other.NewStart ||
            _oldPieces[sentence.OldStart].Kind != PieceKind.Sentence)
        {
            return false;
        }

        var words = new WordNumbers();
        var (old, now) = (words.Of(_oldPieces[sentence.OldStart].Text), words.Of(_newPieces[sentence.NewStart].Text));
        var isNew = other.NewEnd > other.NewStart;
        var moved = isNew ? old.Except(now).ToHashSet() : now.Except(old).ToHashSet();
        int[] rest = [.. PiecesOf(other).SelectMany(piece => words.Of(piece.Text))];
        var common = rest.Count(moved.Contains);
        return common > 1 && 2 * common >= rest.Length;
    }

    private int? DepthOf(Change change)
    {
        var lines = PiecesOf(change).ToList();
        return lines.Count > 0 && lines.TrueForAll(piece => piece.Kind == PieceKind.Line) ? lines.Min(piece => piece.Depth) : null;
    }

    private bool IsBelow(Change before, Change change, int depth)
    {
        var between = _oldPieces.Skip(before.OldEnd).Take(change.OldStart - before.OldEnd);
        return PiecesOf(change).Any() && between.Concat(PiecesOf(change)).All(piece => piece.Kind == PieceKind.Line && piece.Depth > depth);
    }

    private IEnumerable<Piece> PiecesOf(Change change) =>
        _oldPieces.Skip(change.OldStart).Take(change.OldEnd - change.OldStart).Concat(_newPieces.Skip(change.NewStart).Take(change.NewEnd - change.NewStart));

    private static TextSpan SpanOf(Piece piece) => new(piece.Start, piece.Text.Length);

    private static int EndBefore(IReadOnlyList<Piece> pieces, int index) => index == 0 ? 0 : pieces[index - 1].End;

    private static int StartOf(IReadOnlyList<Piece> pieces, int index, int length) => index < pieces.Count ? pieces[index].Start : length;

    private static TextSpan GapBefore(IReadOnlyList<Piece> pieces, int index, string text) =>
        TextSpan.FromBounds(EndBefore(pieces, index), StartOf(pieces, index, text.Length));

    private bool Same(TextSpan old, TextSpan now) => _old.AsSpan(old.Start, old.Length).SequenceEqual(_new.AsSpan(now.Start, now.Length));

    /// <summary>A stretch of both texts: the pieces in it, and its span, which may begin or end with white space.</summary>
    private sealed record Change(int OldStart, int OldEnd, int NewStart, int NewEnd, TextSpan Old, TextSpan New)
    {
        public IEnumerable<PieceEdit> Edits(TextDifference texts)
        {
            if (OldEnd == OldStart && NewEnd > NewStart)
            {
                return Pieces(texts._newPieces, NewStart, NewEnd).All(piece => piece.Kind == PieceKind.Sentence)
                    ? NewParagraphs.Of(texts._newPieces, texts._new, (NewStart, NewEnd), Old, New)
                    : Insertions(texts);
            }

            return NewEnd == NewStart && OldEnd > OldStart ? Deletions(texts) : [One(texts)];
        }

        private PieceEdit One(TextDifference texts) => new(new(Old, texts._new.Substring(New.Start, New.Length)),
            OldEnd > OldStart && texts._oldPieces.Skip(OldStart).Take(OldEnd - OldStart).All(piece => piece.Kind == PieceKind.Sentence));

        private IEnumerable<PieceEdit> Insertions(TextDifference texts)
        {
            var cuts = Cuts(texts._newPieces, NewStart, NewEnd, New);
            for (var i = 0; i + 1 < cuts.Count; i++)
            {
                // White space that was there and is another now goes with the last.
                var span = i + 2 < cuts.Count ? new TextSpan(Old.Start, 0) : Old;
                yield return new(new(span, texts._new[cuts[i]..cuts[i + 1]]), false);
            }
        }

        private IEnumerable<PieceEdit> Deletions(TextDifference texts)
        {
            var cuts = Cuts(texts._oldPieces, OldStart, OldEnd, Old, texts._old);
            for (var i = 0; i + 1 < cuts.Count; i++)
            {
                var text = i + 2 < cuts.Count ? "" : texts._new.Substring(New.Start, New.Length);
                yield return new(new(TextSpan.FromBounds(cuts[i], cuts[i + 1]), text), texts._oldPieces[OldStart].Kind == PieceKind.Sentence);
            }
        }

        /// <summary>Where a stretch of new or old pieces is cut into sentences and entries; with both its ends.</summary>
        private static List<int> Cuts(IReadOnlyList<Piece> pieces, int start, int end, TextSpan span, string? gone = null)
        {
            var beginsWithGap = span.Start < pieces[start].Start;
            var result = new List<int> { span.Start };
            for (var i = start + 1; i < end; i++)
            {
                if (IsHead(pieces, start, end, i) && (gone is null || !NewParagraphs.IsWithinWhole(pieces, gone, start, end, i)))
                {
                    result.Add(beginsWithGap ? pieces[i - 1].End : pieces[i].Start);
                }
            }

            result.Add(span.End);
            return result;
        }

        private static IEnumerable<Piece> Pieces(IReadOnlyList<Piece> pieces, int start, int end) => pieces.Skip(start).Take(end - start);

        // A line that is deeper than the shallowest of its run belongs to the one before.
        private static bool IsHead(IReadOnlyList<Piece> pieces, int start, int end, int index)
        {
            if (pieces[index].Kind == PieceKind.Sentence || pieces[index - 1].Kind == PieceKind.Sentence)
            {
                return true;
            }

            var least = pieces[index].Depth;
            for (var i = index - 1; i >= start && pieces[i].Kind == PieceKind.Line; i--)
            {
                least = Math.Min(least, pieces[i].Depth);
            }

            for (var i = index + 1; i < end && pieces[i].Kind == PieceKind.Line; i++)
            {
                least = Math.Min(least, pieces[i].Depth);
            }

            return pieces[index].Depth == least;
        }
    }
}
