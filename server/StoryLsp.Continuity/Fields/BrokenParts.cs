using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Fields;

/// <summary>The parts of a document that the YAML parser had to repair: what stands there may say anything, so it has no other fault.</summary>
internal static class BrokenParts
{
    private const int DeepestNesting = 64;

    /// <summary>The spans of the errors, and all that stands behind a bracket that is never closed.</summary>
    public static SpanSet Of(IEnumerable<TextSpan> errors, IReadOnlyList<ContainerFact> containers)
    {
        var spans = errors.ToList();
        if (spans.Count == 0)
        {
            return SpanSet.Empty;
        }

        // The error of a bracket is the bracket alone.
        var brackets = spans.Where(span => span.Length == 1).Select(span => span.Start).ToHashSet();
        if (brackets.Count > 0)
        {
            foreach (var field in containers.SelectMany(container => container.Fields))
            {
                AddOpen(field.Value, brackets, spans, 0);
            }
        }

        return new SpanSet(spans);
    }

    private static void AddOpen(YamlNode? node, HashSet<int> brackets, List<TextSpan> spans, int depth)
    {
        if (depth > DeepestNesting)
        {
            return;
        }

        if (node is YamlSequence { IsFlow: true } or YamlMapping { IsFlow: true } && brackets.Contains(node.Span.Start))
        {
            spans.Add(node.Span);
            return;
        }

        foreach (var inner in node is YamlSequence list ? list.Items : node is YamlMapping mapping ? mapping.Entries.Select(entry => entry.Value) : [])
        {
            AddOpen(inner, brackets, spans, depth + 1);
        }
    }
}
