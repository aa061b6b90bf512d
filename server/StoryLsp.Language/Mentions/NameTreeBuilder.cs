namespace StoryLsp.Language.Mentions;

/// <summary>Collects names into a <see cref="NameTree"/>.</summary>
internal sealed class NameTreeBuilder
{
    private readonly List<string> _words = [""];
    private readonly List<ulong> _hashes = [0];
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<long, int> _edges = [];
    private readonly List<List<NameEntry>> _entries = [[]];
    private readonly List<(int Node, GapKind Gap, string Word, bool TakesPlural, int To)> _inflected = [];

    /// <summary>The words of a name and the gaps before them; null for what is no name that prose could hold.</summary>
    public static List<(string Text, WordShape Shape, GapKind Gap)>? WordsOf(string name)
    {
        var at = 0;
        while (at < name.Length && !Word.BeginsAt(name, at))
        {
            at++;
        }

        if (at == name.Length)
        {
            return null;
        }

        var result = new List<(string Text, WordShape Shape, GapKind Gap)>();
        var gap = GapKind.Joined;
        while (true)
        {
            var word = Word.Read(name, at, name.Length);
            result.Add((name[word.Start..word.End], word.Shape, gap));
            var next = Gap.Read(name, word.End, name.Length);
            if (next.Kind == GapKind.Break)
            {
                // A full stop or quotation mark may end it; what goes on behind a bracket or a stroke is no name.
                return result.Count <= NameEntry.MostWords && !name.AsSpan(word.End).ContainsAnyExcept("., !?\"'\u2019\u201D") ? result : null;
            }

            gap = next.Kind;
            at = next.Next;
        }
    }

    /// <summary>The number of a folded word.</summary>
    public int NumberOf(string folded)
    {
        if (!_numbers.TryGetValue(folded, out var number))
        {
            number = _words.Count;
            _numbers.Add(folded, number);
            _words.Add(folded);
            _hashes.Add(Word.Read(folded, 0, folded.Length).Hash);
        }

        return number;
    }

    /// <summary>Adds a name.</summary>
    /// <param name="words">Its words, from <see cref="WordsOf"/>.</param>
    /// <param name="entry">Whose it is.</param>
    /// <param name="inflects">Whether its words take other endings.</param>
    /// <param name="takesPlural">Whether its last word may stand in the plural.</param>
    public void Add(IReadOnlyList<(string Text, WordShape Shape, GapKind Gap)> words, NameEntry entry, bool inflects, bool takesPlural)
    {
        var node = NameTree.Root;
        for (var i = 0; i < words.Count; i++)
        {
            var (text, _, gap) = words[i];
            var to = Edge(node, gap, NumberOf(Word.Fold(text)));
            if (i > 0 && OtherGap(gap, words[i - 1].Text) is { } other)
            {
                _edges.TryAdd(NameTree.EdgeKey(node, other, NumberOf(Word.Fold(text))), to);
            }

            if (inflects)
            {
                _inflected.Add((node, gap, text, takesPlural && i == words.Count - 1, to));
            }

            node = to;
        }

        _entries[node].Add(entry);
    }

    /// <summary>Makes the tree.</summary>
    public NameTree Build()
    {
        AddInflected();
        return new([.. _words], [.. _hashes], _edges, [.. _entries.Select(entries => entries.ToArray())]);
    }

    // A form that two names share says nothing; a name as written says more than a form of another.
    private void AddInflected()
    {
        var exact = _edges.Keys.ToHashSet();
        var shared = new HashSet<long>();
        foreach (var (node, gap, word, takesPlural, to) in _inflected)
        {
            foreach (var form in Inflection.FormsOf(word, takesPlural))
            {
                var key = NameTree.EdgeKey(node, gap, NumberOf(form));
                if (!exact.Contains(key) && !_edges.TryAdd(key, to) && _edges[key] != to)
                {
                    shared.Add(key);
                }
            }
        }

        foreach (var key in shared)
        {
            _edges.Remove(key);
        }
    }

    private int Edge(int node, GapKind gap, int word)
    {
        var key = NameTree.EdgeKey(node, gap, word);
        if (!_edges.TryGetValue(key, out var to))
        {
            to = _entries.Count;
            _entries.Add([]);
            _edges.Add(key, to);
        }

        return to;
    }

    // Dr Vane is Dr. Vane, and the other way round.
    private static GapKind? OtherGap(GapKind gap, string before) => gap switch
    {
        GapKind.Dot when before.Length > 1 => GapKind.Space,
        GapKind.Space when Honorific.IsAbbreviation(Word.Fold(before)) => GapKind.Dot,
        GapKind.Comma => GapKind.Space,
        _ => null,
    };
}
