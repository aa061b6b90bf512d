using StoryLsp.Continuity.Plot;
using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Language.Facts;

namespace StoryLsp.Continuity.Rules;

/// <summary><c>plot/dormant</c></summary>
internal sealed class PlotDormant : StoryRule
{
    private const double Longest = 0.4;

    public override string Code => "plot/dormant";

    public override Severity Severity => Severity.Information;

    public override string Summary => "A thread or a narrator is away for more than 40 % of the manuscript's scenes in a row, and comes back.";

    public override string Documentation => """
        What rests for so long is forgotten. A thread appears in the scenes that have it in `threads`, `setups` or `payoffs`; a narrator in
        those that have them as `pov`. Only what lies between the first and the last appearance counts, and only the scenes of the
        manuscript are counted. The finding sits where the thread or narrator comes back. Let a scene between recall the thread, or leave it
        as it is: a long rest may be meant.
        """;

    public override void Check(StoryReading story, DocumentFacts document, Action<Finding> report)
    {
        foreach (var scene in story.In(document.Path, "scene"))
        {
            var seen = new HashSet<(ContainerKey, bool)>();
            foreach (var reference in scene.References)
            {
                var tells = Appearances.IsNarrator(reference);
                if (reference.Target is { } key && (tells || Appearances.IsThread(reference)) && seen.Add((key, tells)) &&
                    story.Ask(new AbsenceBefore(scene.Key, key, tells)) is Absence absence)
                {
                    Report(story, reference, absence, report);
                }
            }
        }
    }

    private void Report(StoryReading story, StoryReference reference, Absence absence, Action<Finding> report)
    {
        var tells = Appearances.IsNarrator(reference);
        if (story.Find(reference) is not { } who || story.Find(absence.Since) is not { } last ||
            Appearances.Fields(tells).Any(field => story.Ask(new IsPerhapsMeant(who.Key, field)) is true))
        {
            return;
        }

        var between = $"{Wording.Count(absence.Scenes, "scene")} of {Wording.Number(absence.Length)}";
        var message = tells
            ? $"{who.Name} has told nothing for {between} since {Wording.Title(story, last)}, and a reader forgets a voice by then. Let {who.Name} tell a scene between."
            : $"{Wording.Title(story, who)} has rested for {between} since {Wording.Title(story, last)}, and a reader forgets by then. Let a scene between recall it.";
        var before = last.References.Where(one => one.Target == who.Key && (tells ? Appearances.IsNarrator(one) : Appearances.IsThread(one))).ToList();
        report(new(Code, Severity, reference.Span, message)
        {
            // Without a later appearance the rest would only be longer.
            Related = absence.IsSinceFirst && before is [var one] ? [last.Place(one.Span, "The appearance before.")] : [],
        });
    }

    /// <summary>The absence that ends with a scene, when it is too long.</summary>
    private sealed record AbsenceBefore(ContainerKey Scene, ContainerKey Who, bool Tells) : Question
    {
        public override object? Ask(StoryWorld world) =>
            !world.Narrative.HasGaps && world.NarrativePosition(Scene) is { } position ? Appearances.Of(world).Before(position, Who, Tells, Longest) : null;
    }
}
