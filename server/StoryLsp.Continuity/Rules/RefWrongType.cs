using StoryLsp.Continuity.Naming;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Schemas;

namespace StoryLsp.Continuity.Rules;

/// <summary><c>ref/wrong-type</c></summary>
internal sealed class RefWrongType : SnapshotRule
{
    public override string Code => "ref/wrong-type";

    public override Severity Severity => Severity.Error;

    public override string Summary => "A reference resolves, but only to a type that the field does not take.";

    public override string Documentation => """
        `location: ada-vane` names somebody, and a person is no place. The value counts as unknown until the field names something of the right type.
        """;

    public override void Check(Snapshot snapshot, DocumentFacts document, Action<Finding> report)
    {
        foreach (var (reference, resolution) in LooseReferences.Of(snapshot, document))
        {
            if (resolution.Kind != ResolutionKind.WrongType || IsUnknown(snapshot, resolution))
            {
                continue;
            }

            var found = resolution.Candidates[0];
            report(new(Code, LooseReferences.SeverityOf(snapshot.Settings, document, reference, Severity), reference.Span,
                $"`{reference.Text}` is {Article.With(found.Type)}, and `{reference.Field}` takes {Article.With(reference.Target)}. Name {Article.With(reference.Target)}, or move this to a field that takes {Article.With(found.Type)}.")
            {
                Related = [.. resolution.Candidates.Take(RefAmbiguous.MostNamed).Select(candidate => NamePlace.Of(candidate, reference.Text))],
            });
        }
    }

    // A type that no schema defines is a fault of its own, `schema/unknown-type`; and where nobody sorts notes into types, a note may be a character as
    // well as anything.
    private static bool IsUnknown(Snapshot snapshot, Resolution resolution) => resolution.Candidates.Any(candidate =>
        snapshot.Schemas.Find(candidate.Type) is null ||
        (!snapshot.Settings.Exists && candidate.Type == SchemaSet.Note && candidate.Fact.TypeSpan is null));
}
