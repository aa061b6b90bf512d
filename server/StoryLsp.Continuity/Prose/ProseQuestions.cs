using StoryLsp.Continuity.Prose;
using StoryLsp.Index;
using StoryLsp.Language.Facts;

namespace StoryLsp.Continuity.Story;

/// <summary>Whom the names in the prose of a document mean, in order; where one means several, null.</summary>
internal sealed record MeantIn(string Path) : Question
{
    public override object? Ask(StoryWorld world)
    {
        var mentions = world.Snapshot.Mentions;
        var found = mentions.In(Path);
        var result = new ContainerKey?[found.Count];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = mentions.Meant(Path, found[i]) is [var meant] ? meant : null;
        }

        return new MeantNames(result);
    }
}

/// <summary>The place that a name means; null where it means none, or several.</summary>
internal sealed record PlaceNamed(string Name) : Question
{
    public override object? Ask(StoryWorld world)
    {
        foreach (var name in (string[])[Name, "the " + Name, Name.StartsWith("the ", StringComparison.OrdinalIgnoreCase) ? Name[4..] : Name])
        {
            if (world.Snapshot.Resolve(name, "location") is { Kind: ResolutionKind.Resolved, Container: { } place })
            {
                return place.Key;
            }
        }

        return null;
    }
}

/// <summary>Whom names mean, compared one by one.</summary>
internal sealed class MeantNames(IReadOnlyList<ContainerKey?> keys) : IEquatable<MeantNames>
{
    /// <summary>Whom, in the order of the names.</summary>
    public IReadOnlyList<ContainerKey?> Keys { get; } = keys;

    public bool Equals(MeantNames? other) => other is not null && Keys.SequenceEqual(other.Keys);

    public override bool Equals(object? obj) => Equals(obj as MeantNames);

    public override int GetHashCode() => Keys.Count;
}

public sealed partial class StoryReading
{
    /// <summary>The names in the prose of the document that the rule looks at, in order, and whom each of them means.</summary>
    internal IReadOnlyList<NamedPlace> NamesIn(DocumentFacts document)
    {
        var meant = (MeantNames)Ask(new MeantIn(document.Path))!;
        var mentions = Snapshot.Mentions.In(document.Path);
        var result = new NamedPlace[Math.Min(mentions.Count, meant.Keys.Count)];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = new(mentions[i].Span, meant.Keys[i]);
        }

        return result;
    }

    /// <summary>The place that a name means; null where it means none, or several.</summary>
    internal StoryContainer? PlaceNamed(string name) => Find((ContainerKey?)Ask(new PlaceNamed(name)));

    /// <summary>A place and what it lies within, from the smaller to the larger one; the last is null where what it lies within is not known.</summary>
    internal IReadOnlyList<StoryContainer?> WithinOf(StoryContainer place)
    {
        var result = new List<StoryContainer?>();
        for (var at = place; at is not null && !result.Contains(at); at = Find(at.One("within")))
        {
            result.Add(at);
            if (at.Field("within") is not null && at.One("within") is null)
            {
                result.Add(null);
                break;
            }
        }

        return result;
    }
}
