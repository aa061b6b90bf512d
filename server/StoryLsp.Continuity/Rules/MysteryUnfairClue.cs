using StoryLsp.Continuity.Edits;
using StoryLsp.Continuity.Mystery;
using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Rules;

/// <summary><c>mystery/unfair-clue</c></summary>
internal sealed class MysteryUnfairClue : StoryRule
{
    // Further back nobody looks for a place for a clue.
    private const int MostScenesRead = 100;

    public override string Code => "mystery/unfair-clue";

    public override Severity Severity => Severity.Error;

    public override string Summary => "An essential clue of a case is not planted before its reveal, in the order of reading.";

    public override string Documentation => """
        A fair mystery shows the reader whatever the detective concludes from. A clue that a case lists under `clues` and that is
        `essential: true` has to be in the `plants` of a scene before the case's `reveal`; the scene of the reveal itself is too late. Only
        cases whose `reveal` names a scene are looked at.

        The fixes plant the clue: in the last scene before the reveal whose prose names it, in the last one in which the detective is
        present, and in the last one of all. Write into its prose what the reader is to see. While a word among the `plants` may be a slip
        for the clue, that slip is the fault, and this rule is silent.
        """;

    public override void Check(StoryReading story, DocumentFacts document, Action<Finding> report)
    {
        foreach (var mystery in story.In(document.Path, "case"))
        {
            var file = CaseFile.Of(story, mystery);
            foreach (var clue in file.Unfair)
            {
                report(new(Code, Severity, clue.Listed!.Value.Span, Proof.Of(story, file, clue))
                {
                    Related =
                    [
                        mystery.Place(mystery.One("reveal")!.Value.Span, "The solution is given here."),
                        clue.Clue.Place(clue.Clue.Field("essential")!.Value.Span, $"*{clue.Clue.Name}* is essential."),
                    ],
                });
            }
        }
    }

    public override IEnumerable<Fix> Fixes(Snapshot snapshot, Document document, Finding finding)
    {
        var story = new StoryReading(StoryWorld.Of(snapshot));
        foreach (var mystery in story.In(document.Path, "case"))
        {
            var file = CaseFile.Of(story, mystery);
            if (file.Unfair.FirstOrDefault(clue => clue.Listed!.Value.Span == finding.Span) is not { } clue)
            {
                continue;
            }

            var name = YamlText.Scalar(clue.Clue.Fact.IdIsWritten ? clue.Clue.Id : clue.Listed!.Value.Text);
            foreach (var scene in Places(story, file, clue).Distinct())
            {
                if (snapshot.Document(scene.Path) is { } text && FieldEdits.AddToList(snapshot, text, scene.Fact, "plants", name) is { } edit)
                {
                    yield return new($"Plant it in *{scene.Name}*", WorkspaceChange.Edit(scene.Path, edit));
                }
            }

            yield break;
        }
    }

    private static IEnumerable<StoryContainer> Places(StoryReading story, CaseFile file, CaseClue clue)
    {
        var before = story.ScenesInOrder().TakeWhile(scene => scene != file.Reveal!.Key).Reverse().Select(scene => story.Find(scene)).OfType<StoryContainer>().ToList();
        if (before.Take(MostScenesRead).FirstOrDefault(scene => Names(story.Snapshot, scene, clue.Clue)) is { } named)
        {
            yield return named;
        }

        if (file.Case.One("detective") is { Target: { } detective } && before.Find(scene => IsPresent(scene, detective)) is { } seen)
        {
            yield return seen;
        }

        if (before.Count > 0)
        {
            yield return before[0];
        }
    }

    private static bool IsPresent(StoryContainer scene, ContainerKey who) => scene.To("pov").Concat(scene.To("characters")).Any(one => one.Target == who);

    private static bool Names(Snapshot snapshot, StoryContainer scene, StoryContainer clue)
    {
        var name = clue.Name.StartsWith("The ", StringComparison.OrdinalIgnoreCase) ? clue.Name[4..] : clue.Name;
        return snapshot.Text(scene.Path) is { } text && scene.Container.Document.Prose.Any(prose =>
            prose.Container == scene.Key.Index && prose.Span.End <= text.Length && text.Slice(prose.Span).Contains(name, StringComparison.OrdinalIgnoreCase));
    }
}
