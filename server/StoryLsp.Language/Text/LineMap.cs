using System.Buffers;

namespace StoryLsp.Language.Text;

/// <summary>
/// Where the lines of a text begin. It lives without the text, so a stored document can tell positions of its spans. A line ends
/// with LF, CRLF or a lone CR, as the protocol has it.
/// </summary>
public sealed class LineMap
{
    private static readonly SearchValues<char> LineEnds = SearchValues.Create("\r\n");

    private readonly int[] _starts;

    /// <summary>Rebuilds a map from what <see cref="Starts"/> and <see cref="TextLength"/> gave.</summary>
    /// <param name="starts">The offsets of the lines' first code units, ascending, the first one 0.</param>
    /// <param name="textLength">The length of the text in UTF-16 code units.</param>
    public LineMap(int[] starts, int textLength)
    {
        _starts = starts.Length > 0 ? starts : [0];
        TextLength = textLength;
    }

    /// <summary>The offsets of the lines' first code units, ascending; the first is 0.</summary>
    public ReadOnlySpan<int> Starts => _starts;

    /// <summary>The number of lines; an empty text has one.</summary>
    public int Count => _starts.Length;

    /// <summary>The length of the text in UTF-16 code units.</summary>
    public int TextLength { get; }

    /// <summary>Finds the lines of a text.</summary>
    /// <param name="text">The text.</param>
    public static LineMap Of(string text)
    {
        var starts = new List<int>(16 + (text.Length / 40)) { 0 };
        AddStarts(text, 0, int.MaxValue, starts);
        return new LineMap([.. starts], text.Length);
    }

    /// <summary>The line on which an offset stands, from zero; offsets outside the text count as its ends.</summary>
    /// <param name="offset">An offset in UTF-16 code units.</param>
    public int GetLine(int offset)
    {
        int found = Array.BinarySearch(_starts, offset);
        return found >= 0 ? found : Math.Max(0, ~found - 1);
    }

    /// <summary>The position of an offset in UTF-16 code units; offsets outside the text count as its ends.</summary>
    /// <param name="offset">An offset in UTF-16 code units.</param>
    public LinePosition GetPosition(int offset)
    {
        offset = Math.Clamp(offset, 0, TextLength);
        int line = GetLine(offset);
        return new LinePosition(line, offset - _starts[line]);
    }

    /// <summary>The positions of both ends of a span, in UTF-16 code units.</summary>
    /// <param name="span">A span of the text.</param>
    public LineRange GetRange(TextSpan span) => new(GetPosition(span.Start), GetPosition(span.End));

    /// <summary>
    /// The map after edits: lines before and after an edit are taken over (the later ones shifted), and only the touched ones are read again.
    /// </summary>
    /// <param name="edits">The edits, ascending and without overlap, in offsets of the text before them.</param>
    /// <param name="newText">The text after them.</param>
    internal LineMap WithEdits(IReadOnlyList<TextEdit> edits, string newText)
    {
        var starts = new List<int>(_starts.Length + 8);
        int next = 0;
        int delta = 0;
        int edit = 0;
        while (edit < edits.Count)
        {
            // A line start is safe when the characters on both sides of it are untouched: CR and LF can part or meet at an edit's ends.
            int safe = LowerBound(edits[edit].Span.Start, next);
            CopyShifted(starts, next, safe, delta);
            if (starts.Count == 0)
            {
                starts.Add(0);
                safe = Math.Max(safe, 1);
            }

            int resume;
            do
            {
                delta += edits[edit].NewText.Length - edits[edit].Span.Length;
                resume = LowerBound(edits[edit].Span.End + 1, safe);
                edit++;
            }
            while (edit < edits.Count && (resume == _starts.Length || edits[edit].Span.Start <= _starts[resume]));

            int limit = resume < _starts.Length ? _starts[resume] + delta : int.MaxValue;
            AddStarts(newText, starts[^1], limit, starts);
            next = resume;
        }

        CopyShifted(starts, next, _starts.Length, delta);
        return new LineMap([.. starts], newText.Length);
    }

    private void CopyShifted(List<int> starts, int from, int to, int delta)
    {
        for (int i = from; i < to; i++)
        {
            starts.Add(_starts[i] + delta);
        }
    }

    private int LowerBound(int offset, int from)
    {
        int found = Array.BinarySearch(_starts, offset);
        return Math.Max(from, found >= 0 ? found : ~found);
    }

    private static void AddStarts(string text, int from, int limit, List<int> starts)
    {
        int at = from;
        while (at < text.Length)
        {
            int step = text.AsSpan(at).IndexOfAny(LineEnds);
            if (step < 0)
            {
                return;
            }

            at += step + 1;
            if (text[at - 1] == '\r' && at < text.Length && text[at] == '\n')
            {
                at++;
            }

            if (at >= limit)
            {
                return;
            }

            starts.Add(at);
        }
    }
}
