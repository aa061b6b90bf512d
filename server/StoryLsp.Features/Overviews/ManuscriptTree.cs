using StoryLsp.Features.Navigation;
using StoryLsp.Features.Refactorings;
using StoryLsp.Features.Symbols;
using StoryLsp.Index;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Overviews;

/// <summary>
/// Puts scenes into their chapters and these into the parts of the manuscript's list, without changing the order of reading: a chapter that is read in two
/// stretches stands there twice.
/// </summary>
internal sealed class ManuscriptTree
{
    private readonly Snapshot _snapshot;
    private readonly ChapterParts _chapters;
    private readonly Dictionary<ManuscriptPart, HashSet<ChapterPart?>> _inPart = new(ReferenceEqualityComparer.Instance);
    private readonly List<(object Key, List<ManuscriptEntry> List)> _open = [];
    private readonly Dictionary<ChapterPart, (List<ManuscriptEntry> List, ManuscriptEntry Entry)> _placed = [];

    public ManuscriptTree(Snapshot snapshot)
    {
        _snapshot = snapshot;
        _chapters = ChapterParts.Of(snapshot);
        var scenes = snapshot.Narrative.Scenes(snapshot).ToList();
        foreach (var scene in scenes)
        {
            for (var part = snapshot.Narrative.PartOf(scene); part is not null; part = part.Outer)
            {
                (_inPart.TryGetValue(part, out var chapters) ? chapters : _inPart[part] = []).Add(_chapters.Find(scene));
            }
        }

        scenes.ForEach(Add);
        AddChaptersWithoutScenes();
    }

    /// <summary>The outermost entries.</summary>
    public List<ManuscriptEntry> Entries { get; } = [];

    private void Add(Container scene)
    {
        var chapter = _chapters.Find(scene);
        var path = new List<object>();
        for (var part = _snapshot.Narrative.PartOf(scene); part is not null; part = part.Outer)
        {
            // A title over one chapter alone is the chapter's own.
            if (path.Count > 0 || chapter is null || _inPart[part].Count > 1)
            {
                path.Insert(0, part);
            }
        }

        if (chapter is not null)
        {
            path.Add(chapter);
        }

        var same = _open.Zip(path).TakeWhile(pair => ReferenceEquals(pair.First.Key, pair.Second)).Count();
        _open.RemoveRange(same, _open.Count - same);
        foreach (var key in path.Skip(same))
        {
            var list = Innermost;
            var entry = key is ChapterPart opened ? Chapter(opened, scene) : Part((ManuscriptPart)key);
            list.Add(entry);
            _open.Add((key, entry.List));
            if (key is ChapterPart placed)
            {
                _placed[placed] = (list, entry);
            }
        }

        Innermost.Add(new()
        {
            Kind = ManuscriptEntryKind.Scene, Container = scene, Name = StoryBible.NameOf(scene), Path = scene.Path, Span = Definitions.LocationOf(scene).SelectionSpan, Status = StatusOf(scene),
        });
    }

    private List<ManuscriptEntry> Innermost => _open.Count > 0 ? _open[^1].List : Entries;

    private static ManuscriptEntry Part(ManuscriptPart part) => new() { Kind = ManuscriptEntryKind.Part, Name = part.Title, Path = part.Path, Span = part.Span };

    private ManuscriptEntry Chapter(ChapterPart chapter, Container? first)
    {
        var (path, span) = chapter.Container is { } own ? (own.Path, Definitions.LocationOf(own).SelectionSpan)
            : chapter is { HeadingPath: { } headed, Heading: { } heading } ? (headed, heading.TextSpan)
            : (first!.Path, Definitions.LocationOf(first).SelectionSpan);
        return new()
        {
            Kind = ManuscriptEntryKind.Chapter,
            Container = chapter.Container,
            Name = NameOf(chapter, first),
            Path = path,
            Span = span,
            Status = chapter.Container is { } said ? StatusOf(said) : null,
        };
    }

    private string NameOf(ChapterPart chapter, Container? first)
    {
        if (chapter.Container is { } own)
        {
            return StoryBible.NameOf(own);
        }

        // What has no name but the list's title is called by that.
        var name = chapter.Heading is null && first is not null && _snapshot.Narrative.PartOf(first) is { } part && _inPart[part].Count == 1 ? part.Title : chapter.Name;
        return DocumentSymbols.NameOr(name.Length > 0 ? char.ToUpperInvariant(name[0]) + name[1..] : "", "Chapter");
    }

    // A chapter that is only planned, or whose text is not in scenes, stands behind the one before it: by its number, else by its file.
    private void AddChaptersWithoutScenes()
    {
        ChapterPart? before = null;
        foreach (var chapter in _chapters.All)
        {
            Place(chapter, before);
            before = chapter;
        }

        before = null;
        foreach (var container in _snapshot.ContainersOf("chapter").OrderBy(chapter => chapter.Path, NaturalOrder.Instance).ThenBy(chapter => chapter.Fact.Span.Start))
        {
            var chapter = _chapters.Named(container);
            Place(chapter, before);
            before = chapter;
        }
    }

    private void Place(ChapterPart chapter, ChapterPart? before)
    {
        if (_placed.ContainsKey(chapter) || chapter.Container is null)
        {
            return;
        }

        var entry = Chapter(chapter, null);
        var (list, at) = before is not null && _placed.TryGetValue(before, out var known) ? (known.List, known.List.IndexOf(known.Entry) + 1) : (Entries, 0);
        list.Insert(at, entry);
        _placed[chapter] = (list, entry);
    }

    private static string? StatusOf(Container container) => container.Fact.Field("status")?.Value.AsText()?.Trim() is { Length: > 0 } status ? status : null;
}
