using System.Runtime.CompilerServices;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Mentions;
using StoryLsp.Language.Text;

namespace StoryLsp.Index.Mentions;

/// <summary>The names of a workspace as a matcher, and what it found in documents so far. Safe for use by several threads.</summary>
internal sealed class NameSet
{
    private readonly IReadOnlyList<NamePattern> _patterns;
    private readonly ContainerKey[] _keys;
    private readonly IReadOnlyList<string> _ignored;
    private readonly string _language;
    private readonly Dictionary<int, ContainerKey[]> _single = [];

    // Facts that nobody has any more take what was found along.
    private readonly ConditionalWeakTable<DocumentFacts, ContainerMention[]> _found = [];

    private NameSet(IReadOnlyList<NamePattern> patterns, ContainerKey[] keys, IReadOnlyList<string> ignored, string language)
    {
        _patterns = patterns;
        _keys = keys;
        _ignored = ignored;
        _language = language;
        for (var owner = 0; owner < keys.Length; owner++)
        {
            _single[owner] = [keys[owner]];
        }

        Matcher = NameMatcher.Compile(patterns, ignored, language);
    }

    /// <summary>The matcher; its owners are indexes of the containers.</summary>
    public NameMatcher Matcher { get; }

    /// <summary>The containers that have names.</summary>
    public IReadOnlyList<ContainerKey> Containers => _keys;

    /// <summary>The names, in the order of <see cref="Containers"/>.</summary>
    public IReadOnlyList<NamePattern> Patterns => _patterns;

    /// <summary>The names of a snapshot; the same object as before where they are the same names of the same containers.</summary>
    public static NameSet Of(Snapshot snapshot, NameSet? before)
    {
        var keys = new List<ContainerKey>();
        var patterns = new List<NamePattern>();
        var containers = snapshot.UsedTypes
            .Select(type => (Type: type, Kind: NamedContainers.KindOf(snapshot.Schemas, type)))
            .Where(type => type.Kind is not null)
            .SelectMany(type => snapshot.ContainersOf(type.Type).Where(container => container.Type == type.Type).Select(container => (container, type.Kind!.Value)))
            .OrderBy(named => named.container.Path, StringComparer.Ordinal)
            .ThenBy(named => named.container.Fact.Index);
        foreach (var (container, kind) in containers)
        {
            patterns.Add(NamedContainers.PatternOf(container, keys.Count, kind));
            keys.Add(container.Key);
        }

        var settings = snapshot.Settings;
        return before is not null && before._language == settings.Language && before._ignored.SequenceEqual(settings.IgnoredNames) &&
            before._keys.AsSpan().SequenceEqual(keys.ToArray()) && before._patterns.SequenceEqual(patterns)
            ? before
            : new(patterns, [.. keys], settings.IgnoredNames, settings.Language);
    }

    /// <summary>The mentions of a document; null when its text is not that of the facts.</summary>
    public ContainerMention[]? In(Snapshot snapshot, DocumentFacts facts)
    {
        if (facts.Prose.Count == 0 || _keys.Length == 0)
        {
            return [];
        }

        if (_found.TryGetValue(facts, out var known))
        {
            return known;
        }

        if (snapshot.Text(facts.Path) is not { } text || text.Length != facts.Lines.TextLength)
        {
            return null;
        }

        var found = Scan(text.Text, facts);
        return _found.TryAdd(facts, found) ? found : _found.GetValue(facts, _ => found);
    }

    /// <summary>The mentions in any stretch of text, in order.</summary>
    public IReadOnlyList<ContainerMention> Inside(string text, TextSpan span, int owner)
    {
        if (_keys.Length == 0)
        {
            return [];
        }

        var mentions = new List<Mention>();
        Matcher.Scan(text, span, mentions);
        return [.. mentions.Select(mention => new ContainerMention(mention.Span, mention.NameSpan, mention.Form, owner, KeysOf(mention.Owners)))];
    }

    private ContainerMention[] Scan(string text, DocumentFacts facts)
    {
        var result = new List<ContainerMention>();
        var mentions = new List<Mention>();
        var link = 0;
        foreach (var prose in facts.Prose)
        {
            mentions.Clear();
            Matcher.Scan(text, prose.Span, mentions);
            foreach (var mention in mentions)
            {
                while (link < facts.Links.Count && facts.Links[link].Span.End <= mention.Span.Start)
                {
                    link++;
                }

                // What a link shows says where it leads; it is no second mention.
                if (link == facts.Links.Count || !facts.Links[link].Span.Overlaps(mention.Span))
                {
                    result.Add(new(mention.Span, mention.NameSpan, mention.Form, prose.Container, KeysOf(mention.Owners)));
                }
            }
        }

        return [.. result];
    }

    private ContainerKey[] KeysOf(IReadOnlyList<int> owners) =>
        owners.Count == 1 ? _single[owners[0]] : [.. owners.Select(owner => _keys[owner])];
}
