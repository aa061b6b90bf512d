using StoryLsp.Language.Text;

namespace StoryLsp.Features.Formatting;

/// <summary>The lines of a stretch of YAML, by their numbers in the whole text.</summary>
internal sealed class YamlLines
{
    private readonly SourceText _text;

    public YamlLines(SourceText text, TextSpan region)
    {
        _text = text;
        Region = region;
        First = text.Lines.GetLine(region.Start);
        Last = text.Lines.GetLine(region.End);
        if (Last > First && text.LineStarts[Last] == region.End && region.End < text.Length)
        {
            // The line behind the stretch belongs to something else, such as the closing fence.
            Last--;
        }
    }

    public TextSpan Region { get; }

    public int First { get; }

    public int Last { get; }

    public string Text => _text.Text;

    public int LineOf(int offset) => _text.Lines.GetLine(offset);

    /// <summary>Where a line's text begins: behind a byte order mark.</summary>
    public int Start(int line)
    {
        var start = Math.Max(_text.LineStarts[line], Region.Start);
        return start == 0 && Text.StartsWith('\uFEFF') ? 1 : start;
    }

    /// <summary>The end of a line, before its line end.</summary>
    public int End(int line) => Math.Max(Start(line), Math.Min(_text.GetLineSpan(line).End, Region.End));

    /// <summary>The first character of a line that is no space or tab; its end where there is none.</summary>
    public int Content(int line) => SkipBlanks(Start(line), End(line));

    /// <summary>The spaces that a line begins with.</summary>
    public int Spaces(int line)
    {
        var end = End(line);
        var at = Start(line);
        while (at < end && Text[at] == ' ')
        {
            at++;
        }

        return at - Start(line);
    }

    public bool IsBlank(int line) => Content(line) == End(line);

    public bool IsComment(int line) => Content(line) is var at && at < End(line) && Text[at] == '#';

    public int Column(int offset) => offset - Start(LineOf(offset));

    /// <summary>Whether an offset is the first of its line that is not blank.</summary>
    public bool BeginsLine(int offset) => Content(LineOf(offset)) == offset;

    /// <summary>Whether a line is <c>---</c>, <c>...</c> or a directive.</summary>
    public bool IsMarker(int line)
    {
        var content = Text.AsSpan(Start(line), End(line) - Start(line));
        return content.StartsWith("%") || ((content.StartsWith("---") || content.StartsWith("...")) && (content.Length == 3 || content[3] is ' ' or '\t'));
    }

    public int SkipBlanks(int at, int end)
    {
        while (at < end && Text[at] is ' ' or '\t')
        {
            at++;
        }

        return at;
    }

    public int SkipBlanksBack(int at, int start)
    {
        while (at > start && Text[at - 1] is ' ' or '\t')
        {
            at--;
        }

        return at;
    }
}
