using StoryLsp.Continuity.Edits;
using StoryLsp.Continuity.Fields;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Settings;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Rules;

/// <summary><c>schema/missing-field</c></summary>
internal sealed class SchemaMissingField : Rule, IDocumentRule
{
    public override string Code => "schema/missing-field";

    public override Severity Severity => Severity.Warning;

    public override string Summary => "A field that the schema requires is absent, or has no value.";

    public override string Documentation => """
        A schema says `required: true` of what nothing of its type can do without. No shipped schema requires anything. Write the field, or
        take the `required` out of the schema.
        """;

    public void Check(Document document, SchemaSet schemas, StorySettings settings, Action<Finding> report)
    {
        foreach (var gap in Gaps(document, schemas, settings))
        {
            report(new(Code, Severity, gap.Span, $"`{gap.Field.Name}` {(gap.Empty is null ? "is missing" : "has no value")}: the schema of {gap.Owner}. Write it here, or make it optional in the schema.")
            {
                Related = gap.Field.Path is { } path ? [new(path, gap.Field.Span, "The field that is required.")] : [],
                Data = [gap.Field.Name],
            });
        }
    }

    public override IEnumerable<Fix> Fixes(Snapshot snapshot, Document document, Finding finding)
    {
        foreach (var gap in Gaps(document, snapshot.Schemas, snapshot.Settings))
        {
            if (gap.Span == finding.Span && finding.Data is [var name] && name == gap.Field.Name && Insertion(document, gap) is { } edit)
            {
                yield return new($"Insert `{name}`", WorkspaceChange.Edit(document.Path, edit), IsPreferred: gap.Field.Default is not null);
                yield break;
            }
        }
    }

    /// <summary>A required field that is not there.</summary>
    /// <param name="Field">The field.</param>
    /// <param name="Owner">The type that requires it, and in which of its fields, as the message says it.</param>
    /// <param name="Span">Where its absence is reported.</param>
    /// <param name="Empty">The entry that has no value, when the key is there.</param>
    /// <param name="Beside">A key of the mapping that it belongs in, or null when that has none.</param>
    private sealed record Gap(FieldSchema Field, string Owner, TextSpan Span, YamlNode? Empty, TextSpan? Beside);

    private static IEnumerable<Gap> Gaps(Document document, SchemaSet schemas, StorySettings settings)
    {
        if (HasLosses(document))
        {
            yield break;
        }

        foreach (var container in document.Facts.Containers)
        {
            if (container.Origin is ContainerOrigin.FountainScene or ContainerOrigin.FountainScript ||
                schemas.Find(container.Type) is not { } schema)
            {
                continue;
            }

            foreach (var field in schema.Fields.Where(field => field.Required && !IsNamed(container, field)))
            {
                var written = container.Field(field.Name);
                if (written is null || IsEmpty(written.Value))
                {
                    yield return new(field, $"`{schema.Name}` requires it", written?.KeySpan ?? PlaceOf(container), written?.Value, container.Fields.Count > 0 ? container.Fields[0].KeySpan : null);
                }
            }
        }

        foreach (var visit in FieldWalk.Of(document, schemas, settings))
        {
            if (visit is { Value: YamlMapping mapping, Field.Type: FieldType.Object, IsBroken: false })
            {
                foreach (var gap in ObjectGaps(mapping, visit))
                {
                    yield return gap;
                }
            }
        }
    }

    private static IEnumerable<Gap> ObjectGaps(YamlMapping mapping, FieldVisit visit)
    {
        foreach (var field in visit.Field.Fields.Where(field => field.Required))
        {
            var entry = mapping.Entries.FirstOrDefault(entry => entry.Key.AsText() is { } key && FieldWalk.Find([field], key) is not null);
            if (entry is null || IsEmpty(entry.Value))
            {
                var first = mapping.Entries.Count > 0 ? mapping.Entries[0].Key.Span : (TextSpan?)null;
                yield return new(field, $"`{visit.Schema.Name}` requires it in `{visit.Name}`", entry?.Key.Span ?? first ?? mapping.Span, entry?.Value, first);
            }
        }
    }

    // Two quotes with nothing in them say no more than nothing.
    private static bool IsEmpty(YamlNode value) => value.Resolve() is YamlScalar scalar && (scalar.IsNull || string.IsNullOrWhiteSpace(scalar.Value));

    // A title, a heading or a name stands for each other.
    private static bool IsNamed(ContainerFact container, FieldSchema field) =>
        field.Name is "name" or "title" && container.NameSpan is not null;

    private static TextSpan PlaceOf(ContainerFact container) =>
        container.TypeSpan ?? container.IdSpan ?? (container.Fields.Count > 0 ? container.Fields[0].KeySpan : container.SelectionSpan);

    // Where a line was lost, it may have been the one that is missed.
    private static bool HasLosses(Document document) => EntryEdits.Trees(document).SelectMany(tree => tree.Errors)
        .Any(error => error.Kind is not (YamlErrorKind.ColonInValue or YamlErrorKind.ReservedCharacter or YamlErrorKind.TextAfterValue or YamlErrorKind.BadEscape));

    // Only the writer knows the value. The key alone shows where it goes, and the finding stays until there is one.
    private static TextEdit? Insertion(Document document, Gap gap)
    {
        var value = gap.Field.Default is { } given ? YamlText.Scalar(given) : "";
        if (gap.Empty is { } empty)
        {
            return value.Length == 0 ? null : new(empty.Span, (empty.Span.IsEmpty && document.Text.Text[empty.Span.Start - 1] == ':' ? " " : "") + value);
        }

        if (gap.Beside is { } key)
        {
            return EntryEdits.Find(document, key) is { } found ? EntryEdits.Insert(document.Text, found.Mapping, gap.Field.Name, value) : null;
        }

        var end = document.Text.DominantLineEnding;
        var isBare = document.Markdown is { FrontMatter: null } && gap.Span.Start >= 0 && document.Facts.Containers.Any(container => container.Origin == ContainerOrigin.MarkdownFile);
        return isBare ? new(new(0, 0), $"---{end}{EntryEdits.Written(gap.Field.Name, value)}{end}---{end}") : null;
    }
}
