using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Language.Documents;

/// <summary>Finds wikilinks in YAML values of Markdown files that are no reference fields: Obsidian's properties link from anywhere.</summary>
internal static class YamlLinkReader
{
    private const int DeepestNesting = 64;

    /// <summary>Adds the links of a region to the draft, but for those that are references already.</summary>
    public static void Read(FactsDraft draft, YamlRegion region)
    {
        var taken = draft.ReferenceSpans;
        for (var i = 0; i < region.Tree.Documents.Count; i++)
        {
            Visit(draft, region.Tree.Documents[i].Root, region.Containers[i], taken, 0);
        }
    }

    private static void Visit(FactsDraft draft, YamlNode? node, int container, HashSet<int> taken, int depth)
    {
        if (depth > DeepestNesting)
        {
            return;
        }

        switch (node)
        {
            case YamlMapping mapping:
                foreach (var entry in mapping.Entries)
                {
                    Visit(draft, entry.Value, container, taken, depth + 1);
                }

                break;
            case YamlSequence sequence when WikilinkText.OfNestedList(sequence, draft.Text) is { } link:
                Add(draft, link, sequence.Span, container, taken);
                break;
            case YamlSequence sequence:
                foreach (var item in sequence.Items)
                {
                    Visit(draft, item, container, taken, depth + 1);
                }

                break;
            case YamlScalar scalar when WikilinkText.OfScalar(scalar, draft.Text) is { } link:
                Add(draft, link, scalar.Span, container, taken);
                break;
        }
    }

    private static void Add(FactsDraft draft, NameFact link, TextSpan span, int container, HashSet<int> taken)
    {
        if (taken.Contains(link.Span.Start) || link.Text.Length == 0)
        {
            return;
        }

        var hash = link.Text.IndexOf('#');
        // Behind escapes the sign stands elsewhere in the text than in the value.
        var sign = hash < 0 ? -1 : draft.Text.Slice(link.Span).IndexOf('#', StringComparison.Ordinal);
        draft.Links.Add(new LinkFact
        {
            Kind = LinkKind.Wikilink,
            Container = container,
            Target = hash < 0 ? link.Text : link.Text[..hash].TrimEnd(),
            Anchor = hash < 0 ? null : link.Text[(hash + 1)..],
            Span = span,
            TargetSpan = sign < 0 ? link.Span : new TextSpan(link.Span.Start, sign),
            AnchorSpan = sign < 0 ? default : TextSpan.FromBounds(link.Span.Start + sign + 1, link.Span.End),
        });
    }
}
