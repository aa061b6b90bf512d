using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Mentions;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Rename;

/// <summary>
/// Given and family names beside another capital, which are no mentions because the two together may be somebody else: Deputy Sayles, Vane Street. Where
/// nobody else has such a name, a person is asked.
/// </summary>
internal sealed class WordsBesideCapitals
{
    private readonly Snapshot _snapshot;
    private readonly List<string> _words;

    public WordsBesideCapitals(Snapshot snapshot, Container container, RenamedForms forms)
    {
        _snapshot = snapshot;
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
        foreach (var prose in _words.Count == 0 ? [] : facts.Prose)
        {
            foreach (var word in _words)
            {
                for (var at = Next(text.Text, word, prose.Span.Start, prose.Span.End); at >= 0; at = Next(text.Text, word, at + word.Length, prose.Span.End))
                {
                    var span = new TextSpan(at, word.Length);
                    if (IsBesideCapital(text.Text, span) && !_snapshot.Mentions.In(facts.Path).Any(mention => mention.Span.Overlaps(span)) && !facts.Links.Any(link => link.Span.Overlaps(span)))
                    {
                        yield return span;
                    }
                }
            }
        }
    }

    private static int Next(string text, string word, int from, int end)
    {
        end = Math.Min(end, text.Length);
        return from < end ? text.IndexOf(word, from, end - from, StringComparison.Ordinal) : -1;
    }

    private static bool IsBesideCapital(string text, TextSpan span)
    {
        var isWord = (span.Start == 0 || !char.IsLetterOrDigit(text[span.Start - 1])) && (span.End == text.Length || !char.IsLetterOrDigit(text[span.End]));
        return isWord && (IsCapitalAfter(text, span.End) || IsCapitalBefore(text, span.Start));
    }

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
