using System.Text;
using StoryLsp.Language.Text;

namespace StoryLsp.Continuity.Edits;

/// <summary>Writes texts as YAML.</summary>
internal static class YamlText
{
    /// <summary>A text as a scalar, in quotes only where it needs them.</summary>
    public static string Scalar(string text) => NeedsQuotes(text) ? Quoted(text) : text;

    /// <summary>A text in double quotes.</summary>
    public static string Quoted(string text)
    {
        var builder = new StringBuilder("\"");
        foreach (var unit in text)
        {
            switch (unit)
            {
                case '"' or '\\': builder.Append('\\').Append(unit); break;
                case '\n': builder.Append("\\n"); break;
                case '\r': builder.Append("\\r"); break;
                case '\t': builder.Append("\\t"); break;
                default: builder.Append(unit); break;
            }
        }

        return builder.Append('"').ToString();
    }

    /// <summary>The edit that puts a text in the place of a scalar's content, which may stand in quotes or brackets.</summary>
    public static TextEdit Replace(SourceText source, TextSpan content, string text)
    {
        var before = content.Start > 0 ? source.Text[content.Start - 1] : ' ';
        var after = content.End < source.Length ? source.Text[content.End] : ' ';
        return new(content, (before, after) switch
        {
            ('"', '"') => Quoted(text)[1..^1],
            ('\'', '\'') => text.Replace("'", "''", StringComparison.Ordinal),
            ('[', _) or ('|', _) or ('#', _) => text,
            _ => Scalar(text),
        });
    }

    private static bool NeedsQuotes(string text) =>
        text.Length == 0 || char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1]) ||
        "[]{}#&*!|>'\"%@`,".Contains(text[0]) ||
        (text[0] is '-' or '?' or ':' && (text.Length == 1 || text[1] == ' ')) ||
        text.EndsWith(':') || text.Contains(": ", StringComparison.Ordinal) || text.Contains(" #", StringComparison.Ordinal) ||
        text.AsSpan().ContainsAny("\r\n\t,[]{}") ||
        text is "---" or "..." or "~" or "null" or "Null" or "NULL";
}
