using StoryLsp.Language.Documents;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Merging;

/// <summary>One of the three texts of a merge, with what the schemas say of its values and what its containers are known by.</summary>
internal sealed class MergeSide
{
    private readonly Dictionary<YamlNode, FieldSchema> _fields = new(ReferenceEqualityComparer.Instance);

    private MergeSide(Document document, ReadingContext context)
    {
        Document = document;
        IdKeys = [.. context.Settings.Collections.Select(collection => collection.Id).OfType<string>()];
        foreach (var container in document.Facts.Containers)
        {
            foreach (var field in container.Fields)
            {
                Learn(field.Value, context.Schemas.Find(container.Type)?.FindField(field.Name));
            }
        }
    }

    public Document Document { get; }

    /// <summary>The keys that hold ids in this workspace's collections, beside the usual ones.</summary>
    public IReadOnlyList<string> IdKeys { get; }

    public SourceText Text => Document.Text;

    /// <summary>Reads a text as what its path says.</summary>
    public static MergeSide Read(string path, SourceText text, ReadingContext context) => new(DocumentReader.Read(path, text, context), context);

    /// <summary>What the schemas say of a value; null where they say nothing.</summary>
    public FieldSchema? FieldOf(YamlNode node) => _fields.GetValueOrDefault(node);

    private void Learn(YamlNode node, FieldSchema? field)
    {
        if (field is null || !_fields.TryAdd(node, field))
        {
            return;
        }

        switch (node)
        {
            case YamlSequence list:
                foreach (var item in list.Items)
                {
                    Learn(item, field.Of);
                }

                break;
            case YamlMapping mapping:
                foreach (var entry in mapping.Entries)
                {
                    var key = entry.Key.AsText();
                    Learn(entry.Value, field.Fields.FirstOrDefault(inner => inner.Name.Equals(key, StringComparison.OrdinalIgnoreCase) || inner.Synonyms.Contains(key, StringComparer.OrdinalIgnoreCase)));
                }

                break;
        }
    }
}
