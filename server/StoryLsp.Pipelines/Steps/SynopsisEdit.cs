using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Pipelines.Steps;

/// <summary>Where a synopsis goes: the <c>synopsis</c> field of a scene, replaced or added, and not one other character.</summary>
public static class SynopsisEdit
{
    /// <summary>The edit; null where the scene has no place for it.</summary>
    /// <param name="document">The document that the scene stands in.</param>
    /// <param name="scene">The scene.</param>
    /// <param name="synopsis">The text, of one line.</param>
    public static TextEdit? Of(Document document, ContainerFact scene, string synopsis)
    {
        if (scene.Origin is ContainerOrigin.FountainScene)
        {
            return InFountain(document.Text, scene, synopsis);
        }

        if (scene.Field("synopsis") is { } field && MappingOf(document, scene) is { } mapping && mapping.Entries.Any(entry => entry.Key.Span == field.KeySpan))
        {
            return Replace(document.Text, field, synopsis);
        }

        return MappingOf(document, scene) is { Entries.Count: > 0 } own ? Insert(document.Text, own, synopsis) : NewFrontMatter(document, scene, synopsis);
    }

    private static YamlMapping? MappingOf(Document document, ContainerFact scene)
    {
        foreach (var region in document.YamlRegions)
        {
            for (var i = 0; i < region.Containers.Count; i++)
            {
                if (region.Containers[i] == scene.Index)
                {
                    return region.Tree.Documents[i].Root as YamlMapping;
                }
            }

            foreach (var tree in region.Tree.Documents)
            {
                if (FindAt(tree.Root, scene) is { } mapping)
                {
                    return mapping;
                }
            }
        }

        return null;
    }

    // An entry of a collection or an embedded container is a mapping somewhere inside; its first field tells which.
    private static YamlMapping? FindAt(YamlNode? node, ContainerFact scene)
    {
        if (scene.Fields.Count == 0 || node is null || !node.Span.Contains(scene.Fields[0].KeySpan.Start))
        {
            return null;
        }

        return node switch
        {
            YamlMapping mapping when mapping.Entries.Any(entry => entry.Key.Span == scene.Fields[0].KeySpan) => mapping,
            YamlMapping mapping => mapping.Entries.Select(entry => FindAt(entry.Value, scene)).FirstOrDefault(found => found is not null),
            YamlSequence list => list.Items.Select(item => FindAt(item, scene)).FirstOrDefault(found => found is not null),
            _ => null,
        };
    }

    private static TextEdit Replace(SourceText text, FieldFact field, string synopsis)
    {
        if (field.Value.Span.Length == 0)
        {
            var colon = text.Text.IndexOf(':', field.KeySpan.End) + 1;
            return new(new TextSpan(colon, 0), " " + Scalar(synopsis));
        }

        // A block scalar's span may hold the line end behind it, which stays.
        var value = field.Value.Span;
        var end = value.End;
        while (end > value.Start && text.Text[end - 1] is '\n' or '\r' or ' ')
        {
            end--;
        }

        return new(TextSpan.FromBounds(value.Start, end), Scalar(synopsis));
    }

    private static TextEdit Insert(SourceText text, YamlMapping mapping, string synopsis)
    {
        var after = mapping.Entries.LastOrDefault(entry => entry.Key.AsText()?.ToLowerInvariant() is "type" or "id" or "name" or "title") ?? mapping.Entries[^1];
        if (mapping.IsFlow)
        {
            return new(new TextSpan(after.Span.End, 0), ", synopsis: " + Quoted(synopsis));
        }

        var line = text.Lines.GetLine(Math.Max(after.Span.Start, LastVisible(text, after.Span)));
        var end = text.GetLineSpan(line);
        var indent = text.GetPosition(mapping.Entries[0].Key.Span.Start).Character;
        return new(new TextSpan(end.End, 0), text.DominantLineEnding + new string(' ', indent) + "synopsis: " + Scalar(synopsis));
    }

    private static int LastVisible(SourceText text, TextSpan span)
    {
        var end = span.End;
        while (end > span.Start && char.IsWhiteSpace(text.Text[end - 1]))
        {
            end--;
        }

        return end;
    }

    private static TextEdit? NewFrontMatter(Document document, ContainerFact scene, string synopsis)
    {
        if (scene.Origin != ContainerOrigin.MarkdownFile || document.Markdown?.FrontMatter is not null)
        {
            return null;
        }

        var line = document.Text.DominantLineEnding;
        var start = document.Text.Text.StartsWith('\uFEFF') ? 1 : 0;
        return new(new TextSpan(start, 0), "---" + line + "synopsis: " + Scalar(synopsis) + line + "---" + line + line);
    }

    private static TextEdit InFountain(SourceText text, ContainerFact scene, string synopsis)
    {
        if (scene.Field("synopsis") is { } field)
        {
            return new(field.Value.Span, synopsis);
        }

        var line = text.GetLineSpan(text.Lines.GetLine(scene.SelectionSpan.Start));
        return new(new TextSpan(line.End, 0), text.DominantLineEnding + text.DominantLineEnding + "= " + synopsis);
    }

    private static string Scalar(string value) => IsPlain(value) ? value : Quoted(value);

    private static bool IsPlain(string value) =>
        value.Length > 0 && char.IsLetter(value[0]) && !value.Contains(": ", StringComparison.Ordinal) && !value.Contains(" #", StringComparison.Ordinal) &&
        !value.EndsWith(':') && !value.Any(char.IsControl) && value.Contains(' ');

    private static string Quoted(string value) => "\"" + value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}
