using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Edits;

/// <summary>Fixes that several rules offer for somebody who cannot be where a scene lists them.</summary>
internal static class CastFixes
{
    private static readonly string[] Lists = ["characters", "participants"];

    /// <summary>Takes the name of a finding out of the lists of who is present, and puts it among those who are talked about.</summary>
    public static IEnumerable<Fix> MoveToMentions(Snapshot snapshot, Document document, Finding finding)
    {
        var reference = document.Facts.References.FirstOrDefault(reference => reference.Span == finding.Span);
        if (reference is null || !Lists.Contains(reference.Field) || snapshot.Resolve(reference, document.Path).Container is not { } who)
        {
            yield break;
        }

        var scene = document.Facts.Containers[reference.Container];
        var same = document.Facts.References.Where(other => other.Container == reference.Container && snapshot.Resolve(other, document.Path).Container?.IsSameAs(who) == true).ToList();
        // Who tells the scene is in it, whatever the lists say.
        if (same.Exists(other => other.Field == "pov") || same.Count(other => Lists.Contains(other.Field)) > 1 ||
            FieldEdits.RemoveFromList(document, scene, reference.Field, reference.Span) is not { } removal)
        {
            yield break;
        }

        List<TextEdit> edits = [removal];
        if (!same.Exists(other => other.Field == "mentions"))
        {
            if (FieldEdits.AddToList(snapshot, document, scene, "mentions", Item(document, reference)) is not { } addition)
            {
                yield break;
            }

            edits.Add(addition);
        }

        yield return new($"Move {who.Name} to `mentions`", WorkspaceChange.Edit(document.Path, [.. edits]), IsPreferred: true);
    }

    /// <summary>Says of a scene that it shows what was before.</summary>
    public static IEnumerable<Fix> MarkAsFlashback(Snapshot snapshot, Document document, Finding finding)
    {
        if (snapshot.ContainerAt(document.Path, finding.Span.Start) is { } scene && snapshot.Schemas.IsKindOf(scene.Type, "scene") &&
            FieldEdits.Set(snapshot, document, scene.Fact, "timeline", "flashback") is { } edit)
        {
            yield return new("Mark this scene as a flashback", WorkspaceChange.Edit(document.Path, edit));
        }
    }

    private static string Item(Document document, ReferenceFact reference) =>
        reference.IsLink ? YamlText.Quoted($"[[{document.Text.Slice(reference.Span)}]]") : YamlText.Scalar(reference.Text);
}
