using StoryLsp.Index;
using StoryLsp.Language.Facts;

namespace StoryLsp.Features.Hover;

/// <summary>Where a container appears.</summary>
/// <param name="Scenes">The scenes that refer to it, in narrative order.</param>
/// <param name="PointsOfView">In how many of them it is the point of view.</param>
/// <param name="Others">The other containers that refer to it, by path.</param>
internal sealed record Appearances(IReadOnlyList<Container> Scenes, int PointsOfView, IReadOnlyList<Container> Others)
{
    /// <summary>Finds out where a container appears.</summary>
    public static Appearances Of(Snapshot snapshot, Container container)
    {
        var search = new Search(snapshot, container);
        search.Run();
        var narrative = snapshot.Narrative;
        return new(
            [.. search.Scenes.Values.OrderBy(narrative.PositionOf)],
            search.PointsOfView.Count,
            [.. search.Others.Values.OrderBy(IsPage).ThenBy(other => other.Path, StringComparer.Ordinal).ThenBy(other => other.Fact.Index)]);
    }

    // What belongs to the story says more than pages and chapters that list everybody.
    private static bool IsPage(Container container) => container.Type is "note" or "chapter";

    /// <summary>
    /// Looks through the documents that take one of the container's names. A protagonist has thousands of them, so what cannot mean the
    /// container is passed over by its letters, before anything is resolved.
    /// </summary>
    private sealed class Search(Snapshot snapshot, Container container)
    {
        private readonly HashSet<string> _names = NamesOf(snapshot, container);
        private readonly Dictionary<(string Text, string? Target), bool> _resolved = [];

        public Dictionary<(string Path, int Index), Container> Scenes { get; } = [];

        public Dictionary<(string Path, int Index), Container> Others { get; } = [];

        public HashSet<(string Path, int Index)> PointsOfView { get; } = [];

        public void Run()
        {
            var paths = new HashSet<string>(StringComparer.Ordinal);
            foreach (var name in _names)
            {
                paths.UnionWith(snapshot.DocumentsTaking(name));
            }

            foreach (var path in paths)
            {
                if (snapshot.Facts(path) is { } facts)
                {
                    Look(facts);
                }
            }
        }

        private void Look(DocumentFacts facts)
        {
            // A container counts once, however many links its prose has.
            var seen = new bool[facts.Containers.Count];
            foreach (var reference in facts.References)
            {
                if (MayMean(reference.Text) && Means(reference, facts.Path))
                {
                    Add(facts, reference.Container, reference.Field == "pov", seen);
                }
            }

            foreach (var link in facts.Links)
            {
                if (link.Container >= 0 && !seen[link.Container] && link.Target.Length > 0 && MayMean(link.Target) && snapshot.ResolveLink(link, facts.Path).Container is { } target && target.IsSameAs(container))
                {
                    Add(facts, link.Container, false, seen);
                }
            }
        }

        private bool Means(ReferenceFact reference, string path)
        {
            // A link depends on where it stands, a name does not.
            if (reference.IsLink)
            {
                return snapshot.Resolve(reference, path).Container is { } linked && linked.IsSameAs(container);
            }

            if (!_resolved.TryGetValue((reference.Text, reference.Target), out var means))
            {
                means = snapshot.Resolve(reference, path).Container is { } named && named.IsSameAs(container);
                _resolved[(reference.Text, reference.Target)] = means;
            }

            return means;
        }

        private bool MayMean(string text)
        {
            foreach (var unit in text)
            {
                if (unit is > '\x7f' or '/' or '\\' or '.' or '#' or '\'')
                {
                    return true;
                }
            }

            return _names.GetAlternateLookup<ReadOnlySpan<char>>().Contains(text.AsSpan().Trim());
        }

        private void Add(DocumentFacts facts, int index, bool isPointOfView, bool[] seen)
        {
            var containers = snapshot.ContainersIn(facts.Path);
            var owner = index >= 0 && index < containers.Count ? containers[index] : null;
            if (owner is null || owner.IsSameAs(container))
            {
                return;
            }

            seen[index] = true;

            if (!snapshot.Schemas.IsKindOf(owner.Type, "scene"))
            {
                Others[(facts.Path, index)] = owner;
                return;
            }

            Scenes[(facts.Path, index)] = owner;
            if (isPointOfView)
            {
                PointsOfView.Add((facts.Path, index));
            }
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
}
