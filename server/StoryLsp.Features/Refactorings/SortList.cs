using StoryLsp.Features.Places;
using StoryLsp.Index;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Refactorings;

/// <summary>Sorts a list of words in which the order means nothing.</summary>
internal sealed class SortList : IRefactoring
{
    private const int Deepest = 64;

    // Here the order is the order of things.
    private static readonly string[] Ordered = ["effects", "manuscript", "longform", "scenes", "progressions", "uses", "relies_on", "routes", "steps", "names", "title", "name"];

    public string Name => "sort-list";

    public string Kind => "refactor.rewrite.sort-list";

    public IEnumerable<RefactoringOffer> Offers(RefactoringPlace place)
    {
        if (Find(place) is var (key, list) && !Ordered.Contains(key) && Sorted(place.Text, list) is not null)
        {
            yield return new($"Sort `{key}`", RefactoringInput.None);
        }
    }

    public RefactoringResult Change(RefactoringPlace place, RefactoringInput input)
    {
        if (Find(place) is not var (key, list))
        {
            return RefactoringResult.Refused("There is no list of words here. Set the cursor into one.");
        }

        return Ordered.Contains(key) ? RefactoringResult.Refused($"The order of `{key}` is the order in which things happen or are read, so it is not sorted.")
            : Sorted(place.Text, list) is { } edits ? RefactoringResult.Of(WorkspaceChange.Edit(place.Path, edits))
            : RefactoringResult.Refused($"`{key}` is sorted already, or has comments between its entries, which would lose their place.");
    }

    private static (string Key, YamlSequence List)? Find(RefactoringPlace place)
    {
        (string, YamlSequence)? best = null;
        foreach (var root in place.Document.YamlRegions.Where(region => region.Span.Touches(place.Span.Start)).SelectMany(region => region.Tree.Documents).Select(document => document.Root))
        {
            Visit(root, "", 0);
        }

        return best;

        void Visit(YamlNode? node, string key, int depth)
        {
            if (node is null || depth > Deepest)
            {
                return;
            }

            switch (node)
            {
                case YamlMapping map:
                    foreach (var entry in map.Entries.Where(entry => entry.Span.Touches(place.Span.Start)))
                    {
                        Visit(entry.Value, (entry.Key as YamlScalar)?.Value.ToLowerInvariant() ?? "", depth + 1);
                    }

                    break;
                case YamlSequence list:
                    if (list.Items.Count > 1 && list.Items.All(item => item is YamlScalar { Style: YamlScalarStyle.Plain or YamlScalarStyle.SingleQuoted or YamlScalarStyle.DoubleQuoted, Anchor: null, Tag: null }))
                    {
                        best = (key, list);
                    }

                    // The way to a list inside of an ordered one goes through that one.
                    foreach (var item in list.Items.Where(item => item.Span.Touches(place.Span.Start)))
                    {
                        Visit(item, key, depth + 1);
                    }

                    break;
            }
        }
    }

    // The entries change places; commas, dashes and line ends stay where they are.
    private static List<TextEdit>? Sorted(SourceText text, YamlSequence list)
    {
        for (var i = 1; i < list.Items.Count; i++)
        {
            if (text.Text.AsSpan(list.Items[i - 1].Span.End, list.Items[i].Span.Start - list.Items[i - 1].Span.End).Contains('#'))
            {
                return null;
            }
        }

        var end = list.Items[^1].Span.End;
        var line = text.GetLineSpan(text.GetPosition(end).Line).End;
        if (!list.IsFlow && text.Text.AsSpan(end, line - end).Contains('#'))
        {
            return null;
        }

        var sorted = list.Items.Cast<YamlScalar>().OrderBy(item => item.Value, NaturalOrder.Instance).ToList();
        var edits = list.Items.Zip(sorted).Where(pair => pair.First != pair.Second && text.Slice(pair.First.Span) != text.Slice(pair.Second.Span))
            .Select(pair => new TextEdit(pair.First.Span, text.Slice(pair.Second.Span))).ToList();
        return edits.Count == 0 ? null : edits;
    }
}
