using StoryLsp.Continuity.Edits;
using StoryLsp.Continuity.State;
using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;

namespace StoryLsp.Continuity.Rules;

/// <summary><c>state/possession</c></summary>
internal sealed class StatePossession : StoryRule
{
    public override string Code => "state/possession";

    public override Severity Severity => Severity.Error;

    public override string Summary => "A scene uses an item that was lost or destroyed, or that somebody has who is not there.";

    public override string Documentation => """
        `uses: [revolver]` says that the point of view uses the revolver, `uses: [{who: tom, item: revolver}]` that Tom does. Whoever uses an item has it, or
        is with somebody who has it. Who has it follows from its `owner` and from the effects `takes`, `gives` and `loses`; what a scene
        itself says that somebody takes, they may use there. An item of which nobody has said who has it may be used by anyone. What is destroyed stays so, whoever
        takes it later.
        """;

    public override void Check(StoryReading story, DocumentFacts document, Action<Finding> report)
    {
        foreach (var scene in Cast.Waking(story, document))
        {
            foreach (var use in story.EffectsOf(scene)?.Uses ?? [])
            {
                if (HolderOf(story, use.What, use.Who, Cast.At(scene)) is var (holder, proof) && Fault(story, scene, use, holder) is { } fault)
                {
                    report(new(Code, Severity, use.WhatSpan, fault) { Related = [.. story.PlacesOf(holder.Since!, proof, What(holder)), .. story.PointOfViewOf(scene, use)] });
                }
            }
        }
    }

    public override IEnumerable<Fix> Fixes(Snapshot snapshot, Document document, Finding finding)
    {
        if (snapshot.ContainerAt(document.Path, finding.Span.Start) is not { } scene || EffectFixes.UseAt(snapshot, scene, finding.Span, effects => effects.Uses) is not { } use ||
            EffectFixes.Find(snapshot, use.Who) is not { } who || EffectFixes.Find(snapshot, use.What) is not { } item)
        {
            yield break;
        }

        var story = new StoryReading(StoryWorld.Of(snapshot));
        var user = story.In(document.Path).First(container => container.Container.IsSameAs(scene));
        if (HolderOf(story, use.What, use.Who, Cast.At(user)) is not var (holder, _) || holder.Kind == HolderKind.Destroyed)
        {
            yield break;
        }

        if (EffectFixes.Add(snapshot, scene, "takes", ("who", who), ("item", item)) is { } change)
        {
            yield return new($"Let {who.Name} take it in this scene", change, IsPreferred: true);
        }

        if (holder.Who is { } holds && EffectFixes.Find(snapshot, holds) is { } giver &&
            EffectFixes.SceneBefore(story, user, earlier => IsHandover(story, earlier, holder, use)) is { } meeting &&
            EffectFixes.AddGift(snapshot, meeting.Container, giver, item, who) is { } gift)
        {
            yield return new($"Let {giver.Name} give it to {who.Name} in {meeting.Name}", gift);
        }
    }

    private static string? Fault(StoryReading story, StoryContainer scene, WrittenUse use, Holder holder)
    {
        if (story.Find(use.Who) is not { } user || story.Find(use.What) is not { } item)
        {
            return null;
        }

        var when = story.WhenOf(holder.Since!);
        return holder.Kind switch
        {
            HolderKind.Lost => $"{user.Name} uses {item.Name} here, but it was lost {when}. Let somebody take it first.",
            HolderKind.Destroyed => $"{user.Name} uses {item.Name} here, but it was destroyed {when}. Let {user.Name} use something else.",
            HolderKind.Held when holder.Who != use.Who && !Cast.MayBePresent(scene, holder.Who!.Value) && story.Find(holder.Who) is { } other =>
                $"{user.Name} uses {item.Name} here, but {other.Name} has it {(holder.Since!.At.Kind == MomentKind.Start ? when : "since it changed hands " + when)}, and is not in this scene. Hand it over first, or let {other.Name} be there.",
            _ => null,
        };
    }

    // Both are there, and it is not before the other has it.
    private static bool IsHandover(StoryReading story, StoryContainer scene, Holder holder, WrittenUse use) =>
        Cast.Present(scene).Any(reference => reference.Target == use.Who) && Cast.Present(scene).Any(reference => reference.Target == holder.Who) &&
        (Cast.At(scene) == holder.Since!.At || story.ProofOf(holder.Since.At, Cast.At(scene)) is not null);

    private static string What(Holder holder) => holder.Kind switch
    {
        HolderKind.Lost => "It is lost here.",
        HolderKind.Destroyed => "It is destroyed here.",
        _ => "Who has it.",
    };

    /// <summary>Who has an item when a scene begins, if it is certain which change was the last one; null where it is not.</summary>
    private static (Holder Holder, Proof Proof)? HolderOf(StoryReading story, ContainerKey item, ContainerKey user, Moment scene)
    {
        if (GoneBefore(story, item, scene) is { } gone)
        {
            return gone;
        }

        // Most uses are without fault in the order that is taken for granted; only the others need proof.
        return story.Ask(new AssumedHolder(item, scene)) is Holder { Since: { } last } holder && holder.Who != user && last.At != scene &&
            story.ProofOf(last.At, scene) is { } proof && !IsOfTheDead(story, holder) &&
            !story.EverythingOf(item).Any(other => other != last && IsAbout(other, item) && story.MayLieBetween(other, last, scene))
                ? (holder, proof)
                : null;
    }

    // Nobody has what is destroyed, whatever else happened on that day. Only what is built anew or what nobody understands may bring it back.
    private static (Holder Holder, Proof Proof)? GoneBefore(StoryReading story, ContainerKey item, Moment scene)
    {
        foreach (var change in story.HistoryOf(item)?.Changes.Reverse() ?? [])
        {
            if (change.Effect is Destroys && change.At != scene && story.ProofOf(change.At, scene) is { } proof)
            {
                return story.EverythingOf(item).Any(other => other.Effect is Begins or Revives or Unclear && story.MayLieBetween(other, change, scene))
                    ? null
                    : (new Holder(HolderKind.Destroyed, null, change), proof);
            }
        }

        return null;
    }

    // What the dead have, somebody may have taken from them.
    private static bool IsOfTheDead(StoryReading story, Holder holder) =>
        holder.Who is { } who && story.HistoryOf(who)?.Changes.Any(change => change.Effect is Dies) == true;

    private static bool IsAbout(StateChange change, ContainerKey item) => change.Effect switch
    {
        Takes takes => takes.Item == item || takes.Item == Effect.Anyone,
        Gives gives => gives.Item == item || gives.Item == Effect.Anyone,
        Loses loses => loses.Item == item,
        Destroys or Unclear => true,
        _ => false,
    };
}
