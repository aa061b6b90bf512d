using StoryLsp.Features.Fields;
using StoryLsp.Features.Places;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.SemanticTokens;

/// <summary>What a coloured name is a name of.</summary>
public enum NameTokenKind
{
    /// <summary>A character.</summary>
    Character,

    /// <summary>A place.</summary>
    Place,

    /// <summary>An item.</summary>
    Item,

    /// <summary>A faction, or a workspace's own kind of thing.</summary>
    Other,

    /// <summary>A scene, a chapter or an event.</summary>
    Scene,

    /// <summary>A fact, a clue, a thread or a case.</summary>
    Fact,

    /// <summary>A key that a schema, or the settings, know.</summary>
    Key,

    /// <summary>The name of a type.</summary>
    Type,
}

/// <summary>A name in a document.</summary>
/// <param name="Span">Where it stands, in UTF-16 code units, on one line.</param>
/// <param name="Kind">What it is a name of.</param>
/// <param name="IsDefinition">Whether the thing calls itself so here.</param>
/// <param name="IsDeprecated">Whether it is a key that should no longer be used.</param>
public readonly record struct NameToken(TextSpan Span, NameTokenKind Kind, bool IsDefinition, bool IsDeprecated = false);

/// <summary>The names in a document: in reference fields, in links, in prose, and where things call themselves; and the keys that schemas know.</summary>
public static class NameTokens
{
    private static readonly (string Type, NameTokenKind Kind)[] Kinds =
    [
        ("character", NameTokenKind.Character), ("location", NameTokenKind.Place), ("item", NameTokenKind.Item), ("faction", NameTokenKind.Other),
        ("scene", NameTokenKind.Scene), ("chapter", NameTokenKind.Scene), ("event", NameTokenKind.Scene),
        ("fact", NameTokenKind.Fact), ("clue", NameTokenKind.Fact), ("thread", NameTokenKind.Fact), ("case", NameTokenKind.Fact),
    ];

    /// <summary>The names in a stretch of a document, in order; they do not overlap, and one that goes over a line end is two.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="path">Workspace-relative path of the document.</param>
    /// <param name="within">The stretch, in UTF-16 code units.</param>
    /// <param name="cancel">Gives up.</param>
    public static IReadOnlyList<NameToken> In(Snapshot snapshot, string path, TextSpan within, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (snapshot.Facts(path) is not { } facts || snapshot.Text(path) is not { } text || text.Length != facts.Lines.TextLength)
        {
            return [];
        }

        var search = new Search(snapshot, facts, within);
        search.AddMentions();
        search.AddSynopses(text);
        cancel.ThrowIfCancellationRequested();
        search.AddScriptNames();
        search.AddReferences();
        search.AddOwnNames();
        cancel.ThrowIfCancellationRequested();
        AddKeys(snapshot, path, within, search.Found);
        search.Found.Sort((a, b) => a.Span.Start != b.Span.Start ? a.Span.Start.CompareTo(b.Span.Start) : b.IsDefinition.CompareTo(a.IsDefinition));
        return OnOneLine(text, search.Found);
    }

    private static void AddKeys(Snapshot snapshot, string path, TextSpan within, List<NameToken> found)
    {
        if (snapshot.Document(path) is not { } document)
        {
            return;
        }

        foreach (var entry in YamlEntries.In(snapshot, document, within))
        {
            if (entry.IsKnown && entry.Key.ContentSpan.Overlaps(within))
            {
                found.Add(new(entry.Key.ContentSpan, NameTokenKind.Key, false, entry.Field?.Deprecated is not null));
            }

            if (entry.Mapping.IsContainer && Shapes.IsTypeKey(entry.Key.Value) && entry.Value is YamlScalar type && type.ContentSpan.Overlaps(within) && snapshot.Schemas.Find(type.Value) is not null)
            {
                found.Add(new(type.ContentSpan, NameTokenKind.Type, false));
            }
        }
    }

    private static List<NameToken> OnOneLine(SourceText text, List<NameToken> tokens)
    {
        var result = new List<NameToken>(tokens.Count);
        var end = 0;
        foreach (var token in tokens)
        {
            if (token.Span.Start < end || token.Span.End > text.Length)
            {
                continue;
            }

            var at = token.Span.Start;
            while (at < token.Span.End)
            {
                var line = text.GetLineSpan(text.GetPosition(at).Line);
                var stop = Math.Min(token.Span.End, line.End);
                if (stop > at)
                {
                    result.Add(token with { Span = TextSpan.FromBounds(at, stop) });
                }

                at = Math.Max(stop, at + 1);
                while (at < token.Span.End && char.IsWhiteSpace(text.Text[at]))
                {
                    at++;
                }
            }

            end = token.Span.End;
        }

        return result;
    }

    /// <summary>Looks for names. A cast names the same few people again and again, so what a name means, and of what kind that is, is found out once.</summary>
    private sealed class Search(Snapshot snapshot, DocumentFacts facts, TextSpan within)
    {
        private readonly Dictionary<string, NameTokenKind?> _kinds = new(StringComparer.Ordinal);
        private readonly Dictionary<(string Text, string? Target, bool IsLink, bool IsInManuscript), NameTokenKind?> _named = [];

        private readonly List<TextSpan> _inHeadings = [];

        public List<NameToken> Found { get; } = [];

        public void AddMentions()
        {
            foreach (var mention in snapshot.Mentions.In(facts.Path))
            {
                if (mention.Span.Overlaps(within) && KindOf(snapshot.Mentions.Meant(facts.Path, mention)) is { } kind)
                {
                    Found.Add(new(mention.Span, kind, false));
                }
            }
        }

        // A synopsis is prose among the attributes.
        public void AddSynopses(SourceText text)
        {
            foreach (var container in facts.Containers)
            {
                if (container.Field("synopsis")?.Value is not YamlScalar synopsis || !synopsis.ContentSpan.Overlaps(within))
                {
                    continue;
                }

                foreach (var mention in snapshot.Mentions.Inside(text.Text, synopsis.ContentSpan, container.Index))
                {
                    if (mention.Span.Overlaps(within) && KindOf(snapshot.Mentions.Meant(facts.Path, mention)) is { } kind)
                    {
                        Found.Add(new(mention.Span, kind, false));
                    }
                }
            }
        }

        public void AddScriptNames()
        {
            foreach (var (name, meant) in ScriptNames.In(snapshot, facts))
            {
                if (KindOf([.. meant.Select(container => container.Key)]) is { } kind)
                {
                    _inHeadings.Add(name.Span);
                    if (name.Span.Overlaps(within))
                    {
                        Found.Add(new(name.Span, kind, false));
                    }
                }
            }
        }

        public void AddReferences()
        {
            foreach (var reference in facts.References)
            {
                if (reference.Span.Overlaps(within) && KindOf(reference) is { } kind)
                {
                    Found.Add(new(reference.Span, kind, false));
                }
            }

            foreach (var link in facts.Links)
            {
                if (link.Span.Overlaps(within) && link.Target.Length > 0 && snapshot.ResolveLink(link, facts.Path).Container is { } linked && KindOf(linked.Type) is { } kind)
                {
                    Found.Add(new(link.Shown is null ? link.TargetSpan : link.ShownSpan, kind, false));
                }
            }
        }

        public void AddOwnNames()
        {
            foreach (var container in facts.Containers)
            {
                if (KindOf(container.Type) is not { } kind)
                {
                    continue;
                }

                foreach (var alias in container.Aliases)
                {
                    AddOwn(alias.Span, kind);
                }

                AddOwn(container.NameSpan, kind);
                AddOwn(container.IdSpan, kind);
            }
        }

        private void AddOwn(TextSpan? span, NameTokenKind kind)
        {
            if (span is not { } own)
            {
                return;
            }

            // The heading of a script's scene is its name, and names a place.
            foreach (var place in _inHeadings.Where(place => own.Contains(place)))
            {
                AddDefinition(TextSpan.FromBounds(own.Start, place.Start), kind);
                own = TextSpan.FromBounds(place.End, own.End);
            }

            AddDefinition(own, kind);
        }

        private void AddDefinition(TextSpan own, NameTokenKind kind)
        {
            if (own.Length > 0 && own.Overlaps(within))
            {
                Found.Add(new(own, kind, true));
            }
        }

        private NameTokenKind? KindOf(ReferenceFact reference)
        {
            var key = (reference.Text, reference.Target, reference.IsLink, reference.IsInManuscript);
            if (!_named.TryGetValue(key, out var kind))
            {
                kind = _named[key] = snapshot.Resolve(reference, facts.Path).Container is { } named ? KindOf(named.Type) : null;
            }

            return kind;
        }

        private NameTokenKind? KindOf(IReadOnlyList<ContainerKey> keys)
        {
            NameTokenKind? result = null;
            foreach (var key in keys)
            {
                var kind = snapshot.ContainersIn(key.Path).ElementAtOrDefault(key.Index) is { } container ? KindOf(container.Type) ?? NameTokenKind.Other : (NameTokenKind?)null;
                if (kind is null || (result is not null && result != kind))
                {
                    return null;
                }

                result = kind;
            }

            return result;
        }

        private NameTokenKind? KindOf(string type)
        {
            if (!_kinds.TryGetValue(type, out var kind))
            {
                var at = Array.FindIndex(Kinds, known => snapshot.Schemas.IsKindOf(type, known.Type));
                kind = _kinds[type] = at < 0 ? null : Kinds[at].Kind;
            }

            return kind;
        }
    }
}
