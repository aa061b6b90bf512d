using StoryLsp.Features.Matching;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Symbols;

/// <summary>Finds containers and headings of all documents by a few letters.</summary>
public static class WorkspaceSymbols
{
    /// <summary>The most symbols that one answer has.</summary>
    public const int Most = 200;

    /// <summary>The names that fit best, the best first. An empty query gives containers alone.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="query">Letters of the name, in order, whatever their case.</param>
    /// <param name="cancel">Gives up.</param>
    public static IReadOnlyList<WorkspaceSymbol> Find(Snapshot snapshot, string query, CancellationToken cancel)
    {
        query = query.Trim();
        var typed = LetterSet.OfTyped(query);
        var found = new BestOf<Match>(Most);
        foreach (var facts in snapshot.Documents)
        {
            cancel.ThrowIfCancellationRequested();
            var letters = DocumentNames.Of(facts);
            for (var i = 0; i < letters.Containers.Length; i++)
            {
                if (LetterSet.Has(letters.Containers[i], typed))
                {
                    Add(found, query, facts, facts.Containers[i]);
                }
            }

            for (var i = 0; query.Length > 0 && i < letters.Headings.Length; i++)
            {
                if (LetterSet.Has(letters.Headings[i], typed))
                {
                    AddHeading(found, query, facts, facts.Headings[i]);
                }
            }
        }

        return [.. found.InOrder().Select(match => match.ToSymbol())];
    }

    private static void Add(BestOf<Match> found, string query, DocumentFacts facts, ContainerFact container)
    {
        var best = new Match(NameMatch.Score(query, container.Name), container.Name, facts, container, null);
        foreach (var alias in container.Aliases)
        {
            // An alias speaks for its container only where the name itself does not fit as well.
            if (NameMatch.Score(query, alias.Text) is var score && score > best.Score)
            {
                best = new Match(score, alias.Text, facts, container, null);
            }
        }

        if (NameMatch.Score(query, container.Id) is var id && id > best.Score)
        {
            best = best with { Score = id, Name = container.Name };
        }

        if (best.Score > 0)
        {
            found.Add(best);
        }
    }

    private static void AddHeading(BestOf<Match> found, string query, DocumentFacts facts, HeadingFact heading)
    {
        var score = NameMatch.Score(query, heading.Text);
        if (score > 0 && !facts.Containers.Any(container => container.SelectionSpan == heading.TextSpan || container.NameSpan == heading.TextSpan))
        {
            found.Add(new(score, heading.Text, facts, null, heading));
        }
    }

    private readonly record struct Match(int Score, string Name, DocumentFacts Facts, ContainerFact? Container, HeadingFact? Heading) : IComparable<Match>
    {
        private TextSpan Span => Heading?.TextSpan ?? Container!.SelectionSpan;

        public int CompareTo(Match other)
        {
            if (Score != other.Score)
            {
                return other.Score.CompareTo(Score);
            }

            if (Heading is null != other.Heading is null)
            {
                return Heading is null ? -1 : 1;
            }

            var order = string.Compare(Name, other.Name, StringComparison.OrdinalIgnoreCase);
            order = order != 0 ? order : string.CompareOrdinal(Facts.Path, other.Facts.Path);
            return order != 0 ? order : Span.Start.CompareTo(other.Span.Start);
        }

        public WorkspaceSymbol ToSymbol()
        {
            if (Container is not { } container)
            {
                return new(SymbolSort.Heading, DocumentSymbols.NameOr(Name, "#"), null, null, Facts.Containers is [var page, ..] ? page.Name : null, Facts.Path, Span);
            }

            var detail = Name == container.Name ? container.Type : container.Type + " · " + container.Name;
            var owner = container.Parent >= 0 && container.Parent < Facts.Containers.Count ? Facts.Containers[container.Parent].Name : null;
            return new(SymbolSort.Container, DocumentSymbols.NameOr(Name, container.Id), detail, container.Type, owner, Facts.Path, Span);
        }
    }
}
