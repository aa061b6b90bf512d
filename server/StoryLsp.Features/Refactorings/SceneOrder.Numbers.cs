using System.Globalization;
using StoryLsp.Index;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Refactorings;

internal sealed partial class SceneOrder
{
    // Where the files' numbers give the order, those that stand in them say the same.
    private void Count(List<int> order, FileEdits edits, CancellationToken cancel)
    {
        var parts = _siblings.Select(scene => new ChapterPart(_snapshot.IdOf(scene), null) { Container = scene, Written = Chapters.NumberOf(scene.Fact.Field("number")?.Value.AsText()) }).ToList();
        if (parts.TrueForAll(part => part.Number is not null) && parts.Zip(parts.Skip(1)).All(pair => pair.First.Number < pair.Second.Number))
        {
            new ChapterNumbers(_snapshot, parts, order).Write(edits, cancel);
        }
    }

    private void RotateOrders(List<int> order, FileEdits edits)
    {
        var written = _siblings.Select(sibling => sibling.Fact.Field("order")?.Value as YamlScalar).ToList();
        // Only numbers of one chapter that grow say the order; others are left.
        var isOne = _siblings.Select(Chapters.ChapterOf).Distinct().Count() == 1 && Grow(_siblings);
        if (!isOne)
        {
            return;
        }

        for (var i = 0; i < order.Count; i++)
        {
            var scene = _siblings[order[i]];
            if (order[i] != i && written[order[i]] is { } own && _snapshot.Text(scene.Path) is { } text && _snapshot.Text(_siblings[i].Path) is { } other)
            {
                Put(edits, scene.Path, own.Span, text, other.Slice(written[i]!.Span));
            }
        }
    }

    // It takes the number of the one before which it comes now; those behind it there make room, and those that it leaves close up.
    private void Renumber(List<Container> there, FileEdits edits, int at)
    {
        if (_scene.Fact.Field("order")?.Value is not YamlScalar || !Grow(there) || !Grow(_siblings))
        {
            return;
        }

        SetOrder(_scene, at < there.Count ? Chapters.OrderOf(there[at])!.Value : Chapters.OrderOf(there[^1])!.Value + 1, edits);
        foreach (var other in there.Skip(at))
        {
            SetOrder(other, Chapters.OrderOf(other)!.Value + 1, edits);
        }

        foreach (var other in _siblings.Skip(Index + 1))
        {
            SetOrder(other, Chapters.OrderOf(other)!.Value - 1, edits);
        }
    }

    private static bool Grow(List<Container> scenes)
    {
        var numbers = scenes.Select(Chapters.OrderOf).ToList();
        return numbers.TrueForAll(number => number is not null) && numbers.Zip(numbers.Skip(1)).All(pair => pair.First < pair.Second);
    }

    private void SetOrder(Container scene, decimal order, FileEdits edits)
    {
        if (scene.Fact.Field("order")?.Value is YamlScalar written && _snapshot.Text(scene.Path) is { } text)
        {
            Put(edits, scene.Path, written.Span, text, YamlText.Scalar(order.ToString(CultureInfo.InvariantCulture)));
        }
    }
}
