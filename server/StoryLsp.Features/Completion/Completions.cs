using StoryLsp.Features.Fields;
using StoryLsp.Features.Hover;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Completion;

/// <summary>What may be written at a caret: references, links, keys, values, whole containers.</summary>
public static class Completions
{
    /// <summary>The most items that one list has.</summary>
    public const int MostItems = 200;

    /// <summary>What may be inserted at a caret.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="path">Workspace-relative path of the document.</param>
    /// <param name="offset">The caret, in UTF-16 code units.</param>
    /// <param name="options">What the editor can do.</param>
    /// <param name="cancel">Gives up.</param>
    public static CompletionList At(Snapshot snapshot, string path, int offset, CompletionOptions options, CancellationToken cancel)
    {
        if (snapshot.Document(path) is not { Facts.Kind: not DocumentKind.Unreadable } document)
        {
            return CompletionList.Empty;
        }

        offset = Math.Clamp(offset, 0, document.Text.Length);
        // Between the halves of a line end is no place to write.
        offset = Math.Min(offset, document.Text.GetLineSpan(document.Text.Lines.GetLine(offset)).End);
        var request = new CompletionRequest(snapshot, document, offset, options, cancel);
        if (SuppressionItems.Of(request) is { } rules)
        {
            return rules;
        }

        var area = TextArea.At(document.Facts.Kind, document.Text, offset);
        return area.Kind switch
        {
            AreaKind.Yaml => InYaml(request, area),
            AreaKind.Prose => InProse(request),
            AreaKind.FenceInfo => FenceInfo(request, area),
            _ => CompletionList.Empty,
        };
    }

    /// <summary>The item with its documentation; the item itself where there is none.</summary>
    /// <param name="snapshot">The workspace; it may be newer than the item.</param>
    /// <param name="item">An item of <see cref="At"/>.</param>
    /// <param name="links">Writes the address of a place; null: places are not linked.</param>
    public static CompletionItem Resolve(Snapshot snapshot, CompletionItem item, LinkWriter? links = null) =>
        Documentation(snapshot, item.Data, links) is { } documentation ? item with { Documentation = documentation } : item;

    /// <summary>The documentation of an item that has the data, as Markdown; null where there is none.</summary>
    public static string? Documentation(Snapshot snapshot, string? data, LinkWriter? links = null) =>
        ContainerItems.Find(snapshot, data) is { } container ? ContainerCard.Write(snapshot, container, new(links, null)) : null;

    private static CompletionList InYaml(CompletionRequest request, TextArea area)
    {
        var text = request.Document.Text;
        var cursor = YamlCursor.At(text.Text, area.Span, request.Offset);
        var shapes = new Shapes(request.Snapshot.Schemas, request.Snapshot.Settings);
        var root = RootShape(shapes, request.Document, area, request.Offset);
        if (LinkCursor.At(text, request.Offset) is { Part: LinkPart.Target or LinkPart.Anchor } link)
        {
            var shape = cursor is null ? Shape.Anything : shapes.Walk(root, cursor.Path);
            return LinkItems.Of(request, link, TargetOf(shape), isProse: false);
        }

        return cursor is null ? CompletionList.Empty : new YamlItems(request, shapes, root, cursor, area).Of();
    }

    private static CompletionList InProse(CompletionRequest request)
    {
        if (request.Document.Markdown?.Comments.Any(comment => comment.Span.Start < request.Offset && request.Offset < comment.Span.End) == true)
        {
            return CompletionList.Empty;
        }

        if (InlineCode.Holds(request.Document.Text, request.Offset))
        {
            return CompletionList.Empty;
        }

        if (LinkCursor.At(request.Document.Text, request.Offset) is { } link)
        {
            return LinkItems.Of(request, link, null, isProse: true);
        }

        return TagLineItems.Of(request) ?? AtItems.Of(request) ?? ContainerSnippets.InEmptyMarkdown(request) ?? ContainerSnippets.BeneathHeading(request) ?? ProseNameItems.Of(request);
    }

    private static CompletionList FenceInfo(CompletionRequest request, TextArea area)
    {
        var typed = request.Document.Text.Slice(area.Span).Trim();
        return "story".StartsWith(typed, StringComparison.OrdinalIgnoreCase)
            ? new([new CompletionItem
            {
                Label = "story", Kind = CompletionKind.Value, NewText = "story", Span = area.Span,
                Detail = "attributes of the heading above", Documentation = "The YAML in this fence makes the heading above a container of its own, mostly a scene.",
            }], false)
            : CompletionList.Empty;
    }

    /// <summary>What may stand in a stretch of YAML.</summary>
    internal static Shape RootShape(Shapes shapes, Document document, TextArea area, int offset) =>
        shapes.Root(document.Facts, ContainerOf(document.Facts, area, offset), area.IsWholeFile, area.IsStoryFence);

    // The container that the root mapping of the stretch describes, as the facts of the document have it.
    internal static ContainerFact? ContainerOf(DocumentFacts facts, TextArea area, int offset)
    {
        if (area is { IsWholeFile: false, IsStoryFence: false })
        {
            return facts.Containers.FirstOrDefault(container => container.Origin == ContainerOrigin.MarkdownFile);
        }

        var origin = area.IsStoryFence ? ContainerOrigin.Heading : ContainerOrigin.YamlDocument;
        return facts.Containers.LastOrDefault(container => container.Origin == origin && container.Span.Start <= offset);
    }

    private static string? TargetOf(Shape shape)
    {
        for (var depth = 0; depth < 4 && shape.Field?.Type != Language.Schemas.FieldType.Reference && shape.Items is { } items; depth++)
        {
            shape = items();
        }

        return shape.Field is { Type: Language.Schemas.FieldType.Reference } field ? field.Target : null;
    }
}

/// <summary>What all parts of a completion need.</summary>
internal sealed record CompletionRequest(Snapshot Snapshot, Document Document, int Offset, CompletionOptions Options, CancellationToken Cancel)
{
    /// <summary>The text of a span up to the caret.</summary>
    public string Typed(TextSpan span) => Document.Text.Text[span.Start..Math.Clamp(Offset, span.Start, Math.Max(span.Start, span.End))];
}
