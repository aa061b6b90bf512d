using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Formatting;

/// <summary>
/// Lays out the YAML of a document: files of YAML, front matter and <c>story</c> fences. Indentation, blanks and blank lines change, and nothing that is read:
/// each stretch is parsed again with its edits, and left alone unless the same comes out. Prose is never touched.
/// </summary>
public static class DocumentFormats
{
    /// <summary>The edits that lay out all YAML of a document, ascending; none where it is in order, or cannot be read without a fault.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="path">Workspace-relative path of the document.</param>
    /// <param name="options">How it is laid out.</param>
    /// <param name="cancel">Gives up.</param>
    public static IReadOnlyList<TextEdit> Of(Snapshot snapshot, string path, FormatOptions options, CancellationToken cancel) =>
        Regions(snapshot, path, (document, region) => All(document.Text, region, options, cancel));

    /// <summary>
    /// The edits that lay out what stands in some spans. Where the lines alone cannot be moved without another meaning, the entries that a span touches are laid out as a whole.
    /// </summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="path">Workspace-relative path of the document.</param>
    /// <param name="spans">The spans, in UTF-16 code units; in any order.</param>
    /// <param name="options">How it is laid out.</param>
    /// <param name="cancel">Gives up.</param>
    public static IReadOnlyList<TextEdit> InSpans(Snapshot snapshot, string path, IReadOnlyList<TextSpan> spans, FormatOptions options, CancellationToken cancel) =>
        Regions(snapshot, path, (document, region) => Part(document.Text, region, spans, options, cancel));

    private static List<TextEdit> Regions(Snapshot snapshot, string path, Func<Document, YamlRegion, IEnumerable<TextEdit>> format)
    {
        if (snapshot.Document(path) is not { Facts.Kind: not DocumentKind.Unreadable } document)
        {
            return [];
        }

        return [.. document.YamlRegions.OrderBy(region => region.Span.Start).SelectMany(region => region.Tree.Errors.Count > 0 ? [] : format(document, region))];
    }

    private static IReadOnlyList<TextEdit> All(SourceText text, YamlRegion region, FormatOptions options, CancellationToken cancel)
    {
        var layout = new YamlLayout(text, region, options);
        cancel.ThrowIfCancellationRequested();
        var edits = layout.Edits();
        if (Keeps(text, region, edits))
        {
            return edits;
        }

        // What cannot be moved may still be tidied.
        var ends = layout.LineEndEdits();
        return Keeps(text, region, ends) ? ends : [];
    }

    private static IReadOnlyList<TextEdit> Part(SourceText text, YamlRegion region, IReadOnlyList<TextSpan> spans, FormatOptions options, CancellationToken cancel)
    {
        var touched = spans.Where(span => span.Start <= region.Span.End && span.End >= region.Span.Start).ToList();
        if (touched.Count == 0)
        {
            return [];
        }

        var layout = new YamlLayout(text, region, options);
        cancel.ThrowIfCancellationRequested();
        var edits = layout.Edits();
        var inLines = Within(edits, [.. touched.Select(span => WholeLines(text, span))]);
        if (Keeps(text, region, inLines))
        {
            return inLines;
        }

        var inEntries = Within(edits, [.. touched.Select(span => WholeLines(text, layout.EntriesAround(span)))]);
        return Keeps(text, region, inEntries) ? inEntries : [];
    }

    private static bool Keeps(SourceText text, YamlRegion region, IReadOnlyList<TextEdit> edits)
    {
        if (edits.Count == 0)
        {
            return true;
        }

        var part = SourceText.From(text.Slice(region.Span));
        var moved = edits.Select(edit => edit with { Span = new(edit.Span.Start - region.Span.Start, edit.Span.Length) });
        return YamlSameness.AreSame(part, YamlParser.Parse(part), part.WithEdits(moved) is var after ? after : part, YamlParser.Parse(after));
    }

    private static List<TextEdit> Within(IReadOnlyList<TextEdit> edits, List<TextSpan> spans) => [.. edits.Where(edit => spans.Any(span => span.Contains(edit.Span)))];

    private static TextSpan WholeLines(SourceText text, TextSpan span)
    {
        var start = Math.Clamp(span.Start, 0, text.Length);
        var end = Math.Clamp(span.End, start, text.Length);
        var last = text.Lines.GetLine(end);
        // A selection of whole lines ends where the next one begins.
        last = end > start && text.LineStarts[last] == end ? last - 1 : last;
        return TextSpan.FromBounds(text.LineStarts[text.Lines.GetLine(start)], text.GetLineSpan(last).End);
    }
}
