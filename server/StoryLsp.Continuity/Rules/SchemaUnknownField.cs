using StoryLsp.Continuity.Edits;
using StoryLsp.Continuity.Fields;
using StoryLsp.Continuity.Naming;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Settings;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Rules;

/// <summary><c>schema/unknown-field</c></summary>
internal sealed class SchemaUnknownField : SnapshotRule, IDocumentRule
{
    private const int ShortestGuessed = 5;

    // Words of their own that happen to lie near a shipped field: a weight is no misspelt height.
    private static readonly HashSet<string> OrdinaryKeys = new(StringComparer.OrdinalIgnoreCase)
    {
        "weight", "vocation", "plan", "plans", "older", "border", "lower", "power", "brand", "build", "guilt", "roots", "root", "vice", "votes", "vote",
        "statue", "titles", "reason", "effort", "effect", "dates", "range", "votive", "settings", "created", "updated", "modified",
    };

    public override string Code => "schema/unknown-field";

    public override Severity Severity => Severity.Warning;

    public override string Summary =>
        "A key that the schema does not know, where it says `additional: warn` or `deny`; else only the near miss of a known field that is absent here.";

    public override string Documentation => """
        Shipped types take any field, so a key of your own is welcome. Only a key that nothing else of its type has, and that looks like a
        misspelt field (`charcters`), is reported. A schema of your own may be stricter: with `additional: warn` or `deny` it reports every key that it
        does not know. Correct the key, or add it to the schema.
        """;

    public void Check(Document document, SchemaSet schemas, StorySettings settings, Action<Finding> report)
    {
        var broken = BrokenParts.Of(EntryEdits.Trees(document).SelectMany(tree => tree.Errors).Select(error => error.Span), document.Facts.Containers);
        foreach (var unknown in document.Facts.UnknownFields)
        {
            if (!broken.Touches(unknown.Span) && Schema(document.Facts, unknown, schemas) is { Additional: not AdditionalFields.Allow } schema)
            {
                var severity = !settings.Exists ? Severity.Hint : schema.Additional == AdditionalFields.Deny ? Severity.Error : Severity.Warning;
                report(new(Code, severity, unknown.Span,
                    $"The schema of `{schema.Name}` has no field `{Where(unknown)}`. {Suggestion.Of(unknown.Key, Absent(document, unknown, schema))}Correct the key, or add it to the schema."));
            }
        }

        if (document.Facts.Kind == DocumentKind.Settings && document.Yaml?.Documents.FirstOrDefault()?.Root is YamlMapping root)
        {
            CheckSettings(root, schemas.Settings.Fields, "", report);
        }
    }

    public override void Check(Snapshot snapshot, DocumentFacts document, Action<Finding> report)
    {
        // A file of many containers has the same unknown keys in each of them.
        var near = new Dictionary<(Schema Schema, string Owner, string Key), IReadOnlyList<string>>();
        foreach (var unknown in document.UnknownFields)
        {
            if (Schema(document, unknown, snapshot.Schemas) is { Additional: AdditionalFields.Allow } schema &&
                NearMiss(document, unknown, schema, near) is { } known && IsUsedOnce(snapshot, document, unknown))
            {
                report(new(Code, snapshot.Settings.Exists ? Severity : Severity.Hint, unknown.Span,
                    $"`{unknown.Key}` is no field of `{schema.Name}`, and nothing else of that type has it. Did you mean `{known}`?"));
            }
        }
    }

    public override IEnumerable<Fix> Fixes(Snapshot snapshot, Document document, Finding finding)
    {
        if (document.Facts.Kind == DocumentKind.Settings)
        {
            return EntryEdits.Find(document, finding.Span) is { } entry && entry.Entry.Key.AsText() is { } key
                ? Renames(document, finding, key, Names(SettingsFieldsBeside(snapshot.Schemas.Settings, entry.Mapping)), entry.Mapping)
                : [];
        }

        if (document.Facts.UnknownFields.FirstOrDefault(unknown => unknown.Span == finding.Span) is not { } found ||
            Schema(document.Facts, found, snapshot.Schemas) is not { } schema)
        {
            return [];
        }

        var mapping = EntryEdits.Find(document, found.Span)?.Mapping;
        var fixes = Renames(document, finding, found.Key, Names(FieldsAt(schema, found.Owner)), mapping);
        return found.Owner.Length == 0 && AddToSchema(snapshot, schema, found.Key) is { } add ? fixes.Append(add) : fixes;
    }

    private static Schema? Schema(DocumentFacts document, UnknownFieldFact unknown, SchemaSet schemas) =>
        unknown.Container >= 0 && unknown.Container < document.Containers.Count ? schemas.Find(document.Containers[unknown.Container].Type) : null;

    // A field that is here already was not meant by another key.
    private static IEnumerable<string> Absent(Document document, UnknownFieldFact unknown, Schema schema)
    {
        var fields = FieldsAt(schema, unknown.Owner);
        if (unknown.Owner.Length == 0)
        {
            return Names([.. fields.Where(field => document.Facts.Containers[unknown.Container].Field(field.Name) is null)]);
        }

        var names = Names(fields).ToList();
        return Nearest.Of(unknown.Key, names).Any() && EntryEdits.Find(document, unknown.Span)?.Mapping is { } mapping
            ? Names([.. fields.Where(field => !mapping.Entries.Any(entry => entry.Key.AsText() is { } key && FieldWalk.Find([field], key) is not null))])
            : names;
    }

    private static string Where(UnknownFieldFact unknown) => unknown.Owner.Length == 0 ? unknown.Key : unknown.Owner + "." + unknown.Key;

    private static IEnumerable<string> Names(IReadOnlyList<FieldSchema> fields) =>
        fields.Where(field => field.Deprecated is null).SelectMany(field => field.Synonyms.Prepend(field.Name));

    /// <summary>The fields of the object at a path such as <c>routes</c> or <c>suspects.alibi</c>; those of the type itself at the empty path.</summary>
    private static IReadOnlyList<FieldSchema> FieldsAt(Schema schema, string owner)
    {
        var fields = schema.Fields;
        foreach (var name in owner.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            var field = FieldWalk.Find(fields, name);
            while (field is { Type: FieldType.List, Of: { } of })
            {
                field = of;
            }

            fields = field?.Fields ?? [];
        }

        return fields;
    }

    private static string? NearMiss(
        DocumentFacts document, UnknownFieldFact unknown, Schema schema, Dictionary<(Schema Schema, string Owner, string Key), IReadOnlyList<string>> near)
    {
        var key = (schema, unknown.Owner, unknown.Key);
        if (!near.TryGetValue(key, out var names))
        {
            names = OrdinaryKeys.Contains(unknown.Key) ? []
                : [.. Nearest.Of(unknown.Key, Names(FieldsAt(schema, unknown.Owner)).Where(name => name.Length >= ShortestGuessed))];
            near.Add(key, names);
        }

        // A field that is here already was not meant by another key.
        var container = document.Containers[unknown.Container];
        return names.FirstOrDefault(name => unknown.Owner.Length > 0 || schema.FindField(name) is not { } field || container.Field(field.Name) is null);
    }

    private static bool IsUsedOnce(Snapshot snapshot, DocumentFacts document, UnknownFieldFact unknown) =>
        snapshot.UsesOfUnknownField(document.Containers[unknown.Container].Type, unknown.Key) == 1 &&
        document.UnknownFields.Count(other => other.Container == unknown.Container && other.Key.Equals(unknown.Key, StringComparison.OrdinalIgnoreCase)) == 1;

    private static IEnumerable<Fix> Renames(Document document, Finding finding, string key, IEnumerable<string> names, YamlMapping? mapping)
    {
        var first = true;
        foreach (var name in Nearest.Of(key, names).Where(name => mapping?.Find(name, StringComparison.OrdinalIgnoreCase) is null).Take(3))
        {
            yield return new($"Replace with `{name}`", WorkspaceChange.Edit(document.Path, new TextEdit(ContentOf(document.Text, finding.Span), name)), first);
            first = false;
        }
    }

    private static TextSpan ContentOf(SourceText text, TextSpan key) =>
        key.Length > 1 && text.Text[key.Start] is '"' or '\'' ? TextSpan.FromBounds(key.Start + 1, key.End - 1) : key;

    private static Fix? AddToSchema(Snapshot snapshot, Schema schema, string key)
    {
        var title = $"Add `{key}` to the schema of `{schema.Name}`";
        if (schema.Path is { } path)
        {
            return snapshot.Document(path) is { } document && FieldsOf(document, schema.Name) is { } fields &&
                EntryEdits.Insert(document.Text, fields, key, "{type: any}") is { } edit
                ? new(title, WorkspaceChange.Edit(path, edit))
                : null;
        }

        var own = $"schemas/{Slug.Of(schema.Name)}.yaml";
        return snapshot.Files.Contains(own) ? null : new(title, new([new FileCreation(own,
            $"schema: {YamlText.Scalar(schema.Name)}\nextends: {YamlText.Scalar(schema.Name)}\nfields:\n  {YamlText.Scalar(key)}: {{type: any}}\n")]));
    }

    private static YamlMapping? FieldsOf(Document document, string schema) =>
        EntryEdits.Trees(document)
            .SelectMany(tree => tree.Documents)
            .Where(part => string.Equals(part.Root.Get("schema").AsText() ?? part.Root.Get("name").AsText(), schema, StringComparison.OrdinalIgnoreCase))
            .Select(part => part.Root.Get("fields") as YamlMapping)
            .FirstOrDefault(fields => fields is { Entries.Count: > 0 });

    // Whoever misspells a setting gets the default without a word; so story.yaml is read as if its schema allowed nothing that lies near a setting.
    private static bool IsKeyItself(string name) => name.Replace("-", "_", StringComparison.Ordinal).ToLowerInvariant() is "api_key" or "apikey" or "key" or "token" or "secret" or "password" or "api_token";

    private void CheckSettings(YamlMapping mapping, IReadOnlyList<FieldSchema> fields, string owner, Action<Finding> report)
    {
        foreach (var entry in mapping.Entries)
        {
            if (entry.Key is not YamlScalar { Value.Length: > 0 } key)
            {
                continue;
            }

            var known = FieldWalk.Find(fields, key.Value);
            if (known is null && owner == "ai." && IsKeyItself(key.Value))
            {
                report(new(Code, Severity, key.Span, $"`ai.{key.Value}` is no setting, and a key is never written in a file that others may read. Take it out, put it into an environment variable, and write `api_key_env: NAME_OF_THE_VARIABLE`."));
            }
            else if (known is null)
            {
                var absent = fields.Where(field => mapping.Find(field.Name, StringComparison.OrdinalIgnoreCase) is null);
                if (Nearest.Of(key.Value, absent.Select(field => field.Name).Where(name => name.Length >= ShortestGuessed)).FirstOrDefault() is { } nearest)
                {
                    report(new(Code, Severity, key.Span, $"`{owner}{key.Value}` is no setting, so this line changes nothing. Did you mean `{nearest}`?"));
                }
                else if (owner.StartsWith("ai.", StringComparison.Ordinal) && fields.Count > 0)
                {
                    // What is said of models is too dear to be passed over: a limit under another name is none.
                    report(new(Code, Severity, key.Span, $"`{owner}{(VariableName.IsOne(key.Value) ? key.Value : "…")}` is no setting, so this line changes nothing. Here may stand {string.Join(", ", fields.Select(field => $"`{field.Name}`"))}; take the line out, or correct its name."));
                }
            }
            else
            {
                foreach (var inner in entry.Value.AsList().OfType<YamlMapping>())
                {
                    CheckSettings(inner, known.Of?.Fields ?? known.Fields, owner + known.Name + ".", report);
                }
            }
        }
    }

    private static IReadOnlyList<FieldSchema> SettingsFieldsBeside(Schema settings, YamlMapping mapping)
    {
        // The list of fields that knows most of the neighbours is the one that was meant.
        var lists = settings.Fields.Select(field => field.Of?.Fields ?? field.Fields).Prepend(settings.Fields);
        return lists.MaxBy(fields => mapping.Entries.Count(entry => entry.Key.AsText() is { } key && FieldWalk.Find(fields, key) is not null)) ?? [];
    }
}
