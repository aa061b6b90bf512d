using StoryLsp.Features.Places;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.SelectionRanges;

/// <summary>The steps in YAML: word, scalar, entry, mapping, container.</summary>
internal static class YamlSteps
{
    // Deeper nesting is no story, and a walk must end.
    private const int Deepest = 64;

    /// <summary>Adds the steps around an offset; false where it is in no YAML.</summary>
    public static bool Add(Nesting nesting, Document document)
    {
        foreach (var region in document.YamlRegions)
        {
            if (!region.Span.Touches(nesting.Offset))
            {
                continue;
            }

            var text = document.Text.Text;
            nesting.Add(ProseSteps.Trimmed(text, region.Span));
            foreach (var comment in region.Tree.Comments)
            {
                if (comment.Span.Touches(nesting.Offset))
                {
                    nesting.Add(comment.Span);
                    ProseSteps.Add(nesting, text, TextSpan.FromBounds(Math.Min(comment.Span.Start + 1, comment.Span.End), comment.Span.End));
                }
            }

            foreach (var part in region.Tree.Documents)
            {
                nesting.Add(ProseSteps.Trimmed(text, part.Span));
                if (part.Root is { } root)
                {
                    Node(nesting, text, root, 0);
                }
            }

            return true;
        }

        return false;
    }

    private static void Node(Nesting nesting, string text, YamlNode node, int depth)
    {
        if (!node.Span.Touches(nesting.Offset) || depth > Deepest)
        {
            return;
        }

        nesting.Add(Sections.WithoutEnd(text, node.Span));
        switch (node)
        {
            case YamlMapping mapping:
                foreach (var entry in mapping.Entries)
                {
                    if (entry.Span.Touches(nesting.Offset))
                    {
                        nesting.Add(ProseSteps.Trimmed(text, entry.Span));
                        Node(nesting, text, entry.Key, depth + 1);
                        Node(nesting, text, entry.Value, depth + 1);
                    }
                }

                break;
            case YamlSequence sequence:
                foreach (var item in sequence.Items)
                {
                    Node(nesting, text, item, depth + 1);
                }

                break;
            case YamlScalar scalar:
                Scalar(nesting, text, scalar);
                break;
        }
    }

    private static void Scalar(Nesting nesting, string text, YamlScalar scalar)
    {
        var content = ProseSteps.Trimmed(text, scalar.ContentSpan);
        nesting.Add(content);
        if (content.Touches(nesting.Offset))
        {
            ProseSteps.Add(nesting, text, ParagraphOf(text, content, nesting.Offset));
        }
    }

    // A long text in a block has paragraphs as prose has.
    private static TextSpan ParagraphOf(string text, TextSpan content, int offset)
    {
        var start = content.Start;
        var isBlank = false;
        for (var at = content.Start; at < content.End; at++)
        {
            if (text[at] == '\n')
            {
                if (isBlank && at >= offset)
                {
                    return TextSpan.FromBounds(start, at);
                }

                start = isBlank ? at + 1 : start;
                isBlank = true;
            }
            else if (!char.IsWhiteSpace(text[at]))
            {
                isBlank = false;
            }
        }

        return TextSpan.FromBounds(Math.Min(start, content.End), content.End);
    }
}
