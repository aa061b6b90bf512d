using StoryLsp.Language.Facts;
using StoryLsp.Language.Fountain;
using StoryLsp.Language.Text;

namespace StoryLsp.Continuity.Prose;

/// <summary>
/// A scene heading as scripts have it, <c>INT. LIBRARY - NIGHT</c>: in a script, as a heading of Markdown, or as the first line of a paragraph.
/// </summary>
/// <param name="Container">Index of the container that it stands in, or -1; in a script the scene that it opens.</param>
/// <param name="Span">From <c>INT</c> to the last word, in UTF-16 code units.</param>
/// <param name="Parts">What stands behind <c>INT.</c> between dashes: <c>MANOR</c>, <c>LIBRARY</c>, <c>NIGHT</c>. Links show their target.</param>
internal sealed record SceneHeadingLine(int Container, TextSpan Span, IReadOnlyList<NameFact> Parts)
{
    private const int LongestLine = 200;

    private static readonly WordSet Times = new("""
        day night morning afternoon evening dawn dusk noon midday midnight sunrise sunset twilight later continuous same moments present past flashback
        """);

    /// <summary>What the last part says of the time, as <c>NIGHT</c> or <c>LATER THAT NIGHT</c>; null where it is a place or nothing.</summary>
    public NameFact? TimeOfDay => Parts is [.., var last] && IsTime(last.Text) ? last : null;

    /// <summary>The parts that name places, from the larger to the smaller one.</summary>
    public IEnumerable<NameFact> Places => TimeOfDay is null ? Parts : Parts.Take(Parts.Count - 1);

    /// <summary>All of a document, in order.</summary>
    /// <param name="facts">The facts of the document.</param>
    /// <param name="text">Its text.</param>
    /// <param name="script">Its tree, where it is a script.</param>
    /// <param name="prose">Its prose.</param>
    public static IReadOnlyList<SceneHeadingLine> In(DocumentFacts facts, SourceText text, FountainTree? script, ProseReading prose)
    {
        var result = new List<SceneHeadingLine>();
        if (script is not null)
        {
            foreach (var scene in script.Scenes)
            {
                var container = facts.Containers.FirstOrDefault(container => container.Origin == ContainerOrigin.FountainScene && container.Span == scene.Span)?.Index ?? -1;
                Add(result, text.Text, scene.HeadingSpan, container, mustBeCapital: false);
            }
        }
        else if (facts.Kind == DocumentKind.Markdown)
        {
            foreach (var paragraph in prose.Paragraphs)
            {
                Add(result, text.Text, LineAt(text, paragraph.Span.Start), paragraph.Container, mustBeCapital: !paragraph.IsHeading);
            }
        }

        return result;
    }

    private static TextSpan LineAt(SourceText text, int start)
    {
        var line = text.GetLineSpan(text.Lines.GetLine(start));
        return TextSpan.FromBounds(start, Math.Max(start, line.End));
    }

    private static void Add(List<SceneHeadingLine> result, string text, TextSpan line, int container, bool mustBeCapital)
    {
        var (start, end) = Trimmed(text, line);
        var heading = text.AsSpan(start, end - start);
        if (heading.Length is < 5 or > LongestLine || heading[0] is not ('I' or 'E' or 'i' or 'e') || SceneHeadingText.PrefixLength(heading) is not (> 0 and var prefix) ||
            (mustBeCapital && !char.IsUpper(heading[1])))
        {
            return;
        }

        var parts = new List<NameFact>();
        var rest = end;
        while (SceneHeadingText.LastDash(text.AsSpan(start, rest - start), prefix) is >= 0 and var dash)
        {
            AddPart(parts, text, start + dash + 1, rest);
            rest = start + dash;
        }

        AddPart(parts, text, start + prefix, rest);
        parts.Reverse();
        result.Add(new(container, TextSpan.FromBounds(start, end), parts));
    }

    private static void AddPart(List<NameFact> parts, string text, int start, int end)
    {
        (start, end) = Trimmed(text, TextSpan.FromBounds(start, Math.Max(start, end)));
        if (text.AsSpan(start, end - start).StartsWith("[[") && text.IndexOf("]]", start, end - start, StringComparison.Ordinal) is >= 0 and var close)
        {
            start += 2;
            var bar = text.AsSpan(start, close - start).IndexOfAny('|', '#');
            end = bar < 0 ? close : start + bar;
        }

        if (start < end)
        {
            parts.Add(new(text[start..end], TextSpan.FromBounds(start, end)));
        }
    }

    private static (int Start, int End) Trimmed(string text, TextSpan span)
    {
        var (start, end) = (span.Start, span.End);
        while (start < end && (char.IsWhiteSpace(text[start]) || text[start] is '*' or '_'))
        {
            start++;
        }

        while (end > start && (char.IsWhiteSpace(text[end - 1]) || text[end - 1] is '*' or '_'))
        {
            end--;
        }

        return (start, end);
    }

    private static bool IsTime(string text)
    {
        foreach (var word in text.Split([' ', '\t', '(', ')', ',', '.', '/'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (Times.Contains(word))
            {
                return true;
            }
        }

        return false;
    }
}
