using StoryLsp.Continuity.Edits;
using StoryLsp.Continuity.Mystery;
using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Rules;

/// <summary><c>mystery/alibi</c></summary>
internal sealed class MysteryAlibi : StoryRule
{
    public override string Code => "mystery/alibi";

    public override Severity Severity => Severity.Error;

    public override string Summary => "An alibi contradicts where a scene or event shows that person, and is not marked as a lie.";

    public override string Documentation => """
        An alibi is what a suspect claims: `alibi: {where: kitchen, from: 1926-11-05T20:30, until: 1926-11-05T20:55}`. It puts nobody
        anywhere. If a scene or an event shows the suspect at another place at a time for which the claim is made, the claim is false; if
        that is meant, say so with `lie: true`, which is what the fix does. Else correct the alibi or the scene.

        The rule fires only where the times are certain to overlap, and where neither place lies `within` the other. Two rooms of a house
        are two places. Dreams show nothing.
        """;

    public override void Check(StoryReading story, DocumentFacts document, Action<Finding> report)
    {
        foreach (var mystery in story.In(document.Path, "case"))
        {
            foreach (var alibi in Alibi.Of(mystery))
            {
                if (story.Ask(new ContradictionsOf(mystery.Key, alibi.Index)) is KeyList { Keys: [var first, ..] keys } &&
                    story.Find(first) is { } scene && story.Find(alibi.Who) is { } who && story.Find(alibi.Where) is { } where && story.Find(scene.One("location")) is { } place)
                {
                    report(new(Code, Severity, alibi.Where.Span,
                        $"{who.Name} claims to have been at {where.Name}, but {Wording.Title(story, scene)} shows {who.Name} at {place.Name} at that time. If the alibi is a lie, mark it with `lie: true`; else correct it, or the scene.")
                    {
                        Related =
                        [
                            mystery.Place(alibi.Who.Span, "The suspect."),
                            .. keys.Count == 1 ? Scene(scene, who) : [],
                            .. Times(story, alibi),
                        ],
                    });
                }
            }
        }
    }

    public override IEnumerable<Fix> Fixes(Snapshot snapshot, Document document, Finding finding)
    {
        var alibi = StoryWorld.Of(snapshot).In(document.Path).SelectMany(Alibi.Of).FirstOrDefault(alibi => alibi.Where.Span == finding.Span);
        TextEdit? edit = alibi?.Node.Entry("lie") is { Value: var lie } ? new TextEdit(lie.Span, "true")
            : alibi is not null ? EntryEdits.Insert(document.Text, alibi.Node, "lie", "true")
            : null;
        if (edit is { } change)
        {
            yield return new("Mark it as a lie", WorkspaceChange.Edit(document.Path, change));
        }
    }

    private static IEnumerable<RelatedPlace> Times(StoryReading story, Alibi alibi)
    {
        var check = new AlibiCheck(StoryWorld.Of(story.Snapshot), alibi);
        foreach (var key in check.Involved())
        {
            // Asked, so that another way of saying the same time finds the places anew.
            story.Find(key);
        }

        return check.Times();
    }

    // Of several scenes each could be another, and the alibi would still be false.
    private static IEnumerable<RelatedPlace> Scene(StoryContainer scene, StoryContainer who)
    {
        var presence = scene.References.Where(reference => reference.Target == who.Key && reference.Field is "pov" or "characters" or "participants").ToList();
        if (presence is [var one])
        {
            yield return scene.Place(one.Span, $"{who.Name} is there.");
        }

        yield return scene.Place(scene.One("location")!.Value.Span, $"Where *{scene.Name}* is set.");
    }

    /// <summary>The scenes and events that contradict an alibi.</summary>
    private sealed record ContradictionsOf(ContainerKey Case, int Index) : Question
    {
        public override object? Ask(StoryWorld world) =>
            world.Find(Case) is { } mystery && Alibi.Of(mystery).FirstOrDefault(alibi => alibi.Index == Index) is { } alibi
                ? new KeyList([.. new AlibiCheck(world, alibi).Contradictions().Select(scene => scene.Key)])
                : null;
    }
}
