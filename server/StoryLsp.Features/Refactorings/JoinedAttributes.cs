using System.Globalization;
using StoryLsp.Continuity.Edits;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Refactorings;

/// <summary>The attributes of two scenes as those of one: lists joined, and a comment with what the second says otherwise.</summary>
internal sealed class JoinedAttributes(Snapshot snapshot, SceneText first, SceneText second)
{
    // What names a scene and its place goes with the second; what it says of its time is no time of the first.
    private static readonly string[] Gone = ["order", "number"];
    private static readonly string[] OfItsOwn = ["when", "duration", "until", "time_of_day", "synopsis"];

    private readonly List<string> _rest = [];

    /// <summary>The comment; empty where nothing is said otherwise. Lines end with a line feed.</summary>
    public string Comment => _rest.Count == 0 ? "" : $"<!-- “{second.Scene.Name}” said of itself:\n{string.Join('\n', _rest)}\n-->";

    /// <summary>Adds the edits of the first; false where what is left cannot stand in a comment.</summary>
    public bool TryJoin(FileEdits edits)
    {
        foreach (var entry in second.Root()?.Entries ?? [])
        {
            if (entry.Key is YamlScalar key)
            {
                Join(entry, key, edits);
            }
        }

        if (second.Heading is not null && !SecondScene.IsNameAfter(first.Scene.Name, second.Scene.Name))
        {
            _rest.Insert(0, $"heading: {second.Heading.Text}");
        }

        return !_rest.Exists(line => line.Contains("-->", StringComparison.Ordinal));
    }

    private void Join(YamlEntry entry, YamlScalar key, FileEdits edits)
    {
        var fact = second.Fact;
        if ((fact.IdSpan is { } id && entry.Value.Span.Touches(id.Start)) || (fact.TypeSpan is { } type && entry.Value.Span.Touches(type.Start)))
        {
            return;
        }

        if (fact.NameSpan is { } name && entry.Value.Span.Touches(name.Start))
        {
            if (!SecondScene.IsNameAfter(first.Scene.Name, second.Scene.Name))
            {
                Keep(entry);
            }

            return;
        }

        var field = fact.Fields.FirstOrDefault(field => field.KeySpan == key.Span || field.KeySpan == key.ContentSpan);
        if (field is null)
        {
            Keep(entry);
        }
        else if (!Gone.Contains(field.Name))
        {
            Join(entry, field, edits);
        }
    }

    private void Join(YamlEntry entry, FieldFact field, FileEdits edits)
    {
        var own = first.Fact.Field(field.Name);
        if (own is not null && ListEdits.Unindented(first.Text, own.Value.Span) == ListEdits.Unindented(second.Text, field.Value.Span))
        {
            return;
        }

        if (own is null)
        {
            if (OfItsOwn.Contains(field.Name) || Inserted(entry) is not { } insertion)
            {
                Keep(entry);
            }
            else
            {
                edits.Add(first.Path, insertion);
            }
        }
        else if (field.Name == "target_words" && Number(own) is { } one && Number(field) is { } other && own.Value is YamlScalar words)
        {
            edits.Add(first.Path, new(words.Span, (one + other).ToString(CultureInfo.InvariantCulture)));
        }
        else if (Appended(own, field) is { } appended)
        {
            if (appended.NewText.Length > 0)
            {
                edits.Add(first.Path, appended);
            }
        }
        else
        {
            Keep(entry);
        }
    }

    private void Keep(YamlEntry entry) => _rest.Add(ListEdits.Unindented(second.Text, entry.Span));

    private static long? Number(FieldFact field) => long.TryParse(field.Value.AsText(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    // The whole entry, where both stand in the first column.
    private TextEdit? Inserted(YamlEntry entry)
    {
        if (first.Root() is not { IsFlow: false, Entries: [.., var last] } root || first.Text.GetPosition(root.Span.Start).Character != second.Text.GetPosition(entry.Span.Start).Character)
        {
            return null;
        }

        var end = first.Text.DominantLineEnding;
        // Several entries at one place come in the order in which they are given.
        return EntryEdits.InsertLine(first.Text, last.Span, second.Text.Slice(entry.Span).TrimEnd().ReplaceLineEndings(end));
    }

    // The items that the first has not; an edit without text where it has all, null where lists cannot be joined.
    private TextEdit? Appended(FieldFact own, FieldFact field)
    {
        var items = field.Value is YamlSequence list ? Meanings(second, field).Zip(ListEdits.ItemsOf(second.Text, list)).ToList()
            : field.Value is YamlScalar { IsNull: false } scalar && own.Value is YamlSequence ? [(Meanings(second, field)[0], ListEdits.Unindented(second.Text, scalar.Span))] : null;
        if (items is null || own.Value is not (YamlSequence or YamlScalar { IsNull: false }))
        {
            return null;
        }

        var known = Meanings(first, own).ToHashSet();
        var added = items.Where(item => known.Add(item.First)).Select(item => item.Second).ToList();
        if (added.Count == 0)
        {
            return new(own.Value.Span with { Length = 0 }, "");
        }

        return own.Value switch
        {
            YamlSequence { Items.Count: > 0 } whole => ListEdits.InsertAfter(first.Text, whole, whole.Items.Count - 1, added),
            YamlSequence { IsFlow: true } empty when !added.Exists(item => item.Contains('\n', StringComparison.Ordinal)) => new(new(empty.Span.Start + 1, 0), string.Join(", ", added)),
            YamlScalar one when !added.Exists(item => item.Contains('\n', StringComparison.Ordinal)) && !first.Text.Slice(one.Span).Contains('\n', StringComparison.Ordinal) =>
                new(one.Span, $"[{first.Text.Slice(one.Span)}, {string.Join(", ", added)}]"),
            _ => null,
        };
    }

    // What each item of a list means: the container that it names, else its text.
    private List<object> Meanings(SceneText scene, FieldFact field)
    {
        IReadOnlyList<YamlNode> items = field.Value is YamlSequence list ? list.Items : [field.Value];
        return [.. items.Select(item => (object?)Named(scene, item) ?? ListEdits.Unindented(scene.Text, item.Span))];
    }

    private ContainerKey? Named(SceneText scene, YamlNode item) =>
        item is YamlScalar && scene.Document.Facts.References.FirstOrDefault(reference => item.Span.Contains(reference.Span)) is { } reference ? snapshot.Resolve(reference, scene.Path).Container?.Key : null;
}
