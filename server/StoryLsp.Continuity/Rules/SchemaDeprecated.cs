using StoryLsp.Continuity.Edits;
using StoryLsp.Continuity.Fields;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Settings;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Rules;

/// <summary><c>schema/deprecated</c></summary>
internal sealed class SchemaDeprecated : Rule, IDocumentRule
{
    public override string Code => "schema/deprecated";

    public override Severity Severity => Severity.Hint;

    public override string Summary => "A field is used that the schema calls deprecated.";

    public override string Documentation => """
        The field still counts, but whoever wrote the schema wants another to take its place: `deprecated: captain` names it.
        """;

    public void Check(Document document, SchemaSet schemas, StorySettings settings, Action<Finding> report)
    {
        foreach (var visit in Deprecated(document, schemas, settings))
        {
            var instead = visit.Field.Deprecated!.Length > 0 ? $" Write `{visit.Field.Deprecated}` instead." : " Leave it out in what you write from now on.";
            report(new(Code, Severity, visit.KeySpan!.Value, $"`{visit.Name}` is deprecated in the schema of `{visit.Schema.Name}`.{instead}")
            {
                Related = visit.SchemaPlace,
                Deprecated = true,
            });
        }
    }

    public override IEnumerable<Fix> Fixes(Snapshot snapshot, Document document, Finding finding)
    {
        foreach (var visit in Deprecated(document, snapshot.Schemas, snapshot.Settings))
        {
            if (visit.KeySpan == finding.Span && visit.Field.Deprecated is { Length: > 0 } other && !HasSibling(document, finding, other))
            {
                yield return new($"Replace with `{other}`", WorkspaceChange.Edit(document.Path, YamlText.Replace(document.Text, finding.Span, other)), IsPreferred: true);
                yield break;
            }
        }
    }

    private static IEnumerable<FieldVisit> Deprecated(Document document, SchemaSet schemas, StorySettings settings) =>
        FieldWalk.Of(document, schemas, settings).Where(visit => visit is { Field.Deprecated: not null, KeySpan: not null });

    private static bool HasSibling(Document document, Finding finding, string key) =>
        EntryEdits.Find(document, finding.Span) is not { } found || found.Mapping.Find(key, StringComparison.OrdinalIgnoreCase) is not null;
}
