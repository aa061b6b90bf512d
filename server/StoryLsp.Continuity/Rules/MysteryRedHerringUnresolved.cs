using StoryLsp.Continuity.Mystery;
using StoryLsp.Continuity.Plot;
using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Rules;

/// <summary><c>mystery/red-herring-unresolved</c></summary>
internal sealed class MysteryRedHerringUnresolved : StoryRule
{
    public override string Code => "mystery/red-herring-unresolved";

    public override Severity Severity => Severity.Warning;

    public override string Summary => "A red herring is planted and never cleared up, in a story that is complete.";

    public override string Documentation => """
        A false trail may mislead, but it has to lead somewhere: at the end the reader wants to know what the red cuffs were about. The rule
        looks once `story.yaml` says `status: complete`, at what a case lists under `red_herrings`, and at clues with `red_herring: true`.
        Once a scene plants it, a red herring is cleared up

        - when the fact that it `establishes` comes out: a scene `reveals` it, or somebody learns it in the `effects` of a scene; or
        - when everybody whom it `points_to` is cleared: a scene plants a clue that `eliminates` them, and that is no red herring itself.

        A red herring that says neither what it establishes nor to whom it points is passed over, and so is one that points to the culprit.
        """;

    public override void Check(StoryReading story, DocumentFacts document, Action<Finding> report)
    {
        if (!story.Settings.IsComplete)
        {
            return;
        }

        foreach (var mystery in story.In(document.Path, "case"))
        {
            var file = CaseFile.Of(story, mystery);
            foreach (var clue in file.Clues.Where(clue => clue is { IsRedHerring: true, Listed: not null }))
            {
                var mark = clue.Listed is { Field: "red_herrings" } ? null : clue.Clue.Field("red_herring");
                Check(story, clue.Clue, clue.Listed!.Value.Span, mark, [.. file.Culprits.Select(culprit => culprit.Target)], report);
            }
        }

        foreach (var clue in story.In(document.Path, "clue"))
        {
            if (clue.Field("red_herring") is { } mark && mark.Value.AsBoolean() is true && !story.Referring(clue.Key, "clues", "red_herrings").Any())
            {
                Check(story, clue, mark.Value.Span, null, [], report);
            }
        }
    }

    private void Check(StoryReading story, StoryContainer clue, Language.Text.TextSpan at, FieldFact? mark, List<ContainerKey?> culprits, Action<Finding> report)
    {
        var plantings = story.Referring(clue.Key, "plants").Where(scene => story.Ask(new IsInManuscript(scene.Key)) is true).ToList();
        var suspects = clue.To("points_to").ToList();
        var facts = clue.To("establishes").ToList();
        if (plantings.Count == 0 || suspects.Count + facts.Count == 0 ||
            suspects.Concat(facts).Any(reference => reference.Target is null) || suspects.Exists(suspect => culprits.Contains(suspect.Target)) ||
            facts.Exists(fact => IsOut(story, fact.Target!.Value)) || (suspects.Count > 0 && suspects.TrueForAll(suspect => IsCleared(story, suspect.Target!.Value))))
        {
            return;
        }

        var first = plantings.Find(scene => !plantings.Exists(other => story.IsReadBefore(other.Key, scene.Key))) ?? plantings[0];
        report(new(Code, Severity, at,
            $"The red herring *{clue.Name}* misleads the reader from {Wording.Title(story, first)} on and is never cleared up: {Missing(story, suspects, facts)}. The story is complete; give the reader the answer, or take the red herring out.")
        {
            Related =
            [
                .. CompleteStory.Status(story),
                .. plantings is [var one] && one.To("plants").Where(reference => reference.Target == clue.Key).ToList() is [var planted] ? [one.Place(planted.Span, "The reader is shown it.")] : Array.Empty<RelatedPlace>(),
                .. mark is null ? [] : new[] { clue.Place(mark.Value.Span, "It is there to mislead.") },
                .. suspects.Count + facts.Count == 1 ? suspects.Concat(facts).Select(reference => clue.Place(reference.Span, "Where it leads.")) : [],
            ],
        });
    }

    private static string Missing(StoryReading story, List<StoryReference> suspects, List<StoryReference> facts)
    {
        var fact = facts.Count == 0 ? null : $"no scene reveals *{story.Find(facts[0])?.Name}*";
        var suspect = suspects.Count == 0 ? null : $"no clue clears {Wording.All(suspects.Where(suspect => !IsCleared(story, suspect.Target!.Value)).Select(suspect => story.Find(suspect)?.Name ?? suspect.Text))}";
        return string.Join(", and ", new[] { fact, suspect }.OfType<string>());
    }

    private static bool IsOut(StoryReading story, ContainerKey fact) =>
        story.Referring(fact, "reveals").Any() || ((KeyList)story.Ask(new LearnedIn(fact, null))!).Keys.Count > 0 || story.Ask(new IsPerhapsMeant(fact, "reveals")) is true;

    private static bool IsCleared(StoryReading story, ContainerKey suspect) => story.Referring(suspect, "eliminates").Any(clue =>
        clue.Fact.Field("red_herring")?.Value.AsBoolean() is not true &&
        (story.Referring(clue.Key, "plants").Any() || story.Ask(new IsPerhapsMeant(clue.Key, "plants")) is true));
}
