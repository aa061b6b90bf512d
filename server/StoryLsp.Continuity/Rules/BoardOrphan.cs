using StoryLsp.Continuity.Plot;
using StoryLsp.Continuity.Story;
using StoryLsp.Language.Facts;

namespace StoryLsp.Continuity.Rules;

/// <summary><c>board/orphan</c></summary>
internal sealed class BoardOrphan : StoryRule
{
    public override string Code => "board/orphan";

    public override Severity Severity => Severity.Warning;

    public override string Summary => "A shot belongs to no scene, or a panel to no shot.";

    public override string Documentation => """
        A shot films a scene, which it names as its `scene`; a panel is the drawing of a shot, which names it as its `panel`. One that
        belongs nowhere was left behind when something else was deleted, or has not been put in yet. Where a word is written that names
        nothing, that word is the fault. In a folder without a `story.yaml` only what writes its `type` is looked at.
        """;

    public override void Check(StoryReading story, DocumentFacts document, Action<Finding> report)
    {
        foreach (var shot in story.In(document.Path, "shot").Where(shot => IsMeant(story, shot)))
        {
            if (shot.Field("scene") is null)
            {
                report(new(Code, Severity, shot.Fact.SelectionSpan,
                    $"{shot.Name} belongs to no scene: it has no `scene`, so no storyboard shows it. Name the scene that it films, or delete it."));
            }
        }

        foreach (var panel in story.In(document.Path, "panel").Where(panel => IsMeant(story, panel)))
        {
            if (!story.Referring(panel.Key, "panel").Any() && !IsPerhapsMeant(story, panel))
            {
                report(new(Code, Severity, panel.Fact.SelectionSpan,
                    $"{panel.Name} belongs to no shot: none has it as its `panel`, so no storyboard shows it. Name it in the shot that it draws, or delete it."));
            }
        }
    }

    // What is embedded in another container belongs to that.
    private static bool IsMeant(StoryReading story, StoryContainer container) =>
        container.Fact.Parent < 0 && (story.Settings.Exists || container.Fact.TypeSpan is not null);

    private static bool IsPerhapsMeant(StoryReading story, StoryContainer panel) => story.Ask(new IsPerhapsMeant(panel.Key, "panel", "shot")) is true;
}
