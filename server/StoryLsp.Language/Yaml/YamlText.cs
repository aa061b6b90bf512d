using System.Buffers;
using System.Globalization;
using System.Text;
using StoryLsp.Language.Text;

namespace StoryLsp.Language.Yaml;

/// <summary>Writes texts as YAML scalars that read as just these texts.</summary>
public static class YamlText
{
    private static readonly SearchValues<char> FlowMarks = SearchValues.Create(",[]{}");

    /// <summary>A text as a scalar for any place, in brackets too: in double quotes only where it needs them.</summary>
    /// <param name="text">The text.</param>
    public static string Scalar(string text) => IsPlain(text) && !text.AsSpan().ContainsAny(FlowMarks) ? text : Quoted(text);

    /// <summary>A text of several words as the value of a key on a line of its own: without quotes where that is safe and reads well. One word is quoted, as it may be a number, a date or a boolean.</summary>
    /// <param name="text">The text.</param>
    public static string Sentence(string text) => IsPlain(text) && char.IsLetter(text[0]) && text.Contains(' ', StringComparison.Ordinal) ? text : Quoted(text);

    /// <summary>A text in double quotes.</summary>
    /// <param name="text">The text.</param>
    public static string Quoted(string text)
    {
        var result = new StringBuilder("\"", text.Length + 2);
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '"' or '\\': result.Append('\\').Append(text[i]); break;
                case '\n': result.Append("\\n"); break;
                case '\r': result.Append("\\r"); break;
                case '\t': result.Append("\\t"); break;
                case var unit when MustBeEscaped(text, i): result.Append("\\u").Append(((int)unit).ToString("X4", CultureInfo.InvariantCulture)); break;
                case var unit: result.Append(unit); break;
            }
        }

        return result.Append('"').ToString();
    }

    /// <summary>A text as it must be written where a scalar stands.</summary>
    /// <param name="text">One line of text.</param>
    /// <param name="quote">The quote that it stands in already, or NUL.</param>
    /// <param name="inFlow">Whether it stands in brackets or braces.</param>
    public static string Write(string text, char quote, bool inFlow) => quote switch
    {
        '"' => Quoted(text)[1..^1],
        '\'' => text.Replace("'", "''", StringComparison.Ordinal),
        _ => IsPlain(text) && !(inFlow && (text.AsSpan().ContainsAny(FlowMarks) || text.Contains(':', StringComparison.Ordinal))) ? text : Quoted(text),
    };

    /// <summary>The edit that puts a text in the place of a scalar's content, which may stand in quotes or brackets.</summary>
    /// <param name="source">The text of the document.</param>
    /// <param name="content">The scalar without its quotes, in UTF-16 code units.</param>
    /// <param name="text">What it is to say.</param>
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

    private static bool IsPlain(string text)
    {
        if (text.Length == 0 || char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1]) || "!&*|>'\"%@`#,[]{}".Contains(text[0], StringComparison.Ordinal))
        {
            return false;
        }

        if (text[0] is '-' or '?' or ':' && (text.Length == 1 || text[1] is ' ' or '\t'))
        {
            return false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (MustBeEscaped(text, i))
            {
                return false;
            }
        }

        return !text.Contains(": ", StringComparison.Ordinal) && !text.Contains(" #", StringComparison.Ordinal) && !text.EndsWith(':')
            && text is not ("---" or "...") && !IsOtherThanText(text);
    }

    // Words that YAML reads as null or a boolean; numbers resolve as references all the same, but a name is safer as text.
    private static bool IsOtherThanText(string text) => text.ToLowerInvariant() is "null" or "~" or "true" or "false" or "yes" or "no" or "on" or "off";

    private static bool MustBeEscaped(string text, int at) =>
        char.IsControl(text[at]) || text[at] is '\u2028' or '\u2029' or '\uFEFF' or '\uFFFE' or '\uFFFF' ||
        (char.IsSurrogate(text[at]) && !(at + 1 < text.Length && char.IsSurrogatePair(text, at)) && !(at > 0 && char.IsSurrogatePair(text, at - 1)));
}
