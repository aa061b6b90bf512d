using System.Globalization;
using StoryLsp.Continuity.Prose;
using StoryLsp.Continuity.State;
using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Refactorings;

/// <summary>The ages that follow from a date of birth: in the field `age`, in effects that set it, and in the phrases of prose that the rules understand.</summary>
internal sealed class RetconAges(Snapshot snapshot, BirthChange change, CancellationToken cancel)
{
    private const int Oldest = 130;

    private string Name => change.Who.Name;

    public IEnumerable<ReviewedEdit> All() => [.. Field(), .. Effects(), .. Prose()];

    private IEnumerable<ReviewedEdit> Field()
    {
        if (change.Who.Field("age")?.Value is YamlScalar written && Number(written) is { } years)
        {
            var scenes = Scenes().ToList();
            var isTrue = scenes.Exists(time => change.OldAges(time) is var (least, most) && years >= least && years <= most);
            var doubt = scenes.Count > 0 && !isTrue ? $"By the old date {Name} is {Written(years)} in no scene that has a date." : null;
            if (Hunk(change.Who.Container.Path, written.ContentSpan, years, change.NewAge(years, scenes.Count > 0 ? scenes[0] : null), $"`age` of {Name}", doubt) is { } hunk)
            {
                yield return hunk;
            }
        }
    }

    private IEnumerable<ReviewedEdit> Effects()
    {
        var world = StoryState.Of(snapshot).World;
        foreach (var container in snapshot.Containers)
        {
            cancel.ThrowIfCancellationRequested();
            if (world.SourceOf(container.Key) is not { Effects.Count: > 0 } source)
            {
                continue;
            }

            foreach (var effect in source.Effects)
            {
                if (effect.Effect is Sets { Field: "age" } sets && sets.Who == change.Who.Key && SpelledNumber.Parse(sets.To) is { } years &&
                    snapshot.Text(container.Path) is { } text && LastIn(text, effect.Span, sets.To) is { } span)
                {
                    var scene = change.Story.Find(container.Key);
                    var time = scene is null ? null : SceneTime.Of(change.Story, scene);
                    if (Hunk(container.Path, span, years, change.NewAge(years, time), $"`age` of {Name} as “{container.Name}” sets it", DoubtOf(years, time, "it")) is { } hunk)
                    {
                        yield return hunk;
                    }
                }
            }
        }
    }

    private IEnumerable<ReviewedEdit> Prose()
    {
        foreach (var facts in snapshot.Documents.OrderBy(facts => facts.Path, NaturalOrder.Instance))
        {
            cancel.ThrowIfCancellationRequested();
            if (facts.Prose.Count == 0 || ProseReading.Of(snapshot, facts) is not { } prose || prose.Text.AsSpan().IndexOfAny(AgePhrases.Signs) < 0)
            {
                continue;
            }

            var scenes = change.Story.In(facts.Path);
            foreach (var (paragraph, sentence) in prose.SentencesWith(change.Story.NamesIn(facts), AgePhrases.Signs))
            {
                var scene = paragraph.Container >= 0 && paragraph.Container < scenes.Count ? scenes[paragraph.Container] : null;
                foreach (var statement in AgePhrases.In(sentence).Where(statement => statement.Who == change.Who.Key))
                {
                    if (OfStatement(facts, scene, statement) is { } hunk)
                    {
                        yield return hunk;
                    }
                }
            }
        }
    }

    private ReviewedEdit? OfStatement(DocumentFacts facts, StoryContainer? owner, AgeStatement statement)
    {
        var isScene = owner is not null && snapshot.Schemas.IsKindOf(owner.Type, "scene");
        var time = isScene ? SceneTime.Of(change.Story, owner!) : null;
        var where = owner is null ? facts.Path : $"“{owner.Name}”";
        var doubt = owner is { Timeline: SceneTimeline.Dream } ? "It is a dream, in which everybody may be of any age."
            : !isScene ? "It stands in no scene, so nobody says of what time it speaks." : DoubtOf(statement.Years, time, "the text");
        return Hunk(facts.Path, statement.Number, statement.Years, change.NewAge(statement.Years, time), $"{Name}’s age in {where}", doubt);
    }

    private string? DoubtOf(int years, SceneTime? time, string what)
    {
        if (time is not { IsCounted: false } known)
        {
            return "The scene has no date, so the age cannot be compared with it.";
        }

        return change.OldAges(known) is not var (least, most) ? $"By the old date {Name} was not born yet in this scene."
            : years < least || years > most ? $"By the old date {Name} is {(least == most ? Written(least) : $"{Written(least)} to {Written(most)}")} here, not {Written(years)} as {what} says."
            : change.NewAges(known) is var (newLeast, newMost) && newMost - newLeast > 1 ? $"The new date leaves open which of {Written(newLeast)} to {Written(newMost)} it is." : null;
    }

    private ReviewedEdit? Hunk(string path, TextSpan span, int old, long? now, string what, string? doubt)
    {
        if (now is not { } age || age == old || snapshot.Text(path) is not { } text)
        {
            return null;
        }

        if (age is < 0 or > Oldest)
        {
            // No words make that right; the summary says so of those who are not born yet.
            return null;
        }

        var written = text.Slice(span);
        var number = written.Any(char.IsAsciiDigit) ? Digits(written, age) : Cased(SpelledNumber.Spell((int)age), written);
        return number is null ? null : new(path, new(span, number), $"{what}: {written} → {number}; {Name} is {change.Because}", doubt);
    }

    // "34 years" keeps its years.
    private static string? Digits(string written, long age)
    {
        var first = written.AsSpan().IndexOfAnyInRange('0', '9');
        var last = written.AsSpan().LastIndexOfAnyInRange('0', '9');
        return written[..first] + age.ToString(CultureInfo.InvariantCulture) + written[(last + 1)..];
    }

    private static string Cased(string text, string written) => char.IsUpper(written[0]) ? char.ToUpperInvariant(text[0]) + text[1..] : text;

    private static string Written(long number) => Wording.Number(number);

    private static int? Number(YamlScalar written) => SpelledNumber.Parse(written.Value);

    private static TextSpan? LastIn(SourceText text, TextSpan span, string part) =>
        text.Slice(span).LastIndexOf(part, StringComparison.Ordinal) is >= 0 and var at ? new(span.Start + at, part.Length) : null;

    // When the scenes are in which the person is, else all.
    private IEnumerable<SceneTime> Scenes()
    {
        var all = snapshot.Narrative.Scenes(snapshot).Select(scene => change.Story.Find(scene.Key)).OfType<StoryContainer>()
            .Where(scene => scene.Timeline != SceneTimeline.Dream && SceneTime.Of(change.Story, scene) is { IsCounted: false }).ToList();
        var own = all.Where(scene => scene.References.Any(reference => reference.Target == change.Who.Key && reference.Field is "pov" or "characters")).ToList();
        return (own.Count > 0 ? own : all).Select(scene => SceneTime.Of(change.Story, scene)!.Value);
    }
}
