using System.Collections.Concurrent;
using StoryLsp.Index;
using StoryLsp.Index.Mentions;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Mentions;
using StoryLsp.Language.Settings;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Continuity.Naming;

/// <summary>A word of a name that a workspace knows.</summary>
/// <param name="Text">The word as its writer spells it.</param>
/// <param name="Owner">One of the containers that have it; the first by path.</param>
/// <param name="Owners">All of them.</param>
internal sealed record NamePart(string Text, ContainerKey Owner, IReadOnlyList<ContainerKey> Owners);

/// <summary>
/// All words of all names, to find the one that a misspelled word means. Words are found by what is left when letters are taken
/// away (Garbe's symmetric deletes), so that a look costs the same whatever the number of names.
/// </summary>
internal sealed class NameParts
{
    private const int ShortestPart = 4;
    private const int LongOnes = 8;

    private static readonly string[] Endings =
        ["s", "es", "ian", "ians", "ean", "eans", "an", "ans", "n", "ns", "ish", "esque", "ist", "ists", "ite", "ites", "ic", "ese", "i", "y", "ies", "ness", "like", "wards", "ward"];

    private static readonly string[] SoundAlike = ["ck", "kq", "cs", "sz", "gj", "iy", "fp", "ei", "vw", "jy", "ae", "tz"];

    private readonly NameSet _names;
    private readonly Story.StoryWorld _world;
    private readonly List<NamePart> _parts;
    private readonly Dictionary<string, List<int>> _byFolded;
    private readonly Dictionary<string, List<int>> _byRest;
    private readonly Dictionary<string, HashSet<ContainerKey>> _owners;
    private readonly HashSet<string> _others;
    private readonly HashSet<string> _ignored;
    private readonly ConcurrentDictionary<string, NamePart?> _near;

    private NameParts(NameParts same, Story.StoryWorld world)
    {
        (_names, _world) = (same._names, world);
        (_parts, _byFolded, _byRest, _owners, _others, _ignored, _near) = (same._parts, same._byFolded, same._byRest, same._owners, same._others, same._ignored, same._near);
    }

    private NameParts(Snapshot snapshot, NameSet names, Story.StoryWorld world)
    {
        (_names, _world) = (names, world);
        (_parts, _others, _ignored) = ([], new(StringComparer.Ordinal), new(StringComparer.Ordinal));
        (_byFolded, _byRest) = (new(StringComparer.Ordinal), new(StringComparer.Ordinal));
        (_owners, _near) = (new(StringComparer.Ordinal), new(StringComparer.Ordinal));
        foreach (var ignored in snapshot.Settings.IgnoredNames.Concat(names.Patterns.SelectMany(pattern => pattern.Ignored)))
        {
            AddWords(_ignored, ignored);
        }

        foreach (var container in snapshot.Containers)
        {
            foreach (var name in NamesOf(container.Fact))
            {
                AddWords(_others, name);
            }
        }

        for (var i = 0; i < names.Patterns.Count; i++)
        {
            AddPattern(names.Patterns[i], names.Containers[i]);
        }
    }

    /// <summary>The parts of the names of a snapshot; the same as before while no container is called otherwise.</summary>
    public static NameParts Of(Snapshot snapshot)
    {
        var names = snapshot.Mentions.Names;
        var world = Story.StoryWorld.Of(snapshot);
        return snapshot.Derive(
            fresh => new NameParts(fresh, names, world),
            (before, now, touched) => ReferenceEquals(before._names, names) && world.SaysTheSameAs(before._world, touched, container => string.Join('\n', NamesOf(container.Fact)))
                ? new(before, world)
                : new NameParts(now, names, world));
    }

    /// <summary>Whether a word is a part of some name, of a title, or of what nobody is to ask about.</summary>
    public bool IsKnown(string word)
    {
        var folded = NameWords.Fold(word);
        return _names.Matcher.Knows(word) || _others.Contains(folded) || _ignored.Contains(folded) || IsFormOfKnown(folded);
    }

    /// <summary>
    /// The one part of a name that a word with a capital nearly is: one letter apart, two where both have eight, or only accents. Null where it is a
    /// known word itself, or where several parts are as near.
    /// </summary>
    public NamePart? NearestTo(string word) => word.Length < ShortestPart ? null : _near.GetOrAdd(word, Find);

    /// <summary>Whether a word belongs to a name of which a part is another.</summary>
    public bool IsBeside(ReadOnlySpan<char> word, NamePart part) => _owners.TryGetValue(NameWords.Fold(word), out var owners) && part.Owners.Any(owners.Contains);

    // All that a container is called. Where the type is misspelled nothing is known to be a name, and yet it is one.
    private static IEnumerable<string> NamesOf(ContainerFact container) =>
    [
        container.Name,
        container.Id,
        .. container.Aliases.Select(alias => alias.Text),
        .. container.Fields.Where(field => !field.Known && field.Name.ToLowerInvariant() is "name" or "aliases").SelectMany(field => field.Value.AsTexts()),
    ];

    private static void AddWords(HashSet<string> words, string name)
    {
        foreach (var span in NameWords.In(name, new TextSpan(0, name.Length)))
        {
            words.Add(NameWords.Fold(name.AsSpan(span.Start, span.Length)));
        }
    }

    private void AddPattern(NamePattern pattern, ContainerKey owner)
    {
        foreach (var name in pattern.Aliases.Prepend(pattern.Name))
        {
            foreach (var span in NameWords.In(name, new TextSpan(0, name.Length)))
            {
                var word = name.Substring(span.Start, span.Length);
                var folded = NameWords.Fold(word);
                (_owners.TryGetValue(folded, out var owners) ? owners : _owners[folded] = []).Add(owner);
                if (word.Length >= ShortestPart && char.IsUpper(word[0]) && !word.AsSpan().ContainsAnyInRange('0', '9') && !NameWords.IsTitle(word))
                {
                    AddPart(word, owner);
                }
            }
        }
    }

    private void AddPart(string word, ContainerKey owner)
    {
        var folded = NameWords.Fold(word);
        if (!_byFolded.TryGetValue(folded, out var known))
        {
            _byFolded.Add(folded, known = []);
            foreach (var rest in Rests(folded))
            {
                (_byRest.TryGetValue(rest, out var list) ? list : _byRest[rest] = []).Add(_parts.Count);
            }
        }

        var same = known.FindIndex(index => _parts[index].Text == word);
        if (same < 0)
        {
            known.Add(_parts.Count);
            _parts.Add(new(word, owner, [owner]));
        }
        else if (!_parts[known[same]].Owners.Contains(owner))
        {
            _parts[known[same]] = _parts[known[same]] with { Owners = [.. _parts[known[same]].Owners, owner] };
        }
    }

    // What is left of a word when up to one letter is taken away; two of a long one.
    private static IEnumerable<string> Rests(string word)
    {
        yield return word;
        for (var i = 0; i < word.Length; i++)
        {
            var rest = word.Remove(i, 1);
            yield return rest;
            for (var j = i; word.Length >= LongOnes - 1 && j < rest.Length; j++)
            {
                yield return rest.Remove(j, 1);
            }
        }
    }

    private NamePart? Find(string word)
    {
        var folded = NameWords.Fold(word);
        if (_byFolded.TryGetValue(folded, out var same))
        {
            // Written in some name just so, or with other accents.
            return same.Exists(index => _parts[index].Text.Equals(word, StringComparison.OrdinalIgnoreCase)) || same.Count > 1 || _ignored.Contains(folded) || IsCased(word, _parts[same[0]].Text)
                ? null
                : _parts[same[0]];
        }

        if (IsKnown(word))
        {
            return null;
        }

        var near = new HashSet<int>();
        foreach (var rest in Rests(folded).Distinct())
        {
            foreach (var index in _byRest.GetValueOrDefault(rest, []))
            {
                if (IsNear(folded, NameWords.Fold(_parts[index].Text)))
                {
                    near.Add(index);
                }
            }
        }

        return near.Count == 1 ? _parts[near.First()] : null;
    }

    // MacDonald and Macdonald are one spelling for this purpose.
    private static bool IsCased(string word, string part) => word.Equals(part, StringComparison.OrdinalIgnoreCase);

    private static bool IsNear(string word, string part)
    {
        var tolerance = word.Length >= LongOnes && part.Length >= LongOnes ? 2 : 1;
        var distance = Nearest.Distance(word, part, tolerance);
        if (distance == 0 || distance > tolerance)
        {
            return false;
        }

        // In scripts with cases the end of a name says what it does in the sentence; Latin names differ there by tongue and sex.
        var same = word.AsSpan().CommonPrefixLength(part);
        var end = word[0] >= '\u0370' ? 3 : distance == 2 || DiffersInVowel(word, part) ? distance : 0;
        return BeginAlike(word, part) && (end == 0 || same < Math.Max(word.Length, part.Length) - end) && Math.Abs(word.Length - part.Length) < 2 && !IsLisp(word, part, distance);
    }

    // Julie and Julia, Ryazan and Ryazana; a silent e is a slip as any other.
    private static bool DiffersInVowel(string word, string part) => word.Length == part.Length
        ? IsVowel(word[^1]) && IsVowel(part[^1])
        : (word.Length > part.Length ? word : part)[^1] is not 'e' and var last && IsVowel(last);

    private static bool IsVowel(char unit) => unit is 'a' or 'e' or 'i' or 'o' or 'u' or 'y';

    // Who says Wostov for Rostov does so on purpose.
    private static bool IsLisp(string word, string part, int distance) => word.Contains('w') && Nearest.Distance(word.Replace('w', 'r'), part.Replace('w', 'r'), distance) < distance;

    // Who misspells a name gets its first letter right, or writes one that sounds the same, or changes the places of the first two. Volkonsky is not Bolkonsky.
    private static bool BeginAlike(string word, string part) =>
        word[0] == part[0] || (word[0] == part[1] && word[1] == part[0]) ||
        SoundAlike.Contains(word[0] < part[0] ? $"{word[0]}{part[0]}" : $"{part[0]}{word[0]}");

    private bool IsFormOfKnown(string folded)
    {
        foreach (var ending in Endings)
        {
            if (folded.Length > ending.Length + 2 && folded.EndsWith(ending, StringComparison.Ordinal))
            {
                var stem = folded[..^ending.Length];
                if (_byFolded.ContainsKey(stem) || (ending[0] is 'i' or 'e' or 'a' or 'y' && _byFolded.ContainsKey(stem + "e")) || (ending[0] is 'i' or 'e' && (_byFolded.ContainsKey(stem + "y") || _byFolded.ContainsKey(stem + "a"))))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
