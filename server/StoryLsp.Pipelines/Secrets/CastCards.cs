using System.Globalization;
using StoryLsp.Continuity.State;
using StoryLsp.Continuity.Story;
using StoryLsp.Index;

namespace StoryLsp.Pipelines.Secrets;

/// <summary>People, places and items as they are when a scene begins.</summary>
internal sealed class CastCards(Snapshot snapshot, Told told, SceneFacts? now)
{
    /// <summary>The items that somebody has.</summary>
    public IEnumerable<Container> HeldBy(Container who) => now?.Of(who).Holds ?? [];

    /// <summary>The facts that somebody knows.</summary>
    public IEnumerable<Container> KnownTo(Container who) => now?.Of(who).Knows ?? [];

    /// <summary>The attributes with the state.</summary>
    public string CardOf(Container container) => told.Card(container, now is null ? null : [.. Lines(container, now.Of(container))], now is not null && IsItem(container) ? ["location"] : []);

    /// <summary>The state alone.</summary>
    public IEnumerable<(string Key, string Value)> StateOf(Container container) => now is null ? [] : Lines(container, now.Of(container));

    private bool IsDated => now is not null && StoryWorld.Of(snapshot).Timeline.IntervalOf(now.Scene.Key) is { EarliestStart: not null };

    private bool IsItem(Container container) => snapshot.Schemas.IsKindOf(container.Type, "item");

    private IEnumerable<(string Key, string Value)> Lines(Container container, ContainerFacts facts)
    {
        // A scene without a date lies before or after a day of death, who knows.
        if (facts.IsAlive is { } alive && snapshot.Schemas.IsKindOf(container.Type, "character") && (alive || IsDated || facts.Died?.StartsWith("on ", StringComparison.Ordinal) != true))
        {
            yield return ("alive", alive ? "yes" : "no");
        }

        if (facts.Age is { } age)
        {
            yield return ("age", age.ToString(CultureInfo.InvariantCulture));
        }

        if (facts.Location is { } place && told.MayTell(place))
        {
            yield return ("location", told.NameOf(place));
        }

        if (facts.Holds.Where(told.MayTell).Select(told.NameOf).ToList() is { Count: > 0 } holds)
        {
            yield return ("has", string.Join(", ", holds));
        }

        if (facts.Injuries.Count > 0)
        {
            yield return ("is hurt", string.Join(", ", facts.Injuries));
        }

        if (facts.Knows.Where(told.MayTell).Select(told.Statement).ToList() is { Count: > 0 } knows)
        {
            yield return ("knows", string.Join("; ", knows));
        }

        foreach (var (field, value) in facts.Fields)
        {
            if (field == "destroyed")
            {
                yield return (field, "yes");
            }
            else if (told.MayTellField(container, field))
            {
                yield return (field, value);
            }
        }
    }
}
