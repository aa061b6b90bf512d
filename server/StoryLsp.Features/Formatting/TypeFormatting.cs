using StoryLsp.Features.Completion;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Formatting;

/// <summary>
/// What follows of itself when a character is typed: the second bracket of a wikilink, the dash of the next item, the indentation beneath a key. Where
/// Enter can mean anything else, as in prose and in a block of text, there is nothing.
/// </summary>
public static class TypeFormatting
{
    /// <summary>The characters that are looked at.</summary>
    public static IReadOnlyList<char> Triggers { get; } = ['\n', ']'];

    /// <summary>The edits that follow a typed character, ascending; mostly none. What they insert at the caret belongs before it.</summary>
    /// <param name="snapshot">The workspace, with the character.</param>
    /// <param name="path">Workspace-relative path of the document.</param>
    /// <param name="offset">The caret behind what was typed, in UTF-16 code units.</param>
    /// <param name="typed">The character; a line end is <c>\n</c>, whatever the file's.</param>
    /// <param name="options">How YAML is laid out.</param>
    /// <param name="cancel">Gives up.</param>
    public static IReadOnlyList<TextEdit> At(Snapshot snapshot, string path, int offset, char typed, FormatOptions options, CancellationToken cancel)
    {
        if (snapshot.Document(path) is not { Facts.Kind: not DocumentKind.Unreadable } document || offset < 1 || offset > document.Text.Length)
        {
            return [];
        }

        cancel.ThrowIfCancellationRequested();
        return typed switch
        {
            ']' => ClosingBracket(document, offset),
            '\n' => new NextLine(snapshot, document, offset, options).Edits(),
            _ => [],
        };
    }

    // Only what was typed behind `[[` on the same line: the second bracket is added, and one too many goes.
    private static IReadOnlyList<TextEdit> ClosingBracket(Document document, int offset)
    {
        var text = document.Text;
        var line = text.GetLineSpan(text.Lines.GetLine(offset));
        var before = text.Text.AsSpan(line.Start, offset - line.Start);
        var open = before.LastIndexOf("[[");
        if (!before.EndsWith("]") || open < 0 || !IsLinkPlace(document, before, open, offset))
        {
            return [];
        }

        var link = before[(open + 2)..];
        var inside = link.TrimEnd(']');
        if (inside.IsWhiteSpace() || inside.ContainsAny('[', ']'))
        {
            return [];
        }

        var follows = offset < line.End && text.Text[offset] == ']';

        // In `[see [[Ada]]]` the third bracket is the writer's own.
        var isInBrackets = before[..open].Count('[') > before[..open].Count(']');
        return (link.Length - inside.Length, follows) switch
        {
            (1, false) => [new(new TextSpan(offset, 0), "]")],
            (2, true) when !isInBrackets => [new(new TextSpan(offset, 1), "")],
            (3, false) when !isInBrackets => [new(new TextSpan(offset - 1, 1), "")],
            _ => [],
        };
    }

    // In YAML without quotes, `[[a, b], [c]]` is a list of lists.
    private static bool IsLinkPlace(Document document, ReadOnlySpan<char> before, int open, int offset)
    {
        if (before[..open].Count('`') % 2 == 1)
        {
            return false;
        }

        var area = TextArea.At(document.Facts.Kind, document.Text, offset);
        return area.Kind switch
        {
            AreaKind.Prose => true,
            AreaKind.Yaml => YamlCursor.At(document.Text.Text, area.Span, offset) is { Quote: not '\0' },
            _ => false,
        };
    }
}
