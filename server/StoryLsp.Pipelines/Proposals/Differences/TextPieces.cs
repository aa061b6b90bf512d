using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Prose;
using StoryLsp.Language.Text;

namespace StoryLsp.Pipelines.Proposals.Differences;

/// <summary>
/// Cuts a text into pieces: prose by sentence, front matter, <c>story</c> fences and YAML files by line. It looks at lines alone and never
/// fails: in a text that is not what it seems the pieces are others, and their sum is the text all the same.
/// </summary>
internal sealed class TextPieces
{
    // Two steps for a column, so that the items of a list that is not indented are deeper than its key.
    private const int Column = 2;

    private readonly string _text;
    private readonly List<Piece> _pieces = [];

    private TextPieces(string text) => _text = text;

    /// <summary>The pieces of a file's text, in order.</summary>
    /// <param name="path">Its path; the extension tells what it is.</param>
    /// <param name="text">Its text.</param>
    public static IReadOnlyList<Piece> Of(string path, string text)
    {
        var pieces = new TextPieces(text);
        switch (DocumentReader.KindOf(path))
        {
            case DocumentKind.Markdown:
                pieces.CutMarkdown();
                break;
            case DocumentKind.Fountain:
                pieces.CutScript();
                break;
            default:
                pieces.CutYaml();
                break;
        }

        return pieces._pieces;
    }

    /// <summary>Whether white space between two pieces holds a blank line, so that another paragraph begins behind it.</summary>
    public static bool IsBreak(ReadOnlySpan<char> gap)
    {
        var ends = gap.Count('\n') + gap.Count('\r') - gap.Count("\r\n");
        return ends > 1;
    }

    private void CutYaml()
    {
        foreach (var line in Lines())
        {
            AddLine(line, IsRule(line) ? 0 : DepthOf(line));
        }
    }

    private void CutScript()
    {
        foreach (var line in Lines())
        {
            AddSentences(line);
        }
    }

    private void CutMarkdown()
    {
        var lines = Lines();
        var at = FrontMatter(lines);
        var prose = -1;
        for (; at < lines.Count; at++)
        {
            var kind = LineKind.Of(_text.AsSpan(lines[at].Start, lines[at].Length));
            if (kind.IsPlain)
            {
                prose = prose < 0 ? lines[at].Start : prose;
                continue;
            }

            Flush(ref prose, lines[at].Start);
            if (kind.Fence is { } fence)
            {
                at = Fence(lines, at, fence);
            }
            else if (kind.IsLine)
            {
                AddLine(lines[at], 0);
            }
            else if (kind.BeginsText)
            {
                prose = lines[at].Start;
            }
            else
            {
                AddSentence(lines[at]);
            }
        }

        Flush(ref prose, _text.Length);
    }

    /// <summary>Adds the lines of front matter; the index of the first line behind it.</summary>
    private int FrontMatter(List<TextSpan> lines)
    {
        if (_text.AsSpan(lines[0].Start, lines[0].Length).TrimStart('\uFEFF').TrimEnd() is not "---")
        {
            return 0;
        }

        var end = lines.FindIndex(1, line => _text.AsSpan(line.Start, line.Length).TrimEnd() is "---" or "...");
        if (end < 0)
        {
            return 0;
        }

        AddBlock(lines, 0, end);
        return end + 1;
    }

    /// <summary>Adds the lines of a fence; the index of its last.</summary>
    private int Fence(List<TextSpan> lines, int first, string fence)
    {
        var last = lines.FindIndex(first + 1, line => LineKind.Of(_text.AsSpan(line.Start, line.Length)).Fence is { } other && other.StartsWith(fence, StringComparison.Ordinal) &&
            _text.AsSpan(line.Start, line.Length).Trim().TrimStart(fence[0]).IsEmpty);
        last = last < 0 ? lines.Count - 1 : last;
        AddBlock(lines, first, last);
        return last;
    }

    // What a mark opens and closes stands or falls together where it is new or gone.
    private void AddBlock(List<TextSpan> lines, int first, int last)
    {
        AddLine(lines[first], 0);
        for (var i = first + 1; i <= last; i++)
        {
            AddLine(lines[i], DepthOf(lines[i]));
        }
    }

    private void Flush(ref int start, int end)
    {
        if (start >= 0)
        {
            AddSentences(TextSpan.FromBounds(start, end));
        }

        start = -1;
    }

    private void AddSentences(TextSpan part)
    {
        foreach (var sentence in Sentences.Of(_text, part))
        {
            _pieces.Add(new(_text.Substring(sentence.Start, sentence.Length), sentence.Start, PieceKind.Sentence, 0));
        }
    }

    private void AddSentence(TextSpan line)
    {
        var text = _text.AsSpan(line.Start, line.Length);
        var start = line.Start + text.Length - text.TrimStart().Length;
        _pieces.Add(new(text.Trim().ToString(), start, PieceKind.Sentence, 0));
    }

    private void AddLine(TextSpan line, int depth)
    {
        var text = _text.AsSpan(line.Start, line.Length).TrimEnd();
        if (text.Length > 0)
        {
            _pieces.Add(new(text.ToString(), line.Start, PieceKind.Line, depth));
        }
    }

    private bool IsRule(TextSpan line) => _text.AsSpan(line.Start, line.Length).TrimStart('\uFEFF').StartsWith("---", StringComparison.Ordinal);

    private int DepthOf(TextSpan line)
    {
        var text = _text.AsSpan(line.Start, line.Length);
        var content = text.TrimStart("\uFEFF \t");
        var isItem = content.StartsWith("- ", StringComparison.Ordinal) || content.TrimEnd() is "-";
        return (Column * (text.Length - content.Length)) + (isItem ? Column + 1 : Column);
    }

    /// <summary>The lines without their ends; at least one.</summary>
    private List<TextSpan> Lines()
    {
        var result = new List<TextSpan>();
        var start = 0;
        for (var i = 0; i < _text.Length; i++)
        {
            if (_text[i] is '\n' or '\r')
            {
                result.Add(TextSpan.FromBounds(start, i));
                i += _text[i] == '\r' && i + 1 < _text.Length && _text[i + 1] == '\n' ? 1 : 0;
                start = i + 1;
            }
        }

        result.Add(TextSpan.FromBounds(start, _text.Length));
        return result;
    }
}
