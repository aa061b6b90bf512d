using StoryLsp.Continuity.Edits;
using StoryLsp.Continuity.Story;
using StoryLsp.Continuity.Timeline;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Continuity.Rules;

/// <summary><c>time/contradiction</c></summary>
internal sealed class TimeContradiction : StoryRule
{
    private const int MostFixes = 6;

    public override string Code => "time/contradiction";

    public override Severity Severity => Severity.Error;

    public override string Summary => "Times that are measured from one another cannot all hold.";

    public override string Documentation => """
        The ball is `2 days after` the arrival, the arrival `a day after` the letter, and the letter `after` the ball: no calendar has room for that. The
        message names the fewest times that contradict each other; without any one of them the others can hold. Dates are believed before durations, and these before
        relative times, so the finding stands at the one that is believed last. Correct or drop one of them.
        """;

    public override void Check(StoryReading story, DocumentFacts document, Action<Finding> report)
    {
        foreach (var container in story.In(document.Path))
        {
            if (story.Ask(new ContradictionsAt(container.Key)) is not (null or ""))
            {
                foreach (var contradiction in story.Timeline.ContradictionsOf(container.Key))
                {
                    if (container.Field(TimePlaces.FieldOf(contradiction.SetAside.Part)) is { } field)
                    {
                        report(FindingOf(story, contradiction, field));
                    }
                }
            }
        }
    }

    public override IEnumerable<Fix> Fixes(Snapshot snapshot, Document document, Finding finding)
    {
        foreach (var (path, span) in finding.Related.Select(place => (place.Path, place.Span)).Prepend((document.Path, finding.Span)).Take(MostFixes))
        {
            if (snapshot.Document(path) is { } other && Drop(snapshot, other, span) is var (key, edit))
            {
                yield return new($"Drop `{key}`", WorkspaceChange.Edit(path, edit));
            }
        }
    }

    private Finding FindingOf(StoryReading story, Contradiction contradiction, FieldFact field)
    {
        var others = contradiction.Facts.Where(fact => fact != contradiction.SetAside).ToList();
        var named = others.Select(fact => story.Find(fact.Key)).OfType<StoryContainer>().DistinctBy(other => other.Key).Select(other => Wording.Title(story, other)).ToList();
        var isAlone = others.All(fact => fact.Key == contradiction.SetAside.Key);
        var message = others.Count == 0 ? "This time is measured from itself. Measure it from another scene, or drop it."
            : isAlone ? "This cannot be: the times of this scene contradict each other, it ends before it begins. Correct or drop one of them."
            : $"This cannot be true together with the {(named.Count == 1 ? "time" : "times")} of {Wording.All(named)}: they go round in a circle that does not close. Correct or drop one of them.";
        return new(Code, Severity, TimePlaces.SpanOf(field), message) { Related = [.. TimePlaces.Of(story, others)] };
    }

    private static (string Key, TextEdit Edit)? Drop(Snapshot snapshot, Document document, TextSpan span)
    {
        if (snapshot.ContainerAt(document.Path, span.Start)?.Fact.Fields.FirstOrDefault(field => field.Value.Span.Touches(span.Start) || field.KeySpan == span) is not { } field ||
            EntryEdits.Find(document, field.KeySpan) is not var (mapping, entry))
        {
            return null;
        }

        return (document.Text.Slice(entry.Span).Split('\n')[0].TrimEnd(), EntryEdits.Remove(document.Text, mapping, entry));
    }
}
