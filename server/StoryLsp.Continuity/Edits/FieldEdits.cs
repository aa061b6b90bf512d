using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Edits;

/// <summary>
/// Edits of a container's fields, wherever its YAML stands. Each is null where it cannot be made without a guess: in a Fountain script, in
/// broken YAML, in a value that is shared by an anchor. Edits of one document may be given together; they do not overlap unless they are
/// of the same field.
/// </summary>
internal static class FieldEdits
{
    /// <summary>Gives a field a plain value, whether it is there or not.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="document">The document of the container.</param>
    /// <param name="container">The container.</param>
    /// <param name="field">Canonical name of the field.</param>
    /// <param name="value">The value as YAML (see <see cref="YamlText.Scalar"/>).</param>
    public static TextEdit? Set(Snapshot snapshot, Document document, ContainerFact container, string field, string value)
    {
        if (IsFountain(container))
        {
            return null;
        }

        if (container.Field(field) is not { } written)
        {
            return Insert(snapshot, document, container, field, value);
        }

        return written.Value is YamlScalar scalar
            ? new(scalar.Span, (scalar.Span.IsEmpty && document.Text.Text[scalar.Span.Start - 1] == ':' ? " " : "") + value)
            : null;
    }

    /// <summary>Puts an item at the end of a list that does not have it; a field that is not there becomes a list of one, and a single value a list of two.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="document">The document of the container.</param>
    /// <param name="container">The container.</param>
    /// <param name="field">Canonical name of the field.</param>
    /// <param name="item">The item as YAML.</param>
    public static TextEdit? AddToList(Snapshot snapshot, Document document, ContainerFact container, string field, string item)
    {
        if (IsFountain(container) || container.Field(field)?.Value.AsTexts().Any(text => text == item || YamlText.Scalar(text) == item) is true)
        {
            return null;
        }

        return container.Field(field)?.Value switch
        {
            null => Insert(snapshot, document, container, field, $"[{item}]"),
            YamlScalar { IsNull: true } empty => new(empty.Span, (empty.Span.IsEmpty && document.Text.Text[empty.Span.Start - 1] == ':' ? " " : "") + $"[{item}]"),
            YamlScalar { Style: YamlScalarStyle.Plain or YamlScalarStyle.SingleQuoted or YamlScalarStyle.DoubleQuoted } one =>
                new(one.Span, $"[{document.Text.Slice(one.Span)}, {item}]"),
            YamlSequence { IsFlow: true, Items.Count: 0 } list => new(new(list.Span.Start + 1, 0), item),
            YamlSequence { Items.Count: > 0 } list => ListEdits.InsertAfter(document.Text, list, list.Items.Count - 1, [item]),
            _ => null,
        };
    }

    /// <summary>Takes the item of a list out in whose text a place stands; the last item goes with its key. Null where a comment would go with it.</summary>
    /// <param name="document">The document of the container.</param>
    /// <param name="container">The container.</param>
    /// <param name="field">Canonical name of the field.</param>
    /// <param name="item">A place inside the item.</param>
    public static TextEdit? RemoveFromList(Document document, ContainerFact container, string field, TextSpan item)
    {
        if (IsFountain(container) || container.Field(field) is not { } written || EntryEdits.Find(document, written.KeySpan) is not var (mapping, entry))
        {
            return null;
        }

        if (written.Value is not YamlSequence list)
        {
            return written.Value is YamlScalar scalar && scalar.Span.Contains(item) ? RemoveEntry(document.Text, mapping, entry) : null;
        }

        var index = IndexOf(list, item);
        if (index < 0)
        {
            return null;
        }

        if (list.Items.Count == 1)
        {
            return RemoveEntry(document.Text, mapping, entry);
        }

        return ListEdits.Remove(document.Text, list, index);
    }

    // The value is one item, as one text or in a list: a comment stands before or behind that.
    private static TextEdit? RemoveEntry(SourceText text, YamlMapping mapping, YamlEntry entry)
    {
        var removal = EntryEdits.Remove(text, mapping, entry);
        var item = entry.Value is YamlSequence { Items: [var only] } ? only.Span : entry.Value.Span;
        var before = TextSpan.FromBounds(Math.Min(entry.Key.Span.End, item.Start), item.Start);
        var behind = TextSpan.FromBounds(item.End, Math.Max(item.End, removal.Span.End));
        return text.Slice(before).Contains('#', StringComparison.Ordinal) || text.Slice(behind).Contains('#', StringComparison.Ordinal) ? null : removal;
    }

    private static int IndexOf(YamlSequence list, TextSpan item)
    {
        for (var i = 0; i < list.Items.Count; i++)
        {
            if (list.Items[i].Span.Contains(item))
            {
                return i;
            }
        }

        return -1;
    }

    private static TextEdit? Insert(Snapshot snapshot, Document document, ContainerFact container, string field, string value)
    {
        var key = KeyOf(snapshot, container.Type, field);
        if (container.Fields.Count > 0)
        {
            return EntryEdits.Find(document, container.Fields[0].KeySpan) is { } found ? EntryEdits.Insert(document.Text, found.Mapping, key, value) : null;
        }

        var end = document.Text.DominantLineEnding;
        return container.Origin == ContainerOrigin.MarkdownFile && document.Markdown is { FrontMatter: null }
            ? new(new(document.Text.Text.StartsWith('\uFEFF') ? 1 : 0, 0), $"---{end}{EntryEdits.Written(key, value)}{end}---{end}")
            : null;
    }

    // What this workspace calls the field.
    private static string KeyOf(Snapshot snapshot, string type, string field)
    {
        for (var schema = snapshot.Schemas.Find(type); schema is not null; schema = schema.Extends is { } parent ? snapshot.Schemas.Find(parent) : null)
        {
            if (snapshot.Settings.FieldNames.TryGetValue(schema.Name, out var fields) && fields.TryGetValue(field, out var keys) && keys.Count > 0)
            {
                return keys[0];
            }
        }

        return field;
    }

    private static bool IsFountain(ContainerFact container) => container.Origin is ContainerOrigin.FountainScene or ContainerOrigin.FountainScript;
}
