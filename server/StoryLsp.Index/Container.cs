using StoryLsp.Language.Facts;

namespace StoryLsp.Index;

/// <summary>A container of a snapshot: its facts and the document that it stands in.</summary>
public sealed class Container(DocumentFacts document, ContainerFact fact)
{
    /// <summary>The document that it stands in.</summary>
    public DocumentFacts Document { get; } = document;

    /// <summary>What is known of it.</summary>
    public ContainerFact Fact { get; } = fact;

    /// <summary>Workspace-relative path of its document.</summary>
    public string Path => Document.Path;

    /// <summary>Which container it is, in this snapshot and in later ones.</summary>
    public ContainerKey Key => new(Path, Fact.Index);

    /// <summary>Its type.</summary>
    public string Type => Fact.Type;

    /// <summary>Its name.</summary>
    public string Name => Fact.Name;

    /// <summary>Whether it is the same container: the same place in the same document, perhaps of another snapshot.</summary>
    public bool IsSameAs(Container? other) =>
        other is not null && Path == other.Path && Fact.Index == other.Fact.Index;
}
