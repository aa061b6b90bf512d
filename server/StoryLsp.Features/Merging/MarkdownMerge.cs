using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
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
        var (mine, before, others) = (Fences(ours), Fences(origin), Fences(theirs));
        var haveSameNames = mine.Select(fence => fence.Name).SequenceEqual(before.Select(fence => fence.Name)) && others.Select(fence => fence.Name).SequenceEqual(before.Select(fence => fence.Name));
        foreach (var (name, fence) in mine)
        {
            if (Find(mine, name) is not null && Find(before, name) is { } was && Find(others, name) is { } yours && (IsWritten(ours, fence) || (haveSameNames && AreOneText(origin, was, ours, fence) && AreOneText(origin, was, theirs, yours))) &&
                YamlMerge.Of(Part(ours, fence), Part(origin, was), Part(theirs, yours), marks, lines) is { } merged)
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

    // A fence is known again by the id of its container. One that is not written is that of the heading, which may be a number that is another one's by now.
    private static List<(string Name, YamlRegion Region)> Fences(MergeSide side) =>
    [
        .. side.Document.YamlRegions.Where(region => region.Span != side.Document.Markdown?.FrontMatter?.Content && region.Containers is [>= 0, ..])
            .Select(region => ((IsWritten(side, region) ? "id " : "heading ") + ContainerOf(side, region).Id, region)),
    ];

    // Where two have the same name, none has it.
    private static YamlRegion? Find(List<(string Name, YamlRegion Region)> fences, string name) => fences.FindAll(fence => fence.Name == name) is [var one] ? one.Region : null;

    private static bool IsWritten(MergeSide side, YamlRegion region) => ContainerOf(side, region).IdIsWritten;

    private static ContainerFact ContainerOf(MergeSide side, YamlRegion region) => side.Document.Facts.Containers[region.Containers[0]];

    private static bool AreOneText(MergeSide side, YamlRegion region, MergeSide otherSide, YamlRegion other)
    {
        var (one, two) = (Prose(side, region), Prose(otherSide, other));
        return one.SetEquals(two) || one.Overlaps(two);
    }

    // The lines from a fence to the next heading.
    private static HashSet<string> Prose(MergeSide side, YamlRegion region)
    {
        var next = side.Document.Markdown?.Headings.FirstOrDefault(heading => heading.Span.Start > region.Span.End)?.Span.Start ?? side.Text.Length;
        return [.. side.Text.Slice(TextSpan.FromBounds(region.Span.End, next)).Split('\n').Select(line => line.Trim()).Where(line => line.Any(char.IsLetterOrDigit))];
    }

    private static MergePart Part(MergeSide side, YamlRegion region) => MergePart.Of(side, region);
}
