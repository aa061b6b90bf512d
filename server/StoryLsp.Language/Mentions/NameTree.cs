using System.Numerics;

namespace StoryLsp.Language.Mentions;

/// <summary>
/// All names as a tree of words, each word a number. What it costs to go along a text does not depend on how many names there are: a word is
/// looked up once, and the tree is entered only where a name begins. (Aho and Corasick's automaton does the same over letters; over words it
/// needs no ways back, since a name that fails is tried anew from the next word and names are short.)
/// </summary>
internal sealed class NameTree
{
    /// <summary>The node where every name begins.</summary>
    public const int Root = 0;

    private readonly ulong[] _hashes;
    private readonly int[] _words;
    private readonly int _shift;

    // A bit for each hash, small enough for a processor's cache: nearly every word of a text ends here.
    private readonly ulong[] _maybe;
    private readonly string[] _folded;
    private readonly Dictionary<long, int> _edges;
    private readonly NameEntry[][] _entries;

    /// <summary>Makes the tree of its parts.</summary>
    /// <param name="words">Folded words; a word's number is its index, and number 0 is no word.</param>
    /// <param name="hashes">The hash of each word, as <see cref="Word.Read"/> gives it.</param>
    /// <param name="edges">From a node over a gap and a word to a node, by <see cref="EdgeKey"/>.</param>
    /// <param name="entries">For each node the names that end there.</param>
    public NameTree(string[] words, ulong[] hashes, Dictionary<long, int> edges, NameEntry[][] entries)
    {
        _folded = words;
        _edges = edges;
        _entries = entries;
        var capacity = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, words.Length * 4));
        _shift = 64 - BitOperations.Log2((uint)capacity);
        _hashes = new ulong[capacity];
        _words = new int[capacity];
        _maybe = new ulong[Math.Max(1, capacity * 4 / 64)];
        for (var word = 1; word < words.Length; word++)
        {
            var at = Slot(hashes[word]);
            while (_words[at] != 0)
            {
                at = (at + 1) & (capacity - 1);
            }

            _maybe[MaybeSlot(hashes[word])] |= MaybeBit(hashes[word]);
            _hashes[at] = hashes[word];
            _words[at] = word;
        }
    }

    /// <summary>The key of an edge.</summary>
    public static long EdgeKey(int node, GapKind gap, int word) => ((long)node << 32) | ((long)gap << 27) | (uint)word;

    /// <summary>The number of a word of a text; 0 when no name has it.</summary>
    public int Find(string text, in Word word)
    {
        if ((_maybe[MaybeSlot(word.Hash)] & MaybeBit(word.Hash)) == 0)
        {
            return 0;
        }

        var at = Slot(word.Hash);
        while (_words[at] is not 0 and var number)
        {
            if (_hashes[at] == word.Hash && Word.Matches(_folded[number], text.AsSpan(word.Start, word.End - word.Start)))
            {
                return number;
            }

            at = (at + 1) & (_words.Length - 1);
        }

        return 0;
    }

    /// <summary>The node that a word leads to; -1 when no name goes on with it.</summary>
    public int Next(int node, GapKind gap, int word) => _edges.GetValueOrDefault(EdgeKey(node, gap, word), -1);

    /// <summary>The names that end at a node.</summary>
    public NameEntry[] EntriesAt(int node) => _entries[node];

    /// <summary>The folded letters of a word's number.</summary>
    public string FoldedOf(int word) => _folded[word];

    /// <summary>For each word whether it is a title, and whose.</summary>
    public Gender?[] TitlesByWord() => [.. _folded.Select(word => Honorific.TryGet(word, out var gender) ? gender : (Gender?)null)];

    /// <summary>Everybody who has a name in the tree.</summary>
    public IEnumerable<int> Owners() => _entries.SelectMany(entries => entries).Select(entry => entry.Owner).Distinct();

    private static ulong MaybeBit(ulong hash) => 1UL << (int)(hash >> 58);

    private int MaybeSlot(ulong hash) => (int)(hash >> 32) & (_maybe.Length - 1);

    private int Slot(ulong hash) => (int)((hash * 0x9E3779B97F4A7C15) >> _shift);
}
