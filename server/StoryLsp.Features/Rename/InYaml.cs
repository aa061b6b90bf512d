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
        var block = YamlText.Write(text, quote, inFlow: false);
        return quote == '\0' && YamlText.Write(text, quote, inFlow: true) is var flow && flow != block && IsInFlow(snapshot, path, span) ? flow : block;
    }

    /// <summary>
    /// Edits of parts of a scalar as they must be written. Where a scalar without quotes would end at one, or be read otherwise, the whole of it is written anew in quotes, with all
    /// of them, and is as doubtful as the most doubtful of them.
    /// </summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="source">The text of the document.</param>
    /// <param name="scalar">The scalar.</param>
    /// <param name="edits">The edits, apart from each other.</param>
    public static IEnumerable<RenameEdit> Inside(Snapshot snapshot, SourceText source, YamlScalar scalar, IReadOnlyList<RenameEdit> edits)
    {
        if (scalar.Style is YamlScalarStyle.DoubleQuoted or YamlScalarStyle.SingleQuoted)
        {
            var quote = scalar.Style == YamlScalarStyle.DoubleQuoted ? '"' : '\'';
            return edits.Select(edit => edit with { Edit = edit.Edit with { NewText = YamlText.Write(edit.Edit.NewText, quote, inFlow: false) } });
        }

        if (scalar.Style != YamlScalarStyle.Plain || !edits.Any(edit => IsDelicate(scalar, edit.Edit)))
        {
            return edits;
        }

        var was = source.Slice(scalar.ContentSpan);
        var now = SourceText.From(was).WithEdits([.. edits.Select(edit => edit.Edit with { Span = new(edit.Edit.Span.Start - scalar.ContentSpan.Start, edit.Edit.Span.Length) }).OrderBy(edit => edit.Span.Start)]).Text;
        // Lines are folded in double quotes as they are without.
        return YamlText.Write(now.ReplaceLineEndings(" "), '\0', IsInFlow(snapshot, edits[0].Path, scalar.Span)) == now.ReplaceLineEndings(" ") ? edits
            : [new(edits[0].Path, new(scalar.ContentSpan, "\"" + string.Join('\n', now.Split('\n').Select(line => line.EndsWith('\r') ? YamlText.Write(line[..^1], '"', inFlow: false) + "\r" : YamlText.Write(line, '"', inFlow: false))) + "\""), edits.Max(edit => edit.Part))];
    }

    /// <summary>Whether a text cannot stand in the place of a part of a scalar without quotes, or of a wikilink without them; something shorter is to be written there.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="path">The document.</param>
    /// <param name="span">The part.</param>
    /// <param name="text">The new text.</param>
    /// <param name="isLink">Whether it stands in the brackets of a wikilink.</param>
    public static bool IsTooMuch(Snapshot snapshot, string path, TextSpan span, string text, bool isLink)
    {
        var scalar = text.AsSpan().ContainsAny(Delicate) ? ScalarOf(snapshot, path, span) : null;
        return scalar is { Style: YamlScalarStyle.Plain } ? scalar.ContentSpan != span
            : scalar is null && isLink && text.AsSpan().ContainsAny('"', '\'') && snapshot.Document(path)?.YamlRegions.Any(region => region.Span.Contains(span)) == true;
    }

    private const string Delicate = ":#,[]{}\"'";

    private static bool IsDelicate(YamlScalar scalar, TextEdit edit) =>
        edit.NewText.AsSpan().ContainsAny(Delicate) || (edit.Span.Start == scalar.ContentSpan.Start && YamlText.Write(edit.NewText, '\0', inFlow: true) != edit.NewText);

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

        return ScalarOf(snapshot, path, span)?.Style switch
        {
            YamlScalarStyle.DoubleQuoted => YamlText.Write(text, '"', inFlow: false),
            YamlScalarStyle.SingleQuoted => YamlText.Write(text, '\'', inFlow: false),
            _ => text,
        };
    }

    private static YamlScalar? ScalarOf(Snapshot snapshot, string path, TextSpan span) => (snapshot.Document(path)?.YamlRegions ?? []).SelectMany(region => region.Tree.Documents)
        .Where(document => document.Root?.Span.Contains(span) == true).Select(document => ScalarAt(document.Root!, span, 0)).FirstOrDefault(found => found is not null);

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
