using StoryLsp.Continuity.Edits;
using StoryLsp.Index;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Refactorings;

/// <summary>The entries of the manuscript's list that chapters have: a list or a title with one each, a chapter or file by its name, or scene after scene.</summary>
internal sealed class ChapterList
{
    private const int Deepest = 16;

    private ChapterList(SourceText text, List<TextSpan> entries, List<int> owners)
    {
        Text = text;
        Entries = entries;
        Owners = owners;
    }

    public SourceText Text { get; }

    /// <summary>The entries, in order, each with the comment behind it on its line.</summary>
    public List<TextSpan> Entries { get; }

    /// <summary>Which of the chapters each entry belongs to.</summary>
    public List<int> Owners { get; }

    /// <summary>Whether the list has anything of a chapter.</summary>
    public static bool Has(Snapshot snapshot, Manuscript manuscript, ChapterParts parts, ChapterPart part) => OwnersOf(snapshot, manuscript.Root, parts, 0).Contains(part);

    /// <summary>The entries of chapters that follow each other; null where they do not stand in one list one after the other.</summary>
    public static ChapterList? Of(Snapshot snapshot, Manuscript manuscript, ChapterParts parts, List<ChapterPart> range)
    {
        var all = OwnersOf(snapshot, manuscript.Root, parts, 0).ToHashSet();
        foreach (var level in Levels(manuscript.Document.Text, manuscript.Root, 0))
        {
            var owners = level.Select(entry => OwnersOf(snapshot, entry.Node, parts, 0).Distinct().ToList()).ToList();
            var first = owners.FindIndex(owned => owned.Exists(IsMeant));
            var last = owners.FindLastIndex(owned => owned.Exists(IsMeant));
            if (first < 0 || owners.Skip(first).Take(last - first + 1).Any(owned => owned is not [{ } only] || !range.Contains(only)))
            {
                continue;
            }

            var indices = owners.Skip(first).Take(last - first + 1).Select(owned => range.IndexOf(owned[0]!)).ToList();
            var runs = indices.Where((index, i) => i == 0 || indices[i - 1] != index).ToList();
            if (runs.SequenceEqual(Enumerable.Range(0, range.Count).Where(index => all.Contains(range[index]))))
            {
                return new(manuscript.Document.Text, [.. level.Skip(first).Take(indices.Count).Select(entry => entry.Span)], indices);
            }
        }

        return null;

        bool IsMeant(ChapterPart? part) => part is not null && range.Contains(part);
    }

    private static IEnumerable<List<(YamlNode Node, TextSpan Span)>> Levels(SourceText text, YamlNode node, int depth)
    {
        if (depth > Deepest)
        {
            yield break;
        }

        var children = node switch
        {
            YamlSequence list => list.Items.Select(item => (item, ListEdits.WithComment(text, item.Span, list.IsFlow))).ToList(),
            YamlMapping map => map.Entries.Select(entry => (entry.Value, ListEdits.WithComment(text, TextSpan.FromBounds(entry.Key.Span.Start, Math.Max(entry.Key.Span.End, entry.Value.Span.End)), map.IsFlow))).ToList(),
            _ => [],
        };
        if (children.Count > 0)
        {
            yield return children;
        }

        foreach (var level in children.SelectMany(child => Levels(text, child.Item1, depth + 1)))
        {
            yield return level;
        }
    }

    private static IEnumerable<ChapterPart?> OwnersOf(Snapshot snapshot, YamlNode node, ChapterParts parts, int depth) => depth > Deepest ? [] : node switch
    {
        YamlSequence list => list.Items.SelectMany(item => OwnersOf(snapshot, item, parts, depth + 1)),
        YamlMapping map => map.Entries.SelectMany(entry => OwnersOf(snapshot, entry.Value, parts, depth + 1)),
        YamlScalar { IsNull: false } scalar => OwnersOf(snapshot, scalar.Value.Trim().Trim('[', ']'), parts),
        _ => [],
    };

    private static IEnumerable<ChapterPart?> OwnersOf(Snapshot snapshot, string name, ChapterParts parts) =>
        (snapshot.Resolve(name, "scene").Container ?? snapshot.Resolve(name, "chapter").Container) is { } container ? [parts.Find(container)]
        : snapshot.Files.FindLinked(name, "") is { } path ? parts.In(path) : [];
}
