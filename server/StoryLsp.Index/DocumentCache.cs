using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;

namespace StoryLsp.Index;

/// <summary>The parsed documents of the closed files that were asked for last. Safe for use by several threads.</summary>
internal sealed class DocumentCache
{
    private const int MostDocuments = 32;
    private const int MostCharacters = 4_000_000;

    private readonly Lock _gate = new();
    private readonly LinkedList<(DocumentFacts Facts, Document Document)> _entries = new();
    private int _characters;

    /// <summary>The document of these very facts, or null.</summary>
    public Document? Find(DocumentFacts facts)
    {
        lock (_gate)
        {
            for (var node = _entries.First; node is not null; node = node.Next)
            {
                if (ReferenceEquals(node.Value.Facts, facts))
                {
                    _entries.Remove(node);
                    _entries.AddFirst(node);
                    return node.Value.Document;
                }
            }

            return null;
        }
    }

    /// <summary>Keeps a document in the place of the one that was not asked for longest.</summary>
    public void Add(DocumentFacts facts, Document document)
    {
        lock (_gate)
        {
            _entries.AddFirst((facts, document));
            _characters += document.Text.Length;
            while (_entries.Count > 1 && (_entries.Count > MostDocuments || _characters > MostCharacters))
            {
                _characters -= _entries.Last!.Value.Document.Text.Length;
                _entries.RemoveLast();
            }
        }
    }
}
