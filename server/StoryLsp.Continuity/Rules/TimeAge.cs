using System.Globalization;
using StoryLsp.Continuity.Calendars;
using StoryLsp.Continuity.Prose;
using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Rules;

/// <summary><c>time/age</c></summary>
internal sealed class TimeAge : StoryRule
{
    public override string Code => "time/age";

    public override Severity Severity => Severity.Warning;

    public override string Summary => "An age that the text gives somebody disagrees with `born` at that scene, or an `age` is true in no scene.";

    public override string Documentation => """
        With `born: 1892-03-01`, *Ada Vane, aged thirty-two,* is wrong in a scene of November 1926: Ada is thirty-four then. An age is understood where the
        text gives it somebody now: `Ada, aged 34`, `Ada was thirty-four years old`, `thirty-four-year-old Ada`, `Ada, a woman of thirty-four`. What is said in
        dialogue, in memory or in doubt (`when Ada was ten`, `almost thirty`) is nobody's fault. Where the dates leave two ages open, both are right.

        An `age` in a character's own file is compared with all dated scenes, and is wrong where none of them makes it true. It may be left out: `born` says it better.
        """;

    public override void Check(StoryReading story, DocumentFacts document, Action<Finding> report)
    {
        CheckFields(story, document, report);
        CheckProse(story, document, report);
    }

    public override IEnumerable<Fix> Fixes(Snapshot snapshot, Document document, Finding finding)
    {
        var written = document.Text.Slice(finding.Span);
        foreach (var age in finding.Data)
        {
            if (int.TryParse(age, CultureInfo.InvariantCulture, out var years))
            {
                var text = written.Any(char.IsAsciiDigit) ? age : Capitalized(SpelledNumber.Spell(years), written);
                yield return new($"Replace with `{text}`", WorkspaceChange.Edit(document.Path, new TextEdit(finding.Span, text)), finding.Data.Count == 1);
            }
        }
    }

    private static string Capitalized(string text, string written) => char.IsUpper(written[0]) ? char.ToUpperInvariant(text[0]) + text[1..] : text;

    private void CheckProse(StoryReading story, DocumentFacts document, Action<Finding> report)
    {
        if (!story.In(document.Path, "scene").Any(scene => scene.Field("when") is not null) || ProseReading.Of(story.Snapshot, document) is not { } prose ||
            prose.Text.AsSpan().IndexOfAny(AgePhrases.Signs) < 0)
        {
            return;
        }

        var scenes = story.In(document.Path);
        foreach (var (paragraph, sentence) in prose.SentencesWith(story.NamesIn(document), AgePhrases.Signs))
        {
            var scene = paragraph.Container >= 0 && paragraph.Container < scenes.Count ? scenes[paragraph.Container] : null;
            foreach (var statement in AgePhrases.In(sentence))
            {
                if (scene is { Timeline: not SceneTimeline.Dream } && story.Snapshot.Schemas.IsKindOf(scene.Type, "scene") && SceneTime.Of(story, scene) is { IsCounted: false } time &&
                    story.Find(statement.Who) is { } who && story.Snapshot.Schemas.IsKindOf(who.Type, "character") && AgesOf(story, who, time) is var (least, most) &&
                    (statement.Years < least || statement.Years > most) && !IsDead(story, who, time))
                {
                    report(new(Code, Severity, statement.Number,
                        $"{who.Name} was born {On(who.Text("born") ?? "?")}, so is {InWords(least, most)} in this scene, not {Wording.Number(statement.Years)}. Correct the age, or one of the dates.")
                    {
                        Related = [who.Place(who.Field("born")!.Value.Span, $"When {who.Name} was born."), .. SceneTime.PlacesOf(story, scene)],
                        Data = Suggested(least, most),
                    });
                }
            }
        }
    }

    private void CheckFields(StoryReading story, DocumentFacts document, Action<Finding> report)
    {
        foreach (var who in story.In(document.Path, "character"))
        {
            if (who.Field("age")?.Value is not YamlScalar written || SpelledNumber.Parse(written.Value) is not { } years || who.Field("born") is not { } born ||
                (AgeInScenes?)story.Ask(new AgesThroughout(who.Key, years)) is not { IsEverTrue: false } ages || ages.First is not { } first)
            {
                continue;
            }

            var scenes = ages.Only is { } only && story.Find(only) is { } scene ? SceneTime.PlacesOf(story, scene) : [];
            var where = ages.Count == 1 ? "in the one scene that has a date" : $"in the {Wording.Number(ages.Count)} scenes that have a date";
            report(new(Code, Severity, written.ContentSpan,
                $"{who.Name} was born {On(who.Text("born") ?? "?")}, so is never {Wording.Number(years)} {where}, but {InWords(ages.Least, ages.Most)}. Correct the age, or leave it out: `born` says it.")
            {
                Related = [who.Place(born.Value.Span, $"When {who.Name} was born."), .. scenes],
                Data = Suggested(first.Least, first.Most),
            });
        }
    }

    private static (long Least, long Most)? AgesOf(StoryReading story, StoryContainer who, SceneTime time) =>
        who.Field("born") is not null && story.BoundsOf(who.Key, "born") is { Earliest: { } earliest, Latest: { } latest } ? AgesOf(story.Calendar, earliest, latest, time) : null;

    /// <summary>The ages that somebody may have when a scene begins; null before they are born.</summary>
    private static (long Least, long Most)? AgesOf(StoryCalendar calendar, long earliest, long latest, SceneTime time)
    {
        // A scene of which nobody says how long it is may last past midnight.
        var until = time.End ?? time.Latest + calendar.MinutesPerDay;
        var (least, most) = Ages.Between(calendar, earliest, latest, time.Earliest, Math.Max(until, time.Latest));
        return most < 0 ? null : (Math.Max(0, least), most);
    }

    private static bool IsDead(StoryReading story, StoryContainer who, SceneTime time) =>
        who.Field("died") is not null && (story.BoundsOf(who.Key, "died").Latest is not { } died || died < time.Earliest);

    private static string[] Suggested(long least, long most) =>
        most - least > 1 ? [] : [.. new[] { least, most }.Distinct().Select(age => age.ToString(CultureInfo.InvariantCulture))];

    private static string InWords(long least, long most) => least == most ? Wording.Number(least)
        : most - least == 1 ? $"{Wording.Number(least)} or {Wording.Number(most)}" : $"{Wording.Number(least)} to {Wording.Number(most)}";

    private static string On(string date) => (date.Trim().Length > 7 ? "on " : "in ") + date.Trim();

    /// <summary>The ages that somebody has in the dated scenes.</summary>
    /// <param name="IsEverTrue">Whether an age is right, or may be, in one of them.</param>
    /// <param name="Least">The least age.</param>
    /// <param name="Most">The greatest.</param>
    /// <param name="First">The ages in the first scene that they are in, else in the first of all; null where no scene is dated.</param>
    /// <param name="Count">How many scenes there are.</param>
    /// <param name="Only">The scene, where it is the only one.</param>
    private sealed record AgeInScenes(bool IsEverTrue, long Least, long Most, (long Least, long Most)? First, int Count, ContainerKey? Only);

    private sealed record AgesThroughout(ContainerKey Who, int Years) : Question
    {
        public override object? Ask(StoryWorld world)
        {
            if (world.Find(Who) is not { } who || world.BoundsOf(who, "born") is not { Earliest: { } earliest, Latest: { } latest })
            {
                return null;
            }

            var result = new AgeInScenes(false, long.MaxValue, long.MinValue, null, 0, null);
            var isPresent = false;
            var story = new StoryReading(world);
            foreach (var container in world.Narrative.Scenes(world.Snapshot))
            {
                if (world.Find(container.Key) is not { } scene || scene.Timeline == SceneTimeline.Dream || scene.Field("when") is null)
                {
                    continue;
                }

                // A date that is open says nothing, and may be the one that makes the age true.
                if (SceneTime.Of(story, scene) is not { IsCounted: false } time)
                {
                    return result with { IsEverTrue = true };
                }

                if (AgesOf(world.Calendar, earliest, latest, time) is not var (least, most))
                {
                    continue;
                }

                var isHere = !isPresent && scene.References.Any(reference => reference.Target == Who && reference.Field is "characters" or "pov");
                result = new(
                    result.IsEverTrue || (Years >= least && Years <= most),
                    Math.Min(result.Least, least),
                    Math.Max(result.Most, most),
                    isHere || result.First is null ? (least, most) : result.First,
                    result.Count + 1,
                    result.Count == 0 ? scene.Key : null);
                isPresent |= isHere;
            }

            return result;
        }
    }
}
