using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using StoryLsp.Continuity.Naming;
using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Plot;

/// <summary>Whether a scene is in the manuscript: in its list, or anywhere where there is no list.</summary>
internal sealed record IsInManuscript(ContainerKey Scene) : Question
{
    public override object? Ask(StoryWorld world) => world.NarrativePosition(Scene) is { } position && position < world.Narrative.ManuscriptCount;
}

/// <summary>Whether a scene may stand anywhere in the manuscript: its list leaves the scene out, and an entry of the list names nothing.</summary>
internal sealed record IsAnywhere(ContainerKey Scene) : Question
{
    public override object? Ask(StoryWorld world) => world.Narrative.HasGaps && !(world.NarrativePosition(Scene) < world.Narrative.ManuscriptCount);
}

/// <summary>
/// Whether somebody may have meant a container in a field of some container of a type, and made a slip: in its name, in the field's, or in
/// the type's. What mends that slip mends everything that follows from it, so nothing is concluded from what is absent.
/// </summary>
internal sealed record IsPerhapsMeant(ContainerKey Key, string Field, string Type = "scene") : Question
{
    // What may be a slip stands in few containers of many, and is asked for by all that are away for long.
    private static readonly ConditionalWeakTable<object, ConcurrentDictionary<(string Field, string Type), string[]>> Slips = [];

    public override object? Ask(StoryWorld world)
    {
        if (world.Find(Key) is not { } meant)
        {
            return false;
        }

        string[] names = [meant.Id, meant.Name, .. meant.Fact.Aliases.Select(alias => alias.Text)];
        var slips = Slips.GetValue(world.Edition, _ => new()).GetOrAdd((Field, Type), _ => [.. Candidates(world).SelectMany(Words).Distinct(StringComparer.Ordinal)]);
        return Array.Exists(slips, word => Array.Exists(names, name => IsNear(word, name)));
    }

    private IEnumerable<StoryContainer> Candidates(StoryWorld world)
    {
        var schemas = world.Snapshot.Schemas;
        return world.Snapshot.UsedTypes
            .Where(type => schemas.Find(type) is null ? IsNear(type, Type) : schemas.IsKindOf(type, Type))
            .SelectMany(type => world.Snapshot.ContainersOf(type))
            .Select(container => world.Find(container.Key))
            .OfType<StoryContainer>();
    }

    private IEnumerable<string> Words(StoryContainer container) => container.To(Field).Where(reference => reference.Target is null).Select(reference => reference.Text)
        .Concat(container.Fact.Fields.Where(field => !field.Known && IsNear(field.Name, Field)).SelectMany(field => field.Value.AsTexts()));

    private static bool IsNear(string text, string name)
    {
        var slips = Nearest.Tolerance(Math.Max(text.Length, name.Length));
        return Nearest.Distance(text, name, slips) <= slips;
    }
}
