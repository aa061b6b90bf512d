using System.Text.RegularExpressions;
using StoryLsp.Continuity;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Refactorings;

/// <summary>Looks at a workspace as a change would leave it: whether all prose is prose yet, all YAML reads as before, and all links lead where they led.</summary>
/// <param name="before">The workspace before the change.</param>
/// <param name="change">The change.</param>
internal sealed partial class Aftermath(Snapshot before, WorkspaceChange change)
{
    private readonly Snapshot _after = before.Projected(Texts(before, change), Findings.DocumentRules);
    private readonly List<string> _paths = [.. change.Files.Select(file => file.Path).Distinct(StringComparer.Ordinal)];

    /// <summary>A part of a text as it was; what a document is made of after the change.</summary>
    /// <param name="Path">The document that it stood in; null for a link that is new.</param>
    /// <param name="Span">Where it stood.</param>
    public sealed record Part(string? Path, TextSpan Span);

    /// <summary>Whether words of prose are lost, or YAML cannot be read that could be.</summary>
    public bool LosesWords() =>
        Words(before).Order(StringComparer.Ordinal).Except(Words(_after), StringComparer.Ordinal).Any() || Words(before).Count > Words(_after).Count || Errors(_after) > Errors(before);

    /// <summary>The number of containers of a document.</summary>
    public int ContainersIn(string path) => _after.ContainersIn(path).Count();

    /// <summary>Whether a link leads elsewhere than it did.</summary>
    /// <param name="layout">The bodies of the documents that are made of parts, by path.</param>
    /// <param name="cancel">Gives up.</param>
    public bool LosesLinks(IReadOnlyDictionary<string, IReadOnlyList<Part>> layout, CancellationToken cancel)
    {
        var headings = Headings(layout);
        var own = layout.Values.SelectMany(parts => parts).Select(part => part.Path).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var facts in before.Documents)
        {
            cancel.ThrowIfCancellationRequested();
            if (!own.Contains(facts.Path) && _after.Facts(facts.Path) is { } now && now.Links.Count == facts.Links.Count &&
                facts.Links.Zip(now.Links).Any(pair => !IsKept(facts.Path, pair.First, facts.Path, pair.Second, layout, headings)))
            {
                return true;
            }
        }

        foreach (var (path, parts) in layout)
        {
            var links = BodyOf(path, facts => facts.Links.Select(link => (link, link.Span)));
            var were = parts.SelectMany(part => part.Path is { } was ? Of(part, before.Facts(was)!.Links, link => link.Span).Select(link => (Path: was, Link: (LinkFact?)link)) : [(Path: path, Link: null)]).ToList();
            if (links.Count != were.Count || were.Zip(links).Any(pair => pair.First.Link is { } link && !IsKept(pair.First.Path, link, path, pair.Second, layout, headings)))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsKept(string was, LinkFact link, string path, LinkFact now, IReadOnlyDictionary<string, IReadOnlyList<Part>> layout, Dictionary<(string, TextSpan), (string, TextSpan)> headings)
    {
        if (before.ResolveLink(link, was) is not { Kind: LinkResolutionKind.Resolved, Path: { } goal } found)
        {
            return true;
        }

        var then = _after.ResolveLink(now, path);
        if (then.Kind != LinkResolutionKind.Resolved || then.Path is not { } leads)
        {
            return false;
        }

        if (found.Heading is { } heading && headings.TryGetValue((goal, heading.Span), out var kept))
        {
            // A new title of the same words stands for the part.
            return (leads, then.Heading?.Span) == kept || (leads == kept.Item1 && then.Heading is { } title && title.Text == heading.Text && !headings.ContainsValue((leads, title.Span)));
        }

        var isSplit = layout.Values.Any(parts => parts.Any(part => part.Path == goal));
        return !isSplit ? leads == goal
            : link.Anchor is ['^', ..] ? layout[leads].Any(part => part.Path == goal && before.Text(goal)!.Slice(part.Span).Contains(link.Anchor, StringComparison.OrdinalIgnoreCase))
            : _after.Facts(goal) is not null ? leads == goal
            : layout.TryGetValue(leads, out var parts) && parts.Any(part => part.Path == goal);
    }

    private Dictionary<(string, TextSpan), (string, TextSpan)> Headings(IReadOnlyDictionary<string, IReadOnlyList<Part>> layout)
    {
        var result = new Dictionary<(string, TextSpan), (string, TextSpan)>();
        foreach (var (path, parts) in layout)
        {
            var were = parts.Where(part => part.Path is not null).SelectMany(part => Of(part, before.Facts(part.Path!)!.Headings, heading => heading.Span).Select(heading => (part.Path!, heading.Span))).ToList();
            // A title that is new stands before all others.
            var are = BodyOf(path, facts => facts.Headings.Select(heading => (heading, heading.Span))).TakeLast(were.Count).ToList();
            foreach (var (old, heading) in were.Zip(are))
            {
                result[old] = (path, heading.Span);
            }
        }

        return result;
    }

    private List<T> BodyOf<T>(string path, Func<DocumentFacts, IEnumerable<(T Item, TextSpan Span)>> items) =>
        _after.Facts(path) is { } facts && _after.Document(path)?.Markdown is { } markdown ? [.. items(facts).Where(item => item.Span.Start >= markdown.BodyStart).OrderBy(item => item.Span.Start).Select(item => item.Item)] : [];

    private static IEnumerable<T> Of<T>(Part part, IEnumerable<T> items, Func<T, TextSpan> span) => items.Where(item => part.Span.Contains(span(item))).OrderBy(item => span(item).Start);

    // A full stop may stay behind where its sentence goes; a script without blanks is cut between any two signs.
    private List<string> Words(Snapshot snapshot)
    {
        var words = new List<string>();
        foreach (var path in _paths)
        {
            if (snapshot.Facts(path) is not { } facts || snapshot.Text(path) is not { } text)
            {
                continue;
            }

            foreach (var prose in facts.Prose.Where(prose => !facts.Headings.Any(heading => heading.Span.Overlaps(prose.Span))))
            {
                // Links may be written otherwise afterwards.
                var bare = facts.Links.Where(link => prose.Span.Contains(link.Span)).OrderByDescending(link => link.Span.Start)
                    .Aggregate(text.Slice(prose.Span), (slice, link) => link.Span.End - prose.Span.Start <= slice.Length ? slice.Remove(link.Span.Start - prose.Span.Start, link.Span.Length) : slice);
                foreach (var word in Word().EnumerateMatches(bare))
                {
                    words.Add(bare.Substring(word.Index, word.Length));
                }
            }
        }

        return words;
    }

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}|[\p{L}\p{M}\p{N}-[\p{IsCJKUnifiedIdeographs}]]+|\p{Cs}+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();

    private int Errors(Snapshot snapshot) => _paths.Sum(path => snapshot.Facts(path) is null ? 0 : snapshot.Document(path)?.YamlRegions.Sum(region => region.Tree.Errors.Count) ?? 0);

    private static Dictionary<string, SourceText?> Texts(Snapshot before, WorkspaceChange change)
    {
        var texts = new Dictionary<string, SourceText?>(StringComparer.Ordinal);
        foreach (var file in change.Files)
        {
            switch (file)
            {
                case TextChange edit:
                    texts[edit.Path] = (texts.GetValueOrDefault(edit.Path) ?? before.Text(edit.Path) ?? SourceText.Empty).WithEdits(edit.Edits);
                    break;
                case FileCreation creation:
                    texts[creation.Path] = SourceText.From(creation.Text);
                    break;
                case FileDeletion:
                    texts[file.Path] = null;
                    break;
            }
        }

        return texts;
    }
}
