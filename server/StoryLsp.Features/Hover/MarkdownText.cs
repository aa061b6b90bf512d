using System.Text;
using StoryLsp.Index;

namespace StoryLsp.Features.Hover;

/// <summary>Writes texts of others into Markdown, so that they are shown as they are.</summary>
internal static class MarkdownText
{
    private const string Marks = "\\`*_[]<>|~#";

    /// <summary>A text on one line, with the marks of Markdown escaped.</summary>
    public static string Escape(string text)
    {
        var result = new StringBuilder(text.Length + 8);
        foreach (var unit in text)
        {
            if (unit is '\n' or '\r' or '\t')
            {
                result.Append(' ');
                continue;
            }

            if (Marks.Contains(unit))
            {
                result.Append('\\');
            }

            result.Append(unit);
        }

        return result.ToString().Trim();
    }

    /// <summary>A text as code.</summary>
    public static string Code(string text)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Contains('`') ? "`` " + line + " ``" : "`" + line + "`";
    }

    /// <summary>A text without its further sentences when it is long.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">The most UTF-16 code units.</param>
    public static string Shorten(string text, int most)
    {
        text = text.Trim();
        if (text.Length <= most)
        {
            return text;
        }

        var space = text.LastIndexOf(' ', most);
        var end = space > most / 2 ? space : most;
        // Half a character is none.
        return text[..(char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)].TrimEnd() + "…";
    }

    /// <summary>The name of a container, linked to where it is written.</summary>
    public static string Link(Container container, LinkWriter? links)
    {
        var position = container.Document.Lines.GetPosition(container.Fact.SelectionSpan.Start);
        var name = Escape(container.Name);
        return links?.Invoke(container.Path, position) is { } address ? "[" + name + "](" + address + ")" : name;
    }
}
