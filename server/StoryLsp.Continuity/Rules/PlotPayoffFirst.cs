using StoryLsp.Continuity.Plot;
using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Language.Facts;

namespace StoryLsp.Continuity.Rules;

/// <summary><c>plot/payoff-first</c></summary>
internal sealed class PlotPayoffFirst : StoryRule
{
    public override string Code => "plot/payoff-first";

    public override Severity Severity => Severity.Error;

    public override string Summary => "A thread is paid off before any scene sets it up, in the order of reading.";

    public override string Documentation => """
        A payoff that comes before its setup surprises nobody: the reader does not know yet what is being paid. The rule compares `payoffs`
        with every scene that has the thread in its `setups`, in the order of reading. A thread without any setup says nothing, and a scene
        that sets up and pays off at once is no fault. Set the thread up earlier, or move the payoff.

        StoryLine's pairs are read as well: `setup_scenes` of a scene, and `payoff_scenes` of the scenes before it. A `flashforward` shows
        the payoff first on purpose. Where a scene that sets the thread up is left out of the `manuscript` list, nobody knows when it is read.
        """;

    public override void Check(StoryReading story, DocumentFacts document, Action<Finding> report)
    {
        foreach (var scene in story.In(document.Path, "scene"))
        {
            CheckThreads(story, scene, report);
            CheckScenes(story, scene, report);
        }
    }

    private void CheckThreads(StoryReading story, StoryContainer scene, Action<Finding> report)
    {
        foreach (var payoff in scene.To("payoffs").DistinctBy(payoff => payoff.Target))
        {
            if (payoff.Target is not { } key || IsAnnounced(scene) || story.Find(key) is not { } thread)
            {
                continue;
            }

            var setups = story.Referring(key, "setups").Where(setup => story.IsKindOf(setup.Key, "scene")).ToList();
            if (AreAllLater(story, scene, setups) && story.Ask(new IsPerhapsMeant(key, "setups")) is not true)
            {
                var first = First(story, setups);
                report(new(Code, Severity, payoff.Span,
                    $"{Wording.Title(story, thread)} is paid off here, before it is set up in {Wording.Title(story, first)}. Set it up in an earlier scene, or move the payoff behind it.")
                {
                    Related = [.. Only(setups, setup => setup.To("setups").Where(one => one.Target == key), "Here it is set up.")],
                });
            }
        }
    }

    // The scene that pays off names what sets it up, or is named by it; the finding sits in the former where it can.
    private void CheckScenes(StoryReading story, StoryContainer scene, Action<Finding> report)
    {
        if (scene.To("setup_scenes").FirstOrDefault() is { Text: not null } written)
        {
            Report(story, scene, written, report);
            return;
        }

        foreach (var named in scene.To("payoff_scenes").DistinctBy(named => named.Target))
        {
            if (story.Find(named) is { } payoff && !payoff.To("setup_scenes").Any() && Setups(story, payoff) is { } setups && First(story, setups) == scene)
            {
                Report(story, payoff, named, report);
            }
        }
    }

    private void Report(StoryReading story, StoryContainer payoff, StoryReference at, Action<Finding> report)
    {
        if (Setups(story, payoff) is not { } setups || IsAnnounced(payoff) || !setups.Append(payoff).All(scene => IsPlaced(story, scene)) || !AreAllLater(story, payoff, setups))
        {
            return;
        }

        report(new(Code, Severity, at.Span,
            $"{Wording.Title(story, payoff)} pays off what {Wording.Title(story, First(story, setups))} sets up, but the reader meets it earlier. Set it up in an earlier scene, or move the payoff behind it."));
    }

    // A vault's files lie in the order of their names, which nobody chose; only an order that is written is held against these pairs.
    private static bool IsPlaced(StoryReading story, StoryContainer scene) =>
        story.Settings.Manuscript is not null || scene.Field("chapter") is not null || scene.Field("order") is not null;

    /// <summary>The scenes that set a scene up, by either's word; null where one of the words names nothing.</summary>
    private static List<StoryContainer>? Setups(StoryReading story, StoryContainer payoff)
    {
        var own = payoff.To("setup_scenes").Select(one => story.Find(one)).ToList();
        return own.Contains(null) ? null : [.. own.OfType<StoryContainer>().Concat(story.Referring(payoff.Key, "payoff_scenes")).Distinct()];
    }

    private static bool AreAllLater(StoryReading story, StoryContainer payoff, List<StoryContainer> setups) =>
        setups.Count > 0 && setups.TrueForAll(setup => story.Ask(new IsInManuscript(setup.Key)) is true && story.IsReadBefore(payoff.Key, setup.Key));

    private static StoryContainer First(StoryReading story, List<StoryContainer> scenes) =>
        scenes.Find(scene => !scenes.Exists(other => story.IsReadBefore(other.Key, scene.Key))) ?? scenes[0];

    // Of several setups each could be missing, and the fault would stand.
    private static IEnumerable<RelatedPlace> Only(List<StoryContainer> scenes, Func<StoryContainer, IEnumerable<StoryReference>> references, string message) =>
        scenes is [var one] && references(one).ToList() is [var reference] ? [one.Place(reference.Span, message)] : [];

    private static bool IsAnnounced(StoryContainer scene) => scene.Timeline == SceneTimeline.Flashforward;
}
