using System.Buffers;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Fountain;
using StoryLsp.Language.Text;

namespace StoryLsp.Continuity.Prose;

/// <summary>The prose of a document as a reader reads it. Each part of it is made when it is first wanted. For one thread.</summary>
internal sealed class ProseReading
{
    [ThreadStatic]
    private static ProseReading? _last;

    private readonly DocumentFacts _facts;
    private readonly SourceText _source;
    private readonly FountainTree? _script;
    private readonly Lazy<IReadOnlyList<ProseParagraph>> _paragraphs;
    private readonly Lazy<IReadOnlyList<SceneHeadingLine>> _headings;
    private readonly Lazy<Dictionary<int, ProseParagraph>> _firsts;

    private ProseReading(DocumentFacts facts, SourceText text, FountainTree? script)
    {
        _facts = facts;
        _source = text;
        _script = script;
        _paragraphs = new(ReadParagraphs);
        _headings = new(() => SceneHeadingLine.In(facts, text, script, this));
        _firsts = new(FindFirsts);
    }

    /// <summary>Paragraphs, headings and speeches, in order.</summary>
    public IReadOnlyList<ProseParagraph> Paragraphs => _paragraphs.Value;

    /// <summary>Scene headings as scripts have them, in order.</summary>
    public IReadOnlyList<SceneHeadingLine> SceneHeadings => _headings.Value;

    /// <summary>The text of the document.</summary>
    public string Text => _source.Text;

    /// <summary>
    /// The prose of a document of a snapshot; null where it has none, or where its text is another by now. The one that was last read is kept for the
    /// rules that look at the same document after each other.
    /// </summary>
    public static ProseReading? Of(Snapshot snapshot, DocumentFacts facts)
    {
        if (facts.Prose.Count == 0)
        {
            return null;
        }

        if (_last is { } last && ReferenceEquals(last._facts, facts))
        {
            return last;
        }

        if (snapshot.Text(facts.Path) is not { } text || text.Length != facts.Lines.TextLength)
        {
            return null;
        }

        // Only the tree of a script tells who speaks; of Markdown the facts say enough, and parsing it anew would cost more than all rules.
        var script = facts.Kind == DocumentKind.Fountain ? snapshot.Document(facts.Path)?.Fountain : null;
        return _last = new(facts, text, script);
    }

    /// <summary>The prose of a document; the one that was last read is kept here, too.</summary>
    public static ProseReading Of(Document document) =>
        _last is { } last && ReferenceEquals(last._facts, document.Facts) ? last : _last = new(document.Facts, document.Text, document.Fountain);

    /// <summary>The first paragraph of a container that is neither a heading nor a scene heading; null when it has none.</summary>
    /// <param name="container">Index of the container.</param>
    public ProseParagraph? FirstOf(int container) => _firsts.Value.GetValueOrDefault(container);

    /// <summary>The sentences that hold a name, each as its parts.</summary>
    /// <param name="names">The names of the document, in order.</param>
    /// <param name="words">What else they must hold.</param>
    public IEnumerable<(ProseParagraph Paragraph, ProseSentence Sentence)> SentencesWith(IReadOnlyList<NamedPlace> names, SearchValues<string> words)
    {
        var next = 0;
        foreach (var paragraph in Paragraphs)
        {
            while (next < names.Count && names[next].Span.Start < paragraph.Span.Start)
            {
                next++;
            }

            if (next == names.Count)
            {
                yield break;
            }

            if (names[next].Span.Start >= paragraph.Span.End || Text.AsSpan(paragraph.Span.Start, paragraph.Span.Length).IndexOfAny(words) < 0)
            {
                continue;
            }

            foreach (var sentence in paragraph.Sentences)
            {
                while (next < names.Count && names[next].Span.Start < sentence.Start)
                {
                    next++;
                }

                if (next < names.Count && names[next].Span.Start < sentence.End && Text.AsSpan(sentence.Start, sentence.Length).IndexOfAny(words) >= 0)
                {
                    yield return (paragraph, paragraph.Read(sentence, names));
                }
            }
        }
    }

    private Dictionary<int, ProseParagraph> FindFirsts()
    {
        var result = new Dictionary<int, ProseParagraph>();
        var heading = 0;
        foreach (var paragraph in Paragraphs)
        {
            while (heading < SceneHeadings.Count && SceneHeadings[heading].Span.End <= paragraph.Span.Start)
            {
                heading++;
            }

            if (!paragraph.IsHeading && !(heading < SceneHeadings.Count && SceneHeadings[heading].Span.Overlaps(paragraph.Span)))
            {
                result.TryAdd(paragraph.Container, paragraph);
            }
        }

        return result;
    }

    private List<ProseParagraph> ReadParagraphs()
    {
        var result = new List<ProseParagraph>();
        var parts = new List<TextSpan>();
        var container = -1;
        var isHeading = false;
        var headings = _facts.Headings;
        var heading = 0;
        foreach (var (owner, span) in _facts.Prose)
        {
            while (heading < headings.Count && headings[heading].Span.End <= span.Start)
            {
                heading++;
            }

            var isInHeading = heading < headings.Count && headings[heading].Span.Overlaps(span);
            if (parts.Count > 0 && (owner != container || isHeading != isInHeading || Divides(parts[^1].End, span.Start)))
            {
                result.Add(Paragraph(container, parts, isHeading));
                parts = [];
            }

            parts.Add(span);
            (container, isHeading) = (owner, isInHeading);
        }

        if (parts.Count > 0)
        {
            result.Add(Paragraph(container, parts, isHeading));
        }

        return result;
    }

    private ProseParagraph Paragraph(int container, List<TextSpan> parts, bool isHeading) =>
        new(Text, container, parts, isHeading, _script is not null && IsUnderCue(parts[0].Start));

    /// <summary>Whether another paragraph begins behind a gap: a blank line lies in it, or a line that begins a list item or a heading.</summary>
    private bool Divides(int from, int to)
    {
        var gap = Text.AsSpan(from, to - from);
        var line = gap.IndexOfAny('\r', '\n');
        if (line < 0)
        {
            return false;
        }

        while (line >= 0)
        {
            gap = gap[(line + (gap[line..].StartsWith("\r\n") ? 2 : 1))..];
            line = gap.IndexOfAny('\r', '\n');
            var rest = (line < 0 ? gap : gap[..line]).TrimStart(" \t>");
            if (line >= 0 && rest.IsEmpty)
            {
                return true;
            }

            if (!rest.IsEmpty && (rest[0] is '#' or '+' or '|' || char.IsAsciiDigit(rest[0]) || (rest[0] is '-' or '*' && rest is [_] or [_, ' ' or '\t', ..])))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the line above the first of a paragraph of a script names a speaker.</summary>
    private bool IsUnderCue(int start)
    {
        if (_script is not { } script)
        {
            return false;
        }

        var line = _source.Lines.GetLine(start);
        foreach (var scene in script.Scenes)
        {
            if (scene.Span.Start <= start && start < scene.Span.End)
            {
                return scene.Cues.Any(cue => IsAbove(_source.Lines.GetLine(cue.Span.Start), line));
            }
        }

        return false;
    }

    private bool IsAbove(int cue, int line)
    {
        for (var i = cue; i < line; i++)
        {
            // Two blanks keep a pause inside of a speech.
            if (_source.GetLineSpan(i) is { Length: < 2 } span && Text.AsSpan(span.Start, span.Length).IsWhiteSpace())
            {
                return false;
            }
        }

        return cue < line;
    }
}
