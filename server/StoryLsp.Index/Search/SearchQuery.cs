using System.Text;
using StoryLsp.Language.Text;

namespace StoryLsp.Index.Search;

/// <summary>
/// What a person typed into a search field: words that must all be there, phrases in quotes, and an unfinished last word. Whatever
/// signs are in it, it is never wrong.
/// </summary>
internal sealed class SearchQuery
{
    private const int ShortestPrefix = 2;

    private readonly List<Unit> _units = [];

    /// <summary>Reads a query.</summary>
    public static SearchQuery Parse(string text)
    {
        var result = new SearchQuery();
        var parts = text.Replace('\u201C', '"').Replace('\u201D', '"').Split('"');
        for (var i = 0; i < parts.Length; i++)
        {
            // Between the first and second quote, the third and fourth, … is a phrase; so is what follows a quote that is not closed.
            if (i % 2 == 1)
            {
                result.Add(parts[i], isPrefix: false);
                continue;
            }

            foreach (var word in parts[i].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            {
                // A hyphen or an apostrophe inside of a word makes it a phrase of its parts.
                result.Add(word, word.EndsWith('*'));
            }

            if (i == parts.Length - 1 && parts[i].Length > 0 && !char.IsWhiteSpace(parts[i][^1]) && result._units is [.., var last])
            {
                result._units[^1] = last with { IsPrefix = last.IsPrefix || last.Words[^1].Length >= ShortestPrefix };
            }
        }

        return result;
    }

    /// <summary>Whether there is nothing to look for.</summary>
    public bool IsEmpty => _units.Count == 0;

    /// <summary>The number of words and phrases.</summary>
    public int Count => _units.Count;

    /// <summary>Whether SQLite cuts the words of the query as we do, so that it may choose the files.</summary>
    public bool SuitsFullText => !_units.Exists(unit => unit.Words.Exists(word => word.EnumerateRunes().Any(SearchTokens.HasNoSpaces)));

    /// <summary>The query in the language of FTS5.</summary>
    public string ToFullText()
    {
        var result = new StringBuilder();
        foreach (var unit in _units)
        {
            result.Append(result.Length > 0 ? " AND " : "").Append('"').AppendJoin(' ', unit.Words).Append('"').Append(unit.IsPrefix ? " *" : "");
        }

        return result.ToString();
    }

    /// <summary>Where each word and phrase stands in a text; empty when one of them is nowhere.</summary>
    public List<SearchMatch> Match(string text)
    {
        var tokens = SearchTokens.Of(text).ToList();
        var result = new List<SearchMatch>();
        for (var i = 0; i < _units.Count; i++)
        {
            var before = result.Count;
            AddMatches(i, tokens, result);
            if (result.Count == before)
            {
                return [];
            }
        }

        return result;
    }

    private void AddMatches(int number, List<SearchToken> tokens, List<SearchMatch> result)
    {
        var unit = _units[number];
        for (var at = 0; at + unit.Words.Count <= tokens.Count; at++)
        {
            if (unit.MatchesAt(tokens, at, out var isExact))
            {
                result.Add(new(number, TextSpan.FromBounds(tokens[at].Span.Start, tokens[at + unit.Words.Count - 1].Span.End), isExact));
            }
        }
    }

    private void Add(string text, bool isPrefix)
    {
        var words = SearchTokens.Of(text).Select(token => token.Folded).Where(word => word.Length > 0).ToList();
        if (words.Count > 0)
        {
            _units.Add(new(words, isPrefix));
        }
    }

    private sealed record Unit(List<string> Words, bool IsPrefix)
    {
        public bool MatchesAt(List<SearchToken> tokens, int at, out bool isExact)
        {
            isExact = true;
            for (var i = 0; i < Words.Count; i++)
            {
                if (tokens[at + i].Folded == Words[i])
                {
                    continue;
                }

                isExact = false;
                if (!IsPrefix || i < Words.Count - 1 || !tokens[at + i].Folded.StartsWith(Words[i], StringComparison.Ordinal))
                {
                    return false;
                }
            }

            return true;
        }
    }
}

/// <summary>A place where a word or phrase of a query stands.</summary>
/// <param name="Unit">Which of them.</param>
/// <param name="Span">Where, in UTF-16 code units.</param>
/// <param name="IsExact">Whether it is the whole word, and not its beginning alone.</param>
internal readonly record struct SearchMatch(int Unit, TextSpan Span, bool IsExact);
