using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Edits;

/// <summary>
/// Edits of lists that leave every other character as it is. Each is null where it cannot be made without a guess, or where a comment would be lost or stand beside another item.
/// </summary>
internal static class ListEdits
{
    /// <summary>Puts items behind one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="list">The list.</param>
    /// <param name="index">The item before.</param>
    /// <param name="items">The items as YAML; of several lines or with a comment only in a list of lines, indented as if the first stood in column 0.</param>
    public static TextEdit? InsertAfter(SourceText text, YamlSequence list, int index, IReadOnlyList<string> items)
    {
        var before = list.Items[index];
        if (list.IsFlow)
        {
            return items.Any(item => !FitsInBrackets(item)) ? null : new(new(before.Span.End, 0), string.Concat(items.Select(item => ", " + item)));
        }

        if (LeadOf(text, before) is not { } lead)
        {
            return null;
        }

        var end = text.DominantLineEnding;
        var at = EndOfLine(text, before);
        var endsOpen = at == text.Length && (at == 0 || text.Text[at - 1] is not ('\n' or '\r'));
        var lines = items.Select(item => lead + Indented(item, lead.Length, end));
        return new(new(at, 0), string.Concat(lines.Select(line => endsOpen ? end + line : line + end)));
    }

    /// <summary>Puts an item at the beginning.</summary>
    public static TextEdit? InsertFirst(SourceText text, YamlSequence list, string item)
    {
        if (list.IsFlow)
        {
            return FitsInBrackets(item) ? new(new(list.Span.Start + 1, 0), list.Items.Count == 0 ? item : item + ", ") : null;
        }

        if (list.Items.Count == 0 || LeadOf(text, list.Items[0]) is not { } lead)
        {
            return null;
        }

        var first = list.Items[0].Span.Start;
        var end = text.DominantLineEnding;
        return HasOwnLine(text, list.Items[0])
            ? new(new(text.LineStarts[text.GetPosition(first).Line], 0), lead + Indented(item, lead.Length, end) + end)
            : new(new(first, 0), Indented(item, lead.Length, end) + end + lead);
    }

    /// <summary>Takes an item out; the last one of a list in brackets leaves the brackets. Null where a comment stands beside it.</summary>
    public static TextEdit? Remove(SourceText text, YamlSequence list, int index) => HasComment(text, list, index) ? null : Cut(text, list, index);

    /// <summary>Takes an item out, to be put elsewhere with the comment behind it.</summary>
    /// <param name="text">The text.</param>
    /// <param name="list">The list.</param>
    /// <param name="index">The item.</param>
    /// <param name="item">The item and its comment, indented as if it stood in column 0.</param>
    public static TextEdit? TakeOut(SourceText text, YamlSequence list, int index, out string item)
    {
        item = Unindented(text, WithComment(text, list, index));
        return list.IsFlow && HasComment(text, list, index) ? null : Cut(text, list, index);
    }

    /// <summary>An item with the comment behind it on its line; in brackets it stands alone.</summary>
    public static TextSpan WithComment(SourceText text, YamlSequence list, int index) => WithComment(text, list.Items[index].Span, list.IsFlow);

    /// <summary>A node with the comment behind it on its line; in brackets it stands alone.</summary>
    public static TextSpan WithComment(SourceText text, TextSpan node, bool isFlow)
    {
        var end = node.Start + text.Slice(node).TrimEnd().Length;
        if (!isFlow)
        {
            var line = text.GetLineSpan(text.GetPosition(end).Line);
            end = Math.Max(end, line.Start + text.Slice(line).TrimEnd().Length);
        }

        return TextSpan.FromBounds(node.Start, end);
    }

    /// <summary>Whether a comment stands beside an item: behind it on its line; in brackets, between it and the items beside it.</summary>
    public static bool HasComment(SourceText text, YamlSequence list, int index)
    {
        var item = list.Items[index];
        if (!list.IsFlow)
        {
            return text.Slice(TextSpan.FromBounds(item.Span.End, Math.Max(item.Span.End, EndOfLine(text, item)))).Contains('#', StringComparison.Ordinal);
        }

        var before = TextSpan.FromBounds(index > 0 ? list.Items[index - 1].Span.End : list.Span.Start, item.Span.Start);
        var behind = TextSpan.FromBounds(item.Span.End, index + 1 < list.Items.Count ? list.Items[index + 1].Span.Start : list.Span.End);
        return text.Slice(before).Contains('#', StringComparison.Ordinal) || text.Slice(behind).Contains('#', StringComparison.Ordinal);
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

    private static TextEdit? Cut(SourceText text, YamlSequence list, int index)
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

        if (!HasOwnLine(text, item))
        {
            // The first item stands behind the dash of its list; the next one takes its place there, if nothing else stands between.
            var between = TextSpan.FromBounds(EndOfLine(text, item), Math.Max(EndOfLine(text, item), list.Items[1].Span.Start));
            return index == 0 && text.Slice(between).Trim() == "-" ? new(TextSpan.FromBounds(item.Span.Start, list.Items[1].Span.Start), "") : null;
        }

        var start = text.LineStarts[text.GetPosition(item.Span.Start).Line];
        var end = EndOfLine(text, item);
        var endsOpen = end == text.Length && end > 0 && text.Text[end - 1] is not ('\n' or '\r');
        // The line end before an open last line goes with it, so that the text ends as it did.
        return new(endsOpen && start > 0 ? TextSpan.FromBounds(text.GetLineSpan(text.GetPosition(start - 1).Line).End, end) : TextSpan.FromBounds(start, end), "");
    }

    // A number sign in quotes would fit, too; that is not worth reading the item for.
    private static bool FitsInBrackets(string item) => !item.Contains('\n', StringComparison.Ordinal) && !item.Contains(" #", StringComparison.Ordinal);

    private static string Indented(string item, int column, string end) => item.Replace("\n", end + new string(' ', column), StringComparison.Ordinal);

    // What stands before an item on a line of its own: the blanks and the dash.
    private static string? LeadOf(SourceText text, YamlNode item)
    {
        var lead = BeforeOnLine(text, item);
        var dash = lead.LastIndexOf('-');
        return dash >= 0 && lead.AsSpan().Trim("- \t").IsEmpty ? new string(' ', dash) + lead[dash..] : null;
    }

    private static bool HasOwnLine(SourceText text, YamlNode item) => BeforeOnLine(text, item).Trim() == "-";

    private static string BeforeOnLine(SourceText text, YamlNode item) =>
        text.Slice(TextSpan.FromBounds(text.LineStarts[text.GetPosition(item.Span.Start).Line], item.Span.Start));

    private static int EndOfLine(SourceText text, YamlNode item)
    {
        var last = text.GetPosition(Math.Max(item.Span.Start, item.Span.End - 1)).Line;
        return last + 1 < text.LineCount ? text.LineStarts[last + 1] : text.Length;
    }
}
