namespace StoryLsp.Language.Mentions;

/// <summary>The words of English (see <c>Words/README.md</c>), as hashes of their folded letters.</summary>
public sealed class WordList
{
    private static readonly Lazy<WordList> LazyCommon = new(() => Load("en-common"));
    private static readonly Lazy<WordList> LazyEnglish = new(() => Load("en-common", "en-other"));
    private static readonly Lazy<WordList> LazyProper = new(() => Load("en-proper"));

    // An open table: a word is found with one look, or two.
    private readonly ulong[] _table;

    private WordList(List<ulong> hashes)
    {
        _table = new ulong[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, hashes.Count * 2))];
        foreach (var hash in hashes)
        {
            var at = Slot(hash);
            while (_table[at] != 0)
            {
                at = (at + 1) & (_table.Length - 1);
            }

            _table[at] = hash;
        }
    }

    /// <summary>Words that every writer uses.</summary>
    public static WordList Common => LazyCommon.Value;

    /// <summary>The words of a desk dictionary.</summary>
    public static WordList English => LazyEnglish.Value;

    /// <summary>Names of people, places and peoples that everybody knows, days and months.</summary>
    public static WordList Proper => LazyProper.Value;

    /// <summary>Whether a dictionary has the word, whatever its case.</summary>
    /// <param name="word">One word.</param>
    public static bool IsEnglish(ReadOnlySpan<char> word) => IsEnglish(HashOf(word));

    /// <summary>Whether the list has the word, whatever its case and accents.</summary>
    /// <param name="word">One word.</param>
    public bool Contains(ReadOnlySpan<char> word) => word.Length > 0 && Contains(HashOf(word));

    /// <summary>Whether a dictionary has the word of a hash, as <see cref="Word.Read"/> gives it.</summary>
    internal static bool IsEnglish(ulong hash) => English.Contains(hash);

    /// <summary>A hash for sets that may be wrong now and then.</summary>
    internal static uint ShortHashOf(ReadOnlySpan<char> word) => ShortHashOf(HashOf(word));

    /// <summary>A hash for sets that may be wrong now and then, of the whole hash of a word.</summary>
    internal static uint ShortHashOf(ulong hash) => (uint)(hash >> 32);

    private static ulong HashOf(ReadOnlySpan<char> word)
    {
        var hash = Word.Seed;
        foreach (var unit in word)
        {
            var kind = Letters.Kinds[unit];
            if ((kind & Letters.Double) != 0)
            {
                var letters = Letters.Expansion(unit);
                hash = Word.Mix(Word.Mix(hash, letters[0]), letters[1]);
            }
            else if ((kind & Letters.Silent) == 0)
            {
                hash = Word.Mix(hash, Letters.Folded[unit]);
            }
        }

        return hash;
    }

    private static WordList Load(params string[] names)
    {
        var hashes = new List<ulong>(50_000);
        foreach (var name in names)
        {
            using var stream = typeof(WordList).Assembly.GetManifestResourceStream("words/" + name + ".txt");
            if (stream is not null)
            {
                using var reader = new StreamReader(stream);
                while (reader.ReadLine() is { } line)
                {
                    hashes.Add(HashOf(line));
                }
            }
        }

        return new(hashes);
    }

    private bool Contains(ulong hash)
    {
        for (var at = Slot(hash); _table[at] is not 0 and var known; at = (at + 1) & (_table.Length - 1))
        {
            if (known == hash)
            {
                return true;
            }
        }

        return false;
    }

    private int Slot(ulong hash) => (int)(hash >> 40) & (_table.Length - 1);
}
