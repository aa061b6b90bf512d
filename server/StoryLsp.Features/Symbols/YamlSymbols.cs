using System.Globalization;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Symbols;

/// <summary>The outline of YAML: containers, keys and the items of lists.</summary>
internal static class YamlSymbols
{
    private const int Deepest = 12;
    private const int Most = 20_000;
    private const int LongestDetail = 60;

    /// <summary>The parts of a YAML file.</summary>
    public static List<Symbol> Of(Document document, CancellationToken cancel)
    {
        var reader = new Reader(document, cancel);
        var result = new List<Symbol>();
        foreach (var region in document.YamlRegions)
        {
            for (var i = 0; i < region.Tree.Documents.Count; i++)
            {
                var root = region.Tree.Documents[i].Root;
                var index = i < region.Containers.Count ? region.Containers[i] : -1;
                if (index >= 0 && index < document.Facts.Containers.Count)
                {
                    var container = document.Facts.Containers[index];
                    result.Add(Container(container, container.Span, reader.Children(root, 0)));
                }
                else
                {
                    result.AddRange(reader.Children(root, 0));
                }
            }
        }

        return result;
    }

    /// <summary>The keys of a page's front matter.</summary>
    public static List<Symbol> FrontMatter(Document document, ContainerFact page, CancellationToken cancel) => OfRegion(document, page, cancel);

    /// <summary>The keys of a heading's fence.</summary>
    public static List<Symbol> Fence(Document document, ContainerFact heading, CancellationToken cancel) => OfRegion(document, heading, cancel);

    private static List<Symbol> OfRegion(Document document, ContainerFact container, CancellationToken cancel)
    {
        foreach (var region in document.YamlRegions)
        {
            for (var i = 0; i < region.Tree.Documents.Count && i < region.Containers.Count; i++)
            {
                if (region.Containers[i] == container.Index)
                {
                    return new Reader(document, cancel).Children(region.Tree.Documents[i].Root, 0);
                }
            }
        }

        return [];
    }

    private static Symbol Container(ContainerFact container, TextSpan span, IReadOnlyList<Symbol> children) => new(
        SymbolSort.Container, DocumentSymbols.NameOr(container.Name, container.Id), container.Type, span,
        DocumentSymbols.Inside(container.SelectionSpan, span), children);

    private sealed class Reader(Document document, CancellationToken cancel)
    {
        private readonly Dictionary<int, ContainerFact> _containers = Inner(document);
        private int _count;

        public List<Symbol> Children(YamlNode? node, int depth)
        {
            cancel.ThrowIfCancellationRequested();
            var result = new List<Symbol>();
            switch (node)
            {
                case YamlMapping mapping when depth < Deepest:
                    foreach (var entry in mapping.Entries)
                    {
                        Add(result, OfEntry(entry, depth));
                    }

                    break;
                case YamlSequence sequence when depth < Deepest:
                    for (var i = 0; i < sequence.Items.Count; i++)
                    {
                        Add(result, OfItem(sequence.Items[i], i, depth));
                    }

                    break;
            }

            return result;
        }

        private void Add(List<Symbol> result, Symbol? symbol)
        {
            if (symbol is not null && _count++ < Most)
            {
                result.Add(symbol);
            }
        }

        private Symbol? OfEntry(YamlEntry entry, int depth)
        {
            if (entry.Key is not YamlScalar key || string.IsNullOrWhiteSpace(key.Value) || _count >= Most)
            {
                return null;
            }

            var span = TextSpan.FromBounds(key.Span.Start, Math.Max(key.Span.End, entry.Span.End));
            var container = entry.Value is YamlMapping ? Take(key.Span.Start) : null;
            var children = Children(entry.Value, depth + 1);
            return container is not null
                ? Container(container, span, children)
                : new(SymbolSort.Field, OneLine(key.Value), Detail(entry.Value), span, key.Span, children);
        }

        // The first key of an item begins where the item does: a container is the outermost thing that begins at its place.
        private ContainerFact? Take(int start) => _containers.Remove(start, out var container) ? container : null;

        // Items that are plain values are told by their list's detail.
        private Symbol? OfItem(YamlNode item, int index, int depth)
        {
            if (item is not (YamlMapping or YamlSequence) || item.Span.Length == 0 || _count >= Most)
            {
                return null;
            }

            var container = item is YamlMapping ? Take(item.Span.Start) : null;
            var children = Children(item, depth + 1);
            if (container is not null)
            {
                return Container(container, item.Span, children);
            }

            if (children.Count == 0)
            {
                return null;
            }

            var name = item.Get("name").AsText() ?? item.Get("title").AsText() ?? item.Get("id").AsText() ?? item.Get("who").AsText() ?? item.Get("to").AsText();
            var first = item is YamlMapping { Entries: [var entry, ..] } ? entry.Key.Span : new TextSpan(item.Span.Start, 0);
            return new(SymbolSort.Item, DocumentSymbols.NameOr(OneLine(name ?? ""), (index + 1).ToString(CultureInfo.InvariantCulture)), null, item.Span,
                DocumentSymbols.Inside(first, item.Span), children);
        }

        private static string? Detail(YamlNode value) => value switch
        {
            YamlScalar { IsNull: false, Value.Length: > 0 } scalar => OneLine(scalar.Value),
            YamlSequence sequence when sequence.Items.Count > 0 && sequence.Items.All(item => item is YamlScalar) =>
                OneLine(string.Join(", ", sequence.Items.Take(10).Select(item => ((YamlScalar)item).Value))),
            YamlAlias alias => "*" + alias.Name,
            _ => null,
        };

        private static string OneLine(string text)
        {
            var line = text.ReplaceLineEndings(" ").Trim();
            return Hover.MarkdownText.Shorten(line, LongestDetail);
        }

        private static Dictionary<int, ContainerFact> Inner(Document document)
        {
            var result = new Dictionary<int, ContainerFact>();
            foreach (var container in document.Facts.Containers)
            {
                if (container.Origin is ContainerOrigin.Embedded or ContainerOrigin.Collection)
                {
                    result.TryAdd(container.Span.Start, container);
                }
            }

            return result;
        }
    }
}
