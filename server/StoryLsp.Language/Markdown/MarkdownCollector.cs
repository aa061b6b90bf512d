using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Language.Markdown;

/// <summary>Gathers what the body of a document holds.</summary>
internal sealed class MarkdownCollector(string text)
{
    private readonly List<HeadingFact> _headings = [];
    private readonly List<StoryFence> _fences = [];
    private readonly List<LinkFact> _links = [];
    private readonly List<string> _anchors = [];
    private readonly List<MarkdownComment> _comments = [];
    private readonly List<TagLine> _tagLines = [];
    private readonly List<TextSpan> _prose = [];
    private readonly UniqueSlugs _slugs = new();

    /// <summary>The number of headings so far.</summary>
    public int HeadingCount => _headings.Count;

    public void AddHeading(int level, string shown, TextSpan span, TextSpan textSpan) =>
        _headings.Add(new HeadingFact(level, shown, span, textSpan, _slugs.Next(shown)));

    public void AddFence(TextSpan span, TextSpan content, int heading) =>
        _fences.Add(new StoryFence(span, content, heading));

    public void AddLink(LinkFact link) => _links.Add(link);

    public void AddBlockAnchor(string name) => _anchors.Add(name);

    public void AddComment(TextSpan span, TextSpan content) => _comments.Add(new MarkdownComment(span, content));

    public void AddTagLine(TagLine line) => _tagLines.Add(line);

    /// <summary>Adds a stretch of prose, less the white space at its ends; nothing is added for white space alone.</summary>
    public void AddProse(int start, int end)
    {
        while (start < end && char.IsWhiteSpace(text[start]))
        {
            start++;
        }

        while (end > start && char.IsWhiteSpace(text[end - 1]))
        {
            end--;
        }

        if (start < end)
        {
            _prose.Add(TextSpan.FromBounds(start, end));
        }
    }

    public MarkdownTree ToTree(FrontMatter? frontMatter, int bodyStart)
    {
        SortByStart(_links, static link => link.Span.Start);
        SortByStart(_comments, static comment => comment.Span.Start);
        return new MarkdownTree
        {
            FrontMatter = frontMatter,
            Headings = _headings,
            StoryFences = _fences,
            Links = _links,
            BlockAnchors = _anchors,
            Comments = _comments,
            TagLines = _tagLines,
            Prose = _prose,
            BodyStart = bodyStart,
        };
    }

    /// <summary>Markdig puts link definitions at the end of the document, and nested inlines behind the ones they are in.</summary>
    private static void SortByStart<T>(List<T> items, Func<T, int> startOf)
    {
        for (int i = 1; i < items.Count; i++)
        {
            if (startOf(items[i]) < startOf(items[i - 1]))
            {
                items.Sort((left, right) => startOf(left).CompareTo(startOf(right)));
                return;
            }
        }
    }
}
