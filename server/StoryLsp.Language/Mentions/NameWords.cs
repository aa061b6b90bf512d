using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Language.Mentions;

/// <summary>The single words of names, compared as mentions are: without case and accents.</summary>
public static class NameWords
{
    private static readonly string[] PeopleEndings = ["man", "men", "woman", "women"];

    /// <summary>The folded words of a container's name and aliases that tell it from others: no articles, no titles.</summary>
    /// <param name="container">The container.</param>
    public static HashSet<string> Of(ContainerFact container)
    {
        var result = new HashSet<string>(StringComparer.Ordinal);
        Add(result, container.Name);
        foreach (var alias in container.Aliases)
        {
            Add(result, alias.Text);
        }

        return result;
    }

    /// <summary>The letters of a word without case and accents.</summary>
    /// <param name="word">One word.</param>
    public static string Fold(ReadOnlySpan<char> word) => Word.Fold(word);

    /// <summary>Whether a small word is one that joins names in another language than English: de, von.</summary>
    /// <param name="word">One word.</param>
    public static bool IsParticle(ReadOnlySpan<char> word) => word is "de" or "la" or "le" or "les" or "des" or "du" or "di" or "del" or "der" or "von" or "van" or "den" or "au" or "et" or "y" or "e";

    /// <summary>Whether a word with a capital is a title, a month, a day, a people, a language or a faith, and nobody whom a story would have a note of.</summary>
    /// <param name="word">One word.</param>
    public static bool IsNoPersonOrPlace(string word)
    {
        var folded = Word.Fold(word);
        foreach (var ending in PeopleEndings)
        {
            if (folded.Length > ending.Length + 3 && folded.EndsWith(ending, StringComparison.Ordinal) && WordList.Proper.Contains(folded.AsSpan(0, folded.Length - ending.Length)))
            {
                return true;
            }
        }

        return Honorific.TryGet(folded, out _) || FunctionWords.IsCalendar(folded) || FunctionWords.IsFaith(folded) ||
            (WordList.Proper.Contains(word) && (folded.EndsWith("ian", StringComparison.Ordinal) || folded.EndsWith("ish", StringComparison.Ordinal) ||
                folded.EndsWith("ese", StringComparison.Ordinal) || folded.EndsWith("ans", StringComparison.Ordinal) || folded.EndsWith("ism", StringComparison.Ordinal)));
    }

    /// <summary>Whether a word stands before a person's name: Mrs, Captain.</summary>
    /// <param name="word">One word.</param>
    public static bool IsTitle(ReadOnlySpan<char> word) => Honorific.TryGet(Word.Fold(word), out _);

    /// <summary>Whether a word is a given name that is nearly always a person's.</summary>
    /// <param name="word">One word.</param>
    public static bool IsGivenName(string word) => GivenNames.GenderOf(word) != Gender.Unknown;

    /// <summary>What a person is called by those who know them: the given name; else what is left of the name without its titles.</summary>
    /// <param name="name">A person's name.</param>
    public static string CallName(string name) => PersonName.Of(name).Parts is [var first, ..] ? first : name;

    /// <summary>The words of a stretch of text as spans, in order.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="span">The stretch.</param>
    public static IEnumerable<TextSpan> In(string text, TextSpan span)
    {
        var at = span.Start;
        var end = Math.Min(span.End, text.Length);
        while (at < end)
        {
            if (!Word.BeginsAt(text, at))
            {
                at++;
                continue;
            }

            var word = Word.Read(text, at, end);
            yield return TextSpan.FromBounds(word.Start, word.End);
            at = word.End;
        }
    }

    /// <summary>Counts the words of a stretch of text, and takes out of a map whoever has one of them in a name. A sign of a script without spaces is a word.</summary>
    /// <typeparam name="T">Whoever has names.</typeparam>
    /// <param name="text">The whole text.</param>
    /// <param name="span">The stretch.</param>
    /// <param name="waiting">Whoever is looked for, with the words of their names from <see cref="Of"/>; those that are found are taken out.</param>
    /// <param name="others">What names somebody else, in order: its words are counted, and nobody is found by them.</param>
    public static int Count<T>(string text, TextSpan span, Dictionary<T, HashSet<string>> waiting, IReadOnlyList<TextSpan> others)
        where T : notnull
    {
        var hashes = new Dictionary<ulong, List<T>>();
        foreach (var (one, words) in waiting)
        {
            foreach (var word in words)
            {
                var hash = Word.Read(word, 0, word.Length).Hash;
                (hashes.TryGetValue(hash, out var list) ? list : hashes[hash] = []).Add(one);
            }
        }

        var count = 0;
        var other = 0;
        var at = span.Start;
        var end = Math.Min(span.End, text.Length);
        while (at < end)
        {
            if (!Word.BeginsAt(text, at))
            {
                at++;
                continue;
            }

            var word = Word.Read(text, at, end);
            at = word.End;
            count++;
            while (other < others.Count && others[other].End <= word.Start)
            {
                other++;
            }

            if (other < others.Count && others[other].Start <= word.Start)
            {
                continue;
            }

            if (hashes.Count > 0 && hashes.TryGetValue(word.Hash, out var found))
            {
                found.ForEach(one => waiting.Remove(one));
                hashes.Remove(word.Hash);
            }
        }

        return count;
    }

    private static void Add(HashSet<string> words, string name)
    {
        foreach (var span in In(name, new TextSpan(0, name.Length)))
        {
            var word = Word.Fold(name.AsSpan(span.Start, span.Length));
            if (!FunctionWords.IsOne(word) && !FunctionWords.IsNoName(word) && !Honorific.TryGet(word, out _))
            {
                words.Add(word);
            }
        }
    }
}
