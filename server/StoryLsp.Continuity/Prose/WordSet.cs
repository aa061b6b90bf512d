namespace StoryLsp.Continuity.Prose;

/// <summary>A closed list of words, whatever their case.</summary>
internal sealed class WordSet
{
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _words;

    /// <summary>Makes a list of words with white space between them.</summary>
    public WordSet(string words) =>
        _words = new HashSet<string>(words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries), StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether a word is in the list.</summary>
    public bool Contains(ReadOnlySpan<char> word) => _words.Contains(word);
}
