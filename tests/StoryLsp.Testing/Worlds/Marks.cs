using System.Text;
using StoryLsp.Language.Text;

namespace StoryLsp.Testing.Worlds;

/// <summary>
/// A text at fault is wrapped in two characters of the private use area, goes through whatever writes the file, and is found again in the text
/// that is finished. So a planter needs not know in which file and form a value is written.
/// </summary>
public static class Marks
{
    private const char Open = '\uE000';
    private const char Close = '\uE001';

    /// <summary>The text with marks around it.</summary>
    public static string Fault(string text) => Open + text + Close;

    /// <summary>The text without marks.</summary>
    public static string Strip(string text) =>
        text.Contains(Open, StringComparison.Ordinal) ? text.Replace(Open.ToString(), "", StringComparison.Ordinal).Replace(Close.ToString(), "", StringComparison.Ordinal) : text;

    /// <summary>The text without marks, and where they were.</summary>
    public static (string Text, IReadOnlyList<TextSpan> Spans) Take(string text)
    {
        if (!text.Contains(Open, StringComparison.Ordinal))
        {
            return (text, []);
        }

        var plain = new StringBuilder(text.Length);
        var spans = new List<TextSpan>();
        var starts = new Stack<int>();
        foreach (var c in text)
        {
            if (c == Open)
            {
                starts.Push(plain.Length);
            }
            else if (c == Close)
            {
                spans.Add(TextSpan.FromBounds(starts.Pop(), plain.Length));
            }
            else
            {
                plain.Append(c);
            }
        }

        return (plain.ToString(), spans);
    }
}
