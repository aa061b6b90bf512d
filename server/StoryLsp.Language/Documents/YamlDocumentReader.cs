using StoryLsp.Language.Facts;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Language.Documents;

/// <summary>Finds the containers of a YAML file: whole documents, and the entries of collections.</summary>
internal static class YamlDocumentReader
{
    /// <summary>Reads the containers of each YAML document; gives for each the index of its container, or -1.</summary>
    public static int[] Read(FactsDraft draft, YamlTree tree)
    {
        var result = new int[tree.Documents.Count];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = -1;
            if (tree.Documents[i].Root is YamlMapping mapping)
            {
                result[i] = ReadMapping(draft, mapping, tree.Documents[i], i);
            }
            else if (tree.Documents[i].Root is { } root)
            {
                ReadCollections(draft, root, configuredOnly: true);
            }
        }

        return result;
    }

    private static int ReadMapping(FactsDraft draft, YamlMapping root, YamlDocument document, int number)
    {
        var type = WrittenType(draft, root);
        if (type.Type is null && ReadCollections(draft, root, configuredOnly: false))
        {
            return -1;
        }

        var settings = draft.Context.Settings;
        var name = type.Type ?? (settings.Exists ? draft.Context.Schemas.TypeOfFolder(draft.Path, settings.Folders) ?? SchemaSet.Note : null);
        if (name is null || root.Entries.Count == 0)
        {
            return -1;
        }

        var index = draft.Add(new ContainerDraft
        {
            Origin = ContainerOrigin.YamlDocument,
            Type = name,
            TypeSpan = type.Span,
            Entries = type.IsShowrunner ? Flatten(root) : root.Entries,
            HasShowrunnerAttributes = type.IsShowrunner,
            DerivedId = DerivedId(draft, root, number),
            FallbackName = number == 0 ? DocumentReader.Humanize(draft.Stem) : DocumentReader.Humanize(draft.Stem) + " " + (number + 1),
            Span = document.Span.Length > 0 ? document.Span : root.Span,
            SelectionSpan = root.Entries[0].Key.Span,
        });
        if (type.Type is not null)
        {
            ReadCollections(draft, root, configuredOnly: true);
        }

        return index;
    }

    private static string DerivedId(FactsDraft draft, YamlMapping root, int number)
    {
        if (number == 0)
        {
            return Slug.Of(draft.Stem);
        }

        var name = root.Get("name").AsText() ?? root.Get("title").AsText();
        return name is null ? Slug.Of(draft.Stem + "-" + (number + 1).ToString(System.Globalization.CultureInfo.InvariantCulture)) : Slug.Of(name);
    }

    /// <summary>
    /// The written type. Without a <c>story.yaml</c> only the name of a known type counts; Showrunner's <c>container_type</c> says by itself
    /// that the file is a container.
    /// </summary>
    private static (string? Type, TextSpan? Span, bool IsShowrunner) WrittenType(FactsDraft draft, YamlMapping root)
    {
        if (root.Entry("type")?.Value is YamlScalar { IsNull: false } type)
        {
            var known = draft.Context.Schemas.Find(type.Value.Trim());
            if (known is not null || draft.Context.Settings.Exists)
            {
                return (known?.Name ?? type.Value.Trim(), type.ContentSpan, false);
            }
        }

        if (root.Entry("container_type")?.Value is YamlScalar { IsNull: false } container)
        {
            var known = draft.Context.Schemas.Find(container.Value.Trim());
            return (known?.Name ?? container.Value.Trim(), known is null && !draft.Context.Settings.Exists ? null : container.ContentSpan, true);
        }

        return default;
    }

    private static List<YamlEntry> Flatten(YamlMapping root)
    {
        var result = new List<YamlEntry>(root.Entries);
        if (root.Get("attributes").Resolve() is YamlMapping attributes)
        {
            result.AddRange(attributes.Entries);
        }

        return result;
    }

    private static bool ReadCollections(FactsDraft draft, YamlNode root, bool configuredOnly)
    {
        var found = false;
        foreach (var collection in draft.Context.Settings.Collections)
        {
            if (PathGlob.Matches(collection.Files, draft.Path) && At(root, collection.At) is { } node)
            {
                var type = draft.Context.Schemas.Find(collection.Type)?.Name ?? collection.Type;
                found |= ReadEntries(draft, node, type, collection.Id?.ToLowerInvariant(), needsName: false);
            }
        }

        if (found || configuredOnly || root is not YamlMapping mapping)
        {
            return found;
        }

        foreach (var entry in mapping.Entries)
        {
            if (entry.Key is YamlScalar key && draft.Context.Schemas.TypeOfPlural(key.Value) is { } type)
            {
                found |= ReadEntries(draft, entry.Value, type, null, needsName: true);
            }
        }

        return found;
    }

    private static YamlNode? At(YamlNode root, string path)
    {
        YamlNode? node = root;
        foreach (var key in path.Split('.', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            node = node.Get(key);
        }

        return node.Resolve();
    }

    private static bool ReadEntries(FactsDraft draft, YamlNode node, string type, string? idKey, bool needsName)
    {
        switch (node.Resolve())
        {
            case YamlSequence list when list.Items.Any(item => IsEntry(item, idKey, needsName)):
                foreach (var item in list.Items)
                {
                    if (IsEntry(item, idKey, true))
                    {
                        AddEntry(draft, (YamlMapping)item, null, type, idKey);
                    }
                }

                return true;
            case YamlMapping map when map.Entries.Any(entry => IsEntry(entry.Value, idKey, needsName)):
                foreach (var entry in map.Entries)
                {
                    if (entry.Value is YamlMapping mapping && mapping.Entries.Count > 0 && entry.Key is YamlScalar key)
                    {
                        AddEntry(draft, mapping, key, type, idKey);
                    }
                }

                return true;
            default:
                return false;
        }
    }

    private static bool IsEntry(YamlNode node, string? idKey, bool needsName) =>
        node is YamlMapping mapping && mapping.Entries.Count > 0 &&
        (!needsName || mapping.Get("id").AsText() is not null || mapping.Get("name").AsText() is not null ||
            mapping.Get("title").AsText() is not null && idKey is not null || (idKey is not null && mapping.Get(idKey).AsText() is not null));

    private static void AddEntry(FactsDraft draft, YamlMapping mapping, YamlScalar? key, string type, string? idKey)
    {
        // An entry's own type counts only when it names a known type.
        var written = mapping.Entry("type")?.Value as YamlScalar;
        var known = draft.Context.Schemas.Find(written?.Value);
        draft.Add(new ContainerDraft
        {
            Origin = ContainerOrigin.Collection,
            Type = known?.Name ?? type,
            TypeSpan = known is null ? null : written!.ContentSpan,
            Entries = mapping.Entries,
            IdKey = idKey,
            Id = key is null ? null : new(key.Value.Trim(), key.ContentSpan),
            FallbackName = mapping.Get(idKey ?? "id").AsText() ?? key?.Value ?? DocumentReader.Humanize(draft.Stem),
            Span = key is null ? mapping.Span : TextSpan.FromBounds(key.Span.Start, mapping.Span.End),
            SelectionSpan = key?.Span ?? mapping.Entries[0].Key.Span,
        });
    }
}
