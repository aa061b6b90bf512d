using StoryLsp.Continuity.Naming;
using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Mentions;

namespace StoryLsp.Continuity.Rules;

/// <summary><c>name/alias-too-early</c></summary>
internal sealed class NameAliasTooEarly : StoryRule
{
    public override string Code => "name/alias-too-early";

    public override Severity Severity => Severity.Warning;

    public override string Summary => "The prose uses an alias in a scene that the reader meets before the one which its `aliases_from` names.";

    public override string Documentation => """
        `matching: {aliases_from: the-unmasking}` says that nobody may call Josiah the Weaver before the scene in which he is unmasked. A scene that does so
        earlier gives the secret away. Use another name there, or move `aliases_from` to an earlier scene.
        """;

    public override void Check(StoryReading story, DocumentFacts document, Action<Finding> report)
    {
        foreach (var place in NamesInProse.Of(story, document))
        {
            if (place.Mention.Form == MentionForm.Alias && place.One is { } key && place.Mention.Owner >= 0 && story.Find(key) is { } owner &&
                owner.One("matching.aliases_from") is { Target: { } from } written && story.IsReadBefore(new ContainerKey(document.Path, place.Mention.Owner), from) && story.Find(from) is { } first)
            {
                var alias = story.Snapshot.Text(document.Path)?.Slice(place.Mention.Span) ?? "";
                report(new(Code, Severity, place.Mention.Span,
                    $"{owner.Name} may be called {alias} from {Wording.Title(story, first)} on, and the reader has not come there yet. Use another name here, or set `aliases_from` to an earlier scene.")
                {
                    Related = [owner.Place(written.Span, $"From this scene on {owner.Name} has other names.")],
                });
            }
        }
    }
}
