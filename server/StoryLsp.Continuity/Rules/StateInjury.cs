using StoryLsp.Continuity.Edits;
using StoryLsp.Continuity.State;
using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Continuity.Rules;

/// <summary><c>state/injury</c></summary>
internal sealed class StateInjury : StoryRule
{
    public override string Code => "state/injury";

    public override Severity Severity => Severity.Warning;

    public override string Summary => "Somebody does what an injury that has not healed rules out.";

    public override string Documentation => """
        `{injures: {who: tom, what: broken arm, prevents: [climbs, oar]}}` among the `effects` of a scene says what Tom cannot do until a scene says
        `{heals: {who: tom, what: broken arm}}`: use the oar (`uses`), or have the field `climbs` set. Heal the injury in a scene before, or let somebody else do it.
        """;

    public override void Check(StoryReading story, DocumentFacts document, Action<Finding> report)
    {
        foreach (var scene in Cast.Waking(story, document))
        {
            foreach (var (who, span, deed, isPrevented) in Deeds(story, scene))
            {
                if (InjuryOf(story, who, Cast.At(scene), isPrevented) is var (injury, proof) && story.Find(who) is { } hurt)
                {
                    var what = ((Injures)injury.Effect).What;
                    report(new(Code, Severity, span,
                        $"{hurt.Name} {deed} here, but was hurt {story.WhenOf(injury)}: the {what} rules that out, and it has not healed. Heal it in a scene before this one, or let somebody else do it.")
                    {
                        Related = story.PlacesOf(injury, proof, $"{hurt.Name} is hurt: {what}."),
                    });
                }
            }
        }
    }

    public override IEnumerable<Fix> Fixes(Snapshot snapshot, Document document, Finding finding)
    {
        if (snapshot.ContainerAt(document.Path, finding.Span.Start) is not { } container)
        {
            yield break;
        }

        var story = new StoryReading(StoryWorld.Of(snapshot));
        foreach (var scene in story.In(document.Path).Where(scene => scene.Container.IsSameAs(container)))
        {
            foreach (var (who, span, _, isPrevented) in Deeds(story, scene).Where(deed => deed.Span == finding.Span))
            {
                if (InjuryOf(story, who, Cast.At(scene), isPrevented) is var (injury, _) && EffectFixes.Find(snapshot, who) is { } hurt &&
                    EffectFixes.SceneBefore(story, scene, earlier => IsBetween(story, injury, earlier, scene)) is { } place &&
                    EffectFixes.Add(snapshot, place.Container, "heals", ("who", hurt), "what", ((Injures)injury.Effect).What) is { } change)
                {
                    yield return new($"Heal it in {place.Name}", change, IsPreferred: true);
                }
            }
        }
    }

    private static bool IsBetween(StoryReading story, StateChange injury, StoryContainer earlier, StoryContainer scene) =>
        story.ProofOf(Cast.At(earlier), Cast.At(scene)) is not null && (Cast.At(earlier) == injury.At || story.ProofOf(injury.At, Cast.At(earlier)) is not null);

    /// <summary>What somebody does in a scene that an injury might rule out.</summary>
    private static IEnumerable<(ContainerKey Who, TextSpan Span, string Deed, Func<Injures, bool> IsPrevented)> Deeds(StoryReading story, StoryContainer scene)
    {
        if (story.EffectsOf(scene) is not { } effects)
        {
            yield break;
        }

        foreach (var use in effects.Uses)
        {
            yield return (use.Who, use.WhatSpan, $"uses {story.Find(use.What)?.Name}", injury => injury.Prevents.Items.Contains(use.What));
        }

        foreach (var written in effects.Effects)
        {
            if (written is { At.Kind: MomentKind.Happens, Effect: Sets sets } && written.At.Container == scene.Key)
            {
                yield return (sets.Who, written.What, $"has `{sets.Field}` set", injury => injury.Prevents.Fields.Contains(sets.Field, StringComparer.OrdinalIgnoreCase));
            }
        }
    }

    private static (StateChange Injury, Proof Proof)? InjuryOf(StoryReading story, ContainerKey who, Moment scene, Func<Injures, bool> isPrevented)
    {
        if (story.HistoryOf(who) is not { } history)
        {
            return null;
        }

        for (var i = history.Changes.Count - 1; i >= 0; i--)
        {
            var change = history.Changes[i];
            if (change.Effect is Injures injury && change.At != scene && isPrevented(injury) && story.ProofOf(change.At, scene) is { } proof &&
                !story.EverythingOf(who).Any(other => Heals(other, injury) && story.MayLieBetween(other, change, scene)))
            {
                return (change, proof);
            }
        }

        return null;
    }

    private static bool Heals(StateChange change, Injures injury) =>
        change.Effect is Unclear || (change.Effect is Heals heals && (heals.What is null || heals.What.Equals(injury.What, StringComparison.OrdinalIgnoreCase)));
}
