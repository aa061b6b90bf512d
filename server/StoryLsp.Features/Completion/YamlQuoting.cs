using System.Buffers;

namespace StoryLsp.Features.Completion;

/// <summary>Writes a text as a YAML scalar that reads as just that text.</summary>
internal static class YamlQuoting
{
    private static readonly SearchValues<char> FlowMarks = SearchValues.Create(",[]{}");

    /// <summary>The text as it must be written.</summary>
    /// <param name="text">One line of text.</param>
    /// <param name="quote">The quote that it stands in already, or NUL.</param>
    /// <param name="inFlow">Whether it stands in brackets or braces.</param>
    public static string Write(string text, char quote, bool inFlow) => quote switch
    {
        '"' => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal),
        '\'' => text.Replace("'", "''", StringComparison.Ordinal),
        _ => IsPlain(text, inFlow) ? text : "\"" + Write(text, '"', inFlow) + "\"",
    };

    private static bool IsPlain(string text, bool inFlow)
    {
        if (text.Length == 0 || char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1]) || "!&*|>'\"%@`#,[]{}".Contains(text[0]))
        {
            return false;
        }

        if (text[0] is '-' or '?' or ':' && (text.Length == 1 || text[1] is ' ' or '\t'))
        {
            return false;
        }

        return !text.Contains(": ", StringComparison.Ordinal) && !text.Contains(" #", StringComparison.Ordinal) && !text.EndsWith(':')
            && !(inFlow && (text.AsSpan().ContainsAny(FlowMarks) || text.Contains(':')))
            && !text.Any(char.IsControl) && text is not ("---" or "...") && !IsOtherThanText(text);
    }

    // Words that YAML reads as null or a boolean; numbers resolve as references all the same, but a name is safer as text.
    private static bool IsOtherThanText(string text) =>
        text.ToLowerInvariant() is "null" or "~" or "true" or "false" or "yes" or "no" or "on" or "off";
}
