using System.Text.RegularExpressions;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Links;

/// <summary>Places of one document that say the same, so that whoever writes in one writes in all.</summary>
/// <param name="Spans">The places in order, in UTF-16 code units; their texts are equal.</param>
/// <param name="WordPattern">What may be written in them, as a regular expression; whatever else is typed ends the editing together.</param>
public sealed record LinkedEdit(IReadOnlyList<TextSpan> Spans, string WordPattern);

/// <summary>
/// Finds what is edited together: the twins of a wikilink's target or heading and of a Markdown link's path, a footnote and its text, an anchor of YAML and its aliases.
/// </summary>
public static partial class LinkedEdits
{
    private const string LinkPattern = @"[^\[\]|#\r\n]+";
    private const string PathPattern = @"[^()<>#\s]+";
    private const string FootnotePattern = @"[^\]\s]+";
    private const string AnchorPattern = @"[^\s\[\]{},*&]+";

    /// <summary>What is edited together with what stands at an offset; null where that is nothing, or it has no twin.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="path">Workspace-relative path of the document.</param>
    /// <param name="offset">The offset, in UTF-16 code units.</param>
    /// <param name="cancel">Gives up.</param>
    public static LinkedEdit? At(Snapshot snapshot, string path, int offset, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (snapshot.Document(path) is not { } document)
        {
            return null;
        }

        return OfLink(document, offset) ?? OfAnchor(document, offset) ?? (document.Markdown is null ? null : OfFootnote(document, offset));
    }

    private static LinkedEdit? OfLink(Document document, int offset)
    {
        var text = document.Text.Text;
        foreach (var link in document.Facts.Links)
        {
            var inAnchor = link.Anchor is not null && link.AnchorSpan.Length > 0 && link.AnchorSpan.Touches(offset);
            var span = inAnchor ? link.AnchorSpan : link.TargetSpan;
            if (span.Length == 0 || !span.Touches(offset))
            {
                continue;
            }

            var isPath = link.Kind is LinkKind.Markdown or LinkKind.Image;
            var twins = document.Facts.Links
                .Where(other => other.Kind is LinkKind.Markdown or LinkKind.Image == isPath && Same(text, other.TargetSpan, link.TargetSpan) && (!inAnchor || Same(text, other.AnchorSpan, link.AnchorSpan)))
                .Select(other => inAnchor ? other.AnchorSpan : other.TargetSpan);
            return Paired(inAnchor || isPath ? twins : twins.Concat(LinksInFields(document, span)), isPath ? PathPattern : LinkPattern);
        }

        foreach (var reference in document.Facts.References)
        {
            if (reference.IsLink && reference.Span.Touches(offset))
            {
                var twins = document.Facts.Links.Where(link => link.Kind is LinkKind.Wikilink or LinkKind.Embed && Same(text, link.TargetSpan, reference.Span)).Select(link => link.TargetSpan);
                return Paired(twins.Concat(LinksInFields(document, reference.Span)), LinkPattern);
            }
        }

        return null;
    }

    private static IEnumerable<TextSpan> LinksInFields(Document document, TextSpan span) =>
        document.Facts.References.Where(reference => reference.IsLink && Same(document.Text.Text, reference.Span, span)).Select(reference => reference.Span);

    private static LinkedEdit? OfAnchor(Document document, int offset)
    {
        foreach (var region in document.YamlRegions)
        {
            if (!region.Span.Touches(offset))
            {
                continue;
            }

            foreach (var part in region.Tree.Documents)
            {
                var names = new List<(string Name, TextSpan Span)>();
                Collect(document.Text.Text, region.Span, part.Root, names, 0);
                // An anchor may be written again; then the aliases between belong to the first.
                if (names.Find(name => name.Span.Touches(offset)) is { Name: { } wanted } && names.Count(name => name.Name == wanted && document.Text.Text[name.Span.Start - 1] == '&') == 1)
                {
                    return Paired(names.Where(name => name.Name == wanted).Select(name => name.Span), AnchorPattern);
                }
            }
        }

        return null;
    }

    private static void Collect(string text, TextSpan region, YamlNode? node, List<(string Name, TextSpan Span)> names, int depth)
    {
        const int deepest = 64;
        if (node is null || depth > deepest)
        {
            return;
        }

        if (node.Anchor is { Length: > 0 } anchor && AnchorSpan(text, region, node, anchor) is { } span)
        {
            names.Add((anchor, span));
        }

        switch (node)
        {
            case YamlAlias alias:
                names.Add((alias.Name, new TextSpan(alias.Span.Start + 1, alias.Name.Length)));
                break;
            case YamlMapping mapping:
                foreach (var entry in mapping.Entries)
                {
                    Collect(text, region, entry.Key, names, depth + 1);
                    Collect(text, region, entry.Value, names, depth + 1);
                }

                break;
            case YamlSequence sequence:
                foreach (var item in sequence.Items)
                {
                    Collect(text, region, item, names, depth + 1);
                }

                break;
        }
    }

    // A node does not hold its anchor, which stands before it.
    private static TextSpan? AnchorSpan(string text, TextSpan region, YamlNode node, string anchor)
    {
        var before = text.AsSpan(region.Start, Math.Min(node.Span.Start, region.End) - region.Start);
        var at = before.LastIndexOf("&" + anchor);
        return at < 0 ? null : new TextSpan(region.Start + at + 1, anchor.Length);
    }

    private static LinkedEdit? OfFootnote(Document document, int offset)
    {
        var text = document.Text.Text;
        var all = new List<TextSpan>();
        TextSpan? own = null;
        foreach (var match in Footnote().EnumerateMatches(text))
        {
            var name = new TextSpan(match.Index + 2, match.Length - 3);
            all.Add(name);
            own = name.Touches(offset) ? name : own;
        }

        return own is { } span ? Paired(all.Where(other => Same(text, other, span)), FootnotePattern) : null;
    }

    private static LinkedEdit? Paired(IEnumerable<TextSpan> spans, string pattern)
    {
        var ordered = spans.Distinct().OrderBy(span => span.Start).ToList();
        return ordered.Count > 1 ? new(ordered, pattern) : null;
    }

    private static bool Same(string text, TextSpan a, TextSpan b) =>
        a.Length == b.Length && b.Length > 0 && text.AsSpan(a.Start, a.Length).SequenceEqual(text.AsSpan(b.Start, b.Length));

    [GeneratedRegex(@"\[\^[^\]\s\[^]{1,80}\]", RegexOptions.CultureInvariant)]
    private static partial Regex Footnote();
}
