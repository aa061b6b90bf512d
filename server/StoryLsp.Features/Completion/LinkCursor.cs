using StoryLsp.Language.Text;

namespace StoryLsp.Features.Completion;

/// <summary>The part of a link that is being written.</summary>
internal enum LinkPart
{
    /// <summary>The target of <c>[[…]]</c>.</summary>
    Target,

    /// <summary>What stands behind <c>#</c> in <c>[[…]]</c>.</summary>
    Anchor,

    /// <summary>What stands behind <c>|</c> in <c>[[…]]</c>.</summary>
    Shown,

    /// <summary>The path of <c>[…](…)</c>.</summary>
    Path,

    /// <summary>What stands behind <c>#</c> in <c>[…](…)</c>.</summary>
    PathAnchor,
}

/// <summary>A link that is being written on the caret's line.</summary>
/// <param name="Part">The part at the caret.</param>
/// <param name="Token">What a completion replaces.</param>
/// <param name="Target">The target before <c>#</c>, as written.</param>
/// <param name="IsEmbed">Whether it begins with <c>!</c>.</param>
/// <param name="Close">What is missing of its closing brackets.</param>
/// <param name="HasShown">Whether a shown text follows.</param>
internal sealed record LinkCursor(LinkPart Part, TextSpan Token, string Target, bool IsEmbed, string Close, bool HasShown)
{
    /// <summary>Whether it stands in a row of a table, where the bar before a shown text is written <c>\|</c>.</summary>
    public bool InTable { get; init; }

    /// <summary>The link at an offset, or null.</summary>
    public static LinkCursor? At(SourceText source, int caret)
    {
        var line = source.GetLineSpan(source.Lines.GetLine(caret));
        caret = Math.Min(caret, line.End);
        var before = source.Text.AsSpan(line.Start, caret - line.Start);
        if (InCode(before))
        {
            return null;
        }

        var link = Wiki(source.Text, line, caret, before) ?? Markdown(source.Text, line, caret, before);
        return link is null ? null : link with { InTable = IsTableRow(source, line) };
    }

    /// <summary>Whether a line is a row of a table.</summary>
    public static bool IsTableRow(SourceText source, TextSpan line) => source.Text.AsSpan(line.Start, line.Length).TrimStart().StartsWith("|");

    // An odd number of backticks before the caret: it stands in code.
    private static bool InCode(ReadOnlySpan<char> before) => before.Count('`') % 2 == 1;

    private static LinkCursor? Wiki(string text, TextSpan line, int caret, ReadOnlySpan<char> before)
    {
        var open = before.LastIndexOf("[[");
        if (open < 0 || before[open..].Contains("]]", StringComparison.Ordinal))
        {
            return null;
        }

        if (before[open..].IndexOf('|') is >= 0 and var bar)
        {
            // In a table a bar of its own ends the cell.
            return before[open + bar - 1] == '\\' || !before[..open].TrimStart().StartsWith("|") ? ShownPart(text, line, caret, open, bar) : null;
        }

        var start = line.Start + open + 2;
        var rest = text.AsSpan(caret, line.End - caret);
        var end = caret + EndOfWiki(text, caret, rest);
        var hash = before[(open + 2)..].IndexOf('#');
        var follows = text.AsSpan(end, line.End - end);
        var isClosed = follows.StartsWith("]]") || (follows.IndexOf("]]") is >= 0 and var at && !follows[..at].Contains("[[", StringComparison.Ordinal) && follows[0] is '|' or '#');
        var close = isClosed ? "" : follows.StartsWith("]") ? "]" : "]]";
        var isEmbed = open > 0 && before[open - 1] == '!';
        if (hash < 0)
        {
            return new(LinkPart.Target, TextSpan.FromBounds(start, end), text[start..end].Trim(), isEmbed, close, follows.StartsWith("|") || follows.StartsWith("#"));
        }

        var anchor = start + hash + 1;
        return new(LinkPart.Anchor, TextSpan.FromBounds(anchor, end), text[start..(anchor - 1)].Trim(), isEmbed, close, follows.StartsWith("|"));
    }

    private static LinkCursor ShownPart(string text, TextSpan line, int caret, int open, int bar)
    {
        var start = line.Start + open + 2;
        var shown = line.Start + open + bar + 1;
        var rest = text.AsSpan(caret, line.End - caret);
        var close = rest.IndexOf("]]");
        var isClosed = close >= 0 && !rest[..close].Contains("[[", StringComparison.Ordinal);
        var target = text[start..(shown - 1)];
        return new(LinkPart.Shown, TextSpan.FromBounds(shown, isClosed ? caret + close : caret), target.Split('#')[0].TrimEnd('\\').Trim(), false, isClosed ? "" : rest.StartsWith("]") ? "]" : "]]", true);
    }

    // The target goes on behind the caret when brackets close it; else it ends with the word at the caret, and what follows is prose.
    private static int EndOfWiki(string text, int caret, ReadOnlySpan<char> rest)
    {
        var close = rest.IndexOf("]]");
        if (close < 0 || rest[..close].Contains("[[", StringComparison.Ordinal))
        {
            var word = 0;
            while (word < rest.Length && ProseWord.IsPart(text, caret - 1) && ProseWord.IsPart(text, caret + word))
            {
                word++;
            }

            return word;
        }

        var stop = rest[..close].IndexOfAny('|', '#');
        return stop < 0 ? close : stop;
    }

    private static LinkCursor? Markdown(string text, TextSpan line, int caret, ReadOnlySpan<char> before)
    {
        var open = before.LastIndexOf("](");
        if (open < 0 || before[open..].IndexOfAny(")\"") >= 0)
        {
            return null;
        }

        var start = line.Start + open + 2;
        var angled = start < caret && text[start] == '<';
        if (angled)
        {
            start++;
        }
        else if (text.AsSpan(start, caret - start).IndexOfAny(' ', '\t') >= 0)
        {
            return null;
        }

        var rest = text.AsSpan(caret, line.End - caret);
        var stop = angled ? rest.IndexOf('>') : rest.IndexOfAny(") \t");
        var end = caret + (stop < 0 ? 0 : stop);
        var close = rest.Contains(')') ? "" : angled ? ">)" : ")";
        var hash = text.AsSpan(start, caret - start).IndexOf('#');
        var isImage = before[..open].LastIndexOf('[') is > 0 and var bracket && before[bracket - 1] == '!';
        if (hash >= 0)
        {
            return new(LinkPart.PathAnchor, TextSpan.FromBounds(start + hash + 1, end), text[start..(start + hash)], isImage, close, angled);
        }

        return new(LinkPart.Path, TextSpan.FromBounds(start, end), text[start..caret], isImage, close, angled);
    }
}
