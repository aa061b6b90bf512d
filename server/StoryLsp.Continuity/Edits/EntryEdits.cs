using StoryLsp.Language.Documents;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Edits;

/// <summary>Edits that take an entry out of a mapping or put one in, and leave every other character as it is.</summary>
internal static class EntryEdits
{
    /// <summary>Takes an entry out.</summary>
    public static TextEdit Remove(SourceText text, YamlMapping mapping, YamlEntry entry)
    {
        var index = IndexOf(mapping, entry);
        if (mapping.IsFlow)
        {
            return new(FlowSpan(mapping, index), "");
        }

        var line = text.GetPosition(entry.Span.Start).Line;
        var start = text.LineStarts[line];
        if (string.IsNullOrWhiteSpace(text.Slice(TextSpan.FromBounds(start, entry.Span.Start))))
        {
            return new(TextSpan.FromBounds(start, EndOfLines(text, entry.Span)), "");
        }

        // The first entry stands behind a dash; the next one takes its place there.
        var end = index + 1 < mapping.Entries.Count ? mapping.Entries[index + 1].Span.Start : entry.Span.End;
        return new(TextSpan.FromBounds(entry.Span.Start, end), "");
    }

    /// <summary>Puts <c>key: value</c> at the end of a mapping; null when it has no entry to stand behind.</summary>
    public static TextEdit? Insert(SourceText text, YamlMapping mapping, string key, string value)
    {
        if (mapping.Entries.Count == 0)
        {
            return mapping.IsFlow ? new(new(mapping.Span.Start + 1, 0), $"{YamlText.Scalar(key)}: {value}") : null;
        }

        var last = mapping.Entries[^1];
        if (mapping.IsFlow)
        {
            return new(new(last.Span.End, 0), $", {YamlText.Scalar(key)}: {value}");
        }

        var indent = IndentOf(text, mapping.Entries[0].Span.Start);
        return InsertLine(text, last.Span, indent + Written(key, value));
    }

    /// <summary><c>key: value</c>, or <c>key:</c> where the value is yet to be written.</summary>
    public static string Written(string key, string value) => value.Length == 0 ? YamlText.Scalar(key) + ":" : $"{YamlText.Scalar(key)}: {value}";

    /// <summary>Puts a line behind the lines of a span.</summary>
    public static TextEdit InsertLine(SourceText text, TextSpan after, string line)
    {
        var at = EndOfLines(text, after);
        var end = text.DominantLineEnding;
        var endsOpen = at == text.Length && (at == 0 || text.Text[at - 1] is not ('\n' or '\r'));
        return new(new(at, 0), endsOpen ? end + line : line + end);
    }

    /// <summary>As many spaces as there are characters before an offset on its line, so that a line begins in the same column.</summary>
    public static string IndentOf(SourceText text, int offset) => new(' ', text.GetPosition(offset).Character);

    /// <summary>The mapping in which a key stands, and its entry; nothing when there is none.</summary>
    public static (YamlMapping Mapping, YamlEntry Entry)? Find(Document document, TextSpan keySpan)
    {
        foreach (var mapping in Mappings(document))
        {
            if (mapping.Entries.FirstOrDefault(entry => entry.Key.Span == keySpan || (entry.Key as YamlScalar)?.ContentSpan == keySpan) is { } found)
            {
                return (mapping, found);
            }
        }

        return null;
    }

    /// <summary>All mappings of all YAML of a document.</summary>
    public static IEnumerable<YamlMapping> Mappings(Document document) =>
        Trees(document).SelectMany(tree => tree.Documents).SelectMany(part => Mappings(part.Root));

    /// <summary>All trees of YAML of a document.</summary>
    public static IEnumerable<YamlTree> Trees(Document document) =>
        document.YamlRegions.Count > 0 ? document.YamlRegions.Select(region => region.Tree)
        : document.Yaml is { } tree ? [tree] : [];

    private static IEnumerable<YamlMapping> Mappings(YamlNode? root)
    {
        // A stack of our own: how deep a file nests is the writer's choice.
        var open = new Stack<YamlNode>();
        if (root is not null)
        {
            open.Push(root);
        }

        while (open.TryPop(out var node))
        {
            switch (node)
            {
                case YamlMapping mapping:
                    yield return mapping;
                    for (var i = mapping.Entries.Count - 1; i >= 0; i--)
                    {
                        open.Push(mapping.Entries[i].Value);
                        open.Push(mapping.Entries[i].Key);
                    }

                    break;
                case YamlSequence sequence:
                    for (var i = sequence.Items.Count - 1; i >= 0; i--)
                    {
                        open.Push(sequence.Items[i]);
                    }

                    break;
            }
        }
    }

    private static TextSpan FlowSpan(YamlMapping mapping, int index)
    {
        var entry = mapping.Entries[index];
        if (index > 0)
        {
            return TextSpan.FromBounds(mapping.Entries[index - 1].Span.End, entry.Span.End);
        }

        return TextSpan.FromBounds(entry.Span.Start, mapping.Entries.Count > 1 ? mapping.Entries[1].Span.Start : entry.Span.End);
    }

    private static int IndexOf(YamlMapping mapping, YamlEntry entry)
    {
        for (var i = 0; i < mapping.Entries.Count; i++)
        {
            if (ReferenceEquals(mapping.Entries[i], entry))
            {
                return i;
            }
        }

        return -1;
    }

    // The end of a block scalar may be the beginning of the next line already.
    private static int EndOfLines(SourceText text, TextSpan span)
    {
        var last = text.GetPosition(Math.Max(span.Start, span.End - 1)).Line;
        return last + 1 < text.LineCount ? text.LineStarts[last + 1] : text.Length;
    }
}
