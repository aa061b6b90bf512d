using StoryLsp.Continuity.Calendars;
using StoryLsp.Continuity.Story;
using StoryLsp.Continuity.Timeline;
using StoryLsp.Index;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Mystery;

/// <summary>Where a suspect claims to have been. It is a claim, and puts nobody anywhere.</summary>
/// <param name="Case">The case that writes it.</param>
/// <param name="Index">Which of its suspects, from 0.</param>
/// <param name="Who">The suspect.</param>
/// <param name="Where">The place.</param>
/// <param name="Node">The alibi as written.</param>
internal sealed record Alibi(StoryContainer Case, int Index, StoryReference Who, StoryReference Where, YamlMapping Node)
{
    /// <summary>From when on; null where it is not written.</summary>
    public YamlEntry? From => Node.Entry("from");

    /// <summary>Until when; null where it is not written.</summary>
    public YamlEntry? Until => Node.Entry("until");

    /// <summary>The name under which the claim stands on a timeline of its own.</summary>
    public ContainerKey Key => new(Case.Path + "#alibi", (Case.Key.Index << 8) + Index);

    /// <summary>The alibis of a case of which a suspect and a place are known, and that are not marked as lies.</summary>
    public static IEnumerable<Alibi> Of(StoryContainer mystery)
    {
        var suspects = mystery.Fact.Field("suspects")?.Value.AsList() ?? [];
        for (var i = 0; i < suspects.Count && i < byte.MaxValue; i++)
        {
            if (suspects[i].Resolve() is YamlMapping suspect && suspect.Get("alibi").Resolve() is YamlMapping alibi &&
                (alibi.Entry("lie") is not { } lie || lie.Value.AsBoolean() is false) &&
                Reference(mystery, "suspects.who", suspect.Get("who")) is { } who && Reference(mystery, "suspects.alibi.where", alibi.Get("where")) is { } where)
            {
                yield return new(mystery, i, who, where, alibi);
            }
        }
    }

    /// <summary>What the claim says of time; null when it says nothing.</summary>
    /// <param name="world">The story.</param>
    /// <param name="without">An entry that is taken as not written.</param>
    public TimedThing? Time(StoryWorld world, YamlEntry? without = null)
    {
        var from = Read(world, From, without);
        var until = Read(world, Until, without);
        return from is WrittenTime.NoTime && until is WrittenTime.NoTime
            ? null
            : new(Key, from, StoryTimes.Anchor(world.Snapshot, Case, from), null, until, StoryTimes.Anchor(world.Snapshot, Case, until));
    }

    private static WrittenTime Read(StoryWorld world, YamlEntry? entry, YamlEntry? without) =>
        entry is not null && entry != without && WrittenTime.Of(entry.Value, world.Calendar) is var time and not WrittenTime.Invalid ? time : WrittenTime.None;

    private static StoryReference? Reference(StoryContainer mystery, string field, YamlNode? value)
    {
        foreach (var reference in mystery.To(field))
        {
            if (value is not null && value.Span.Contains(reference.Span))
            {
                return reference.Target is null ? null : reference;
            }
        }

        return null;
    }
}
