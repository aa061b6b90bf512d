using System.Text;

namespace StoryLsp.Testing.Worlds;

/// <summary>A container as it will be written: its fields in order, and its prose.</summary>
public sealed class Container
{
    /// <summary>The type.</summary>
    public required string Type { get; set; }

    /// <summary>The id by which others may refer to it, written or derived.</summary>
    public required string Id { get; set; }

    /// <summary>The name.</summary>
    public required string Name { get; set; }

    /// <summary>Whether the id is written. If not, the name or the file's stem gives it.</summary>
    public bool WritesId { get; set; } = true;

    /// <summary>Whether the type is written even where the folder says it.</summary>
    public bool WritesType { get; set; } = true;

    /// <summary>The key of the name: <c>name</c> or <c>title</c>.</summary>
    public string NameKey { get; set; } = "name";

    /// <summary>The file's stem.</summary>
    public string Stem { get; set; } = "";

    /// <summary>The attributes but type, id and name.</summary>
    public List<Field> Fields { get; } = [];

    /// <summary>The paragraphs of the prose.</summary>
    public List<string> Prose { get; } = [];

    /// <summary>The heading above a scene in a chapter file, where it is not the title or the right one.</summary>
    public string? Heading { get; set; }

    /// <summary>Whether the fault may stand on whatever says that this container is there: its type, its id, its name.</summary>
    public bool MarksHead { get; set; }

    /// <summary>Lines that are set before the first key, such as comments.</summary>
    public List<string> Head { get; } = [];

    /// <summary>Whether there is a field of that key.</summary>
    public bool Has(string key) => Fields.Exists(field => Marks.Strip(field.Key) == key);

    /// <summary>The value of a key, or null.</summary>
    public Node? Get(string key) => Fields.Find(field => Marks.Strip(field.Key) == key)?.Value;

    /// <summary>Sets the value of a key in its place, or at the end.</summary>
    public void Set(string key, Node value)
    {
        var at = Fields.FindIndex(field => field.Key == key);
        if (at < 0)
        {
            Fields.Add(new(key, value));
        }
        else
        {
            Fields[at] = new(key, value);
        }
    }

    /// <summary>Adds a key even if it is there.</summary>
    public void Add(string key, Node value) => Fields.Add(new(key, value));

    /// <summary>Takes a key out.</summary>
    public void Remove(string key) => Fields.RemoveAll(field => field.Key == key);

    /// <summary>Adds an item to the list of a key.</summary>
    public void Append(string key, Node item, bool first = false)
    {
        if (Get(key) is Seq seq)
        {
            seq.Items.Insert(first ? 0 : seq.Items.Count, item);
        }
        else if (Get(key) is { } single)
        {
            Set(key, Node.List(first ? [item, single] : [single, item]));
        }
        else
        {
            Set(key, item is Map or Scalar && key is not "effects" ? Node.List(item) : Node.Lines(item));
        }
    }

    /// <summary>The attributes as YAML, without a fence.</summary>
    /// <param name="idKey">The key of the id.</param>
    public Map Attributes(string idKey = "id")
    {
        var entries = new List<Field>();
        if (WritesType)
        {
            entries.Add(new("type", Marked(Type)));
        }

        if (WritesId)
        {
            entries.Add(new(idKey, Marked(Id)));
        }

        entries.Add(new(NameKey, Marked(Name)));
        entries.AddRange(Fields);
        return new Map(entries, false);
    }

    /// <summary>What says that the container is there, marked where that is wanted.</summary>
    public string Marked(string text) => MarksHead ? Marks.Fault(text) : text;

    /// <summary>The attributes as lines of YAML.</summary>
    public string Yaml()
    {
        var text = new StringBuilder();
        foreach (var line in Head)
        {
            text.Append(line).Append('\n');
        }

        Attributes().WriteEntries(text, 0);
        return text.ToString();
    }

    /// <summary>The prose, a blank line between paragraphs.</summary>
    public string Body() => string.Join("\n\n", Prose) + (Prose.Count > 0 ? "\n" : "");
}
