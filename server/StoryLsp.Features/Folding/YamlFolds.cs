using StoryLsp.Features.Places;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Folding;

/// <summary>What can be folded in YAML: entries and items of several lines, documents where there are several, runs of comments.</summary>
internal static class YamlFolds
{
    // Deeper nesting is no story, and a walk must end.
    private const int Deepest = 64;

    /// <summary>Adds what can be folded.</summary>
    public static void Add(FoldList folds, YamlTree tree)
    {
        foreach (var document in tree.Documents)
        {
            if (tree.Documents.Count > 1)
            {
                folds.Add(document.Span, FoldSort.Entry);
            }

            if (document.Root is { } root)
            {
                Node(folds, root, 0);
            }
        }

        AddComments(folds, tree.Comments);
    }

    private static void Node(FoldList folds, YamlNode node, int depth)
    {
        if (depth > Deepest)
        {
            return;
        }

        switch (node)
        {
            case YamlMapping mapping:
                foreach (var entry in mapping.Entries)
                {
                    AddFrom(folds, entry.Key.Span.Start, entry.Value);
                    Node(folds, entry.Value, depth + 1);
                }

                break;
            case YamlSequence sequence:
                foreach (var item in sequence.Items)
                {
                    AddFrom(folds, item.Span.Start, item);
                    Node(folds, item, depth + 1);
                }

                break;
        }
    }

    private static void AddFrom(FoldList folds, int start, YamlNode value)
    {
        var text = folds.Text;
        var end = Sections.WithoutEnd(text.Text, value.Span).End;
        if (end <= start)
        {
            return;
        }

        var last = text.Lines.GetLine(end);
        // The bracket that closes a list stays in sight, as the key that opens it does.
        var closes = value is YamlMapping { IsFlow: true } or YamlSequence { IsFlow: true } && text.Text.AsSpan(text.GetLineSpan(last).Start, text.GetLineSpan(last).Length).TrimStart() is [']' or '}', ..];
        folds.AddLines(text.Lines.GetLine(start), closes ? last - 1 : last, FoldSort.Entry);
    }

    private static void AddComments(FoldList folds, IReadOnlyList<YamlComment> comments)
    {
        var (first, last) = (-1, -1);
        foreach (var comment in comments)
        {
            var line = folds.Text.Lines.GetLine(comment.Span.Start);
            if (!StandsAlone(folds.Text, line, comment.Span))
            {
                continue;
            }

            if (first >= 0 && line == last + 1)
            {
                last = line;
                continue;
            }

            folds.AddLines(first, last, FoldSort.Comment);
            (first, last) = (line, line);
        }

        folds.AddLines(first, last, FoldSort.Comment);
    }

    private static bool StandsAlone(SourceText text, int line, TextSpan comment)
    {
        var start = text.GetLineSpan(line).Start;
        return text.Text.AsSpan(start, comment.Start - start).IsWhiteSpace();
    }
}
