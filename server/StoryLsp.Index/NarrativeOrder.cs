using System.Globalization;
using StoryLsp.Language.Settings;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Index;

/// <summary>
/// The scenes in the order in which the reader meets them (section 4 of the format): the manuscript's list if there is one, else
/// chapter number and order, else the natural order of paths and the order inside a file.
/// </summary>
public sealed class NarrativeOrder
{
    private const string Scene = "scene";

    private readonly Dictionary<(string Path, int Index), int> _positions = [];
    private readonly List<(string Path, int Index)> _scenes = [];
    private readonly Dictionary<(string Path, int Index), ManuscriptPart> _parts = [];

    private NarrativeOrder(List<(Container Scene, ManuscriptPart? Part)> listed, List<Container> natural, bool hasGaps)
    {
        HasGaps = hasGaps;
        foreach (var (scene, part) in listed)
        {
            if (Add(scene) && part is not null)
            {
                _parts.Add((scene.Path, scene.Fact.Index), part);
            }
        }

        var inList = Count;
        foreach (var scene in natural)
        {
            Add(scene);
        }

        ManuscriptCount = inList > 0 ? inList : Count;
    }

    /// <summary>How many scenes there are.</summary>
    public int Count => _scenes.Count;

    /// <summary>How many of them, the first ones, are in the manuscript's list; all of them where there is no list.</summary>
    public int ManuscriptCount { get; }

    /// <summary>Whether an entry of the manuscript's list names nothing, or not one thing: then a scene that is not in it may stand anywhere.</summary>
    public bool HasGaps { get; }

    /// <summary>The place of a scene, from 0; -1 for anything else.</summary>
    public int PositionOf(Container container) => _positions.GetValueOrDefault((container.Path, container.Fact.Index), -1);

    /// <summary>The innermost part with a title that a scene stands in, in the manuscript's list; null where it stands in none.</summary>
    public ManuscriptPart? PartOf(Container scene) => _parts.GetValueOrDefault((scene.Path, scene.Fact.Index));

    /// <summary>Which scene stands at a place, from 0.</summary>
    public ContainerKey At(int position) => new(_scenes[position].Path, _scenes[position].Index);

    /// <summary>The scenes in order, as containers of a snapshot.</summary>
    public IEnumerable<Container> Scenes(Snapshot snapshot) =>
        _scenes.Select(scene => snapshot.ContainersIn(scene.Path).ElementAtOrDefault(scene.Index)).OfType<Container>();

    internal static NarrativeOrder Of(Snapshot snapshot)
    {
        var scenes = snapshot.ContainersOf(Scene).ToList();
        var natural = scenes
            .OrderBy(scene => ChapterOf(snapshot, scene))
            .ThenBy(scene => NumberOf(scene, "order") ?? double.MaxValue)
            .ThenBy(scene => scene.Path, NaturalOrder.Instance)
            .ThenBy(scene => scene.Fact.Span.Start)
            .ToList();
        var listed = new List<(Container, ManuscriptPart?)>();
        var isWhole = Manuscript(snapshot) is not var (manuscript, path) || Visit(snapshot, manuscript, natural, listed, new(path, null, 0));
        return new NarrativeOrder(listed, natural, !isWhole);
    }

    private bool Add(Container scene)
    {
        if (!_positions.TryAdd((scene.Path, scene.Fact.Index), _scenes.Count))
        {
            return false;
        }

        _scenes.Add((scene.Path, scene.Fact.Index));
        return true;
    }

    /// <summary>The number of the scene's chapter: its own <c>chapter</c>, or that of the chapter which it names.</summary>
    private static double ChapterOf(Snapshot snapshot, Container scene)
    {
        if (NumberOf(scene, "chapter") is { } number)
        {
            return number;
        }

        if (scene.Fact.Field("chapter")?.Value.AsText() is { } name &&
            snapshot.Resolve(name.Trim('[', ']'), "chapter").Container is { } chapter)
        {
            return NumberOf(chapter, "number") ?? double.MaxValue;
        }

        return OwnChapter(snapshot, scene) is { } own ? NumberOf(own, "number") ?? double.MaxValue : double.MaxValue;
    }

    // A scene in a chapter's file belongs to that chapter.
    private static Container? OwnChapter(Snapshot snapshot, Container scene) =>
        snapshot.ContainersIn(scene.Path) is [var first, ..] && !first.IsSameAs(scene) && snapshot.Schemas.IsKindOf(first.Type, "chapter") ? first : null;

    private static double? NumberOf(Container container, string field) =>
        double.TryParse(container.Fact.Field(field)?.Value.AsText(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static (YamlNode List, string Path)? Manuscript(Snapshot snapshot)
    {
        if (snapshot.Settings.Manuscript is { } written)
        {
            return (written, SettingsReader.FileName);
        }

        // Longform keeps the list of scenes in the index note of a draft.
        foreach (var container in snapshot.Containers)
        {
            if (container.Fact.Field("longform")?.Value.Get("scenes") is YamlSequence { Items.Count: > 0 } list)
            {
                return (list, container.Path);
            }
        }

        return null;
    }

    /// <summary>Adds the scenes of a part of the list; false when an entry of it names nothing, or not one thing.</summary>
    private static bool Visit(Snapshot snapshot, YamlNode node, List<Container> natural, List<(Container Scene, ManuscriptPart? Part)> result, ListPlace place)
    {
        const int deepest = 16;
        var isWhole = true;
        switch (node.Resolve())
        {
            case YamlSequence list when place.Depth < deepest:
                foreach (var item in list.Items)
                {
                    isWhole &= Visit(snapshot, item, natural, result, place with { Depth = place.Depth + 1 });
                }

                break;
            case YamlMapping map when place.Depth < deepest:
                // A part with a title: `- Part One: [scene, scene]`.
                foreach (var entry in map.Entries)
                {
                    var part = entry.Key.AsText() is { Length: > 0 } title ? new ManuscriptPart(title.Trim(), place.Path, entry.Key.Span, place.Part) : place.Part;
                    isWhole &= Visit(snapshot, entry.Value, natural, result, new(place.Path, part, place.Depth + 1));
                }

                break;
            case YamlScalar { IsNull: false } scalar:
                isWhole = Add(snapshot, scalar.Value.Trim().Trim('[', ']'), natural, result, place.Part);
                break;
        }

        return isWhole;
    }

    private static bool Add(Snapshot snapshot, string name, List<Container> natural, List<(Container Scene, ManuscriptPart? Part)> result, ManuscriptPart? part)
    {
        if (snapshot.Resolve(name, Scene) is { Candidates: [var scene, ..], Kind: ResolutionKind.Resolved or ResolutionKind.Ambiguous } found)
        {
            result.Add((scene, part));
            return found.Kind == ResolutionKind.Resolved;
        }

        if (snapshot.Resolve(name, "chapter").Container is { } chapter)
        {
            result.AddRange(natural.Where(candidate => IsIn(snapshot, candidate, chapter)).Select(candidate => (candidate, part)));
            return true;
        }

        if (snapshot.Files.FindLinked(name, "") is { } path)
        {
            result.AddRange(natural.Where(candidate => candidate.Path == path).Select(candidate => (candidate, part)));
            return true;
        }

        return false;
    }

    private static bool IsIn(Snapshot snapshot, Container scene, Container chapter)
    {
        if (scene.Fact.Field("chapter")?.Value.AsText() is not { } written)
        {
            return OwnChapter(snapshot, scene)?.IsSameAs(chapter) ?? false;
        }

        return NumberOf(scene, "chapter") is { } number
            ? number == NumberOf(chapter, "number")
            : snapshot.Resolve(written.Trim('[', ']'), "chapter").Container?.IsSameAs(chapter) ?? false;
    }

    /// <summary>What of a document the order depends on.</summary>
    internal static string SignatureOf(Language.Facts.DocumentFacts facts)
    {
        var parts = facts.Containers
            .Where(container => container.Field("chapter") is not null || container.Field("order") is not null || container.Field("longform") is not null || container.Type is "chapter" || container.Type.Contains(Scene, StringComparison.Ordinal))
            .Select(container => $"{container.Index}|{container.Id}|{container.Type}|{container.Field("chapter")?.Value.AsText()}|{container.Field("order")?.Value.AsText()}|{container.Field("number")?.Value.AsText()}|{(container.Field("longform") is { } list ? string.Join(',', list.Value.Get("scenes").AsTexts()) : "")}");
        return string.Join('\n', parts);
    }

    /// <summary>Where in the list one is.</summary>
    private readonly record struct ListPlace(string Path, ManuscriptPart? Part, int Depth);
}

/// <summary>A part of the manuscript's list that has a title: <c>- Part One: [scene, scene]</c>. Two of one title are two.</summary>
/// <param name="title">The title.</param>
/// <param name="path">Workspace-relative path of the document that the list is written in.</param>
/// <param name="span">The title there, in UTF-16 code units.</param>
/// <param name="outer">The part that it stands in; null for none.</param>
public sealed class ManuscriptPart(string title, string path, TextSpan span, ManuscriptPart? outer)
{
    /// <summary>The title.</summary>
    public string Title { get; } = title;

    /// <summary>Workspace-relative path of the document that the list is written in.</summary>
    public string Path { get; } = path;

    /// <summary>The title there, in UTF-16 code units.</summary>
    public TextSpan Span { get; } = span;

    /// <summary>The part that it stands in; null for none.</summary>
    public ManuscriptPart? Outer { get; } = outer;
}
