using StoryLsp.Features.Completion;
using StoryLsp.Index;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Rename;

/// <summary>Writes texts in the place of scalars.</summary>
internal static class InYaml
{
    private const int Deepest = 64;

    /// <summary>A text as it must be written in the place of a whole scalar, in the quotes that it has.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="path">The document.</param>
    /// <param name="source">Its text.</param>
    /// <param name="span">What is replaced, inside of its quotes.</param>
    /// <param name="text">The new text.</param>
    /// <param name="isLink">Whether it stands in the brackets of a wikilink.</param>
    public static string Write(Snapshot snapshot, string path, SourceText source, TextSpan span, string text, bool isLink)
    {
        if (isLink || span.End > source.Length)
        {
            return InQuotes(snapshot, path, span, text);
        }

        var quote = QuoteAround(source.Text, span);
        var block = YamlQuoting.Write(text, quote, inFlow: false);
        return quote == '\0' && YamlQuoting.Write(text, quote, inFlow: true) is var flow && flow != block && IsInFlow(snapshot, path, span) ? flow : block;
    }

    /// <summary>A text as it must be written in the place of a part of a scalar; null where it would end the scalar, or be read otherwise.</summary>
    /// <param name="scalar">The scalar.</param>
    /// <param name="span">The part.</param>
    /// <param name="text">The new text.</param>
    public static string? Inside(YamlScalar scalar, TextSpan span, string text) => scalar.Style switch
    {
        YamlScalarStyle.DoubleQuoted => YamlQuoting.Write(text, '"', inFlow: false),
        YamlScalarStyle.SingleQuoted => YamlQuoting.Write(text, '\'', inFlow: false),
        YamlScalarStyle.Plain when text.AsSpan().ContainsAny(":#,[]{}\"") || (span.Start == scalar.ContentSpan.Start && YamlQuoting.Write(text, '\0', inFlow: true) != text) => null,
        _ => text,
    };

    /// <summary>A text as it must be written in the place of what stands in the brackets of a wikilink: where a scalar in quotes holds the link, its quotes count.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="path">The document.</param>
    /// <param name="span">What is replaced.</param>
    /// <param name="text">The new text.</param>
    public static string InQuotes(Snapshot snapshot, string path, TextSpan span, string text)
    {
        if (!text.AsSpan().ContainsAny("'\"\\"))
        {
            return text;
        }

        var scalar = (snapshot.Document(path)?.YamlRegions ?? []).SelectMany(region => region.Tree.Documents)
            .Where(document => document.Root?.Span.Contains(span) == true).Select(document => ScalarAt(document.Root!, span, 0)).FirstOrDefault(found => found is not null);
        return scalar?.Style switch
        {
            YamlScalarStyle.DoubleQuoted => YamlQuoting.Write(text, '"', inFlow: false),
            YamlScalarStyle.SingleQuoted => YamlQuoting.Write(text, '\'', inFlow: false),
            _ => text,
        };
    }

    private static YamlScalar? ScalarAt(YamlNode node, TextSpan span, int depth)
    {
        var inside = node switch
        {
            YamlMapping mapping => mapping.Entries.Select(entry => entry.Value).FirstOrDefault(value => value.Span.Contains(span)),
            YamlSequence sequence => sequence.Items.FirstOrDefault(item => item.Span.Contains(span)),
            _ => null,
        };
        return node as YamlScalar ?? (inside is null || depth >= Deepest ? null : ScalarAt(inside, span, depth + 1));
    }

    private static char QuoteAround(string text, TextSpan span)
    {
        var before = span.Start > 0 ? text[span.Start - 1] : '\n';
        var after = span.End < text.Length ? text[span.End] : '\n';
        return before is '"' or '\'' && after == before ? before : '\0';
    }

    private static bool IsInFlow(Snapshot snapshot, string path, TextSpan span)
    {
        foreach (var region in snapshot.Document(path)?.YamlRegions ?? [])
        {
            foreach (var document in region.Tree.Documents)
            {
                if (document.Root is { } root && root.Span.Contains(span) && IsInFlow(root, span, 0))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool IsInFlow(YamlNode node, TextSpan span, int depth)
    {
        var inside = node switch
        {
            YamlMapping { IsFlow: true } or YamlSequence { IsFlow: true } => null,
            YamlMapping mapping => mapping.Entries.Select(entry => entry.Value).FirstOrDefault(value => value.Span.Contains(span)) ?? node,
            YamlSequence sequence => sequence.Items.FirstOrDefault(item => item.Span.Contains(span)) ?? node,
            _ => node,
        };
        return inside is null || (inside != node && depth < Deepest && IsInFlow(inside, span, depth + 1));
    }
}
