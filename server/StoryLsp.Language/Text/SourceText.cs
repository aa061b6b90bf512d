using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace StoryLsp.Language.Text;

/// <summary>
/// The text of a document, immutable, with its lines. Offsets are UTF-16 code units of <see cref="Text"/>, which holds no byte order mark
/// when it was decoded from bytes.
/// </summary>
public sealed class SourceText
{
    private byte[]? _contentHash;

    private SourceText(string text, LineMap lines)
    {
        Text = text;
        Lines = lines;
    }

    /// <summary>A text without a character.</summary>
    public static SourceText Empty { get; } = From(string.Empty);

    /// <summary>The characters.</summary>
    public string Text { get; }

    /// <summary>The length in UTF-16 code units.</summary>
    public int Length => Text.Length;

    /// <summary>Where the lines begin; may be kept without the text.</summary>
    public LineMap Lines { get; }

    /// <summary>The number of lines; an empty text has one, and a line end at the end opens another.</summary>
    public int LineCount => Lines.Count;

    /// <summary>The offsets of the lines' first code units.</summary>
    public ReadOnlySpan<int> LineStarts => Lines.Starts;

    /// <summary>
    /// The SHA-256 of the text as UTF-8 without a byte order mark, so the same words hash alike however the file was encoded. A lone
    /// surrogate counts as U+FFFD. Computed once, on the first call.
    /// </summary>
    public byte[] ContentHash => _contentHash ??= ComputeHash(Text);

    /// <summary>The line end that most lines have: LF, CRLF or CR; LF when there is none.</summary>
    public string DominantLineEnding
    {
        get
        {
            int lf = 0;
            int crlf = 0;
            int cr = 0;
            for (int i = 1; i < Lines.Count; i++)
            {
                int end = Lines.Starts[i];
                if (Text[end - 1] == '\r')
                {
                    cr++;
                }
                else if (end >= 2 && Text[end - 2] == '\r')
                {
                    crlf++;
                }
                else
                {
                    lf++;
                }
            }

            return crlf > lf && crlf >= cr ? "\r\n" : cr > lf ? "\r" : "\n";
        }
    }

    /// <summary>Takes a string as it is.</summary>
    /// <param name="text">The characters.</param>
    public static SourceText From(string text) => new(text, LineMap.Of(text));

    /// <summary>
    /// Decodes the bytes of a file: UTF-8 with or without a byte order mark, UTF-16 with one. Never throws: bytes that are no text give an
    /// empty text, invalid ones U+FFFD, and the result says so.
    /// </summary>
    /// <param name="bytes">The file's bytes.</param>
    /// <param name="result">What was seen.</param>
    public static SourceText Decode(ReadOnlySpan<byte> bytes, out DecodeResult result) => TextDecoding.Decode(bytes, out result);

    /// <summary>The position of an offset in UTF-16 code units; offsets outside the text count as its ends.</summary>
    /// <param name="offset">An offset in UTF-16 code units.</param>
    public LinePosition GetPosition(int offset) => Lines.GetPosition(offset);

    /// <summary>
    /// The position of an offset. Offsets outside the text count as its ends; with UTF-8 and UTF-32 an offset between the halves of a
    /// surrogate pair counts as the pair's beginning.
    /// </summary>
    /// <param name="offset">An offset in UTF-16 code units.</param>
    /// <param name="encoding">The unit of the position's character.</param>
    public LinePosition GetPosition(int offset, PositionEncoding encoding)
    {
        LinePosition position = Lines.GetPosition(offset);
        if (encoding == PositionEncoding.Utf16)
        {
            return position;
        }

        ReadOnlySpan<char> before = Text.AsSpan(Lines.Starts[position.Line], position.Character);
        int end = before.End(Text, Lines.Starts[position.Line]);
        return new LinePosition(position.Line, before[..end].CountUnits(encoding));
    }

    /// <summary>The positions of both ends of a span.</summary>
    /// <param name="span">A span of the text.</param>
    /// <param name="encoding">The unit of the positions' characters.</param>
    public LineRange GetRange(TextSpan span, PositionEncoding encoding) =>
        new(GetPosition(span.Start, encoding), GetPosition(span.End, encoding));

    /// <summary>
    /// The offset of a position, as the protocol has it: past the end of a line is the line's end before its terminator, past the last line
    /// is the end of the text, and a place inside a character is the character's beginning.
    /// </summary>
    /// <param name="position">A position; negative parts count as zero.</param>
    /// <param name="encoding">The unit of the position's character.</param>
    public int GetOffset(LinePosition position, PositionEncoding encoding)
    {
        if (position.Line < 0)
        {
            return 0;
        }

        if (position.Line >= LineCount)
        {
            return Length;
        }

        TextSpan line = GetLineSpan(position.Line);
        return line.Start + Text.AsSpan(line.Start, line.Length).OffsetOfUnit(Math.Max(0, position.Character), encoding);
    }

    /// <summary>The span of a line without its terminator.</summary>
    /// <param name="line">The line, from zero.</param>
    public TextSpan GetLineSpan(int line)
    {
        int start = Lines.Starts[line];
        int end = line + 1 < LineCount ? Lines.Starts[line + 1] : Length;
        if (line + 1 < LineCount)
        {
            end -= end - 2 >= start && Text[end - 1] == '\n' && Text[end - 2] == '\r' ? 2 : 1;
        }

        return TextSpan.FromBounds(start, end);
    }

    /// <summary>The characters of a span.</summary>
    /// <param name="span">A span inside the text.</param>
    public string Slice(TextSpan span) => Text.Substring(span.Start, span.Length);

    /// <summary>The text after one replacement.</summary>
    /// <param name="span">What is replaced; what lies outside the text is ignored.</param>
    /// <param name="newText">What takes its place.</param>
    public SourceText WithEdit(TextSpan span, string newText) => WithEdits([new TextEdit(span, newText)]);

    /// <summary>
    /// The text after several replacements that do not overlap. Several insertions at one place are applied in the order given; an edit
    /// that overlaps an earlier one loses the overlap.
    /// </summary>
    /// <param name="edits">The edits, in offsets of this text, in any order.</param>
    public SourceText WithEdits(IEnumerable<TextEdit> edits)
    {
        var ordered = new List<TextEdit>();
        foreach (TextEdit edit in edits.OrderBy(edit => edit.Span.Start))
        {
            int floor = ordered.Count > 0 ? ordered[^1].Span.End : 0;
            int start = Math.Clamp(edit.Span.Start, floor, Length);
            int end = Math.Clamp(edit.Span.End, start, Length);
            ordered.Add(new TextEdit(TextSpan.FromBounds(start, end), edit.NewText));
        }

        if (ordered.Count == 0)
        {
            return this;
        }

        string text = Apply(ordered);
        return new SourceText(text, Lines.WithEdits(ordered, text));
    }

    private string Apply(List<TextEdit> edits)
    {
        if (edits.Count == 1)
        {
            TextSpan span = edits[0].Span;
            return string.Concat(Text.AsSpan(0, span.Start), edits[0].NewText, Text.AsSpan(span.End));
        }

        var builder = new StringBuilder(Length);
        int at = 0;
        foreach (TextEdit edit in edits)
        {
            builder.Append(Text, at, edit.Span.Start - at).Append(edit.NewText);
            at = edit.Span.End;
        }

        return builder.Append(Text, at, Length - at).ToString();
    }

    private static byte[] ComputeHash(string text)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Encoder encoder = Encoding.UTF8.GetEncoder();
        byte[] buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
        ReadOnlySpan<char> rest = text;
        bool completed;
        do
        {
            encoder.Convert(rest, buffer, flush: true, out int read, out int written, out completed);
            hash.AppendData(buffer, 0, written);
            rest = rest[read..];
        }
        while (!completed);

        ArrayPool<byte>.Shared.Return(buffer);
        return hash.GetHashAndReset();
    }
}
