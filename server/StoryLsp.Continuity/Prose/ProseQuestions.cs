using StoryLsp.Continuity.Prose;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

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

        var links = world.Snapshot.Facts(Path) is { } facts ? NamesInLinks.Of(facts).Select(link => world.Snapshot.ResolveLink(link.Link, Path).Container?.Key) : [];
        return new MeantNames([.. result, .. links]);
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

/// <summary>The wikilinks that show a text of their own: it is prose, and names what the link leads to.</summary>
internal static class NamesInLinks
{
    /// <summary>The links of a document, and what each of them shows, in order.</summary>
    public static IReadOnlyList<(LinkFact Link, TextSpan Span)> Of(DocumentFacts document)
    {
        if (document.Links.Count == 0)
        {
            return [];
        }

        var result = new List<(LinkFact, TextSpan)>();
        var prose = 0;
        foreach (var link in document.Links.Where(link => link.Kind == LinkKind.Wikilink && link.Target.Length > 0).OrderBy(link => link.Span.Start))
        {
            var shown = link.Shown is null ? link.TargetSpan : link.ShownSpan;
            while (prose < document.Prose.Count && document.Prose[prose].Span.End <= shown.Start)
            {
                prose++;
            }

            if (prose < document.Prose.Count && document.Prose[prose].Span.Contains(shown.Start))
            {
                result.Add((link, shown));
            }
        }

        return result;
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
        var links = NamesInLinks.Of(document);
        var result = new List<NamedPlace>(meant.Keys.Count);
        for (var i = 0; i < Math.Min(mentions.Count + links.Count, meant.Keys.Count); i++)
        {
            result.Add(new(i < mentions.Count ? mentions[i].Span : links[i - mentions.Count].Span, meant.Keys[i]));
        }

        if (links.Count > 0)
        {
            result.Sort((a, b) => a.Span.Start.CompareTo(b.Span.Start));
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
