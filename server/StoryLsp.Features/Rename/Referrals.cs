using StoryLsp.Features.Places;
using StoryLsp.Index;
using StoryLsp.Language.Effects;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Rename;

/// <summary>
/// All that refers to containers from the fields of a document: its references, and what the facts of a document alone cannot tell for a reference:
/// what a time is measured from (<c>3 days after arrival</c>), and the new value of a field that refers (<c>ada home: old-mill</c>).
/// </summary>
internal static class Referrals
{
    private static readonly string[] Times = ["when", "until", "born", "died", "built", "destroyed"];

    /// <summary>The references of a document, each place once.</summary>
    public static IEnumerable<ReferenceFact> Of(Snapshot snapshot, DocumentFacts facts)
    {
        var seen = new HashSet<int>();
        foreach (var reference in facts.References)
        {
            seen.Add(reference.Span.Start);
            yield return reference;
        }

        seen.UnionWith(facts.Links.Select(link => link.TargetSpan.Start));
        foreach (var container in facts.Containers)
        {
            foreach (var reference in InFields(snapshot, container))
            {
                if (seen.Add(reference.Span.Start))
                {
                    yield return reference;
                }
            }
        }
    }

    private static IEnumerable<ReferenceFact> InFields(Snapshot snapshot, ContainerFact container)
    {
        foreach (var field in container.Fields)
        {
            var found = field.Name switch
            {
                "effects" => EffectReader.Effects(field.Value).SelectMany(effect => NewValue(snapshot, container, effect)),
                "progressions" => EffectReader.Progressions(field.Value).SelectMany(change => NewValue(snapshot, container, container.Type, change.Field, change.To)),
                "suspects" => field.Value.AsList().SelectMany(suspect => InAlibi(snapshot, container, suspect)),
                _ when Times.Contains(field.Name) => Anchor(snapshot, container, field.Name, field.Value),
                _ => [],
            };
            foreach (var reference in found)
            {
                yield return reference;
            }
        }
    }

    private static IEnumerable<ReferenceFact> NewValue(Snapshot snapshot, ContainerFact container, EffectFact effect) =>
        effect is { Verb: EffectVerb.Sets, Who: { } who, What: { } field, To: { } to } && snapshot.Resolve(who.Text, null).Container is { } changed
            ? NewValue(snapshot, container, changed.Type, field, to)
            : [];

    private static IEnumerable<ReferenceFact> NewValue(Snapshot snapshot, ContainerFact container, string type, EffectName field, EffectName to)
    {
        if (snapshot.Schemas.Find(type)?.FindField(field.Text) is { } schema && (schema.Type == FieldType.Reference ? schema : schema.Of) is { Type: FieldType.Reference } target)
        {
            yield return new(container.Index, "effects.sets.to", to.Text, to.Span, target.Target, to.IsLink);
        }
    }

    private static IEnumerable<ReferenceFact> InAlibi(Snapshot snapshot, ContainerFact container, YamlNode suspect)
    {
        var alibi = suspect.Get("alibi");
        return Anchor(snapshot, container, "from", alibi.Get("from")).Concat(Anchor(snapshot, container, "until", alibi.Get("until")));
    }

    private static IEnumerable<ReferenceFact> Anchor(Snapshot snapshot, ContainerFact container, string field, YamlNode? value) =>
        TimeAnchors.Of(snapshot, container.Index, field, value) is { } anchor ? [anchor] : [];
}
