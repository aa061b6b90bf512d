using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Language.Mentions;

/// <summary>The single words of names, compared as mentions are: without case and accents.</summary>
public static class NameWords
{
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

    /// <summary>How many words a stretch of text has. A sign of a script without spaces is a word.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="span">The stretch.</param>
    public static int Count(string text, TextSpan span) => In(text, span).Count();

    /// <summary>Whether a stretch of text has any of some words.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="span">The stretch.</param>
    /// <param name="folded">The words, folded.</param>
    public static bool AnyIn(string text, TextSpan span, HashSet<string> folded) =>
        In(text, span).Any(word => folded.Contains(Word.Fold(text.AsSpan(word.Start, word.Length))));

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
