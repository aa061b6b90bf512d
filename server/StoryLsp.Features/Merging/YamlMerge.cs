using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Merging;

/// <summary>A stretch of YAML in one of the three texts.</summary>
/// <param name="Side">The text.</param>
/// <param name="Span">Where it stands.</param>
/// <param name="Tree">Its tree.</param>
/// <param name="Names">For each document of the tree by what it is known again; empty where nothing that is written names it.</param>
internal sealed record MergePart(MergeSide Side, TextSpan Span, YamlTree Tree, IReadOnlyList<string> Names)
{
    public static MergePart Of(MergeSide side, YamlRegion region) =>
        new(side, region.Span, region.Tree, [.. region.Containers.Select(index => index >= 0 ? NameOf(side.Document.Facts.Containers[index]) : "")]);

    /// <summary>The same, with names by which its documents are known in what both come from; one document of each is the same one.</summary>
    public MergePart As(MergePart? origin, bool isSingle) => this with
    {
        Names = isSingle ? [.. Names.Select(_ => "")] : origin is null || origin == this ? Names : RenamedKeys.As(origin.Names, origin.Roots, Names, Roots),
    };

    public string Text => Side.Text.Slice(Span);

    // A derived id says where a document stands, and another one may stand there on the other side.
    private static string NameOf(ContainerFact container) => container.IdIsWritten ? "id " + container.Id : container.NameSpan is not null ? "name " + container.Name : "";

    private YamlNode?[] Roots => [.. Tree.Documents.Select(document => document.Root)];

    /// <summary>Where a document of the tree begins and ends, so that all of them cover the stretch.</summary>
    public TextSpan SpanOf(int document)
    {
        var text = Side.Text;
        return TextSpan.FromBounds(Begin(document), document + 1 < Tree.Documents.Count ? Begin(document + 1) : Span.End);

        int Begin(int index) => index == 0 ? Span.Start : text.LineStarts[text.GetPosition(Tree.Documents[index].Span.Start).Line];
    }
}

/// <summary>Merges a stretch of YAML, and looks whether the result says what both sides say.</summary>
internal static class YamlMerge
{
    /// <summary>The merged stretch; null where it is not sure to hold what both sides say.</summary>
    public static MergeResult? Of(MergePart ours, MergePart? origin, MergePart theirs, ConflictMarks marks, LineMerge lines)
    {
        // The name of a value may mean another one once both sides have given it.
        var parts = new[] { ours, origin, theirs }.OfType<MergePart>().ToList();
        var isSingle = parts.TrueForAll(part => part.Names.Count <= 1);
        if (parts.Exists(part => part.Tree.Errors.Count > 0 || part.Tree.Documents.Any(document => HasAlias(document.Root, 0)) || (!isSingle && part.Names.Contains(""))))
        {
            return null;
        }

        (ours, theirs, origin) = (ours.As(origin, isSingle), theirs.As(origin, isSingle), origin?.As(origin, isSingle));
        var newLine = ours.Side.Text.DominantLineEnding;
        if (Pieces(ours, origin, theirs, newLine, lines) is not { } pieces)
        {
            return null;
        }

        var text = MergeOutput.Write(pieces, newLine, (piece, before) => MergeOutput.Marked(piece, before, newLine, marks));
        var read = YamlParser.Parse(SourceText.From(MergeOutput.Write(pieces, newLine, (piece, before) => MergeOutput.Side(piece.Ours, before))));
        return read.Errors.Count == 0 && MergeProof.KeepsWords(ours.Text, origin?.Text ?? "", theirs.Text, text) ? new(text, pieces.Count(piece => piece.IsConflict)) : null;
    }

    private static List<MergePiece>? Pieces(MergePart ours, MergePart? origin, MergePart theirs, string newLine, LineMerge lines)
    {
        var names = (Ours: ours.Names, Origin: origin?.Names ?? [], Theirs: theirs.Names);
        if (new[] { names.Ours, names.Origin, names.Theirs }.Any(list => list.Distinct(StringComparer.Ordinal).Count() != list.Count) || names.Ours.Count == 0 || names.Theirs.Count == 0 ||
            Arrangement.Of(names.Origin, names.Ours, names.Theirs, false, name => IsChanged(name, ours, theirs, origin)) is not { } steps ||
            steps.Any(step => step.Theirs is not null))
        {
            return null;
        }

        var result = new List<MergePiece>();
        foreach (var name in steps.Select(step => step.Keys[0]))
        {
            if (result.Count > 0 && !result[^1].IsConflict && result[^1].Ours.Length > 0 && !result[^1].Ours.EndsWith('\n'))
            {
                result.Add(new(newLine));
            }

            var (o, b, t) = (Find(ours, name), origin is null ? null : Find(origin, name), Find(theirs, name));
            if ((o ?? t) is { } one && (o is null || t is null))
            {
                // A document that one side took out and the other changed is left to a merge by lines.
                if (b is not null)
                {
                    return null;
                }

                result.Add(new(one));
            }
            else if (o == t || t == b)
            {
                result.Add(new(o!));
            }
            else if (o == b)
            {
                result.Add(new(t!));
            }
            else if (Document(ours, origin, theirs, name, newLine, lines) is { } pieces)
            {
                result.AddRange(pieces);
            }
            else
            {
                return null;
            }
        }

        return result;
    }

    private static bool HasAlias(YamlNode? node, int depth) => depth > 100 || node switch
    {
        YamlAlias => true,
        YamlSequence list => list.Items.Any(item => HasAlias(item, depth + 1)),
        YamlMapping mapping => mapping.Entries.Any(entry => HasAlias(entry.Key, depth + 1) || HasAlias(entry.Value, depth + 1)),
        _ => false,
    };

    private static bool IsChanged(string name, MergePart ours, MergePart theirs, MergePart? origin) =>
        origin is not null && (Find(ours, name) ?? Find(theirs, name)) != Find(origin, name);

    private static string? Find(MergePart part, string name) => IndexOf(part, name) is >= 0 and var index ? part.Side.Text.Slice(part.SpanOf(index)) : null;

    private static int IndexOf(MergePart part, string name)
    {
        for (var i = 0; i < part.Names.Count; i++)
        {
            if (part.Names[i] == name)
            {
                return i;
            }
        }

        return -1;
    }

    private static List<MergePiece>? Document(MergePart ours, MergePart? origin, MergePart theirs, string name, string newLine, LineMerge lines)
    {
        var (o, b, t) = (NodeOf(ours, name), origin is null ? null : NodeOf(origin, name), NodeOf(theirs, name));
        if (o is null || t is null)
        {
            return null;
        }

        // An empty text has nothing to begin from.
        b = b is { Node: YamlScalar { IsNull: true } } ? null : b;
        var head = ours.Side.Text.Slice(TextSpan.FromBounds(ours.SpanOf(IndexOf(ours, name)).Start, o.From));
        var otherHead = theirs.Side.Text.Slice(TextSpan.FromBounds(theirs.SpanOf(IndexOf(theirs, name)).Start, t.From));
        var knownHead = b is null ? head : origin!.Side.Text.Slice(TextSpan.FromBounds(origin.SpanOf(IndexOf(origin, name)).Start, b.From));
        if (NodeMerge.Picked(knownHead, head, otherHead) is not { } merged || new NodeMerge(newLine, lines).Block(b, o, t, null) is not { } pieces)
        {
            return null;
        }

        pieces.Insert(0, new(merged));
        var mine = MergeOutput.Write(pieces, newLine, (piece, before) => MergeOutput.Side(piece.Ours, before));
        var yours = MergeOutput.Write(pieces, newLine, (piece, before) => MergeOutput.Side(piece.Theirs!, before));
        return MergeProof.SaysBoth(o.Side.IdKeys, o.Node, b?.Node, t.Node, mine, yours) ? pieces : null;
    }

    private static MergeNode? NodeOf(MergePart part, string name)
    {
        var index = IndexOf(part, name);
        if (index < 0 || part.Tree.Documents[index].Root is not { } root)
        {
            return null;
        }

        var (span, text) = (part.SpanOf(index), part.Side.Text);
        var from = span.Start;
        for (var line = text.GetPosition(span.Start).Line; line <= text.GetPosition(Math.Max(span.Start, root.Span.Start - 1)).Line && text.LineStarts[line] < root.Span.Start; line++)
        {
            var written = text.Slice(text.GetLineSpan(line));
            if (written.StartsWith("---", StringComparison.Ordinal) || written.StartsWith('%'))
            {
                from = line + 1 < text.LineCount ? text.LineStarts[line + 1] : span.End;
            }
        }

        return new(part.Side, root, Math.Min(from, span.End), span.End);
    }
}
