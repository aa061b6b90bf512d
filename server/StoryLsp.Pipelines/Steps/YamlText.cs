using System.Globalization;
using System.Text;

namespace StoryLsp.Pipelines.Steps;

/// <summary>Writes a text of one line as a YAML scalar.</summary>
internal static class YamlText
{
    /// <summary>Without quotes where that is safe and reads well, else in double quotes. For block mappings.</summary>
    public static string Scalar(string value) => IsPlain(value) ? value : Quoted(value);

    /// <summary>In double quotes.</summary>
    public static string Quoted(string value)
    {
        var result = new StringBuilder("\"", value.Length + 2);
        for (var i = 0; i < value.Length; i++)
        {
            var unit = value[i];
            if (unit is '"' or '\\')
            {
                result.Append('\\').Append(unit);
            }
            else if (MustBeEscaped(value, i))
            {
                result.Append("\\u").Append(((int)unit).ToString("X4", CultureInfo.InvariantCulture));
            }
            else
            {
                result.Append(unit);
            }
        }

        return result.Append('"').ToString();
    }

    // A text of one word may be read as a number, a date or a boolean; one that begins with a letter and has a space is a text.
    private static bool IsPlain(string value)
    {
        if (value.Length == 0 || !char.IsLetter(value[0]) || char.IsWhiteSpace(value[^1]) || value[^1] == ':' || !value.Contains(' ') ||
            value.Contains(": ", StringComparison.Ordinal) || value.Contains(" #", StringComparison.Ordinal))
        {
            return false;
        }

        for (var i = 0; i < value.Length; i++)
        {
            if (MustBeEscaped(value, i))
            {
                return false;
            }
        }

        return true;
    }

    private static bool MustBeEscaped(string value, int at) =>
        char.IsControl(value[at]) || value[at] is '\u2028' or '\u2029' or '\uFEFF' or '\uFFFE' or '\uFFFF' ||
        (char.IsSurrogate(value[at]) && !(at + 1 < value.Length && char.IsSurrogatePair(value, at)) && !(at > 0 && char.IsSurrogatePair(value, at - 1)));
}
