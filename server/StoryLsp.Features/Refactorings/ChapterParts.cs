using System.Globalization;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Refactorings;

/// <summary>The chapters of a story, in the order in which the reader meets them.</summary>
internal sealed class ChapterParts
{
    private const string Chapter = "chapter";

    private readonly Snapshot _snapshot;
    private readonly List<Container> _containers;
    private readonly Dictionary<decimal, Container> _byNumber;
    private readonly Dictionary<ContainerKey, int> _lists = [];
    private readonly Dictionary<string, ChapterPart> _parts = new(StringComparer.Ordinal);
    private readonly Dictionary<ContainerKey, ChapterPart> _byScene = [];

    private ChapterParts(Snapshot snapshot)
    {
        _snapshot = snapshot;
        _containers = [.. snapshot.ContainersOf(Chapter).OrderBy(chapter => chapter.Path, NaturalOrder.Instance).ThenBy(chapter => chapter.Fact.Span.Start)];
        _byNumber = _containers.Where(chapter => NumberOf(chapter) is not null).GroupBy(chapter => NumberOf(chapter)!.Value)
            .Where(same => same.Count() == 1).ToDictionary(same => same.Key, same => same.Single());
        if (Manuscript.Of(snapshot) is { Lists.Count: > 1 } manuscript)
        {
            foreach (var entry in manuscript.Entries(snapshot))
            {
                _lists.TryAdd(entry.Scene.Key, manuscript.Lists.FindIndex(list => ReferenceEquals(list, entry.List)));
            }
        }

        Gather();
        All = InOrder();
        Headings();
        Homes();
    }

    /// <summary>The chapters.</summary>
    public List<ChapterPart> All { get; }

    /// <summary>The chapters of a workspace, read once for all who ask where they may go.</summary>
    public static ChapterParts Of(Snapshot snapshot) => snapshot.Derive(fresh => new ChapterParts(fresh), (_, now, _) => new ChapterParts(now));

    /// <summary>The chapter that a container is, or that a scene belongs to; null for anything else.</summary>
    public ChapterPart? Find(Container container) => (_byScene.GetValueOrDefault(container.Key) ?? _parts.GetValueOrDefault(KeyOf(container))) is { } part && All.Contains(part) ? part : null;

    /// <summary>The chapter that a container of the type is, also where it has no place among the others.</summary>
    public ChapterPart Named(Container chapter) => _parts[KeyOf(chapter)];

    /// <summary>The chapters with scenes in a file.</summary>
    public IEnumerable<ChapterPart?> In(string path) => _snapshot.ContainersIn(path).Where(container => _snapshot.Narrative.PositionOf(container) >= 0).Select(Find).Distinct();

    private static decimal? NumberOf(Container chapter) => ChapterPart.NumberOf(chapter.Fact.Field("number")?.Value.AsText());

    private static string KeyOf(Container chapter) => string.Create(CultureInfo.InvariantCulture, $"{chapter.Path}|{chapter.Fact.Index}");

    private void Gather()
    {
        foreach (var scene in _snapshot.Narrative.Scenes(_snapshot))
        {
            if (PartOf(scene) is { } part)
            {
                part.Scenes.Add(scene);
                _byScene[scene.Key] = part;
            }
        }

        foreach (var chapter in _containers)
        {
            Of(chapter);
        }
    }

    private ChapterPart Of(Container chapter)
    {
        var part = Of(KeyOf(chapter), null);
        part.Container = chapter;
        part.Written = NumberOf(chapter);
        return part;
    }

    private ChapterPart Of(string key, string? label)
    {
        if (!_parts.TryGetValue(key, out var part))
        {
            _parts.Add(key, part = new(key, label));
        }

        return part;
    }

    private ChapterPart? PartOf(Container scene)
    {
        if (scene.Fact.Field(Chapter)?.Value.AsText()?.Trim('[', ']', ' ') is { Length: > 0 } written)
        {
            var number = ChapterPart.NumberOf(written);
            if ((number is { } known ? _byNumber.GetValueOrDefault(known) : _snapshot.Resolve(written, Chapter).Container) is { } chapter)
            {
                return Of(chapter);
            }

            var said = Of("said|" + (number?.ToString("G29", CultureInfo.InvariantCulture) ?? NameKey.Of(written)), number is null ? written : $"chapter {written}");
            said.Written = number;
            return said;
        }

        if (Around(scene) is { } own)
        {
            return Of(own);
        }

        if (_lists.TryGetValue(scene.Key, out var list))
        {
            return list < 0 ? null : Of(string.Create(CultureInfo.InvariantCulture, $"list|{list}"), null);
        }

        if (HeadingOver(scene) is { } heading)
        {
            return Of(string.Create(CultureInfo.InvariantCulture, $"{scene.Path}#{heading.Span.Start}"), null);
        }

        var folder = FileSet.FolderOf(scene.Path);
        return folder.Length > 0 && ChapterPart.InPath(folder) is not null ? Of("folder|" + folder, folder[(folder.LastIndexOf('/') + 1)..])
            : scene.Fact.Index > 0 || scene.Fact.Origin == ContainerOrigin.Heading ? Of("file|" + scene.Path, FileSet.StemOf(scene.Path)) : null;
    }

    // The chapter that a scene stands in, or the chapter whose file it is.
    private Container? Around(Container scene)
    {
        var all = _snapshot.ContainersIn(scene.Path);
        for (var at = scene.Fact.Parent; at >= 0 && at < all.Count; at = all[at].Fact.Parent)
        {
            if (_snapshot.Schemas.IsKindOf(all[at].Type, Chapter))
            {
                return all[at];
            }
        }

        return all is [var first, ..] && !first.IsSameAs(scene) && _snapshot.Schemas.IsKindOf(first.Type, Chapter) ? first : null;
    }

    private static HeadingFact? HeadingOver(Container scene)
    {
        if (scene.Fact.Origin != ContainerOrigin.Heading || scene.Document.Headings.FirstOrDefault(heading => heading.Span.Start == scene.Fact.Span.Start) is not { } own)
        {
            return null;
        }

        return scene.Document.Headings.LastOrDefault(heading => heading.Span.Start < own.Span.Start && heading.Level < own.Level);
    }

    // Chapters without scenes have their place by their numbers; where these say nothing, only if no chapter has scenes.
    private List<ChapterPart> InOrder()
    {
        var read = _parts.Values.Where(part => part.Scenes.Count > 0).OrderBy(part => _snapshot.Narrative.PositionOf(part.Scenes[0])).ToList();
        var isNumbered = _parts.Values.All(part => part.Written is not null) && _parts.Values.Select(part => part.Written).Distinct().Count() == _parts.Count &&
            read.Zip(read.Skip(1)).All(pair => pair.First.Written < pair.Second.Written);
        return isNumbered ? [.. _parts.Values.OrderBy(part => part.Written)] : read.Count > 0 ? read : [.. _parts.Values];
    }

    private void Headings()
    {
        foreach (var part in All)
        {
            var container = part.Container is { Fact.Origin: ContainerOrigin.Heading } made ? made : null;
            var headings = container is null ? part.Scenes.Select(scene => (scene.Path, Heading: HeadingOver(scene))).Distinct().ToList()
                : [(container.Path, container.Document.Headings.FirstOrDefault(heading => heading.Span.Start == container.Fact.Span.Start))];
            if (headings is [(var path, { } only)])
            {
                (part.HeadingPath, part.Heading) = (path, only);
            }
        }

        foreach (var shared in All.Where(part => part.Heading is not null).GroupBy(part => (part.HeadingPath, part.Heading!.Span.Start)).Where(same => same.Count() > 1).SelectMany(same => same).ToList())
        {
            (shared.HeadingPath, shared.Heading) = (null, null);
        }
    }

    private void Homes()
    {
        var owners = All.SelectMany(part => part.Scenes.Append(part.Container).OfType<Container>().Select(container => (container.Path, Part: part))).Distinct().ToLookup(owned => owned.Path, owned => owned.Part);
        var paths = owners.Select(owned => owned.Key).ToList();
        foreach (var part in All)
        {
            var own = new List<string>();
            if (part.Container is { Fact.Index: 0 } container)
            {
                own.Add(container.Path);
            }

            // A file of one scene has the number of the scene.
            if (part.Scenes.Count > 0 && part.Scenes.TrueForAll(scene => scene.Path == part.Scenes[0].Path) && (part.Scenes.Count > 1 || part.Scenes[0].Fact.Origin == ContainerOrigin.Heading))
            {
                own.Add(part.Scenes[0].Path);
            }

            var folder = part.Scenes.Count > 0 ? FileSet.FolderOf(part.Scenes[0].Path) : "";
            while (folder.Length > 0 && ChapterPart.InPath(folder) is null)
            {
                folder = FileSet.FolderOf(folder);
            }

            var inside = folder + "/";
            if (folder.Length > 0 && part.Scenes.TrueForAll(scene => scene.Path.StartsWith(inside, StringComparison.Ordinal)) &&
                paths.TrueForAll(path => !path.StartsWith(inside, StringComparison.Ordinal) || owners[path].All(owner => owner == part)))
            {
                part.Homes.Add(folder);
                own.RemoveAll(path => path.StartsWith(inside, StringComparison.Ordinal));
            }

            part.Homes.AddRange(own.Distinct().Where(path => owners[path].All(owner => owner == part)));
        }
    }
}
