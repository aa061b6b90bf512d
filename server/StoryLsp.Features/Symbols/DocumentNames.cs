using System.Runtime.CompilerServices;
using StoryLsp.Language.Facts;

namespace StoryLsp.Features.Symbols;

/// <summary>
/// The letters of the names that a document has, counted once for each version of its facts: most documents have none that fits what was typed, and are passed over by a
/// comparison of two numbers.
/// </summary>
internal sealed class DocumentNames
{
    private static readonly ConditionalWeakTable<DocumentFacts, DocumentNames> Known = [];

    private DocumentNames(DocumentFacts facts)
    {
        Containers = [.. facts.Containers.Select(OfContainer)];
        Headings = [.. facts.Headings.Select(heading => LetterSet.OfName(heading.Text))];
    }

    /// <summary>For each container the letters of its name, its id and its aliases together.</summary>
    public ulong[] Containers { get; }

    /// <summary>For each heading its letters.</summary>
    public ulong[] Headings { get; }

    /// <summary>The names of a document; kept as long as its facts are.</summary>
    public static DocumentNames Of(DocumentFacts facts) => Known.GetValue(facts, static facts => new DocumentNames(facts));

    private static ulong OfContainer(ContainerFact container)
    {
        var letters = LetterSet.OfName(container.Name) | LetterSet.OfName(container.Id);
        foreach (var alias in container.Aliases)
        {
            letters |= LetterSet.OfName(alias.Text);
        }

        return letters;
    }
}
