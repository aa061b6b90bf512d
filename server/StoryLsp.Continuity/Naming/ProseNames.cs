using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Index.Mentions;
using StoryLsp.Language.Facts;

namespace StoryLsp.Continuity.Naming;

/// <summary>A mention, and what it names by the scene that it stands in.</summary>
/// <param name="Mention">The mention.</param>
/// <param name="Meant">What it names; several where nothing decides.</param>
internal readonly record struct NamedPlace(ContainerMention Mention, IReadOnlyList<ContainerKey> Meant)
{
    /// <summary>The one container that is meant; null where there are several.</summary>
    public ContainerKey? One => Meant.Count == 1 ? Meant[0] : null;
}

/// <summary>Who is named where in the prose of the document that a rule looks at. It changes when the names of the workspace do.</summary>
internal sealed record NamesInProse(string Path) : Question
{
    /// <summary>Asks.</summary>
    public static IReadOnlyList<NamedPlace> Of(StoryReading story, DocumentFacts document) =>
        document.Prose.Count == 0 ? [] : ((NamedPlaces)story.Ask(new NamesInProse(document.Path))!).Places;

    public override object? Ask(StoryWorld world)
    {
        var mentions = world.Snapshot.Mentions;
        return new NamedPlaces(mentions.In(Path), mention => mentions.Meant(Path, mention));
    }
}

/// <summary>Mentions that are equal to others when they stand at the same places and mean the same.</summary>
internal sealed class NamedPlaces : IEquatable<NamedPlaces>
{
    private readonly IReadOnlyList<ContainerMention> _mentions;
    private readonly NamedPlace[] _places;
    private readonly bool _isPlain;

    public NamedPlaces(IReadOnlyList<ContainerMention> mentions, Func<ContainerMention, IReadOnlyList<ContainerKey>> meant)
    {
        _mentions = mentions;
        _places = new NamedPlace[mentions.Count];
        _isPlain = true;
        for (var i = 0; i < _places.Length; i++)
        {
            _isPlain &= mentions[i].Candidates.Count == 1;
            _places[i] = new(mentions[i], mentions[i].Candidates.Count == 1 ? mentions[i].Candidates : meant(mentions[i]));
        }
    }

    public IReadOnlyList<NamedPlace> Places => _places;

    public bool Equals(NamedPlaces? other)
    {
        if (other is null || other._places.Length != _places.Length)
        {
            return false;
        }

        if (_isPlain && ReferenceEquals(other._mentions, _mentions))
        {
            return true;
        }

        for (var i = 0; i < _places.Length; i++)
        {
            var (mine, theirs) = (_places[i], other._places[i]);
            if (mine.Mention.Span != theirs.Mention.Span || mine.Mention.Form != theirs.Mention.Form || mine.Mention.Owner != theirs.Mention.Owner ||
                !mine.Meant.SequenceEqual(theirs.Meant) || !mine.Mention.Candidates.SequenceEqual(theirs.Mention.Candidates))
            {
                return false;
            }
        }

        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as NamedPlaces);

    public override int GetHashCode() => _places.Length;
}
