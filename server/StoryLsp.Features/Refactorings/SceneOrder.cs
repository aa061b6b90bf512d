using System.Globalization;
using System.Text.RegularExpressions;
using StoryLsp.Continuity.Edits;
using StoryLsp.Features.Rename;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Refactorings;

/// <summary>What says in which order the reader meets a scene and those beside it, and how that is changed.</summary>
internal sealed partial class SceneOrder
{
    private readonly Snapshot _snapshot;
    private readonly Container _scene;
    private readonly Manuscript? _manuscript;
    private readonly Manuscript.Entry? _entry;
    private readonly List<Container> _siblings;
    private readonly Way _way;
    private readonly List<(string From, string To)> _moves = [];
    private List<int>? _order;

    private SceneOrder(Snapshot snapshot, Container scene, Way way, List<Container> siblings, Manuscript? manuscript = null, Manuscript.Entry? entry = null)
    {
        _snapshot = snapshot;
        _scene = scene;
        _way = way;
        _siblings = siblings;
        _manuscript = manuscript;
        _entry = entry;
    }

    private enum Way
    {
        List,
        Order,
        Headings,
        Files,
    }

    private int Index => _siblings.FindIndex(sibling => sibling.IsSameAs(_scene));

    /// <summary>The order of a scene; null where nothing that could be changed gives it.</summary>
    public static SceneOrder? Of(Snapshot snapshot, Container scene)
    {
        if (Manuscript.Of(snapshot) is { } manuscript)
        {
            if (manuscript.Find(snapshot, scene) is { } entry)
            {
                return new(snapshot, scene, Way.List, [.. manuscript.Entries(snapshot).Where(other => ReferenceEquals(other.List, entry.List)).Select(other => other.Scene)], manuscript, entry);
            }
        }

        var chapter = Chapters.SameChapter(snapshot, scene).ToList();
        if (Chapters.OrderOf(scene) is not null)
        {
            var numbered = chapter.Where(other => Chapters.OrderOf(other) is not null).ToList();
            return numbered.Count > 1 && numbered.Select(other => Chapters.OrderOf(other)).Distinct().Count() == numbered.Count ? new(snapshot, scene, Way.Order, numbered) : null;
        }

        if (scene.Fact.Origin == ContainerOrigin.Heading)
        {
            var beside = Beside(snapshot, scene);
            return beside.Count > 1 ? new(snapshot, scene, Way.Headings, beside) : null;
        }

        if (scene.Fact is { Index: 0, Origin: ContainerOrigin.MarkdownFile or ContainerOrigin.YamlDocument } && NumberOf(scene.Path) is not null)
        {
            var files = chapter.Where(other => other.Fact.Index == 0 && FileSet.FolderOf(other.Path) == FileSet.FolderOf(scene.Path) && NumberOf(other.Path) is not null && Chapters.OrderOf(other) is null).ToList();
            return files.Count > 1 && files.Select(other => NumberOf(other.Path)).Distinct().Count() == files.Count ? new(snapshot, scene, Way.Files, files) : null;
        }

        return null;
    }

    /// <summary>What a step leads past, as a title has it; null where there is no step.</summary>
    public string? Neighbour(int step)
    {
        var at = Index + step;
        if (at >= 0 && at < _siblings.Count)
        {
            return $"{(step < 0 ? "before" : "behind")} “{_siblings[at].Name}”";
        }

        return _way == Way.List && NextList(step) is not null ? step < 0 ? "to the end of the part before" : "to the beginning of the next part" : null;
    }

    /// <summary>Moves it by one; gives why that cannot be.</summary>
    public string? Step(int step, FileEdits edits)
    {
        var at = Index + step;
        if (at >= 0 && at < _siblings.Count)
        {
            return Rotate(Index, at, edits);
        }

        return _way == Way.List && NextList(step) is { } list ? ToList(list, step, edits) : _siblings.Count == 1 ? $"“{_scene.Name}” is the only scene of its part. Give the part another one first, or move it by hand."
            : $"“{_scene.Name}” is the {(step < 0 ? "first" : "last")} here already.";
    }

    /// <summary>Moves it to a place among all scenes, from 0; gives why that cannot be.</summary>
    public string? MoveTo(int position, FileEdits edits, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var narrative = _snapshot.Narrative;
        if (position >= narrative.Count || _snapshot.ContainersIn(narrative.At(position).Path).ElementAtOrDefault(narrative.At(position).Index) is not { } target)
        {
            return $"There are {narrative.Count.ToString(CultureInfo.InvariantCulture)} scenes.";
        }

        if (target.IsSameAs(_scene))
        {
            return $"“{_scene.Name}” is number {(position + 1).ToString(CultureInfo.InvariantCulture)} already.";
        }

        var at = _siblings.FindIndex(sibling => sibling.IsSameAs(target));
        if (at >= 0)
        {
            return Rotate(Index, at, edits);
        }

        if (_way == Way.List && _siblings.Count > 1 && _manuscript!.Find(_snapshot, target) is { } entry)
        {
            return ToEntry(entry, position < narrative.PositionOf(_scene), edits);
        }

        return $"“{target.Name}” stands in another part, and what gives the order here does not lead out of this one. Move it by steps, or change its `chapter`.";
    }

    /// <summary>The change, with the numbers that go with the places, the files that take other names and all that leads to them; or why there is none.</summary>
    public RefactoringResult Finish(FileEdits edits, CancellationToken cancel)
    {
        if (_order is { } order)
        {
            Count(order, edits, cancel);
        }

        foreach (var file in _moves.Count == 0 ? [] : FileMoves.Moved(_snapshot, _moves, cancel).Files.OfType<TextChange>())
        {
            foreach (var edit in file.Edits)
            {
                edits.Mend(file.Path, edit);
            }
        }

        var result = edits.ToResult();
        return result.Change is { } change ? RefactoringResult.Of(new([.. change.Files, .. _moves.Select(move => new FileMove(move.From, move.To))])) : result;
    }

    // The only scene of a part stays: nothing would say any more of which chapter the part is.
    private YamlSequence? NextList(int step)
    {
        if (_entry!.List.Items.Count == 1)
        {
            return null;
        }

        var at = _manuscript!.Lists.FindIndex(list => ReferenceEquals(list, _entry!.List)) + step;
        return at >= 0 && at < _manuscript.Lists.Count && _manuscript.Lists.Exists(list => ReferenceEquals(list, _entry!.List)) ? _manuscript.Lists[at] : null;
    }

    // Each place between takes what stands beside it; the places themselves stay.
    private string? Rotate(int from, int to, FileEdits edits)
    {
        var order = Enumerable.Range(0, _siblings.Count).ToList();
        order.RemoveAt(from);
        order.Insert(to, from);
        switch (_way)
        {
            case Way.List:
                return RotateList(order, edits);
            case Way.Order:
                RotateOrders(order, edits);
                return null;
            case Way.Headings:
                RotateText(order, edits);
                return null;
            default:
                _order = order;
                return RotateFiles(order);
        }
    }

    // Each entry with the comment behind it; in brackets nobody can tell whose a comment is.
    private string? RotateList(List<int> order, FileEdits edits)
    {
        var entries = _manuscript!.Entries(_snapshot).Where(entry => ReferenceEquals(entry.List, _entry!.List)).ToList();
        var (text, path) = (_manuscript.Document.Text, _manuscript.Document.Path);
        if (_entry!.List.IsFlow && Enumerable.Range(0, order.Count).Any(i => order[i] != i && ListEdits.HasComment(text, _entry.List, entries[i].Index)))
        {
            return $"A comment stands between the scenes of the manuscript in {path}, and would stand beside another one. Write its entries line by line; then each takes its comment along.";
        }

        for (var i = 0; i < order.Count; i++)
        {
            Put(edits, path, ListEdits.WithComment(text, _entry.List, entries[i].Index), text, text.Slice(ListEdits.WithComment(text, _entry.List, entries[order[i]].Index)));
        }

        RotateOrders(order, edits);
        return null;
    }

    private static void Put(FileEdits edits, string path, TextSpan span, SourceText text, string now)
    {
        if (text.Slice(span) != now)
        {
            edits.Add(path, new(span, now));
        }
    }

    // The texts without the blank lines behind them, so that these stay where they are.
    private void RotateText(List<int> order, FileEdits edits)
    {
        var text = _snapshot.Text(_scene.Path)!;
        var parts = _siblings.Select(sibling => TextSpan.FromBounds(sibling.Fact.Span.Start, sibling.Fact.Span.Start + text.Slice(sibling.Fact.Span).TrimEnd('\r', '\n', ' ', '\t').Length)).ToList();
        for (var i = 0; i < order.Count; i++)
        {
            Put(edits, _scene.Path, parts[i], text, text.Slice(parts[order[i]]));
        }
    }

    private string? RotateFiles(List<int> order)
    {
        for (var i = 0; i < order.Count; i++)
        {
            var path = _siblings[order[i]].Path;
            var folder = FileSet.FolderOf(path) is { Length: > 0 } known ? known + "/" : "";
            var name = path[folder.Length..];
            var now = folder + NumberOf(_siblings[i].Path) + name[NumberOf(path)!.Length..];
            if (now == path)
            {
                continue;
            }

            if (_snapshot.Files.Find(now) is not null)
            {
                return $"There is a file {now} already. Give the files names that differ in more than their numbers.";
            }

            _moves.Add((path, now));
        }

        return null;
    }

    private string? ToList(YamlSequence list, int step, FileEdits edits) => Across(
        item => step < 0 && list.Items.Count > 0 ? ListEdits.InsertAfter(_manuscript!.Document.Text, list, list.Items.Count - 1, [item]) : ListEdits.InsertFirst(_manuscript!.Document.Text, list, item),
        list, edits, step < 0 ? int.MaxValue : 0);

    private string? ToEntry(Manuscript.Entry target, bool before, FileEdits edits) => Across(
        item => !before ? ListEdits.InsertAfter(_manuscript!.Document.Text, target.List, target.Index, [item])
            : target.Index > 0 ? ListEdits.InsertAfter(_manuscript!.Document.Text, target.List, target.Index - 1, [item]) : ListEdits.InsertFirst(_manuscript!.Document.Text, target.List, item),
        target.List, edits, before ? target.Index : target.Index + 1);

    private string? Across(Func<string, TextEdit?> insertion, YamlSequence list, FileEdits edits, int at)
    {
        var document = _manuscript!.Document;
        if (ListEdits.TakeOut(document.Text, _entry!.List, _entry.Index, out var item) is not { } removal || insertion(item) is not { } added)
        {
            return ListEdits.HasComment(document.Text, _entry.List, _entry.Index)
                ? $"A comment stands beside “{_scene.Name}” in the manuscript in {document.Path}, and cannot go with it. Write both lists line by line; then it does."
                : $"The manuscript in {document.Path} is written so that a scene cannot go from one part to another. Write its lists in brackets, or change it by hand.";
        }

        edits.Add(document.Path, removal);
        edits.Add(document.Path, added);
        var there = _manuscript.Entries(_snapshot).Where(entry => ReferenceEquals(entry.List, list)).Select(entry => entry.Scene).ToList();
        var chapters = there.Select(other => other.Fact.Field("chapter")?.Value as YamlScalar).ToList();
        if (there.Count > 0 && _scene.Fact.Field("chapter")?.Value is YamlScalar own && chapters.TrueForAll(chapter => chapter is not null) && there.Select(Chapters.ChapterOf).Distinct().Count() == 1 &&
            _snapshot.Text(_scene.Path) is { } text && _snapshot.Text(there[0].Path) is { } other)
        {
            Put(edits, _scene.Path, own.Span, text, other.Slice(chapters[0]!.Span));
            Renumber(there, edits, Math.Min(at, there.Count));
        }

        return null;
    }

    // The scenes of one file that stand beside each other at one level, with nothing between them.
    private static List<Container> Beside(Snapshot snapshot, Container scene)
    {
        var all = snapshot.ContainersIn(scene.Path).Where(other => other.Fact.Origin == ContainerOrigin.Heading && LevelOf(other) == LevelOf(scene)).OrderBy(other => other.Fact.Span.Start).ToList();
        var at = all.FindIndex(other => other.IsSameAs(scene));
        var (first, last) = (at, at);
        while (first > 0 && all[first - 1].Fact.Span.End == all[first].Fact.Span.Start && snapshot.Schemas.IsKindOf(all[first - 1].Type, "scene"))
        {
            first--;
        }

        while (last + 1 < all.Count && all[last].Fact.Span.End == all[last + 1].Fact.Span.Start && snapshot.Schemas.IsKindOf(all[last + 1].Type, "scene"))
        {
            last++;
        }

        return at < 0 ? [] : all.GetRange(first, last - first + 1);
    }

    private static int LevelOf(Container scene) => scene.Document.Headings.FirstOrDefault(heading => heading.Span.Start == scene.Fact.Span.Start)?.Level ?? 0;

    private static string? NumberOf(string path) => Leading().Match(path[(path.LastIndexOf('/') + 1)..]) is { Success: true } match ? match.Value : null;

    [GeneratedRegex(@"^\d{1,9}(?=\D)", RegexOptions.CultureInvariant)]
    private static partial Regex Leading();
}
