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

/// <summary><c>schema/not-an-option</c></summary>
internal sealed class SchemaNotAnOption : Rule, IDocumentRule
{
    private static readonly string[] Severities = ["off", "hint", "info", "warning", "error"];

    public override string Code => "schema/not-an-option";

    public override Severity Severity => Severity.Error;

    public override string Summary => "A value is not among the options of its field. `Night` for `night` is.";

    public override string Documentation => """
        A field of the type `enum` takes one of the words that its schema lists under `options`, in whatever case. Choose one of them, or add yours
        to the schema. In `story.yaml`, the same holds for the rules and severities under `rules:`.
        """;

    public void Check(Document document, SchemaSet schemas, StorySettings settings, Action<Finding> report)
    {
        foreach (var (visit, scalar) in Faults(document, schemas, settings))
        {
            report(new(Code, visit.IsStrict ? Severity : Severity.Hint, scalar.ContentSpan,
                $"`{scalar.Value}` is no option of `{visit.Name}`, which takes {Listed(visit.Field.Options)}. {Suggestion.Of(scalar.Value, visit.Field.Options)}Choose one of them{(visit.Container is null ? "" : ", or add it to the schema")}.")
            {
                Related = visit.SchemaPlace,
            });
        }

        if (document.Facts.Kind == DocumentKind.Settings)
        {
            CheckRules(document, report);
        }
    }

    public override IEnumerable<Fix> Fixes(Snapshot snapshot, Document document, Finding finding)
    {
        if (document.Facts.Kind == DocumentKind.Settings && RuleWord(document, finding.Span) is { } word)
        {
            return Replacements(document, finding, word.Text, word.Options);
        }

        foreach (var (visit, scalar) in Faults(document, snapshot.Schemas, snapshot.Settings))
        {
            if (scalar.ContentSpan == finding.Span)
            {
                var nearest = Replacements(document, finding, scalar.Value, visit.Field.Options);
                return AddOption(snapshot, visit, scalar.Value) is { } add ? nearest.Append(add) : nearest;
            }
        }

        return [];
    }

    private static IEnumerable<(FieldVisit Visit, YamlScalar Scalar)> Faults(Document document, SchemaSet schemas, StorySettings settings)
    {
        foreach (var visit in FieldWalk.Of(document, schemas, settings))
        {
            if (visit is { Field.Type: FieldType.Enum, Value: YamlScalar scalar } &&
                !visit.Field.Options.Contains(scalar.Value.Trim(), StringComparer.OrdinalIgnoreCase))
            {
                yield return (visit, scalar);
            }
        }
    }

    // All options are offered where they are few, else those that are near.
    private static IEnumerable<Fix> Replacements(Document document, Finding finding, string text, IReadOnlyList<string> options)
    {
        var near = Nearest.Of(text, options).ToList();
        var offered = near.Count > 0 ? near.Take(3) : options.Count <= 5 ? options : [];
        foreach (var option in offered)
        {
            yield return new($"Replace with `{option}`", WorkspaceChange.Edit(document.Path, YamlText.Replace(document.Text, finding.Span, option)), near.Count > 0 && option == near[0]);
        }
    }

    private static Fix? AddOption(Snapshot snapshot, FieldVisit visit, string option)
    {
        if (visit.Field.Path is null)
        {
            return OwnSchema(snapshot, visit, option);
        }

        if (visit.Field.Path is not { } path || snapshot.Document(path) is not { } schema ||
            EntryEdits.Find(schema, visit.Field.Span) is not { } field || field.Entry.Value.Entry("options")?.Value is not YamlSequence { Items.Count: > 0 } options)
        {
            return null;
        }

        var last = options.Items[^1].Span;
        var edit = options.IsFlow
            ? new TextEdit(new(last.End, 0), ", " + YamlText.Scalar(option))
            : EntryEdits.InsertLine(schema.Text, last, EntryEdits.IndentOf(schema.Text, options.Span.Start) + "- " + YamlText.Scalar(option));
        return new($"Add `{option}` to the options of `{visit.Name}`", WorkspaceChange.Edit(path, edit));
    }

    // What ships is not changed; a schema of the workspace that extends it takes its place.
    private static Fix? OwnSchema(Snapshot snapshot, FieldVisit visit, string option)
    {
        var schema = visit.Schema;
        var path = $"schemas/{Slug.Of(schema.Name)}.yaml";
        if (visit.Container is null || schema.Path is not null || !schema.Fields.Contains(visit.Field) || snapshot.Files.Contains(path))
        {
            return null;
        }

        var options = string.Join(", ", visit.Field.Options.Append(option).Select(YamlText.Scalar));
        var text = $"schema: {YamlText.Scalar(schema.Name)}\nextends: {YamlText.Scalar(schema.Name)}\nfields:\n  {visit.Field.Name}:\n    type: enum\n    options: [{options}]\n" +
            (visit.Field.Description is { } description ? $"    description: {YamlText.Scalar(description)}\n" : "");
        return new($"Add `{option}` to the options of `{visit.Name}` in a schema of your own", new([new FileCreation(path, text)]));
    }

    private static string Listed(IReadOnlyList<string> options) =>
        string.Join(", ", options.Take(12).Select(option => $"`{option}`")) + (options.Count > 12 ? " and others" : "");

    private void CheckRules(Document document, Action<Finding> report)
    {
        foreach (var entry in RuleEntries(document))
        {
            if (entry.Key is YamlScalar key && !RuleCodes.IsRuleOrGroup(key.Value))
            {
                report(new(Code, Severity, key.ContentSpan,
                    $"`{key.Value}` is neither a rule nor a group of rules, so this line changes nothing. {Suggestion.Of(key.Value, RuleCodes.All)}Write a rule as `ref/unresolved`, or a group as `ref/*`."));
            }

            if (entry.Value.Resolve() is YamlScalar { IsNull: false } value && !SettingsReader.TryReadSeverity(value.Value, out _))
            {
                report(new(Code, Severity, value.ContentSpan,
                    $"`{value.Value}` is no severity, so this line changes nothing. Write {Listed(Severities)}."));
            }
        }
    }

    private static (string Text, IReadOnlyList<string> Options)? RuleWord(Document document, TextSpan span)
    {
        foreach (var entry in RuleEntries(document))
        {
            if (entry.Key is YamlScalar key && key.ContentSpan == span)
            {
                return (key.Value, RuleCodes.All);
            }

            if (entry.Value.Resolve() is YamlScalar value && value.ContentSpan == span)
            {
                return (value.Value, Severities);
            }
        }

        return null;
    }

    private static IReadOnlyList<YamlEntry> RuleEntries(Document document) =>
        document.Yaml?.Documents.FirstOrDefault()?.Root.Get("rules").Resolve() is YamlMapping rules ? rules.Entries : [];
}
