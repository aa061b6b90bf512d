using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Language.Tests.Yaml;

/// <summary>What must hold for the spans of every tree, however broken its text.</summary>
internal static class TreeShape
{
    public static void AssertNested(YamlTree tree, TextSpan region)
    {
        int at = region.Start;
        foreach (YamlDocument document in tree.Documents)
        {
            Check(document.Span.Start >= at, "documents follow each other");
            Inside(document.Span, region, "document");
            at = document.Span.End;
            if (document.Root is not null)
            {
                Walk(document.Root, document.Span);
            }
        }

        foreach (YamlError error in tree.Errors)
        {
            Inside(error.Span, region, "error");
            int editAt = region.Start;
            foreach (TextEdit edit in error.Slip?.Edits ?? [])
            {
                Inside(edit.Span, region, "edit");
                Check(edit.Span.Start >= editAt, "edits are ascending");
                editAt = edit.Span.End;
            }
        }

        foreach (YamlComment comment in tree.Comments)
        {
            Inside(comment.Span, region, "comment");
        }
    }

    private static void Walk(YamlNode node, TextSpan around)
    {
        Inside(node.Span, around, node.GetType().Name);
        int at = node.Span.Start;
        switch (node)
        {
            case YamlScalar scalar:
                Inside(scalar.ContentSpan, scalar.Span, "content");
                break;
            case YamlSequence sequence:
                foreach (YamlNode item in sequence.Items)
                {
                    Check(item.Span.Start >= at, "items follow each other");
                    at = item.Span.End;
                    Walk(item, sequence.Span);
                }

                break;
            case YamlMapping mapping:
                foreach (YamlEntry entry in mapping.Entries)
                {
                    Check(entry.Span.Start >= at, "entries follow each other");
                    at = entry.Span.End;
                    Inside(entry.Span, mapping.Span, "entry");
                    Walk(entry.Key, entry.Span);
                    Walk(entry.Value, entry.Span);
                    Check(entry.Value.Span.Start >= entry.Key.Span.End, "the value follows the key");
                }

                break;
        }
    }

    private static void Inside(TextSpan span, TextSpan around, string what) =>
        Check(span.Length >= 0 && around.Contains(span), $"{what} {span} lies inside {around}");

    private static void Check(bool holds, string what)
    {
        if (!holds)
        {
            throw new InvalidOperationException("Not so: " + what);
        }
    }
}
