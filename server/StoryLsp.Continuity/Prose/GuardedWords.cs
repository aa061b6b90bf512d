using System.Buffers;
using StoryLsp.Index;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Prose;

/// <summary>Words that give a fact away.</summary>
/// <param name="Fact">The fact.</param>
/// <param name="Until">The scene before which the reader must not learn it.</param>
/// <param name="Text">The words, as they are written.</param>
/// <param name="Field"><c>terms</c> or <c>statement</c>.</param>
internal sealed record GuardedWord(ContainerKey Fact, ContainerKey Until, string Text, string Field);

/// <summary>
/// The words of all facts that the reader must not learn too early, found in one pass over a text: the first words of all of them are looked for
/// together, and what follows one is compared.
/// </summary>
internal sealed class GuardedWords
{
    private readonly Dictionary<string, List<GuardedWord>>.AlternateLookup<ReadOnlySpan<char>> _byFirst;
    private readonly SearchValues<string>? _firsts;
    private readonly int _longestFirst;

    private GuardedWords(IEnumerable<GuardedWord> words)
    {
        var byFirst = new Dictionary<string, List<GuardedWord>>(StringComparer.OrdinalIgnoreCase);
        foreach (var word in words)
        {
            var first = word.Text[..FirstLength(word.Text)];
            (byFirst.TryGetValue(first, out var list) ? list : byFirst[first] = []).Add(word);
        }

        _longestFirst = byFirst.Keys.Select(first => first.Length).DefaultIfEmpty().Max();
        _byFirst = byFirst.GetAlternateLookup<ReadOnlySpan<char>>();
        _firsts = byFirst.Count == 0 ? null : SearchValues.Create([.. byFirst.Keys], StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether there are none.</summary>
    public bool IsEmpty => _firsts is null;

    /// <summary>The words of a snapshot; the same object for as long as no fact changes.</summary>
    public static GuardedWords Of(Snapshot snapshot) => snapshot.Derive(
        fresh => new Holder(fresh, new GuardedWords(Read(fresh))),
        (before, now, touched) => new Holder(now, touched.Any(path => HasFact(before.Snapshot, path) || HasFact(now, path)) ? new GuardedWords(Read(now)) : before.Words)).Words;

    /// <summary>The words that stand in a part of a text, in order.</summary>
    /// <param name="text">The text.</param>
    /// <param name="part">The part, in UTF-16 code units of the text.</param>
    public IEnumerable<(GuardedWord Word, TextSpan Span)> In(string text, TextSpan part)
    {
        if (_firsts is null)
        {
            yield break;
        }

        for (var at = part.Start; at < part.End;)
        {
            var next = text.AsSpan(at, part.End - at).IndexOfAny(_firsts);
            if (next < 0)
            {
                yield break;
            }

            at += next;
            if (at == part.Start || !IsJoined(text[at - 1], text[at]))
            {
                foreach (var word in At(text, at, part.End))
                {
                    if (EndOf(word.Text, text, at, part.End) is > 0 and var end)
                    {
                        yield return (word, TextSpan.FromBounds(at, end));
                    }
                }
            }

            at++;
        }
    }

    /// <summary>The words whose first one stands at a place, or begins what stands there.</summary>
    private List<GuardedWord> At(string text, int at, int limit)
    {
        var result = new List<GuardedWord>();
        for (var end = at + 1; end <= Math.Min(limit, at + _longestFirst); end++)
        {
            if (_byFirst.TryGetValue(text.AsSpan(at, end - at), out var words))
            {
                result.AddRange(words);
            }
        }

        return result;
    }

    /// <summary>Where the words end that stand at a place; 0 where they do not stand there.</summary>
    private static int EndOf(string word, string text, int at, int limit)
    {
        var i = at;
        for (var w = 0; w < word.Length;)
        {
            if (i >= limit)
            {
                return 0;
            }

            if (char.IsWhiteSpace(word[w]))
            {
                var start = i;
                while (i < limit && (char.IsWhiteSpace(text[i]) || text[i] is '*' or '_'))
                {
                    i++;
                }

                if (i == start)
                {
                    return 0;
                }

                while (w < word.Length && char.IsWhiteSpace(word[w]))
                {
                    w++;
                }
            }
            else if (Plain(word[w]) == Plain(text[i]))
            {
                w++;
                i++;
            }
            else
            {
                return 0;
            }
        }

        return i < limit && IsJoined(text[i - 1], text[i]) ? 0 : i;
    }

    private static char Plain(char unit) => unit switch
    {
        '\u2019' or '\u2018' or '\u02BC' => '\'',
        '\u201C' or '\u201D' => '"',
        '\u2010' or '\u2011' => '-',
        _ => char.ToLowerInvariant(unit),
    };

    // Scripts that write no spaces have no ends of words either.
    private static bool IsJoined(char before, char after) => char.IsLetterOrDigit(before) && char.IsLetterOrDigit(after) && !(IsWithoutSpaces(before) && IsWithoutSpaces(after));

    private static bool IsWithoutSpaces(char unit) => unit is >= '\u2E80' and <= '\uD7AF';

    private static int FirstLength(string text)
    {
        var length = 0;
        while (length < text.Length && char.IsLetterOrDigit(text[length]))
        {
            length++;
        }

        return length == 0 ? 1 : length;
    }

    private static bool HasFact(Snapshot snapshot, string path) => snapshot.ContainersIn(path).Any(container => snapshot.Schemas.IsKindOf(container.Type, "fact"));

    private static IEnumerable<GuardedWord> Read(Snapshot snapshot)
    {
        foreach (var fact in snapshot.ContainersOf("fact").OrderBy(fact => fact.Path, StringComparer.Ordinal).ThenBy(fact => fact.Fact.Index))
        {
            var reference = fact.Document.References.FirstOrDefault(reference => reference.Container == fact.Fact.Index && reference.Field == "secret_until");
            if (reference is null || snapshot.Resolve(reference, fact.Path).Container?.Key is not { } until)
            {
                continue;
            }

            foreach (var term in fact.Fact.Field("terms")?.Value.AsTexts().Select(term => term.Trim()).Where(term => term.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase) ?? [])
            {
                yield return new(fact.Key, until, term, "terms");
            }

            if (fact.Fact.Field("statement")?.Value.AsText()?.Trim().TrimEnd('.').TrimEnd() is { } statement && statement.Contains(' ', StringComparison.Ordinal))
            {
                yield return new(fact.Key, until, statement, "statement");
            }
        }
    }

    private sealed record Holder(Snapshot Snapshot, GuardedWords Words);
}
