using System.Runtime.InteropServices;
using StoryLsp.Language.Text;

namespace StoryLsp.Language.Mentions;

/// <summary>A word that prose writes with a capital.</summary>
/// <param name="Text">The word, in the spelling of its first use.</param>
/// <param name="Count">How often it stands there with a capital.</param>
/// <param name="Away">How often of these it stands away from the beginning of a sentence.</param>
public readonly record struct CapitalWord(string Text, int Count, int Away);

/// <summary>
/// What the prose of a document tells of words: those with capitals that may be names, and small ones that no dictionary has. It does not
/// depend on the names that the workspace knows.
/// </summary>
public sealed class ProseWords
{
    // Shorter words are too easily something else to be looked at one by one.
    private const int ShortestCapital = 3;
    private const int ShortestSmall = 4;

    private readonly uint[] _small;

    /// <summary>Makes them of their parts.</summary>
    /// <param name="capitals">Words with capitals, sorted by code units, each once.</param>
    /// <param name="small">Hashes of small words that no dictionary has, sorted, each once.</param>
    public ProseWords(IReadOnlyList<CapitalWord> capitals, uint[] small)
    {
        Capitals = capitals;
        _small = small;
    }

    /// <summary>No words.</summary>
    public static ProseWords None { get; } = new([], []);

    /// <summary>Words with capitals: all that no dictionary has, and of those that one has the ones away from the beginning of a sentence.</summary>
    public IReadOnlyList<CapitalWord> Capitals { get; }

    /// <summary>Hashes of the small words that no dictionary has, sorted.</summary>
    public IReadOnlyList<uint> Small => _small;

    /// <summary>Whether a word stands there in small letters. Only words that no dictionary has are known; now and then another one is taken for it.</summary>
    /// <param name="word">One word, in any case.</param>
    public bool HasSmall(ReadOnlySpan<char> word) => _small.Length > 0 && Array.BinarySearch(_small, WordList.ShortHashOf(word)) >= 0;

    /// <summary>Whether they are the same words.</summary>
    public bool IsSame(ProseWords other) =>
        ReferenceEquals(this, other) || (Capitals.SequenceEqual(other.Capitals) && _small.AsSpan().SequenceEqual(other._small));

    /// <summary>Reads the words of prose.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="prose">The stretches of prose, in order.</param>
    public static ProseWords Read(string text, IEnumerable<TextSpan> prose)
    {
        var reader = new Reader(text);
        foreach (var span in prose)
        {
            reader.Read(span.Start, Math.Min(span.End, text.Length));
        }

        return reader.Finish();
    }

    private sealed class Reader(string text)
    {
        // Nearly all words of prose are among few, and the table of all does not fit into a processor's cache.
        private const int Remembered = 8192;

        [ThreadStatic]
        private static ulong[]? _english;

        private readonly Dictionary<string, CapitalWord> _capitals = new(StringComparer.Ordinal);
        private readonly HashSet<uint> _small = [];
        private readonly ulong[] _known = _english ??= new ulong[Remembered];

        public void Read(int at, int end)
        {
            var kinds = Letters.Kinds;
            while (at < end)
            {
                if (kinds[text[at]] == 0 || !Word.BeginsAt(text, at))
                {
                    at++;
                    continue;
                }

                var word = Word.Read(text, at, end);
                at = word.End;
                if (word.Shape == WordShape.Lower)
                {
                    if (word.End - word.Start >= ShortestSmall)
                    {
                        AddSmall(word);
                    }
                }
                else if (word.Shape == WordShape.Capital && word.End - word.Start >= ShortestCapital)
                {
                    AddCapital(word);
                }
            }
        }

        public ProseWords Finish()
        {
            if (_capitals.Count + _small.Count == 0)
            {
                return None;
            }

            var capitals = _capitals.Values.ToArray();
            Array.Sort(capitals, static (a, b) => string.CompareOrdinal(a.Text, b.Text));
            var small = _small.ToArray();
            Array.Sort(small);
            return new(capitals, small);
        }

        private void AddSmall(in Word word)
        {
            if (!IsEnglish(word.Hash))
            {
                _small.Add(WordList.ShortHashOf(word.Hash));
            }
        }

        private bool IsEnglish(ulong hash)
        {
            ref var known = ref _known[(int)(hash >> 51)];
            if (known == hash)
            {
                return true;
            }

            if (!WordList.IsEnglish(hash))
            {
                return false;
            }

            known = hash;
            return true;
        }

        private void AddCapital(in Word word)
        {
            var begins = SentenceStart.IsAt(text, word.Start);
            if (begins && IsEnglish(word.Hash))
            {
                return;
            }

            var written = text.AsSpan(word.Start, word.End - word.Start);
            if (written.ContainsAnyInRange('0', '9'))
            {
                return;
            }

            ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_capitals.GetAlternateLookup<ReadOnlySpan<char>>(), written, out var exists);
            known = exists ? known with { Count = known.Count + 1, Away = known.Away + (begins ? 0 : 1) } : new(written.ToString(), 1, begins ? 0 : 1);
        }
    }
}
