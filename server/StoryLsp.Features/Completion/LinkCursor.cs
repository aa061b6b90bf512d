using StoryLsp.Language.Text;

namespace StoryLsp.Features.Completion;

/// <summary>The part of a link that is being written.</summary>
internal enum LinkPart
{
    /// <summary>The target of <c>[[…]]</c>.</summary>
    Target,

    /// <summary>What stands behind <c>#</c> in <c>[[…]]</c>.</summary>
    Anchor,

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
/// <param name="IsClosed">Whether its closing brackets are there.</param>
/// <param name="HasShown">Whether a shown text follows.</param>
internal sealed record LinkCursor(LinkPart Part, TextSpan Token, string Target, bool IsEmbed, bool IsClosed, bool HasShown)
{
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

        return Wiki(source.Text, line, caret, before) ?? Markdown(source.Text, line, caret, before);
    }

    // An odd number of backticks before the caret: it stands in code.
    private static bool InCode(ReadOnlySpan<char> before) => before.Count('`') % 2 == 1;

    private static LinkCursor? Wiki(string text, TextSpan line, int caret, ReadOnlySpan<char> before)
    {
        var open = before.LastIndexOf("[[");
        if (open < 0 || before[open..].Contains("]]", StringComparison.Ordinal) || before[open..].Contains('|'))
        {
            return null;
        }

        var start = line.Start + open + 2;
        var rest = text.AsSpan(caret, line.End - caret);
        var end = caret + EndOfWiki(rest);
        var hash = before[(open + 2)..].IndexOf('#');
        var follows = text.AsSpan(end, line.End - end);
        var isClosed = follows.StartsWith("]]") || (follows.IndexOf("]]") is >= 0 and var close && !follows[..close].Contains("[[", StringComparison.Ordinal) && follows[0] is '|' or '#');
        var isEmbed = open > 0 && before[open - 1] == '!';
        if (hash < 0)
        {
            return new(LinkPart.Target, TextSpan.FromBounds(start, end), text[start..end].Trim(), isEmbed, isClosed, follows.StartsWith("|") || follows.StartsWith("#"));
        }

        var anchor = start + hash + 1;
        return new(LinkPart.Anchor, TextSpan.FromBounds(anchor, end), text[start..(anchor - 1)].Trim(), isEmbed, isClosed, follows.StartsWith("|"));
    }

    // The target goes on behind the caret when brackets close it; else it ends at the caret, and what follows is prose.
    private static int EndOfWiki(ReadOnlySpan<char> rest)
    {
        var close = rest.IndexOf("]]");
        if (close < 0 || rest[..close].Contains("[[", StringComparison.Ordinal))
        {
            return 0;
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
        var isClosed = rest.Contains(')');
        var hash = text.AsSpan(start, caret - start).IndexOf('#');
        var isImage = before[..open].LastIndexOf('[') is > 0 and var bracket && before[bracket - 1] == '!';
        if (hash >= 0)
        {
            return new(LinkPart.PathAnchor, TextSpan.FromBounds(start + hash + 1, end), text[start..(start + hash)], isImage, isClosed, angled);
        }

        return new(LinkPart.Path, TextSpan.FromBounds(start, end), text[start..caret], isImage, isClosed, angled);
    }
}
