using StoryLsp.Features.Places;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Navigation;

/// <summary>
/// Looks for what refers to one container, and how, through the documents that take one of its names. A protagonist has thousands of them, so what cannot mean
/// the container is passed over by its letters, before anything is resolved.
/// </summary>
internal sealed class PresenceSearch
{
    private readonly Snapshot _snapshot;
    private readonly Container _container;
    private readonly bool _isPage;
    private readonly HashSet<string> _names;
    private readonly Dictionary<(string Text, string? Target), bool> _resolved = [];
    private readonly Dictionary<ContainerKey, Appearance> _present = [];
    private readonly HashSet<ContainerKey> _views = [];
    private readonly Dictionary<ContainerKey, Container> _mentioning = [];
    private readonly Dictionary<ContainerKey, Container> _others = [];

    private PresenceSearch(Snapshot snapshot, Container container)
    {
        _snapshot = snapshot;
        _container = container;
        _isPage = Presences.IsPage(snapshot, container.Type);
        _names = NamesOf(snapshot, container);
    }

    /// <summary>The scenes and events that the container is in, each with the first place that says so, in no order.</summary>
    public IReadOnlyCollection<Appearance> Present => _present.Values;

    /// <summary>In how many scenes it is the point of view.</summary>
    public int PointsOfView => _views.Count(view => _present.ContainsKey(view));

    /// <summary>How many scenes list it under <c>mentions</c> alone.</summary>
    public int Mentions => _mentioning.Count(scene => !_present.ContainsKey(scene.Key) && _snapshot.Schemas.IsKindOf(scene.Value.Type, "scene"));

    /// <summary>All else that refers to it, in no order.</summary>
    public IEnumerable<Container> Others => _others.Where(other => !_present.ContainsKey(other.Key) && !_mentioning.ContainsKey(other.Key)).Select(other => other.Value);

    /// <summary>Looks.</summary>
    public static PresenceSearch Run(Snapshot snapshot, Container container, CancellationToken cancel)
    {
        var search = new PresenceSearch(snapshot, container);
        var paths = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in search._names)
        {
            paths.UnionWith(snapshot.DocumentsTaking(name));
        }

        foreach (var path in paths)
        {
            cancel.ThrowIfCancellationRequested();
            if (snapshot.Facts(path) is { } facts)
            {
                search.Look(facts);
            }
        }

        search.LookInScripts(cancel);
        return search;
    }

    private void Look(DocumentFacts facts)
    {
        foreach (var reference in facts.References)
        {
            if (MayMean(reference.Text) && Means(reference, facts.Path))
            {
                Add(facts, reference.Container, reference.Span, reference.Field);
            }
        }

        // A container counts once, however many links its prose has.
        var seen = new HashSet<int>();
        foreach (var link in facts.Links)
        {
            if (link.Container >= 0 && link.Target.Length > 0 && !seen.Contains(link.Container) && MayMean(link.Target) && _snapshot.ResolveLink(link, facts.Path).Container is { } target && target.IsSameAs(_container))
            {
                seen.Add(link.Container);
                Add(facts, link.Container, link.TargetSpan, null);
            }
        }
    }

    // A script has no fields: who speaks is there.
    private void LookInScripts(CancellationToken cancel)
    {
        if (_isPage || !ScriptNames.MayName(_snapshot, _container))
        {
            return;
        }

        foreach (var facts in _snapshot.Documents)
        {
            if (facts.Kind == DocumentKind.Fountain)
            {
                cancel.ThrowIfCancellationRequested();
                foreach (var (name, meant) in ScriptNames.In(_snapshot, facts))
                {
                    if (meant is [var only] && only.IsSameAs(_container))
                    {
                        Add(facts, name.Container, name.Span, name.Field);
                    }
                }
            }
        }
    }

    private void Add(DocumentFacts facts, int index, TextSpan span, string? field)
    {
        var containers = _snapshot.ContainersIn(facts.Path);
        if (index < 0 || index >= containers.Count || containers[index] is not { } owner || owner.IsSameAs(_container))
        {
            return;
        }

        if (_isPage || !Presences.IsScene(_snapshot, owner))
        {
            _others.TryAdd(owner.Key, owner);
        }
        else if (Presences.SaysPresent(_snapshot, _container.Type, field))
        {
            _present.TryAdd(owner.Key, new(facts.Path, span, owner));
            if (field == "pov" && _snapshot.Schemas.IsKindOf(owner.Type, "scene"))
            {
                _views.Add(owner.Key);
            }
        }
        else if (field == "mentions")
        {
            _mentioning.TryAdd(owner.Key, owner);
        }
        else
        {
            _others.TryAdd(owner.Key, owner);
        }
    }

    private bool Means(ReferenceFact reference, string path)
    {
        // A link depends on where it stands, a name does not.
        if (reference.IsLink)
        {
            return _snapshot.Resolve(reference, path).Container is { } linked && linked.IsSameAs(_container);
        }

        if (!_resolved.TryGetValue((reference.Text, reference.Target), out var means))
        {
            means = _snapshot.Resolve(reference, path).Container is { } named && named.IsSameAs(_container);
            _resolved[(reference.Text, reference.Target)] = means;
        }

        return means;
    }

    private bool MayMean(string text)
    {
        if (text.Contains("  ", StringComparison.Ordinal))
        {
            return true;
        }

        foreach (var unit in text)
        {
            if (unit is > '\x7f' or < ' ' or '/' or '\\' or '.' or '#' or '\'')
            {
                return true;
            }
        }

        return _names.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text.AsSpan().Trim());
    }

    private static HashSet<string> NamesOf(Snapshot snapshot, Container container)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase)
        {
            container.Fact.Id.Trim(), snapshot.IdOf(container), container.Name.Trim(), FileSet.StemOf(container.Path), container.Path,
        };
        names.UnionWith(container.Fact.Aliases.Select(alias => alias.Text.Trim()));
        var dot = container.Path.LastIndexOf('.');
        names.Add(dot > 0 ? container.Path[..dot] : container.Path);
        return names;
    }
}
