namespace StoryLsp.Language.Mentions;

/// <summary>The words of English (see <c>Words/README.md</c>), as sorted hashes of their folded letters.</summary>
public sealed class WordList
{
    private static readonly Lazy<WordList> LazyCommon = new(() => Load("en-common"));
    private static readonly Lazy<WordList> LazyOther = new(() => Load("en-other"));
    private static readonly Lazy<WordList> LazyProper = new(() => Load("en-proper"));

    private readonly ulong[] _hashes;

    private WordList(ulong[] hashes) => _hashes = hashes;

    /// <summary>Words that every writer uses.</summary>
    public static WordList Common => LazyCommon.Value;

    /// <summary>The other words of a desk dictionary.</summary>
    public static WordList Other => LazyOther.Value;

    /// <summary>Names of people, places and peoples that everybody knows, days and months.</summary>
    public static WordList Proper => LazyProper.Value;

    /// <summary>Whether a dictionary has the word, whatever its case.</summary>
    /// <param name="word">One word.</param>
    public static bool IsEnglish(ReadOnlySpan<char> word) => Common.Contains(word) || Other.Contains(word);

    /// <summary>Whether the list has the word, whatever its case and accents.</summary>
    /// <param name="word">One word.</param>
    public bool Contains(ReadOnlySpan<char> word) => word.Length > 0 && Array.BinarySearch(_hashes, HashOf(word)) >= 0;

    private static ulong HashOf(ReadOnlySpan<char> word)
    {
        var hash = 0xCBF29CE484222325UL;
        foreach (var unit in word)
        {
            var kind = Letters.Kinds[unit];
            if ((kind & Letters.Double) != 0)
            {
                var letters = Letters.Expansion(unit);
                hash = Mix(Mix(hash, letters[0]), letters[1]);
            }
            else if ((kind & Letters.Silent) == 0)
            {
                hash = Mix(hash, Letters.Folded[unit]);
            }
        }

        return hash;
    }

    private static ulong Mix(ulong hash, char unit) => (hash ^ unit) * 0x9E3779B97F4A7C15;

    private static WordList Load(string name)
    {
        using var stream = typeof(WordList).Assembly.GetManifestResourceStream("words/" + name + ".txt");
        if (stream is null)
        {
            return new([]);
        }

        using var reader = new StreamReader(stream);
        var hashes = new List<ulong>(50_000);
        while (reader.ReadLine() is { } line)
        {
            hashes.Add(HashOf(line));
        }

        hashes.Sort();
        return new([.. hashes]);
    }
}
