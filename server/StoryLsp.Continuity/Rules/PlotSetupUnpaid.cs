using StoryLsp.Continuity.Plot;
using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Language.Facts;

namespace StoryLsp.Continuity.Rules;

/// <summary><c>plot/setup-unpaid</c></summary>
internal sealed class PlotSetupUnpaid : StoryRule
{
    public override string Code => "plot/setup-unpaid";

    public override Severity Severity => Severity.Warning;

    public override string Summary => "A thread is set up and never paid off, in a story that is complete.";

    public override string Documentation => """
        A gun on the wall in the first act is a promise. The rule looks once `story.yaml` says `status: complete`: a thread that a scene
        names in `setups` has to be in the `payoffs` of some scene. It sits on the first setup. Pay the thread off, or carry it on under
        `threads` alone if it never was a promise.

        Scenes that the `manuscript` list leaves out promise nothing. While a word among the `payoffs` may be a slip for the thread, that
        slip is the fault, and this rule is silent.
        """;

    public override void Check(StoryReading story, DocumentFacts document, Action<Finding> report)
    {
        if (!story.Settings.IsComplete)
        {
            return;
        }

        foreach (var scene in story.In(document.Path, "scene"))
        {
            foreach (var setup in scene.To("setups").DistinctBy(setup => setup.Target))
            {
                if (setup.Target is { } key && IsFirst(story, scene, key) && !IsPaid(story, key) && story.Find(key) is { } thread)
                {
                    report(new(Code, Severity, setup.Span,
                        $"{Wording.Title(story, thread)} is set up here and never paid off: the story is complete, and no scene has it in its `payoffs`. Pay it off, or take the promise back.")
                    {
                        Related = [.. CompleteStory.Status(story)],
                    });
                }
            }
        }
    }

    private static bool IsFirst(StoryReading story, StoryContainer scene, ContainerKey thread) =>
        story.Ask(new IsInManuscript(scene.Key)) is true &&
        !story.Referring(thread, "setups").Any(other => story.IsReadBefore(other.Key, scene.Key));

    private static bool IsPaid(StoryReading story, ContainerKey thread) =>
        story.Referring(thread, "payoffs").Any() || story.Ask(new IsPerhapsMeant(thread, "payoffs")) is true;
}
