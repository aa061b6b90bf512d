using StoryLsp.Language.Documents;
using StoryLsp.Language.Markdown;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Merging;

/// <summary>
/// Merges Markdown: its stretches of YAML by their fields, then the prose by lines, with the merged YAML put into all three texts, so that the lines around it find themselves.
/// </summary>
/// <param name="ours">Our text.</param>
/// <param name="origin">What both come from.</param>
/// <param name="theirs">Their text.</param>
/// <param name="marks">How conflicts are marked.</param>
/// <param name="lines">Merges by lines.</param>
internal sealed class MarkdownMerge(MergeSide ours, MergeSide origin, MergeSide theirs, ConflictMarks marks, LineMerge lines)
{
    private readonly List<string> _merged = [];
    private readonly List<TextEdit> _ours = [];
    private readonly List<TextEdit> _origin = [];
    private readonly List<TextEdit> _theirs = [];
    private int _conflicts;

    /// <summary>The merged text; null where its YAML is better merged by lines.</summary>
    public MergeResult? Merge()
    {
        MergeFrontMatter();
        var fences = Fences(origin);
        var other = Fences(theirs);
        foreach (var (name, fence) in Fences(ours))
        {
            if (fences.TryGetValue(name, out var was) && other.TryGetValue(name, out var yours) && YamlMerge.Of(Part(ours, fence), Part(origin, was), Part(theirs, yours), marks, lines) is { } merged)
            {
                Put(merged, fence.Span, was.Span, yours.Span);
            }
        }

        if (_merged.Count == 0)
        {
            return null;
        }

        var prose = lines(ours.Text.WithEdits(_ours).Text, origin.Text.WithEdits(_origin).Text, theirs.Text.WithEdits(_theirs).Text);
        return _merged.All(part => prose.Text.Contains(part, StringComparison.Ordinal)) ? new(prose.Text, prose.Conflicts + _conflicts) : null;
    }

    private void MergeFrontMatter()
    {
        if (ours.Document.Markdown?.FrontMatter is not { IsClosed: true } mine || theirs.Document.Markdown?.FrontMatter is not { IsClosed: true } yours || origin.Document.Markdown?.FrontMatter is { IsClosed: false } ||
            RegionOf(ours, mine) is not { } one || RegionOf(theirs, yours) is not { } other)
        {
            return;
        }

        var before = origin.Document.Markdown?.FrontMatter;
        var was = before is null ? null : RegionOf(origin, before);
        if ((before is not null && was is null) || YamlMerge.Of(Part(ours, one), was is null ? null : Part(origin, was), Part(theirs, other), marks, lines) is not { } merged)
        {
            return;
        }

        Put(merged, one.Span, was?.Span ?? default, other.Span);
        if (was is null)
        {
            // Where neither came from front matter, that of both stands above what they come from.
            var text = ours.Text;
            var (head, foot) = (text.Slice(TextSpan.FromBounds(0, one.Span.Start)), text.Slice(TextSpan.FromBounds(one.Span.End, ours.Document.Markdown.BodyStart)));
            _origin[^1] = new(default, head + merged.Text + foot);
        }
    }

    private void Put(MergeResult merged, TextSpan mine, TextSpan was, TextSpan yours)
    {
        _merged.Add(merged.Text);
        _ours.Add(new(mine, merged.Text));
        _origin.Add(new(was, merged.Text));
        _theirs.Add(new(yours, merged.Text));
        _conflicts += merged.Conflicts;
    }

    private static YamlRegion? RegionOf(MergeSide side, FrontMatter frontMatter) => side.Document.YamlRegions.FirstOrDefault(region => region.Span == frontMatter.Content);

    // A fence is known again by the id of its container; where two have the same, by none.
    private static Dictionary<string, YamlRegion> Fences(MergeSide side) => side.Document.YamlRegions
        .Where(region => region.Span != side.Document.Markdown?.FrontMatter?.Content && region.Containers is [>= 0, ..])
        .GroupBy(region => side.Document.Facts.Containers[region.Containers[0]].Id, StringComparer.Ordinal)
        .Where(group => group.Count() == 1)
        .ToDictionary(group => group.Key, group => group.Single(), StringComparer.Ordinal);

    private static MergePart Part(MergeSide side, YamlRegion region) => MergePart.Of(side, region);
}
