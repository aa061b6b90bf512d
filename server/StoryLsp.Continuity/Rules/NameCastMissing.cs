using StoryLsp.Continuity.Edits;
using StoryLsp.Continuity.Naming;
using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Mentions;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Rules;

/// <summary><c>name/cast-missing</c></summary>
internal sealed class NameCastMissing : StoryRule
{
    private static readonly string[] Casts = ["characters", "mentions", "pov", "participants"];

    public override string Code => "name/cast-missing";

    public override Severity Severity => Severity.Hint;

    public override string Summary => "The prose of a scene names a character who is in neither its `characters` nor its `mentions`.";

    public override string Documentation => """
        A scene that lists its cast should list all of it: whoever is there under `characters`, whoever is only talked about under `mentions`. Then the notes know where
        everybody is, and the rules of time and knowledge can look after them. A scene without either list is left alone.
        """;

    public override void Check(StoryReading story, DocumentFacts document, Action<Finding> report)
    {
        foreach (var scene in story.In(document.Path, "scene"))
        {
            if ((scene.Field("characters") ?? scene.Field("mentions")) is not { } list || Casts.Any(field => scene.To(field).Any(one => one.Target is null)))
            {
                // A name in the list that means nothing may be anybody's.
                continue;
            }

            var known = Casts.SelectMany(scene.To).Select(one => one.Target).OfType<ContainerKey>().ToHashSet();
            foreach (var place in NamesInProse.Of(story, document))
            {
                if (place.Mention.Owner == scene.Fact.Index && place.Mention.Form != MentionForm.Plural && place.One is { } key && !known.Contains(key) &&
                    story.IsKindOf(key, "character") && story.Find(key) is { } character)
                {
                    known.Add(key);
                    report(new(Code, Severity, place.Mention.Span,
                        $"{character.Name} is named in this scene, but is in neither its `characters` nor its `mentions`. Add {character.Name} to `characters` if present, to `mentions` if only talked about.")
                    {
                        Related = [scene.Place(list.KeySpan, "The cast of the scene.")],
                    });
                }
            }
        }
    }

    public override IEnumerable<Fix> Fixes(Snapshot snapshot, Document document, Finding finding)
    {
        var mention = snapshot.Mentions.In(document.Path).FirstOrDefault(mention => mention.Span == finding.Span);
        if (mention.Candidates is null || document.Facts.Containers.ElementAtOrDefault(mention.Owner) is not { } scene ||
            snapshot.Mentions.Meant(document.Path, mention) is not [var key] || snapshot.ContainersIn(key.Path).ElementAtOrDefault(key.Index) is not { } character ||
            ReferenceText.InField(snapshot, character, "character", document.Path) is not { } text)
        {
            yield break;
        }

        foreach (var field in Casts[..2])
        {
            if (FieldEdits.AddToList(snapshot, document, scene, field, YamlText.Scalar(text)) is { } edit)
            {
                yield return new($"Add {character.Name} to `{field}`", WorkspaceChange.Edit(document.Path, edit));
            }
        }
    }
}
