using StoryLsp.Continuity;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Pipelines.Proposals.Continuity;

/// <summary>A finding and the document that it is in.</summary>
internal readonly record struct Found(string Path, Finding Finding);

/// <summary>The story with some hunks of a proposal in place, and what is found there that is not found now.</summary>
internal sealed class Look
{
    private readonly Snapshot _before;
    private readonly Findings _findings;
    private readonly Findings _beside;
    private readonly Dictionary<int, (string File, TextSpan Span)> _places = [];

    public Look(Snapshot before, Findings findings, IReadOnlyCollection<PlacedHunk> hunks, ProjectedDocuments read)
    {
        _before = before;
        _findings = findings;
        _beside = findings.Beside();
        Hunks = hunks;
        Snapshot = Projection.Of(before, hunks, read);
        foreach (var file in hunks.GroupBy(hunk => hunk.Hunk.File, StringComparer.Ordinal))
        {
            var shift = 0;
            foreach (var hunk in ProposalApplication.InOrder(file))
            {
                var edit = hunk.Edit!.Value;
                _places[hunk.Hunk.Id] = (file.Key, new(edit.Span.Start + shift, edit.NewText.Length));
                shift += edit.NewText.Length - edit.Span.Length;
            }
        }
    }

    public IReadOnlyCollection<PlacedHunk> Hunks { get; }

    public Snapshot Snapshot { get; }

    /// <summary>Where the new text of a hunk stands.</summary>
    public (string File, TextSpan Span) PlaceOf(int hunk) => _places[hunk];

    /// <summary>What is found only after, and only before, in all documents.</summary>
    public (List<Found> Added, List<Found> Removed) Difference()
    {
        var paths = _before.Documents.Select(facts => facts.Path).Union(Snapshot.Documents.Select(facts => facts.Path), StringComparer.Ordinal).ToArray();
        var each = new (List<Found> Added, List<Found> Removed)[paths.Length];
        Parallel.For(0, paths.Length, i => each[i] = DifferenceIn(paths[i]));
        return ([.. each.SelectMany(one => one.Added).OrderBy(found => found.Path, StringComparer.Ordinal).ThenBy(found => found.Finding.Span.Start)],
            [.. each.SelectMany(one => one.Removed).OrderBy(found => found.Path, StringComparer.Ordinal).ThenBy(found => found.Finding.Span.Start)]);
    }

    /// <summary>Whether a document has more findings of that code and message than it has now.</summary>
    public bool Brings(Found found) => DifferenceIn(found.Path).Added.Exists(other => KeyOf(other.Finding) == KeyOf(found.Finding));

    /// <summary>The hunks whose new text a finding stands in, or rests on.</summary>
    public List<int> At(Found found)
    {
        var direct = In(found.Path, found.Finding.Span);
        return [.. direct.Union(found.Finding.Related.SelectMany(place => In(place.Path, place.Span))).Order()];
    }

    private IEnumerable<int> In(string path, TextSpan span) => _places
        .Where(place => place.Value.File == path && (place.Value.Span.Overlaps(span) || (place.Value.Span.IsEmpty && span.Start < place.Value.Span.Start && place.Value.Span.Start < span.End)))
        .Select(place => place.Key);

    private (List<Found> Added, List<Found> Removed) DifferenceIn(string path)
    {
        var before = _findings.Of(_before, path);
        var after = _beside.Of(Snapshot, path);
        return ReferenceEquals(before, after) ? ([], []) : (Without(path, after, before), Without(path, before, after));
    }

    // Findings move with the text, so only what they say counts; of several that say the same those in new text are the new ones.
    private List<Found> Without(string path, IReadOnlyList<Finding> findings, IReadOnlyList<Finding> others)
    {
        IEnumerable<Finding> left = findings.OrderBy(finding => In(path, finding.Span).Any());
        return [.. Remaining([.. left], others).Select(finding => new Found(path, finding))];
    }

    private static List<Finding> Remaining(List<Finding> findings, IReadOnlyList<Finding> others)
    {
        var counts = others.GroupBy(KeyOf).ToDictionary(group => group.Key, group => group.Count());
        return findings.FindAll(finding =>
        {
            var known = counts.GetValueOrDefault(KeyOf(finding));
            counts[KeyOf(finding)] = known - 1;
            return known <= 0;
        });
    }

    // A message may count words or days: another number alone makes no other finding.
    private static (string Code, Severity Severity, string Message) KeyOf(Finding finding) =>
        (finding.Code, finding.Severity, string.Concat(finding.Message.Where(unit => !char.IsAsciiDigit(unit))));
}
