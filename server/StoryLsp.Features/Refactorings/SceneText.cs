using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Refactorings;

/// <summary>A scene as it is written in Markdown: a file of its own, or a heading with its part of a file.</summary>
internal sealed class SceneText
{
    private SceneText(Document document, Container scene, HeadingFact? heading, StoryFenceSpan? fence, int bodyStart, int end)
    {
        Document = document;
        Scene = scene;
        Heading = heading;
        Fence = fence;
        BodyStart = bodyStart;
        End = end;
    }

    /// <summary>The fence of a heading's scene: with both lines, and its content.</summary>
    public sealed record StoryFenceSpan(TextSpan Span, TextSpan Content);

    public Document Document { get; }

    public Container Scene { get; }

    public ContainerFact Fact => Scene.Fact;

    /// <summary>The heading that makes it; null for a file.</summary>
    public HeadingFact? Heading { get; }

    public StoryFenceSpan? Fence { get; }

    /// <summary>Where its prose may begin: the first line behind its attributes.</summary>
    public int BodyStart { get; }

    /// <summary>Where it ends.</summary>
    public int End { get; }

    public bool IsFile => Heading is null;

    public TextSpan Body => TextSpan.FromBounds(BodyStart, End);

    public SourceText Text => Document.Text;

    public string Path => Document.Path;

    /// <summary>How a scene is written; null where it is no scene of Markdown, or others stand inside of it.</summary>
    public static SceneText? Of(Snapshot snapshot, Container scene)
    {
        if (snapshot.Document(scene.Path) is not { Markdown: { } markdown } document || document.Facts.Lines.TextLength != document.Text.Length ||
            !ReferenceEquals(snapshot.Facts(scene.Path), scene.Document) ||
            scene.Document.Containers.Any(other => other.Index != scene.Fact.Index && other.Origin == ContainerOrigin.Heading && scene.Fact.Span.Contains(other.Span)))
        {
            return null;
        }

        if (scene.Fact is { Origin: ContainerOrigin.MarkdownFile })
        {
            return new(document, scene, null, null, markdown.BodyStart, document.Text.Length);
        }

        if (scene.Fact.Origin != ContainerOrigin.Heading || document.Facts.Headings.FirstOrDefault(heading => heading.Span.Start == scene.Fact.Span.Start) is not { } own)
        {
            return null;
        }

        var fence = markdown.StoryFences.FirstOrDefault(fence => fence.Heading >= 0 && markdown.Headings[fence.Heading].Span == own.Span);
        var start = LineAfter(document.Text, fence?.Span.End ?? own.Span.End);
        return new(document, scene, own, fence is null ? null : new(fence.Span, fence.Content), Math.Min(start, scene.Fact.Span.End), scene.Fact.Span.End);
    }

    /// <summary>The mapping of its attributes; null where there is none.</summary>
    public YamlMapping? Root()
    {
        foreach (var region in Document.YamlRegions)
        {
            var isOwn = Fence is { } fence ? fence.Content.Touches(region.Span.Start) : IsFile && region.Span.End <= BodyStart;
            if (isOwn && region.Tree.Documents is [{ Root: YamlMapping root }, ..])
            {
                return root;
            }
        }

        return null;
    }

    /// <summary>The beginning of the line behind an offset.</summary>
    public static int LineAfter(SourceText text, int offset)
    {
        var line = text.GetPosition(Math.Max(0, offset - 1)).Line;
        return offset == 0 ? 0 : line + 1 < text.LineCount ? text.LineStarts[line + 1] : text.Length;
    }

    /// <summary>Whether a part of it holds prose other than headings.</summary>
    public bool HasProse(TextSpan part) => Document.Facts.Prose.Any(prose => prose.Span.Overlaps(part) &&
        !string.IsNullOrWhiteSpace(Text.Slice(TextSpan.FromBounds(Math.Max(prose.Span.Start, part.Start), Math.Min(prose.Span.End, part.End)))) &&
        !Document.Facts.Headings.Any(heading => heading.Span.Overlaps(prose.Span)));
}
