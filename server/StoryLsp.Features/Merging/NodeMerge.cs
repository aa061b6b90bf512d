using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Merging;

/// <summary>A value, with the stretch of text that belongs to it.</summary>
/// <param name="Side">The text.</param>
/// <param name="Node">The value.</param>
/// <param name="From">Where the stretch begins: the key, the dash, the text.</param>
/// <param name="End">Where it ends.</param>
internal sealed record MergeNode(MergeSide Side, YamlNode Node, int From, int End)
{
    public bool IsFlow => Node is YamlMapping { IsFlow: true } or YamlSequence { IsFlow: true };

    public bool IsCollection => Node is YamlMapping or YamlSequence;
}

/// <summary>Merges values: what one side alone changed is taken from it, down to the single field; only what both changed is a conflict.</summary>
/// <param name="newLine">The line end.</param>
/// <param name="lines">Merges long texts.</param>
internal sealed class NodeMerge(string newLine, LineMerge lines)
{
    /// <summary>The one of three texts that is to stand; null where both sides changed it.</summary>
    public static string? Picked(string? origin, string ours, string theirs)
    {
        var (b, o, t) = (origin is null ? null : Lines.Plain(origin), Lines.Plain(ours), Lines.Plain(theirs));
        return t == b || o == t ? ours : o == b ? theirs : null;
    }

    /// <summary>The merged lines of a list or mapping, from where its first entry's lines begin; null where it cannot be merged.</summary>
    /// <param name="origin">What both come from; null where it was not there.</param>
    /// <param name="ours">Ours.</param>
    /// <param name="theirs">Theirs.</param>
    /// <param name="name">The key of the value, which tells of some lists whether their order means something.</param>
    public List<MergePiece>? Block(MergeNode? origin, MergeNode ours, MergeNode theirs, string? name)
    {
        if (!AreAlike(origin, ours, theirs) || ours.IsFlow)
        {
            return null;
        }

        var keys = ItemKeys.Of(ours.Side.IdKeys, origin?.Node, ours.Node, theirs.Node);
        if (Units(origin, keys[0]) is not { } b || Units(ours, keys[1]) is not { } o || Units(theirs, keys[2]) is not { } t)
        {
            return null;
        }

        var isOrdered = ours.Node is YamlSequence && ItemKeys.IsOrdered(name, ours.Side.FieldOf(ours.Node) ?? theirs.Side.FieldOf(theirs.Node), keys.SelectMany(list => list));
        var steps = Arrangement.Of(keys[0], keys[1], keys[2], isOrdered, key => b.Find(key) is { } was && (o.Find(key) ?? t.Find(key)) is { } left && left.Plain != was.Plain);
        if (steps is not { Count: > 0 })
        {
            return null;
        }

        var result = new List<MergePiece>();
        foreach (var step in steps)
        {
            var isBehindDash = result.Count == 0 && o.IsCompact;
            if (result.Count > 0)
            {
                result.Add(new(newLine));
            }

            if (step.Theirs is { } added)
            {
                result.Add(new(Joined(step.Keys.Select(key => o.Find(key)!), o.Column, isBehindDash), "", Joined(added.Select(key => t.Find(key)!), o.Column, isBehindDash)));
                continue;
            }

            result.Add(new(Lead(LeadOf(b, o, t, step.Keys[0], o.Column), o.Column, isBehindDash)));
            result.AddRange(Unit(b.Find(step.Keys[0]), o.Find(step.Keys[0]), t.Find(step.Keys[0]), o.Column));
        }

        result.Add(new(Both(origin is null ? null : b.Tail, o.Tail, t.Tail)));
        return result;
    }

    // Entries stand on lines of their own; the first one may stand behind a dash.
    private string Lead(string lead, int column, bool isBehindDash) => isBehindDash && lead.Length == 0 ? "" : (isBehindDash ? newLine : "") + lead + new string(' ', column);

    private static string LeadOf(UnitList b, UnitList o, UnitList t, string key, int column)
    {
        var (origin, ours, theirs) = (b.Find(key)?.LeadAt(column), o.Find(key)?.LeadAt(column), t.Find(key)?.LeadAt(column));
        return ours is not null && theirs is not null ? Both(origin, ours, theirs) : origin is null ? ours ?? theirs ?? "" : ours is null ? LeadOf(t, o, key, column) : LeadOf(o, t, key, column);
    }

    private string Joined(IEnumerable<MergeUnit> units, int column, bool isBehindDash) => string.Join(newLine, units.Select((unit, i) =>
        Lead(unit.LeadAt(column), column, isBehindDash && i == 0) + unit.BodyAt(column)));

    // What one side took out of its place and left above another entry stands there already.
    private static string LeadOf(UnitList left, UnitList taken, string key, int column)
    {
        var lead = left.Find(key)!.LeadAt(column);
        var others = taken.Units.SelectMany(unit => unit.Lead.Split('\n')).Select(line => line.Trim()).ToHashSet(StringComparer.Ordinal);
        return lead.Split('\n').Select(line => line.Trim()).All(line => line.Length == 0 || others.Contains(line)) ? "" : lead;
    }

    // Comments and blank lines are no field: where both sides changed them, those of both stand.
    private static string Both(string? origin, string ours, string theirs)
    {
        var (b, o, t) = (Exact(origin ?? ""), Exact(ours), Exact(theirs));
        if (t == b || o == t || o == b)
        {
            return t == b || o == t ? ours : theirs;
        }

        // Blank lines count here, blanks at the ends of lines do not.
        static string Exact(string text) => string.Join('\n', text.Split('\n').Select(line => line.Trim()));

        var known = (ours + "\n" + origin).Split('\n').Select(line => line.Trim()).ToHashSet(StringComparer.Ordinal);
        var added = theirs.Split('\n').Where(line => line.Trim() is { Length: > 0 } text && !known.Contains(text)).ToList();
        if (added.Count == 0)
        {
            return ours;
        }

        // What stands behind the last entry begins with a line end, what stands above one ends with it.
        return ours.EndsWith('\n') || ours.Length == 0 ? ours + string.Concat(added.Select(line => line + "\n")) : ours + "\n" + string.Join('\n', added);
    }

    private IEnumerable<MergePiece> Unit(MergeUnit? b, MergeUnit? o, MergeUnit? t, int column)
    {
        if (o is null || t is null)
        {
            var one = (o ?? t)!;
            // Taken out on one side and changed on the other.
            return b is null ? [new(one.BodyAt(column))] : [new(o?.BodyAt(column) ?? "", b.BodyAt(column), t?.BodyAt(column) ?? "")];
        }

        if (Whole(b, o, t) is { } whole)
        {
            return [new(whole.BodyAt(column))];
        }

        return Parts(b, o, t, column) ?? [new(o.BodyAt(column), b?.BodyAt(column) ?? "", t.BodyAt(column))];
    }

    // The one of three entries that is to stand as it is; null where both sides changed it.
    private static MergeUnit? Whole(MergeUnit? b, MergeUnit o, MergeUnit t)
    {
        if (t.Plain == b?.Plain || o.Plain == t.Plain)
        {
            return o;
        }

        if (o.Plain == b?.Plain)
        {
            return t;
        }

        return b is not null && SayTheSame(t, b) || SayTheSame(o, t) ? o : b is not null && SayTheSame(o, b) ? t : null;
    }

    private static bool SayTheSame(MergeUnit one, MergeUnit other) =>
        ItemKeys.Content(one.Value) == ItemKeys.Content(other.Value) && MergeProof.Comments(one.Body).Order(StringComparer.Ordinal).SequenceEqual(MergeProof.Comments(other.Body).Order(StringComparer.Ordinal));

    private List<MergePiece>? Parts(MergeUnit? b, MergeUnit o, MergeUnit t, int column)
    {
        var (from, ours, theirs) = (b is null ? null : NodeOf(b), NodeOf(o), NodeOf(t));
        if (o.Start < 0 || !AreAlike(from, ours, theirs))
        {
            return o.Start >= 0 && t.Start >= 0 && b is not { Start: < 0 } ? Scalar(b, o, t, column) : null;
        }

        if (ours.IsFlow)
        {
            return FlowMerge.Of(from, ours, theirs, o.Key) is { } merged && Around(b, o, t, column, merged) is { } around ? around : null;
        }

        var keys = ItemKeys.Of(o.Side.IdKeys, o.Value)[0];
        if (Block(from, ours, theirs, o.Key) is not { } pieces || Units(ours, keys) is not { } list)
        {
            return null;
        }

        var head = o.Side.Text.Slice(TextSpan.FromBounds(o.Start, list.Start));
        return [new(Lines.Shifted(head, column - o.Column, skipFirst: true)), .. pieces];
    }

    // What stands before and behind a value on its line, such as a comment, is merged by itself.
    private static List<MergePiece>? Around(MergeUnit? b, MergeUnit o, MergeUnit t, int column, string value)
    {
        if (t.Start < 0 || b is { Start: < 0 })
        {
            return [new(Lines.Shifted(Before(o) + value + Behind(o), column - o.Column, skipFirst: true))];
        }

        return Picked(b is null ? null : Before(b), Before(o), Before(t)) is { } before && Picked(b is null ? null : Behind(b), Behind(o), Behind(t)) is { } behind
            ? [new(Lines.Shifted(before + value + behind, column - o.Column, skipFirst: true))] : null;
    }

    private List<MergePiece>? Scalar(MergeUnit? b, MergeUnit o, MergeUnit t, int column)
    {
        if (o.Value is not YamlScalar || t.Value is not YamlScalar || b is { Value: not YamlScalar })
        {
            return null;
        }

        var (origin, ours, theirs) = (b is null ? null : ValueOf(b, o.Column), ValueOf(o, o.Column), ValueOf(t, o.Column));
        if ((Picked(origin, ours, theirs) ?? LongText(b, o, t)) is not { } value)
        {
            return null;
        }

        return Around(b, o, t, column, value);
    }

    // A text of several lines is merged as prose is, if that gives no conflict.
    private string? LongText(MergeUnit? b, MergeUnit o, MergeUnit t)
    {
        if (b is null || !new[] { b, o, t }.All(unit => unit.Value is YamlScalar { Style: YamlScalarStyle.Literal }))
        {
            return null;
        }

        var merged = lines(ValueOf(o, o.Column) + newLine, ValueOf(b, o.Column) + newLine, ValueOf(t, o.Column) + newLine);
        return merged.Conflicts == 0 && merged.Text.EndsWith(newLine, StringComparison.Ordinal) ? merged.Text[..^newLine.Length] : null;
    }

    private static MergeNode NodeOf(MergeUnit unit) => new(unit.Side, unit.Value, unit.Start, unit.Start + unit.Body.Length);

    private static string ValueOf(MergeUnit unit, int column) => Lines.Shifted(unit.Side.Text.Slice(ValueSpan(unit)), column - unit.Column, skipFirst: true);

    private static string Before(MergeUnit unit) => unit.Side.Text.Slice(TextSpan.FromBounds(unit.Start, ValueSpan(unit).Start));

    private static string Behind(MergeUnit unit) => unit.Side.Text.Slice(TextSpan.FromBounds(ValueSpan(unit).End, unit.Start + unit.Body.Length));

    private static TextSpan ValueSpan(MergeUnit unit)
    {
        var (start, end) = (Math.Max(unit.Start, unit.Value.Span.Start), Math.Min(unit.Value.Span.End, unit.Start + unit.Body.Length));
        return TextSpan.FromBounds(start, Math.Max(start, end));
    }

    private static UnitList? Units(MergeNode? node, IReadOnlyList<string> keys) =>
        node is null ? UnitList.None : node.IsFlow ? new UnitReader(node.Side).ReadFlow(node.Node, keys) : new UnitReader(node.Side).Read(node.Node, keys, node.From, node.End);

    private static bool AreAlike(MergeNode? origin, MergeNode ours, MergeNode theirs) =>
        ours.IsCollection && theirs.IsCollection && (ours.Node is YamlMapping) == (theirs.Node is YamlMapping) &&
        (origin is null || (origin.IsCollection && (origin.Node is YamlMapping) == (ours.Node is YamlMapping)));
}
