using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Formatting;

/// <summary>Moves the lines of a block of text (<c>|</c>, <c>&gt;</c>) as one, and leaves what is in them as it is.</summary>
internal sealed class BlockTextLines(YamlLines lines, YamlScalar block, int old, int column, int step, int[] indents, LineRole[] roles, bool[] keepsEnd)
{
    private int _from;

    public void Place()
    {
        var head = lines.LineOf(block.Span.Start);
        ReadHeader(out var digit, out var keeps);
        var last = LastLine(head);
        _from = digit > 0 ? Math.Max(old, 0) + digit : FirstIndent(head + 1, last);
        if (_from < 0)
        {
            // Nothing but blank lines, whose number is the value.
            Protect(head + 1, last, 0);
            return;
        }

        while (!keeps && last > head && IsEmpty(last))
        {
            last--;
        }

        var to = digit > 0 ? Math.Max(column, 0) + digit : old < 0 ? _from : column + step;
        Protect(head + 1, last, to - _from);
    }

    private void Protect(int first, int last, int shift)
    {
        for (var line = first; line <= last; line++)
        {
            var index = line - lines.First;
            roles[index] = LineRole.BlockText;
            keepsEnd[index] = true;
            if (_from < 0)
            {
                continue;
            }

            // The blanks of an empty line go: beneath another indentation they would be text.
            indents[index] = IsEmpty(line) ? 0 : Math.Max(0, lines.Spaces(line) + shift);
        }
    }

    // A line of no more spaces than the block's own is read as an empty one.
    private bool IsEmpty(int line) => lines.Start(line) + lines.Spaces(line) == lines.End(line) && lines.Spaces(line) <= _from;

    private int FirstIndent(int first, int last)
    {
        for (var line = first; line <= last; line++)
        {
            if (lines.Start(line) + lines.Spaces(line) < lines.End(line))
            {
                return lines.Spaces(line);
            }
        }

        return -1;
    }

    private int LastLine(int head)
    {
        var last = lines.LineOf(Math.Max(block.Span.Start, block.Span.End - 1));
        while (last < lines.Last && lines.IsBlank(last + 1))
        {
            last++;
        }

        return Math.Max(head, last);
    }

    private void ReadHeader(out int digit, out bool keeps)
    {
        digit = 0;
        keeps = false;
        for (var at = block.Span.Start + 1; at < lines.Text.Length && lines.Text[at] is '+' or '-' or (>= '0' and <= '9'); at++)
        {
            keeps |= lines.Text[at] == '+';
            digit = char.IsAsciiDigit(lines.Text[at]) ? lines.Text[at] - '0' : digit;
        }
    }
}
