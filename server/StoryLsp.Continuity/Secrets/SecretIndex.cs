using StoryLsp.Language.Text;

namespace StoryLsp.Continuity.Secrets;

/// <summary>Where a text says a secret.</summary>
/// <param name="Value">Which.</param>
/// <param name="Span">Where, in UTF-16 code units.</param>
/// <param name="IsPlain">Whether nobody would write it by chance: false for a run of small words and one short one.</param>
internal readonly record struct SecretPlace(SecretValue Value, TextSpan Span, bool IsPlain);

/// <summary>
/// Finds secrets in a text, all in one pass. Of a value of up to three words the whole is looked for, of a longer one any four words in a row that are not
/// small words alone. Words count by their stems; a word that is split by hyphens, or spelled letter by letter, counts as the word.
/// </summary>
internal sealed class SecretIndex
{
    // No more pieces than this are put together to one word or run.
    private const int LongestChain = 48;
    private const int LongestWindow = 6;

    private readonly IReadOnlyList<SecretValue> _values;
    private readonly Dictionary<string, int> _words = new(StringComparer.Ordinal);
    private readonly Dictionary<long, List<(int Value, int Offset)>> _windows = [];
    private readonly Dictionary<string, (int Value, int Start, int End)> _joined = new(StringComparer.Ordinal);
    private readonly int _longestJoined;

    public SecretIndex(IReadOnlyList<SecretValue> values)
    {
        _values = values;
        for (var v = 0; v < values.Count; v++)
        {
            Add(v, values[v]);
        }

        _longestJoined = _joined.Keys.Select(key => key.Length).DefaultIfEmpty().Max();
    }

    /// <summary>The secrets.</summary>
    public IReadOnlyList<SecretValue> Values => _values;

    /// <summary>The places in the order of the text; none overlaps another.</summary>
    public List<SecretPlace> In(string text)
    {
        var result = new List<SecretPlace>();
        if (_values.Count == 0 || text.Length == 0)
        {
            return result;
        }

        var words = PromptWord.Of(text);
        Runs(words, result);
        if (words.Exists(word => word.IsJoined))
        {
            Runs(PromptWord.Merged(words), result);
        }

        Chains(words, result);
        if (PromptWord.HasHumps(text))
        {
            Runs(PromptWord.Of(text, true), result);
        }

        result.Sort((a, b) => a.Span.Start != b.Span.Start ? a.Span.Start.CompareTo(b.Span.Start) : b.Span.Length.CompareTo(a.Span.Length));
        var end = -1;
        result.RemoveAll(place =>
        {
            var isWithin = place.Span.Start < end;
            end = isWithin ? end : place.Span.End;
            return isWithin;
        });
        return result;
    }

    private void Add(int index, SecretValue value)
    {
        foreach (var stem in value.Stems)
        {
            _words.TryAdd(stem, _words.Count);
        }

        if (value.IsShort)
        {
            Add(index, 0, value.Stems.Length);
            AddJoined(index, 0, value.Stems.Length);
            return;
        }

        for (var start = 0; start < value.Stems.Length; start++)
        {
            if (value.EndOfRun(start) is var end and > 0)
            {
                Add(index, start, end);
                AddJoined(index, start, end);
            }
        }
    }

    private void Add(int index, int start, int end)
    {
        var key = 0L;
        for (var i = start; i < end; i++)
        {
            key = Next(key, _words[_values[index].Stems[i]]);
        }

        (_windows.TryGetValue(key, out var list) ? list : _windows[key] = []).Add((index, start));
    }

    private void AddJoined(int index, int start, int end)
    {
        var joined = WordStem.Of(string.Concat(_values[index].Words[start..end]));
        if (joined.Length > 3)
        {
            _joined.TryAdd(joined, (index, start, end));
        }
    }

    private static long Next(long key, int word) => unchecked((key * 1_000_003L) + word + 1);

    private void Runs(List<PromptWord> words, List<SecretPlace> result)
    {
        var ids = new int[words.Count];
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = _words.GetValueOrDefault(WordStem.Of(words[i].Folded), -1);
        }

        for (var i = 0; i < ids.Length; i++)
        {
            if (ids[i] >= 0 && Longest(ids, i) is var (value, offset, length))
            {
                result.Add(new(_values[value], TextSpan.FromBounds(words[i].Span.Start, words[i + length - 1].Span.End), _values[value].IsPlain(offset, offset + length)));
                i += length - 1;
            }
        }
    }

    private (int Value, int Offset, int Length)? Longest(int[] ids, int at)
    {
        (int Value, int Offset, int Length)? best = null;
        var key = 0L;
        for (var n = 0; n < LongestWindow && at + n < ids.Length && ids[at + n] >= 0; n++)
        {
            key = Next(key, ids[at + n]);
            foreach (var (value, offset) in _windows.GetValueOrDefault(key) ?? [])
            {
                var length = LengthOf(_values[value], offset, ids, at);
                if (length > n && length > (best?.Length ?? 0) && (!_values[value].IsShort || length == _values[value].Stems.Length))
                {
                    best = (value, offset, length);
                }
            }
        }

        return best;
    }

    private int LengthOf(SecretValue value, int offset, int[] ids, int at)
    {
        var length = 0;
        while (offset + length < value.Stems.Length && at + length < ids.Length && _words[value.Stems[offset + length]] == ids[at + length])
        {
            length++;
        }

        return length;
    }

    // Letters apart, a word split in two, several words written as one.
    private void Chains(List<PromptWord> words, List<SecretPlace> result)
    {
        for (var start = 0; start < words.Count; start++)
        {
            var joined = "";
            for (var end = start; end < words.Count && end - start < LongestChain && (end == start || words[end].IsJoined) && joined.Length <= _longestJoined + 4; end++)
            {
                joined = end == start ? words[end].Folded : joined + words[end].Folded;
                if (joined.Length > 3 && _joined.TryGetValue(WordStem.Of(joined), out var found))
                {
                    result.Add(new(_values[found.Value], TextSpan.FromBounds(words[start].Span.Start, words[end].Span.End), true));
                }
            }
        }
    }
}
