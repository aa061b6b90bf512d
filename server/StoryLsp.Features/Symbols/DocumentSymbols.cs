using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Symbols;

/// <summary>The outline of a document.</summary>
public static class DocumentSymbols
{
    /// <summary>The parts of a document, nested as written.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="path">Workspace-relative path of the document.</param>
    /// <param name="cancel">Gives up.</param>
    public static IReadOnlyList<Symbol> Of(Snapshot snapshot, string path, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return snapshot.Document(path) is not { } document ? []
            : document.Facts.Kind switch
            {
                DocumentKind.Markdown => InMarkdown(document, cancel),
                DocumentKind.Fountain => InFountain(document),
                DocumentKind.Unreadable => [],
                _ => YamlSymbols.Of(document, cancel),
            };
    }

    // The first heading stands for the page when it gives it its name; else the page has no symbol of its own.
    private static List<Symbol> InMarkdown(Document document, CancellationToken cancel)
    {
        var facts = document.Facts;
        var open = new Stack<Section>();
        var roots = new List<Section>();
        var page = facts.Containers is [{ Origin: ContainerOrigin.MarkdownFile } first, ..] ? first : null;
        var keys = page is null ? [] : YamlSymbols.FrontMatter(document, page, cancel);
        foreach (var heading in facts.Headings)
        {
            cancel.ThrowIfCancellationRequested();
            while (open.Count > 0 && open.Peek().Heading.Level >= heading.Level)
            {
                open.Pop().End = heading.Span.Start;
            }

            var section = new Section(heading, ContainerOf(facts, page, heading), facts.Lines.TextLength);
            (open.TryPeek(out var parent) ? parent.Children : roots).Add(section);
            open.Push(section);
        }

        var symbols = roots.Select(section => section.ToSymbol(document, cancel)).ToList();
        if (page is null || keys.Count == 0)
        {
            return symbols;
        }

        // With front matter the page has attributes, and something must hold them.
        var selection = facts.Headings.Any(heading => heading.TextSpan == page.SelectionSpan) ? new TextSpan(keys[0].Span.Start, 0) : page.SelectionSpan;
        return [new Symbol(SymbolSort.Container, NameOr(page.Name, page.Id), page.Type, page.Span, Inside(selection, page.Span), [.. keys, .. symbols])];
    }

    private static ContainerFact? ContainerOf(DocumentFacts facts, ContainerFact? page, HeadingFact heading)
    {
        foreach (var container in facts.Containers)
        {
            if (container.Origin == ContainerOrigin.Heading && container.Span.Start == heading.Span.Start)
            {
                return container;
            }
        }

        return page is not null && page.NameSpan == heading.TextSpan ? page : null;
    }

    private static List<Symbol> InFountain(Document document)
    {
        var scenes = document.Facts.Containers.Where(container => container.Origin == ContainerOrigin.FountainScene).Select(OfContainer).ToList();
        var script = document.Facts.Containers.FirstOrDefault(container => container.Origin == ContainerOrigin.FountainScript);
        return script is null ? scenes
            : [OfContainer(script) with { Span = new TextSpan(0, document.Text.Length), SelectionSpan = Inside(script.SelectionSpan, new TextSpan(0, document.Text.Length)), Children = scenes }];
    }

    private static Symbol OfContainer(ContainerFact container) => new(
        SymbolSort.Container, NameOr(container.Name, container.Id), container.Type, container.Span, Inside(container.SelectionSpan, container.Span), []);

    /// <summary>A name that is not empty, for editors refuse an empty one.</summary>
    internal static string NameOr(string name, string other) =>
        !string.IsNullOrWhiteSpace(name) ? name : !string.IsNullOrWhiteSpace(other) ? other : "(no name)";

    /// <summary>The part of a span that lies in another; its beginning when none does.</summary>
    internal static TextSpan Inside(TextSpan span, TextSpan whole) =>
        whole.Contains(span) ? span : new TextSpan(Math.Clamp(span.Start, whole.Start, whole.End), 0);

    private sealed class Section(HeadingFact heading, ContainerFact? container, int end)
    {
        public HeadingFact Heading { get; } = heading;

        public int End { get; set; } = end;

        public List<Section> Children { get; } = [];

        public Symbol ToSymbol(Document document, CancellationToken cancel)
        {
            var span = TextSpan.FromBounds(Heading.Span.Start, Math.Max(Heading.Span.End, End));
            var keys = container?.Origin == ContainerOrigin.Heading ? YamlSymbols.Fence(document, container, cancel) : [];
            var name = container?.Origin == ContainerOrigin.Heading ? container.Name : Heading.Text;
            return new(
                container is null ? SymbolSort.Heading : SymbolSort.Container, NameOr(name, new string('#', Heading.Level)), container?.Type,
                span, Inside(Heading.TextSpan, span), [.. keys, .. Children.Select(child => child.ToSymbol(document, cancel))]);
        }
    }
}
