using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Language.Markdown;

/// <summary>
/// Gathers what the body of a document holds. Offsets come in as those of the body and go out as those of the file.
/// </summary>
internal sealed class MarkdownCollector(string body, int offset)
{
    private readonly List<HeadingFact> _headings = [];
    private readonly List<StoryFence> _fences = [];
    private readonly List<LinkFact> _links = [];
    private readonly List<string> _anchors = [];
    private readonly List<MarkdownComment> _comments = [];
    private readonly List<TagLine> _tagLines = [];
    private readonly List<TextSpan> _prose = [];
    private readonly UniqueSlugs _slugs = new();

    /// <summary>The Markdown behind the front matter.</summary>
    public string Body { get; } = body;

    /// <summary>The number of headings so far.</summary>
    public int HeadingCount => _headings.Count;

    public void AddHeading(int level, string text, TextSpan span, TextSpan textSpan) =>
        _headings.Add(new HeadingFact(level, text, Shift(span), Shift(textSpan), _slugs.Next(text)));

    public void AddFence(TextSpan span, TextSpan content, int heading) =>
        _fences.Add(new StoryFence(Shift(span), Shift(content), heading));

    public void AddLink(LinkFact link) => _links.Add(offset == 0 ? link : new LinkFact
    {
        Kind = link.Kind,
        Container = link.Container,
        Target = link.Target,
        Anchor = link.Anchor,
        Shown = link.Shown,
        Span = Shift(link.Span),
        TargetSpan = Shift(link.TargetSpan),
        AnchorSpan = link.Anchor is null ? default : Shift(link.AnchorSpan),
        ShownSpan = link.Shown is null ? default : Shift(link.ShownSpan),
    });

    public void AddBlockAnchor(string name) => _anchors.Add(name);

    public void AddComment(TextSpan span, TextSpan content) => _comments.Add(new MarkdownComment(Shift(span), Shift(content)));

    public void AddTagLine(TagLine line)
    {
        var values = new NameFact[line.Values.Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = line.Values[i] with { Span = Shift(line.Values[i].Span) };
        }

        _tagLines.Add(new TagLine(line.Key, Shift(line.KeySpan), values, Shift(line.Span)));
    }

    /// <summary>Adds a stretch of prose, less the white space at its ends; nothing is added for white space alone.</summary>
    public void AddProse(int start, int end)
    {
        while (start < end && char.IsWhiteSpace(Body[start]))
        {
            start++;
        }

        while (end > start && char.IsWhiteSpace(Body[end - 1]))
        {
            end--;
        }

        if (start < end)
        {
            _prose.Add(TextSpan.FromBounds(start + offset, end + offset));
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

    private TextSpan Shift(TextSpan span) => new(span.Start + offset, span.Length);

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
