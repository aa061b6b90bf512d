using StoryLsp.Language.Text;

namespace StoryLsp.Language.Fountain;

/// <summary>
/// The lines of a script, with notes and boneyard found beforehand, because both go over line ends. A copy of the text has blanks in their
/// place, so that lines are read as if they were not there, at the same offsets.
/// </summary>
internal sealed class FountainLines
{
    private readonly string _visible;
    private int _nextComment;

    private FountainLines(SourceText text, string visible, IReadOnlyList<TextSpan> comments)
    {
        Text = text;
        _visible = visible;
        Comments = comments;
    }

    /// <summary>The script.</summary>
    public SourceText Text { get; }

    /// <summary>Notes and boneyard, in order.</summary>
    public IReadOnlyList<TextSpan> Comments { get; }

    /// <summary>The number of lines.</summary>
    public int Count => Text.LineCount;

    public static FountainLines Read(SourceText text)
    {
        List<TextSpan> comments = FountainComments.Find(text);
        if (comments.Count == 0)
        {
            return new FountainLines(text, text.Text, comments);
        }

        string visible = string.Create(text.Length, (text, comments), static (target, state) =>
        {
            state.text.Text.CopyTo(target);
            foreach (TextSpan comment in state.comments)
            {
                foreach (ref char c in target.Slice(comment.Start, comment.Length))
                {
                    c = c is '\r' or '\n' ? c : ' ';
                }
            }
        });
        return new FountainLines(text, visible, comments);
    }

    /// <summary>A line without its end.</summary>
    public TextSpan Raw(int line) => Text.GetLineSpan(line);

    /// <summary>A line without white space around it, as if there were no comments.</summary>
    public TextSpan Trimmed(int line)
    {
        TextSpan raw = Raw(line);
        return Trim(raw.Start, raw.End);
    }

    /// <summary>The characters of a span, with blanks for comments.</summary>
    public ReadOnlySpan<char> Of(TextSpan span) => _visible.AsSpan(span.Start, span.Length);

    /// <summary>Whether a line holds a comment and nothing else; it is then as if the line were not there.</summary>
    public bool IsOnlyComment(int line)
    {
        TextSpan raw = Raw(line);
        return Trim(raw.Start, raw.End).IsEmpty && !Text.Text.AsSpan(raw.Start, raw.Length).IsWhiteSpace();
    }

    /// <summary>Whether a blank line or the end of the script follows a line.</summary>
    public bool NextIsBlank(int line) => line + 1 >= Count || Text.Text.AsSpan(Raw(line + 1).Start, Raw(line + 1).Length).IsWhiteSpace();

    /// <summary>A stretch less the white space at its ends; comments and a byte order mark count as white space.</summary>
    public TextSpan Trim(int start, int end)
    {
        while (start < end && IsBlank(_visible[start]))
        {
            start++;
        }

        while (end > start && IsBlank(_visible[end - 1]))
        {
            end--;
        }

        return TextSpan.FromBounds(start, end);
    }

    /// <summary>The parts of a span between comments, trimmed. Asked for in the order of the text.</summary>
    public IEnumerable<TextSpan> WithoutComments(TextSpan span)
    {
        int at = span.Start;
        while (_nextComment < Comments.Count && Comments[_nextComment].End <= at)
        {
            _nextComment++;
        }

        for (int i = _nextComment; i < Comments.Count && Comments[i].Start < span.End; i++)
        {
            if (Trim(at, Comments[i].Start) is { IsEmpty: false } before && Comments[i].Start > at)
            {
                yield return before;
            }

            at = Math.Max(at, Comments[i].End);
        }

        if (at < span.End && Trim(at, span.End) is { IsEmpty: false } rest)
        {
            yield return rest;
        }
    }

    private static bool IsBlank(char c) => char.IsWhiteSpace(c) || c == '\uFEFF';
}

/// <summary>Finds notes and boneyard.</summary>
internal static class FountainComments
{
    /// <summary>
    /// All of them in order. Boneyard goes over anything and must be closed; a note must be closed before the next empty line.
    /// </summary>
    public static List<TextSpan> Find(SourceText source)
    {
        var found = new List<TextSpan>();
        string text = source.Text;
        bool boneyardLeft = true;
        int paragraphEnd = 0;
        int at = 0;
        while (at < text.Length)
        {
            int next = text.AsSpan(at).IndexOfAny('/', '[');
            if (next < 0)
            {
                break;
            }

            at += next;
            int end = -1;
            if (boneyardLeft && text.AsSpan(at).StartsWith("/*"))
            {
                end = text.IndexOf("*/", at + 2, StringComparison.Ordinal);
                boneyardLeft = end >= 0;
            }
            else if (text.AsSpan(at).StartsWith("[["))
            {
                paragraphEnd = paragraphEnd > at ? paragraphEnd : EndOfParagraph(source, at);
                int close = text.AsSpan(at + 2, Math.Max(0, paragraphEnd - at - 2)).IndexOf("]]");
                end = close < 0 ? -1 : at + 2 + close;
                if (close < 0)
                {
                    at = Math.Max(at + 2, SkipTo(text, at + 2, paragraphEnd, boneyardLeft));
                    continue;
                }
            }

            if (end < 0)
            {
                at++;
                continue;
            }

            found.Add(TextSpan.FromBounds(at, end + 2));
            at = end + 2;
        }

        return found;
    }

    /// <summary>Behind a note that is not closed, only boneyard can begin in the same paragraph.</summary>
    private static int SkipTo(string text, int from, int paragraphEnd, bool boneyardLeft)
    {
        int length = Math.Max(0, paragraphEnd - from);
        int boneyard = boneyardLeft ? text.AsSpan(from, length).IndexOf("/*") : -1;
        return boneyard < 0 ? paragraphEnd : from + boneyard;
    }

    private static int EndOfParagraph(SourceText source, int at)
    {
        int line = source.Lines.GetLine(at) + 1;
        while (line < source.LineCount && source.GetLineSpan(line).Length > 0)
        {
            line++;
        }

        return line < source.LineCount ? source.LineStarts[line] : source.Length;
    }
}
