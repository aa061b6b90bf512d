using StoryLsp.Continuity.Edits;
using StoryLsp.Continuity.Fields;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Naming;

/// <summary>Several names in one value of a reference field, which YAML takes for one: <c>characters: ada, tom</c>.</summary>
/// <param name="Names">The names as written.</param>
/// <param name="Known">Those that resolve.</param>
/// <param name="IsList">Whether the field takes a list.</param>
internal sealed record NamesInOne(IReadOnlyList<string> Names, IReadOnlyList<string> Known, bool IsList)
{
    private static readonly string[] Numbers = ["", "", "two", "three", "four", "five", "six"];

    /// <summary>How many names there are, in words.</summary>
    public string Count => Names.Count < Numbers.Length ? Numbers[Names.Count] : Names.Count.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The names of a reference that resolves to nothing as a whole; null where it is one name.</summary>
    public static NamesInOne? Of(Snapshot snapshot, DocumentFacts document, ReferenceFact reference)
    {
        if (reference.IsLink || NameList.Split(reference.Text) is not { Count: > 1 } names)
        {
            return null;
        }

        var known = names.Where(name => snapshot.Resolve(NameList.Target(name), reference.Target, document.Path).Kind is ResolutionKind.Resolved or ResolutionKind.Ambiguous).ToList();
        var isList = IsInList(snapshot, document, reference);

        // One of a kind may be called Smith & Sons, or Mill Lane, Hollow Creek.
        var isMeant = isList
            ? known.Count > 0 || (reference.Text.AsSpan().ContainsAny(",;") && names.All(LooksLikeName))
            : known.Count == names.Count || (known.Count > 0 && reference.Target == "character");
        return isMeant ? new(names, known, isList) : null;
    }

    /// <summary>The names as entries of a list without its brackets.</summary>
    public string Entries => string.Join(", ", Names.Select(Entry));

    /// <summary>The edit that makes a list of the value; null where it cannot be found.</summary>
    public TextEdit? ToList(Document document, ReferenceFact reference)
    {
        foreach (var entry in EntryEdits.Mappings(document).SelectMany(mapping => mapping.Entries))
        {
            switch (entry.Value)
            {
                case YamlScalar scalar when scalar.ContentSpan == reference.Span:
                    return new(scalar.Span, $"[{Entries}]");
                case YamlSequence list when list.Items.OfType<YamlScalar>().FirstOrDefault(item => item.ContentSpan == reference.Span) is { } item:
                    return list.IsFlow ? new(item.Span, Entries) : BlockItems(document.Text, item);
            }
        }

        return null;
    }

    private TextEdit? BlockItems(SourceText text, YamlScalar item)
    {
        var line = text.LineStarts[text.GetPosition(item.Span.Start).Line];
        var before = text.Slice(TextSpan.FromBounds(line, item.Span.Start));
        return before.Trim() == "-" ? new(item.Span, string.Join(text.DominantLineEnding + before, Names.Select(Entry))) : null;
    }

    private static string Entry(string name) => YamlText.Scalar(name);

    // Two or three words with a capital, or an id.
    private static bool LooksLikeName(string name)
    {
        var words = NameList.Target(name).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length is 1 or 2 or 3 or 4 && (words.Length == 1 || char.IsUpper(words[0][0])) && words.All(word => word.Length > 0 && char.IsLetter(word[0]));
    }

    private static bool IsInList(Snapshot snapshot, DocumentFacts document, ReferenceFact reference)
    {
        if (reference.IsInManuscript)
        {
            return true;
        }

        if (reference.Container < 0 || snapshot.Schemas.Find(document.Containers[reference.Container].Type) is not { } schema)
        {
            return false;
        }

        FieldSchema? field = null;
        var fields = schema.Fields;
        var isList = false;
        foreach (var name in reference.Field.Split('.'))
        {
            field = FieldWalk.Find(fields, name);
            isList = false;
            while (field is { Type: FieldType.List, Of: { } of })
            {
                isList = true;
                field = of;
            }

            fields = field?.Fields ?? [];
        }

        return isList && field is { Type: FieldType.Reference };
    }
}
