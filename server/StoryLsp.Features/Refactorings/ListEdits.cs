using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Refactorings;

/// <summary>Edits of lists that leave every other character as it is. Each is null where it cannot be made without a guess.</summary>
internal static class ListEdits
{
    /// <summary>Puts items behind one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="list">The list.</param>
    /// <param name="index">The item before.</param>
    /// <param name="items">The items as YAML; of several lines only in a list of lines, indented as if the first stood in column 0.</param>
    public static TextEdit? InsertAfter(SourceText text, YamlSequence list, int index, IReadOnlyList<string> items)
    {
        var before = list.Items[index];
        if (list.IsFlow)
        {
            return items.Any(item => item.Contains('\n', StringComparison.Ordinal)) ? null : new(new(before.Span.End, 0), string.Concat(items.Select(item => ", " + item)));
        }

        if (LeadOf(text, before) is not { } lead)
        {
            return null;
        }

        var end = text.DominantLineEnding;
        var at = EndOfLine(text, before);
        var endsOpen = at == text.Length && (at == 0 || text.Text[at - 1] is not ('\n' or '\r'));
        var lines = items.Select(item => lead + item.Replace("\n", end + new string(' ', lead.Length), StringComparison.Ordinal));
        return new(new(at, 0), string.Concat(lines.Select(line => endsOpen ? end + line : line + end)));
    }

    /// <summary>Puts an item at the beginning.</summary>
    public static TextEdit? InsertFirst(SourceText text, YamlSequence list, string item)
    {
        if (list.IsFlow)
        {
            return new(new(list.Span.Start + 1, 0), list.Items.Count == 0 ? item : item + ", ");
        }

        return list.Items.Count > 0 && LeadOf(text, list.Items[0]) is { } lead
            ? new(new(text.LineStarts[text.GetPosition(list.Items[0].Span.Start).Line], 0), lead + item + text.DominantLineEnding)
            : null;
    }

    /// <summary>Takes an item out; the last one of a list in brackets leaves the brackets.</summary>
    public static TextEdit? Remove(SourceText text, YamlSequence list, int index)
    {
        var item = list.Items[index];
        if (list.IsFlow)
        {
            return new(index > 0 ? TextSpan.FromBounds(list.Items[index - 1].Span.End, item.Span.End)
                : TextSpan.FromBounds(item.Span.Start, list.Items.Count > 1 ? list.Items[1].Span.Start : item.Span.End), "");
        }

        if (LeadOf(text, item) is null || list.Items.Count == 1)
        {
            return null;
        }

        var start = text.LineStarts[text.GetPosition(item.Span.Start).Line];
        var end = EndOfLine(text, item);
        var endsOpen = end == text.Length && end > 0 && text.Text[end - 1] is not ('\n' or '\r');
        // The line end before an open last line goes with it, so that the text ends as it did.
        return new(endsOpen && start > 0 ? TextSpan.FromBounds(text.GetLineSpan(text.GetPosition(start - 1).Line).End, end) : TextSpan.FromBounds(start, end), "");
    }

    /// <summary>The items of a list of lines as their lines are, indented as if the first stood in column 0; those in brackets as they are.</summary>
    public static IReadOnlyList<string> ItemsOf(SourceText text, YamlSequence list) => [.. list.Items.Select(item => Unindented(text, item.Span))];

    /// <summary>A node's text, indented as if it began in column 0, with line feeds.</summary>
    public static string Unindented(SourceText text, TextSpan span)
    {
        var column = text.GetPosition(span.Start).Character;
        var lines = text.Slice(span).TrimEnd().ReplaceLineEndings("\n").Split('\n');
        return string.Join('\n', lines.Select((line, i) => i == 0 ? line : line.Length - line.TrimStart(' ').Length >= column ? line[column..] : line.TrimStart(' ')));
    }

    // What stands before an item on its line: the dash and blanks.
    private static string? LeadOf(SourceText text, YamlNode item)
    {
        var line = text.GetPosition(item.Span.Start).Line;
        var lead = text.Slice(TextSpan.FromBounds(text.LineStarts[line], item.Span.Start));
        return lead.Trim() == "-" ? lead : null;
    }

    private static int EndOfLine(SourceText text, YamlNode item)
    {
        var last = text.GetPosition(Math.Max(item.Span.Start, item.Span.End - 1)).Line;
        return last + 1 < text.LineCount ? text.LineStarts[last + 1] : text.Length;
    }
}
