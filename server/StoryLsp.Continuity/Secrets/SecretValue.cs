using StoryLsp.Continuity.Prose;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Continuity.Secrets;

/// <summary>A text that no model may read.</summary>
/// <param name="What">What it is, as <c>`trick` of Madder Red</c>; it may hold a name.</param>
/// <param name="Kind">What it is without any name, as <c>the secret field `trick` of a recipe</c>.</param>
/// <param name="Place">Where it is kept.</param>
internal sealed record SecretValue(string What, string Kind, RelatedPlace Place)
{
    /// <summary>From this weight on a part of it tells it: four words.</summary>
    public const int TellingWeight = 12;

    private const int TellingLetters = 5;
    private const int FewestLetters = 3;

    /// <summary>Its words, as stems.</summary>
    public required string[] Stems { get; init; }

    /// <summary>Its words.</summary>
    public required string[] Words { get; init; }

    private int[] Weights { get; init; } = [];

    // For each word: 0 says nothing by itself, 1 says something, 2 says much.
    private byte[] Says { get; init; } = [];

    /// <summary>Whether it is so short that only the whole of it tells it.</summary>
    public bool IsShort { get; private init; }

    /// <summary>Makes a value; null for what says nothing.</summary>
    public static SecretValue? Of(string text, WordSet small, string what, string kind, RelatedPlace place)
    {
        var words = WithoutArticles(PromptWord.Of(text), small);
        var letters = words.Sum(word => word.Stands ? 2 : word.Folded.Length);
        if (letters < FewestLetters)
        {
            return null;
        }

        var says = words.Select(word => SaysMuch(word, small)).ToArray();
        return Array.TrueForAll(says, much => much == 0) ? null : new(what, kind, place)
        {
            Stems = [.. words.Select(word => WordStem.Of(word.Folded))],
            Words = [.. words.Select(word => word.Folded)],
            Weights = [.. words.Select(word => word.Weight)],
            Says = says,
            IsShort = words.Sum(word => word.Weight) < TellingWeight,
        };
    }

    /// <summary>The end of the shortest part that begins at a word and tells the secret; -1 where none does.</summary>
    public int EndOfRun(int start)
    {
        var weight = 0;
        for (var end = start; end < Stems.Length; end++)
        {
            weight += Weights[end];
            if (weight >= TellingWeight)
            {
                return Says.AsSpan(start, end + 1 - start).IndexOfAnyExcept((byte)0) < 0 ? -1 : end + 1;
            }
        }

        return -1;
    }

    /// <summary>Whether nobody would write a part of it by chance.</summary>
    public bool IsPlain(int start, int end)
    {
        var part = Says.AsSpan(start, end - start);
        return IsShort || part.Contains((byte)2) || part.Length - part.Count((byte)0) > 1;
    }

    // `the poisoned knife` is the secret of `a poisoned knife` as well; one word alone keeps what stands before it, or every kitchen would be a secret.
    private static List<PromptWord> WithoutArticles(List<PromptWord> words, WordSet small)
    {
        var first = words.FindIndex(word => SaysMuch(word, small) > 0);
        return first > 0 && words.Count - first > 1 && words.Sum(word => word.Weight) < TellingWeight ? words[first..] : words;
    }

    private static byte SaysMuch(PromptWord word, WordSet small)
    {
        if (word.Stands)
        {
            return SecretLetters.IsKana(word.Folded[0]) ? (byte)0 : (byte)2;
        }

        return small.Contains(word.Folded) ? (byte)0 : word.Folded.Length >= TellingLetters ? (byte)2 : (byte)1;
    }
}
