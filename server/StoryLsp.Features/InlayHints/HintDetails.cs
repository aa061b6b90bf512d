using StoryLsp.Continuity.Story;
using StoryLsp.Features.Hover;
using StoryLsp.Index;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.InlayHints;

/// <summary>Says why a hint is true, and leads to what it rests on.</summary>
public static class HintDetails
{
    /// <summary>The detail of a hint; null where the story has changed so that the hint is no more.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="kind">What the hint tells.</param>
    /// <param name="subject">Its <see cref="Hint.Subject"/>.</param>
    /// <param name="other">Its <see cref="Hint.Other"/>.</param>
    public static HintDetail? Of(Snapshot snapshot, HintKind kind, ContainerKey subject, ContainerKey? other)
    {
        var world = StoryWorld.Of(snapshot);
        if (subject.Index < 0 || other is { Index: < 0 } || world.Find(subject) is not { } scene)
        {
            return null;
        }

        var about = other is { } key ? world.Find(key) : null;
        return kind switch
        {
            HintKind.Age when about is not null => Age(world, scene, about),
            HintKind.Date => Date(world, scene),
            HintKind.Elapsed when about is not null => Elapsed(world, scene, about),
            HintKind.PaidOff when about is not null && world.NarrativePosition(subject) is { } position && new Plots(world).NextPayoff(about.Key, position) is { } payoff =>
                To(payoff, $"*{MarkdownText.Escape(about.Name)}* is set up here, and paid off in {HintWords.Scene(world, payoff)}.", payoff.To("payoffs").FirstOrDefault(one => one.Target == about.Key).Span),
            HintKind.SetUp when about is not null && world.NarrativePosition(subject) is { } position && new Plots(world).FirstSetup(about.Key, position) is { } setup =>
                To(setup, $"*{MarkdownText.Escape(about.Name)}* is paid off here, and was set up in {HintWords.Scene(world, setup)}.", setup.To("setups").FirstOrDefault(one => one.Target == about.Key).Span),
            _ => null,
        };
    }

    private static HintDetail? Age(StoryWorld world, StoryContainer scene, StoryContainer who) =>
        Ages.At(world, who, scene) is { } age && who.Field("born") is { } born
            ? To(who, FormattableString.Invariant($"{MarkdownText.Escape(who.Name)} is {age} when *{MarkdownText.Escape(scene.Name)}* begins: born {MarkdownText.Escape(who.Text("born") ?? "then")}."), born.Value.Span)
            : null;

    private static HintDetail? Date(StoryWorld world, StoryContainer scene) =>
        world.Timeline.IntervalOf(scene.Key) is { EarliestStart: { } first, LatestStart: { } last } && world.Calendar.StartOfDay(first) == world.Calendar.StartOfDay(last)
            ? new($"{(world.Snapshot.Schemas.IsKindOf(scene.Type, "case") ? "The crime of " : "")}*{MarkdownText.Escape(scene.Name)}* begins on {HintWords.Day(world.Calendar, first)}{(first == last ? ", " + world.Calendar.FormatClock(first) : "")}.", null, default)
            : null;

    private static HintDetail? Elapsed(StoryWorld world, StoryContainer scene, StoryContainer before)
    {
        if (new DateHints(world, "").Since(scene) is not var (key, days) || key != before.Key)
        {
            return null;
        }

        var on = world.Timeline.EarliestStart(before.Key) is { } tick ? $", which is on {HintWords.Day(world.Calendar, tick)}" : "";
        return To(before, $"{char.ToUpperInvariant(days[0])}{days[1..]}: counted from {HintWords.Scene(world, before)}{on}. It is the scene that is read before this one.", before.Field("when")?.Value.Span ?? default);
    }

    private static HintDetail To(StoryContainer container, string tooltip, TextSpan span) => new(tooltip, container.Path, span.Length > 0 ? span : container.Fact.SelectionSpan);
}
