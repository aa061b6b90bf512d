using StoryLsp.Features.Places;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Navigation;

/// <summary>Looks for every place that speaks of one container.</summary>
internal sealed class AppearanceSearch(Snapshot snapshot, Container container, CancellationToken cancel)
{
    private readonly Dictionary<(string Path, TextSpan Span), Appearance> _found = [];
    private readonly List<TextSpan> _own = [.. Things.OwnSpans(container.Fact)];

    /// <summary>The places, split.</summary>
    public Appearances Run()
    {
        foreach (var site in snapshot.ReferencesTo(container))
        {
            Add(site.Document.Path, site.Span, site.Container);
        }

        AddNames();
        AddInScripts();
        var presences = Presences.Of(snapshot, container, cancel);
        var scenes = presences.Select((presence, position) => (presence.In!.Key, position)).ToDictionary(scene => scene.Key, scene => scene.position);
        var fields = presences.Select(presence => (presence.Path, presence.Span)).ToHashSet();
        var present = new List<Appearance>();
        var mentioned = new List<Appearance>();
        foreach (var place in _found.Values)
        {
            (place.In is { } owner && scenes.ContainsKey(owner.Key) ? present : mentioned).Add(place);
        }

        return new(
            [.. _own.Distinct().Select(span => new Appearance(container.Path, span, container))],
            [.. present.OrderBy(place => scenes[place.In!.Key]).ThenBy(place => !fields.Contains((place.Path, place.Span))).ThenBy(place => place.Span.Start)],
            [.. mentioned.OrderBy(place => place.Path, NaturalOrder.Instance).ThenBy(place => place.Span.Start)]);
    }

    private void AddNames()
    {
        if (snapshot.Mentions.IsNamed(container))
        {
            foreach (var (path, mention) in snapshot.Mentions.Of(container, cancel))
            {
                AddUnlessOwn(path, mention.Span, mention.Owner);
            }

            return;
        }

        if (NameOccurrences.SearchFor(container) is not { } search)
        {
            return;
        }

        foreach (var facts in snapshot.Documents)
        {
            cancel.ThrowIfCancellationRequested();
            // What a file says today is what counts; a snapshot may be a moment older than the text.
            if (facts.Prose.Count == 0 || snapshot.Text(facts.Path) is not { } text || text.Length != facts.Lines.TextLength)
            {
                continue;
            }

            foreach (var span in NameOccurrences.Of(snapshot, facts, text.Text, container, search))
            {
                if (!IsInLink(facts, span))
                {
                    AddUnlessOwn(facts.Path, span, OwnerOf(facts, span));
                }
            }
        }
    }

    // Who speaks in a script, and where its scenes are.
    private void AddInScripts()
    {
        foreach (var facts in ScriptNames.MayName(snapshot, container) ? snapshot.Documents.Where(facts => facts.Kind == DocumentKind.Fountain) : [])
        {
            cancel.ThrowIfCancellationRequested();
            foreach (var (name, meant) in ScriptNames.In(snapshot, facts))
            {
                if (meant is [var only] && only.IsSameAs(container) && !_found.Keys.Any(place => place.Path == facts.Path && place.Span.Overlaps(name.Span)))
                {
                    Add(facts.Path, name.Span, name.Container);
                }
            }
        }
    }

    private void AddUnlessOwn(string path, TextSpan span, int owner)
    {
        if (path != container.Path || !_own.Exists(name => name.Overlaps(span)))
        {
            Add(path, span, owner);
        }
    }

    // What refers to itself by its own name defines itself, and is told there.
    private void Add(string path, TextSpan span, int owner)
    {
        if (path != container.Path || !_own.Contains(span))
        {
            _found.TryAdd((path, span), new(path, span, snapshot.ContainersIn(path).ElementAtOrDefault(owner)));
        }
    }

    // The shown text of a link is prose as well; the link is a reference already.
    private static bool IsInLink(DocumentFacts facts, TextSpan span) => facts.Links.Any(link => link.Span.Contains(span));

    private static int OwnerOf(DocumentFacts facts, TextSpan span)
    {
        foreach (var prose in facts.Prose)
        {
            if (prose.Span.Contains(span))
            {
                return prose.Container;
            }
        }

        return -1;
    }
}
