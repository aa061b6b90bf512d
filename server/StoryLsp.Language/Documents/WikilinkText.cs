using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Language.Documents;

/// <summary>Wikilinks as values of YAML fields: quoted, and unquoted, which YAML reads as a list in a list.</summary>
internal static class WikilinkText
{
    /// <summary>The target (with its anchor, without the shown text) of a scalar that is one wikilink; null when it is none.</summary>
    public static NameFact? OfScalar(YamlScalar scalar, SourceText text)
    {
        var value = scalar.Value.Trim();
        if (!value.StartsWith("[[", StringComparison.Ordinal) || !value.EndsWith("]]", StringComparison.Ordinal) ||
            value.IndexOf("]]", StringComparison.Ordinal) != value.Length - 2)
        {
            return null;
        }

        var content = text.Text.AsSpan(scalar.ContentSpan.Start, scalar.ContentSpan.Length);
        var open = content.IndexOf("[[");
        var close = content.LastIndexOf("]]");
        if (open < 0 || close < open)
        {
            return new(Target(value[2..^2]), scalar.ContentSpan);
        }

        var link = Inside(text, scalar.ContentSpan.Start + open + 2, scalar.ContentSpan.Start + close);
        // In quotes a target may be written with escapes, as in '[[Ada O''Neil]]'; its span stays what is written.
        return scalar.Style != YamlScalarStyle.Plain && link.Text.AsSpan().ContainsAny('\'', '\\') ? link with { Text = Target(value[2..^2]) } : link;
    }

    /// <summary>The target of <c>[[target]]</c> written without quotes; null when the node is no such list.</summary>
    public static NameFact? OfNestedList(YamlNode node, SourceText text)
    {
        if (node is not YamlSequence { IsFlow: true, Items: [YamlSequence { IsFlow: true } inner] } outer ||
            inner.Span.Start != outer.Span.Start + 1 || inner.Span.End != outer.Span.End - 1 || inner.Span.Length < 2)
        {
            return null;
        }

        var content = text.Text.AsSpan(inner.Span.Start + 1, inner.Span.Length - 2);
        return content.IndexOfAny('[', ']') >= 0 || HasQuotes(content) || content.IsWhiteSpace() ? null : Inside(text, inner.Span.Start + 1, inner.Span.End - 1);
    }

    // A quote that begins a text makes it a list of texts; an apostrophe in a name does not.
    private static bool HasQuotes(ReadOnlySpan<char> content)
    {
        for (var i = 0; i < content.Length; i++)
        {
            if (content[i] is '"' or '\'' && (i == 0 || content[i - 1] is ' ' or '\t' or ',' or '\n'))
            {
                return true;
            }
        }

        return false;
    }

    private static NameFact Inside(SourceText text, int start, int end)
    {
        var pipe = text.Text.IndexOf('|', start, end - start);
        end = pipe < 0 ? end : text.Text[pipe - 1] == '\\' ? pipe - 1 : pipe;
        while (start < end && char.IsWhiteSpace(text.Text[start]))
        {
            start++;
        }

        while (end > start && char.IsWhiteSpace(text.Text[end - 1]))
        {
            end--;
        }

        return new(text.Text[start..end], TextSpan.FromBounds(start, end));
    }

    private static string Target(string inside) => inside.Split('|')[0].TrimEnd('\\').Trim();
}
