using StoryLsp.Language.Facts;

namespace StoryLsp.Index;

/// <summary>A document of a snapshot with its containers.</summary>
internal sealed class DocumentEntry
{
    public DocumentEntry(DocumentFacts facts, long stamp)
    {
        Facts = facts;
        Stamp = stamp;
        Containers = new Container[facts.Containers.Count];
        for (var i = 0; i < Containers.Length; i++)
        {
            Containers[i] = new Container(facts, facts.Containers[i]);
        }
    }

    private DocumentEntry(DocumentEntry entry, long stamp)
    {
        Facts = entry.Facts;
        Containers = entry.Containers;
        Stamp = stamp;
    }

    public DocumentFacts Facts { get; }

    public Container[] Containers { get; }

    /// <summary>The version of the snapshot in which anything last changed that this document's findings depend on.</summary>
    public long Stamp { get; }

    public DocumentEntry At(long stamp) => new(this, stamp);
}

/// <summary>A container under one of its names.</summary>
internal readonly record struct NamedContainer(Container Container, NameRank Rank, string Text);
