using StoryLsp.Index;
using StoryLsp.Language.Facts;

namespace StoryLsp.Continuity.Story;

/// <summary>The containers of a document as the story sees them.</summary>
internal sealed class StoryDocument
{
    private StoryDocument(IReadOnlyList<StoryContainer> containers) => Containers = containers;

    /// <summary>All containers of the document; the index of each is that in the facts.</summary>
    public IReadOnlyList<StoryContainer> Containers { get; }

    /// <summary>Reads a document; null when it holds no container.</summary>
    public static StoryDocument? Of(Snapshot snapshot, string path)
    {
        var containers = snapshot.ContainersIn(path);
        if (containers.Count == 0)
        {
            return null;
        }

        var references = References(snapshot, containers[0].Document, containers.Count);
        var result = new StoryContainer[containers.Count];
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = new(snapshot, containers[i], (IReadOnlyList<StoryReference>?)references[i] ?? []);
        }

        return new(result);
    }

    /// <summary>Whether the containers say the same, wherever they stand.</summary>
    public bool Means(StoryDocument other)
    {
        if (Containers.Count != other.Containers.Count)
        {
            return false;
        }

        for (var i = 0; i < Containers.Count; i++)
        {
            if (Containers[i].Meaning != other.Containers[i].Meaning)
            {
                return false;
            }
        }

        return true;
    }

    private static List<StoryReference>?[] References(Snapshot snapshot, DocumentFacts facts, int count)
    {
        var result = new List<StoryReference>?[count];
        foreach (var reference in facts.References)
        {
            if (reference.Container >= 0)
            {
                (result[reference.Container] ??= []).Add(new(reference.Field, snapshot.Resolve(reference, facts.Path).Container?.Key, reference.Text, reference.Span));
            }
        }

        return result;
    }
}
