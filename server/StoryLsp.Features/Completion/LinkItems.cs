using System.Globalization;
using StoryLsp.Features.Matching;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Completion;

/// <summary>What may be written in a link.</summary>
internal static class LinkItems
{
    /// <summary>The completions of a link.</summary>
    /// <param name="request">The request.</param>
    /// <param name="link">The link at the caret.</param>
    /// <param name="type">The type that the field takes in which the link stands, or null.</param>
    /// <param name="isProse">Whether it stands in prose, where a text to show may follow the target.</param>
    public static CompletionList Of(CompletionRequest request, LinkCursor link, string? type, bool isProse) => link.Part switch
    {
        LinkPart.Target => Targets(request, link, type, isProse),
        LinkPart.Path => Paths(request, link),
        LinkPart.Shown => isProse ? Shown(request, link) : CompletionList.Empty,
        _ => Anchors(request, link),
    };

    private static CompletionList Targets(CompletionRequest request, LinkCursor link, string? type, bool isProse)
    {
        var snapshot = request.Snapshot;
        var containers = ContainerItems.Of(request, snapshot.ContainersOf(type), link.Token, (container, matched) => Write(request, isProse ? link : link with { HasShown = true }, container, matched, type));
        if (type is not null || containers.Items.Count == Completions.MostItems)
        {
            return containers;
        }

        return WithFiles(request, link, containers, link.Close);
    }

    /// <summary>The rest of a link to a container: its target, a text to show where the target is not what a reader should see, the missing brackets.</summary>
    public static string Write(CompletionRequest request, LinkCursor link, Container container, string matched, string? type)
    {
        var target = TargetOf(request.Snapshot, container, request.Document.Path, type);
        var shown = link.HasShown || link.IsEmbed || target == container.Name ? "" : (link.InTable ? "\\|" : "|") + ShownOf(container, matched);
        return target + shown + link.Close;
    }

    // What a link may show: the names of what it leads to.
    private static CompletionList Shown(CompletionRequest request, LinkCursor link)
    {
        var fact = new LinkFact { Kind = LinkKind.Wikilink, Container = -1, Target = link.Target, Span = link.Token, TargetSpan = link.Token };
        if (request.Snapshot.ResolveLink(fact, request.Document.Path).Container is not { } container)
        {
            return CompletionList.Empty;
        }

        var names = new List<string> { container.Name };
        names.AddRange(container.Fact.Aliases.Select(alias => alias.Text));
        var typed = request.Typed(link.Token).Trim();
        var best = Best(request, names.Distinct().Where(name => name.AsSpan().IndexOfAny("[]|\n") < 0), typed, name => name, keepOrder: true);
        var items = best.InOrder().Select((match, rank) => new CompletionItem
        {
            Label = match.Item, Kind = CompletionKind.Value, NewText = match.Item + link.Close, Span = link.Token, Data = ContainerItems.DataOf(container),
            FilterText = ContainerItems.FilterText(match.Item, typed),
            SortText = rank.ToString("D3", CultureInfo.InvariantCulture),
        });
        return new([.. items], false);
    }

    // Pictures and other files that hold no container can be linked as well.
    private static CompletionList WithFiles(CompletionRequest request, LinkCursor link, CompletionList containers, string close)
    {
        var snapshot = request.Snapshot;
        var typed = request.Typed(link.Token).Trim();
        var files = Best(request, snapshot.Files.All.Where(file => snapshot.ContainersIn(file).Count == 0 && snapshot.Facts(file)?.Kind is not (DocumentKind.Settings or DocumentKind.Schema or DocumentKind.Pipeline)), typed, file => file);
        var items = new List<CompletionItem>(containers.Items);
        foreach (var file in files.InOrder().Take(Completions.MostItems - items.Count).Select(match => match.Item))
        {
            var name = file[(file.LastIndexOf('/') + 1)..];
            var shortest = name.EndsWith(".md", StringComparison.OrdinalIgnoreCase) ? FileSet.StemOf(name) : name;
            var target = snapshot.Files.FindLinked(shortest, request.Document.Path) == file ? shortest : file;
            items.Add(FileItem(file, target + close, link.Token, items.Count));
        }

        return new(items, containers.IsIncomplete || files.Count > Completions.MostItems - containers.Items.Count);
    }

    private static string TargetOf(Snapshot snapshot, Container container, string from, string? type)
    {
        if (container.Fact.Origin == ContainerOrigin.MarkdownFile)
        {
            // A page is linked by its file's name, as Obsidian does; by its path where another file has that name.
            var stem = FileSet.StemOf(container.Path);
            return snapshot.Files.FindLinked(stem, from) == container.Path ? stem : container.Path[..container.Path.LastIndexOf('.')];
        }

        var text = ContainerItems.ReferenceTo(snapshot, container, type);
        return text.AsSpan().IndexOfAny("[]|#") >= 0 ? snapshot.IdOf(container) : text;
    }

    private static string ShownOf(Container container, string matched) => matched == container.Fact.Id ? container.Name : matched;

    private static CompletionList Anchors(CompletionRequest request, LinkCursor link)
    {
        var isPath = link.Part == LinkPart.PathAnchor;
        var fact = new LinkFact
        {
            Kind = isPath ? LinkKind.Markdown : LinkKind.Wikilink, Container = -1, Target = isPath ? Decode(link.Target) : link.Target,
            Span = link.Token, TargetSpan = link.Token,
        };
        if (request.Snapshot.ResolveLink(fact, request.Document.Path) is not { Path: { } path } ||
            (path == request.Document.Path ? request.Document.Facts : request.Snapshot.Facts(path)) is not { } facts)
        {
            return CompletionList.Empty;
        }

        var typed = request.Typed(link.Token);
        var close = link.Close;
        return typed.StartsWith('^') && !isPath ? Blocks(request, link, facts, typed[1..], close) : Headings(request, link, facts, typed, isPath, close);
    }

    private static CompletionList Headings(CompletionRequest request, LinkCursor link, DocumentFacts facts, string typed, bool isPath, string close)
    {
        // The way to a nested heading may be written as #outer#inner: the last part is what is being typed.
        var name = typed[(typed.LastIndexOf('#') + 1)..].Trim();
        var headings = Best(request, facts.Headings, name, heading => heading.Text, keepOrder: true);
        var items = headings.InOrder().Select(match => match.Item).Select((heading, rank) => new CompletionItem
        {
            Label = heading.Text,
            Kind = CompletionKind.Heading,
            Detail = new string('#', heading.Level),
            NewText = (isPath ? heading.Slug : AnchorText(heading.Text)) + close,
            Span = link.Token,
            FilterText = typed.Length > name.Length ? typed[..(typed.Length - name.Length)] + heading.Text : isPath ? heading.Slug + " " + heading.Text : heading.Text,
            SortText = rank.ToString("D3", CultureInfo.InvariantCulture),
        });
        return new([.. items], headings.IsCut);
    }

    private static CompletionList Blocks(CompletionRequest request, LinkCursor link, DocumentFacts facts, string typed, string close)
    {
        var blocks = Best(request, facts.BlockAnchors, typed, block => block, keepOrder: true);
        var items = blocks.InOrder().Select(match => match.Item).Select((block, rank) => new CompletionItem
        {
            Label = "^" + block, Kind = CompletionKind.Heading, Detail = "block", NewText = "^" + block + close, Span = link.Token,
            SortText = rank.ToString("D3", CultureInfo.InvariantCulture),
        });
        return new([.. items], blocks.IsCut);
    }

    // Obsidian leaves these out of a link to a heading, and finds the heading all the same.
    private static string AnchorText(string heading)
    {
        var parts = heading.Split(['#', '|', '^', ':', '%', '[', ']', '\\'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return parts.Length == 0 ? heading : string.Join(' ', parts);
    }

    private static CompletionList Paths(CompletionRequest request, LinkCursor link)
    {
        var from = FileSet.FolderOf(request.Document.Path);
        var typed = Decode(request.Typed(link.Token));
        if (typed.Contains("://", StringComparison.Ordinal))
        {
            return CompletionList.Empty;
        }

        var rooted = typed.StartsWith("./", StringComparison.Ordinal) ? "./" : "";
        var close = link.Close;
        var files = Best(
            request, request.Snapshot.Files.All.Where(file => file != request.Document.Path), typed[rooted.Length..],
            file => FileSet.WayTo(from, file));
        var items = files.InOrder().Select(match => match.Item).Select((file, rank) =>
        {
            var relative = rooted + FileSet.WayTo(from, file);
            return FileItem(file, (link.HasShown ? relative : Encode(relative)) + close, link.Token, rank) with { Label = relative, FilterText = Encode(relative) };
        });
        return new([.. items], files.IsCut);
    }

    private static CompletionItem FileItem(string file, string text, TextSpan span, int rank) => new()
    {
        Label = file[(file.LastIndexOf('/') + 1)..], Kind = CompletionKind.File, Detail = file, NewText = text, Span = span,
        SortText = rank.ToString("D3", CultureInfo.InvariantCulture),
    };

    private static BestOf<Ranked<T>> Best<T>(CompletionRequest request, IEnumerable<T> all, string typed, Func<T, string> nameOf, bool keepOrder = false)
    {
        var found = new BestOf<Ranked<T>>(Completions.MostItems);
        foreach (var item in all)
        {
            request.Cancel.ThrowIfCancellationRequested();
            var name = nameOf(item);
            if (NameMatch.Score(typed, name) is > 0 and var score)
            {
                found.Add(new(score, keepOrder ? "" : name, found.Count, item));
            }
        }

        return found;
    }

    private readonly record struct Ranked<T>(int Score, string Name, int Order, T Item) : IComparable<Ranked<T>>
    {
        public int CompareTo(Ranked<T> other)
        {
            var order = other.Score.CompareTo(Score);
            order = order != 0 ? order : string.CompareOrdinal(Name, other.Name);
            return order != 0 ? order : Order.CompareTo(other.Order);
        }
    }

    // Only what would end the link or be read as something else is encoded; letters of all scripts stay readable.
    private static string Encode(string path) => path
        .Replace("%", "%25", StringComparison.Ordinal).Replace(" ", "%20", StringComparison.Ordinal).Replace("(", "%28", StringComparison.Ordinal)
        .Replace(")", "%29", StringComparison.Ordinal).Replace("#", "%23", StringComparison.Ordinal).Replace("<", "%3C", StringComparison.Ordinal)
        .Replace(">", "%3E", StringComparison.Ordinal);

    private static string Decode(string path) => Uri.UnescapeDataString(path);
}
