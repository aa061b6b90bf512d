using StoryLsp.Language.Text;

namespace StoryLsp.Features.Formatting;

/// <summary>A line of YAML as it is read alone: its dashes, its key, whether a value follows.</summary>
internal sealed class LineAbove
{
    public LineAbove(SourceText source, TextSpan line)
    {
        var text = source.Text;
        Line = line;
        var start = line.Start == 0 && text.StartsWith('\uFEFF') ? 1 : line.Start;
        var at = Skip(text, start, line.End);
        Content = at;
        IsNothing = at == line.End || text[at] == '#' || text.AsSpan(start, at - start).Contains('\t') ||
            (at == start && (text.AsSpan(at).StartsWith("---") || text.AsSpan(at).StartsWith("...")));
        while (at < line.End && text[at] == '-' && (at + 1 == line.End || text[at + 1] == ' '))
        {
            Dash = at - start;
            DashCount++;
            at = Skip(text, at + 1, line.End);
        }

        Column = at - start;
        IsEmptyItem = DashCount > 0 && at == line.End;
        ReadKey(text.AsSpan(at, line.End - at));
    }

    public TextSpan Line { get; }

    /// <summary>The offset of the first character that is no blank.</summary>
    public int Content { get; }

    /// <summary>Whether it is blank, a comment or a marker.</summary>
    public bool IsNothing { get; }

    /// <summary>The column of the last dash, or -1.</summary>
    public int Dash { get; } = -1;

    public int DashCount { get; }

    /// <summary>The column behind the dashes.</summary>
    public int Column { get; }

    public bool IsEmptyItem { get; }

    /// <summary>The key as written, or null.</summary>
    public string? Key { get; private set; }

    public bool HasValue { get; private set; }

    /// <summary>Whether the value is a <c>|</c> or <c>&gt;</c>, and the lines of its text follow.</summary>
    public bool OpensBlockText { get; private set; }

    private void ReadKey(ReadOnlySpan<char> rest)
    {
        var value = rest.TrimEnd();
        if (KeyEnd(rest) is > 0 and var end)
        {
            Key = rest[..end].Trim().ToString();
            value = rest[(end + 1)..].Trim();
            HasValue = !value.IsEmpty && value[0] != '#';
        }

        OpensBlockText = !value.IsEmpty && value[0] is '|' or '>' && value[1..].TrimEnd("+-0123456789").IsEmpty;
    }

    // The colon of a key: outside of quotes, with a blank or nothing behind it.
    private static int KeyEnd(ReadOnlySpan<char> rest)
    {
        var from = 0;
        if (!rest.IsEmpty && rest[0] is '"' or '\'')
        {
            from = rest[1..].IndexOf(rest[0]) + 2;
            if (from < 2 || !rest[from..].TrimStart(' ').StartsWith(":"))
            {
                return -1;
            }
        }
        else if (!rest.IsEmpty && rest[0] is '[' or '{' or '#' or '&' or '!' or '*' or '?')
        {
            return -1;
        }

        for (var i = from; i < rest.Length; i++)
        {
            if (rest[i] == ':' && (i + 1 == rest.Length || rest[i + 1] is ' ' or '\t'))
            {
                return i;
            }

            if (rest[i] == '#' && i > 0 && rest[i - 1] is ' ')
            {
                return -1;
            }
        }

        return -1;
    }

    private static int Skip(string text, int at, int end)
    {
        while (at < end && text[at] is ' ' or '\t')
        {
            at++;
        }

        return at;
    }
}
