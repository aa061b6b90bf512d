using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Pipelines.Steps;

/// <summary>Reads a document again as it would be after an edit, to see that the edit does what it is meant to do and nothing else.</summary>
internal static class EditCheck
{
    private const int DeepestNesting = 64;

    /// <summary>Whether the edit gives one field of one container a value, and changes the meaning of nothing else.</summary>
    public static bool ChangesOnly(Document document, ContainerFact container, string field, string value, TextEdit edit, ReadingContext context)
    {
        var after = DocumentReader.Read(document.Path, document.Text.WithEdits([edit]), context with { Rules = [] });
        var old = document.Facts;
        var now = after.Facts;
        if (old.Containers.Count != now.Containers.Count || ErrorsIn(after) > ErrorsIn(document) || now.Links.Count > old.Links.Count || !SameProse(document, after))
        {
            return false;
        }

        for (var i = 0; i < old.Containers.Count; i++)
        {
            if (!IsSame(old.Containers[i], now.Containers[i], i == container.Index ? field : null, edit))
            {
                return false;
            }
        }

        var target = now.Containers[container.Index];
        return target.Field(field) is { } written && written.Value.AsText() == value && target.Fields.Count(other => other.Name == field) == 1;
    }

    private static int ErrorsIn(Document document) => document.YamlRegions.Sum(region => region.Tree.Errors.Count);

    private static bool SameProse(Document before, Document after) =>
        before.Facts.Prose.Count == after.Facts.Prose.Count &&
        before.Facts.Prose.Zip(after.Facts.Prose).All(pair =>
            pair.First.Container == pair.Second.Container && before.Text.Slice(pair.First.Span) == after.Text.Slice(pair.Second.Span));

    private static bool IsSame(ContainerFact old, ContainerFact now, string? exceptField, TextEdit edit)
    {
        var before = old.Fields.Where(field => field.Name != exceptField).ToList();
        var after = now.Fields.Where(field => field.Name != exceptField).ToList();
        return old.Type == now.Type && old.Id == now.Id && old.Name == now.Name && old.Origin == now.Origin && before.Count == after.Count &&
            before.Zip(after).All(pair => pair.First.Name == pair.Second.Name && (Holds(pair.First, edit) || Text(pair.First.Value, 0) == Text(pair.Second.Value, 0)));
    }

    // What a container is embedded in changes with it; both are compared as containers of their own.
    private static bool Holds(FieldFact field, TextEdit edit) => field.Value is not YamlScalar && field.Value.Span.Touches(edit.Span.Start);

    private static string Text(YamlNode node, int depth) => depth > DeepestNesting ? "" : node switch
    {
        YamlScalar scalar => scalar.IsNull ? "~" : "'" + scalar.Value + "'",
        YamlAlias alias => "*" + alias.Name,
        YamlSequence list => "[" + string.Join(',', list.Items.Select(item => Text(item, depth + 1))) + "]",
        YamlMapping map => "{" + string.Join(',', map.Entries.Select(entry => Text(entry.Key, depth + 1) + ":" + Text(entry.Value, depth + 1))) + "}",
        _ => "",
    };
}
