using System.Buffers;
using System.Collections.Frozen;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Mentions;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Rename;

/// <summary>
/// Given and family names which are no mentions: beside another capital, because the two together may be somebody else (Deputy Sayles, Vane Street), or words of the language
/// where a sentence begins (Rose went). Where nobody else has such a name, a person is asked.
/// </summary>
internal sealed class WordsBesideCapitals
{
    // Who is called Will is not asked for where a sentence asks: Will you?
    private static readonly FrozenSet<string> AsWords = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase, "i", "you", "he", "she", "it", "we", "they", "me", "him", "her", "us", "them", "the", "a", "an", "this", "that", "these", "those", "my", "your", "his", "its", "our", "their", "there", "all", "no", "of");

    private static readonly SearchValues<char> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    private readonly Snapshot _snapshot;
    private readonly Container _container;
    private readonly List<string> _words;

    public WordsBesideCapitals(Snapshot snapshot, Container container, RenamedForms forms)
    {
        _snapshot = snapshot;
        _container = container;
        var words = forms.Words.ToList();
        if (words.Count > 0)
        {
            var others = snapshot.Containers.Where(other => !other.IsSameAs(container) && snapshot.Mentions.IsNamed(other))
                .SelectMany(other => other.Fact.Aliases.Select(alias => alias.Text).Prepend(other.Name)).SelectMany(name => name.Split(' ')).ToHashSet(StringComparer.OrdinalIgnoreCase);
            words.RemoveAll(others.Contains);
        }

        _words = words;
    }

    /// <summary>Whether a word is the given or the family name, and nobody else's.</summary>
    public bool IsOnlyHere(string word) => _words.Contains(word, StringComparer.OrdinalIgnoreCase);

    /// <summary>The places in the prose of a document.</summary>
    public IEnumerable<TextSpan> In(DocumentFacts facts, SourceText text)
    {
        var present = new Dictionary<int, bool>();
        var taken = _words.Count == 0 ? [] : _snapshot.Mentions.In(facts.Path).Select(mention => mention.Span).Concat(facts.Links.Select(link => link.Span)).OrderBy(span => span.Start).ToList();
        foreach (var prose in _words.Count == 0 ? [] : facts.Prose)
        {
            foreach (var word in _words)
            {
                for (var at = Next(text.Text, word, prose.Span.Start, prose.Span.End); at >= 0; at = Next(text.Text, word, at + word.Length, prose.Span.End))
                {
                    var span = new TextSpan(at, word.Length);
                    if (IsWord(text.Text, span) && (IsBesideCapital(text.Text, span) || (MayBeginSentence(text.Text, span) && IsPresent(prose.Container))) && !IsIn(taken, span))
                    {
                        yield return span;
                    }
                }
            }
        }

        // Where its owner is not, the word is a word.
        bool IsPresent(int container)
        {
            if (!present.TryGetValue(container, out var known))
            {
                known = facts.References.Any(reference => reference.Container == container && _snapshot.Resolve(reference, facts.Path).Container?.IsSameAs(_container) == true) ||
                    _snapshot.Mentions.In(facts.Path).Any(mention => mention.Owner == container && _snapshot.Mentions.Meant(facts.Path, mention) is [var meant] && meant == _container.Key);
                present.Add(container, known);
            }

            return known;
        }
    }

    // The mentions and links are apart from each other.
    private static bool IsIn(List<TextSpan> taken, TextSpan span)
    {
        var (low, high) = (0, taken.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = taken[middle].End <= span.Start ? (middle + 1, high) : (low, middle);
        }

        return low < taken.Count && taken[low].Overlaps(span);
    }

    private static bool MayBeginSentence(string text, TextSpan span)
    {
        var next = text.AsSpan(span.End).TrimStart(" \n\r");
        var length = next.IndexOfAnyExcept(Letters);
        return SentenceStart.IsAt(text, span.Start) && !AsWords.Contains(next[..(length < 0 ? next.Length : length)].ToString());
    }

    private static int Next(string text, string word, int from, int end)
    {
        end = Math.Min(end, text.Length);
        return from < end ? text.IndexOf(word, from, end - from, StringComparison.Ordinal) : -1;
    }

    private static bool IsWord(string text, TextSpan span) => (span.Start == 0 || !char.IsLetterOrDigit(text[span.Start - 1])) && (span.End == text.Length || !char.IsLetterOrDigit(text[span.End]));

    private static bool IsBesideCapital(string text, TextSpan span) => IsCapitalAfter(text, span.End) || IsCapitalBefore(text, span.Start);

    private static bool IsCapitalAfter(string text, int at) => at + 1 < text.Length && text[at] is ' ' or '\n' && char.IsUpper(text[at + 1]);

    private static bool IsCapitalBefore(string text, int at)
    {
        if (at < 2 || text[at - 1] is not (' ' or '\n'))
        {
            return false;
        }

        var start = at - 1;
        while (start > 0 && (char.IsLetter(text[start - 1]) || text[start - 1] == '.'))
        {
            start--;
        }

        return start < at - 1 && char.IsUpper(text[start]);
    }
}
