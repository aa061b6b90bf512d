using System.Text;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Merging;

/// <summary>Merges lists and mappings in brackets. There is no room for marks in them: a conflict is one of the whole line.</summary>
internal static class FlowMerge
{
    private sealed record Entry(MergeSide Side, string Key, TextSpan Span, YamlNode Value, int? Before);

    /// <summary>The merged list or mapping with its brackets; null where both sides changed the same.</summary>
    public static string? Of(MergeNode? origin, MergeNode ours, MergeNode theirs, string? name)
    {
        var keys = ItemKeys.Of(ours.Side.IdKeys, origin?.Node, ours.Node, theirs.Node);
        if (keys.Any(list => list.Distinct(StringComparer.Ordinal).Count() != list.Count))
        {
            return null;
        }

        var (b, o, t) = (Entries(origin, keys[0]), Entries(ours, keys[1]), Entries(theirs, keys[2]));
        var isOrdered = ours.Node is YamlSequence && ItemKeys.IsOrdered(name, ours.Side.FieldOf(ours.Node) ?? theirs.Side.FieldOf(theirs.Node), keys.SelectMany(list => list));
        if (Arrangement.Of(keys[0], keys[1], keys[2], isOrdered, IsChanged) is not { } steps || steps.Any(step => step.Theirs is not null))
        {
            return null;
        }

        var items = new List<(string Text, Entry From)>();
        foreach (var key in steps.Select(step => step.Keys[0]))
        {
            var (was, mine, yours) = (Find(b, key), Find(o, key), Find(t, key));
            if (was is not null && (mine is null || yours is null))
            {
                return null;
            }

            if (Item(was, mine, yours) is not { } text || text.Contains('\n', StringComparison.Ordinal) && mine is null)
            {
                return null;
            }

            items.Add((text, (mine ?? yours)!));
        }

        return Written(ours, o, items);

        bool IsChanged(string key) => Find(b, key) is { } was && (Find(o, key) ?? Find(t, key)) is { } left && TextOf(left) != TextOf(was);
    }

    private static string? Item(Entry? was, Entry? mine, Entry? yours)
    {
        if (mine is null || yours is null)
        {
            return TextOf((mine ?? yours)!);
        }

        if (NodeMerge.Picked(was is null ? null : TextOf(was), TextOf(mine), TextOf(yours)) is { } picked)
        {
            return picked;
        }

        var (b, o, t) = (was is null ? null : NodeOf(was), NodeOf(mine), NodeOf(yours));
        var isAlike = o is { IsFlow: true } && t.IsFlow && (o.Node is YamlMapping) == (t.Node is YamlMapping) && (b is null || (b.IsFlow && (b.Node is YamlMapping) == (o.Node is YamlMapping)));
        return isAlike && Of(b, o, t, mine.Key) is { } merged ? mine.Side.Text.Slice(TextSpan.FromBounds(mine.Span.Start, mine.Value.Span.Start)) + merged : null;
    }

    // What stands between the entries of ours stays; what is new comes behind what ours has between its entries.
    private static string Written(MergeNode ours, List<Entry> own, List<(string Text, Entry From)> items)
    {
        var text = ours.Side.Text;
        var (span, between) = (ours.Node.Span, own.Count > 1 ? text.Slice(TextSpan.FromBounds(own[0].Span.End, own[1].Span.Start)) : ", ");
        var result = new StringBuilder(own.Count > 0 ? text.Slice(TextSpan.FromBounds(span.Start, own[0].Span.Start)) : text.Slice(new(span.Start, 1)));
        for (var i = 0; i < items.Count; i++)
        {
            var (written, from) = items[i];
            result.Append(i == 0 ? "" : from.Side == ours.Side && from.Before is { } before ? text.Slice(TextSpan.FromBounds(before, from.Span.Start)) : between).Append(written);
        }

        return result.Append(own.Count > 0 ? text.Slice(TextSpan.FromBounds(own[^1].Span.End, span.End)) : text.Slice(new(span.End - 1, 1))).ToString();
    }

    private static List<Entry> Entries(MergeNode? node, IReadOnlyList<string> keys)
    {
        var result = new List<Entry>();
        foreach (var (span, i) in node is null ? [] : UnitReader.SpansOf(node.Node).Select((span, i) => (span, i)))
        {
            var value = node!.Node is YamlMapping mapping ? mapping.Entries[i].Value : ((YamlSequence)node.Node).Items[i];
            result.Add(new(node.Side, keys[i], span, value, result.Count > 0 ? result[^1].Span.End : null));
        }

        return result;
    }

    private static MergeNode NodeOf(Entry entry) => new(entry.Side, entry.Value, entry.Span.Start, entry.Span.End);

    private static Entry? Find(List<Entry> entries, string key) => entries.Find(entry => entry.Key == key);

    private static string TextOf(Entry entry) => entry.Side.Text.Slice(entry.Span);
}
