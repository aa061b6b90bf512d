using System.Globalization;
using StoryLsp.Features.Matching;
using StoryLsp.Index;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Completion;

/// <summary>Containers as completions: matched by id, name and alias, the best two hundred.</summary>
internal static class ContainerItems
{
    /// <summary>The completions of containers.</summary>
    /// <param name="request">The request.</param>
    /// <param name="containers">The containers to choose from.</param>
    /// <param name="span">What is replaced; its text up to the caret is what they are compared with.</param>
    /// <param name="write">The text to insert for a container, given the name that matched; null: it cannot be referred to from here.</param>
    public static CompletionList Of(CompletionRequest request, IEnumerable<Container> containers, TextSpan span, Func<Container, string, string?> write)
    {
        var typed = request.Typed(span).Trim();
        var found = Rank(request, containers, typed);
        var items = new List<CompletionItem>(Math.Min(found.Count, Completions.MostItems));
        foreach (var match in found.InOrder())
        {
            if (write(match.Container, match.Name) is { } text)
            {
                items.Add(Item(request.Snapshot, match, typed, span, text, items.Count));
            }
        }

        return new(items, found.IsCut);
    }

    /// <summary>The container that an item's data names, or null when it is gone.</summary>
    public static Container? Find(Snapshot snapshot, string? data)
    {
        var slash = data?.IndexOf('/') ?? -1;
        if (slash < 0 || !int.TryParse(data.AsSpan(0, slash), NumberStyles.None, CultureInfo.InvariantCulture, out var index))
        {
            return null;
        }

        var containers = snapshot.ContainersIn(data![(slash + 1)..]);
        return index < containers.Count ? containers[index] : null;
    }

    /// <summary>The data by which an item finds its container again.</summary>
    public static string DataOf(Container container) => container.Fact.Index.ToString(CultureInfo.InvariantCulture) + "/" + container.Path;

    /// <summary>The text that names a container in a reference field: its written id, else its name where that resolves to it, else its derived id.</summary>
    public static string ReferenceTo(Snapshot snapshot, Container container, string? target)
    {
        if (container.Fact.IdIsWritten)
        {
            return container.Fact.Id;
        }

        return snapshot.Resolve(container.Name, target).Container is { } found && found.IsSameAs(container) && !container.Name.Contains('\n')
            ? container.Name
            : snapshot.IdOf(container);
    }

    private static BestOf<Match> Rank(CompletionRequest request, IEnumerable<Container> containers, string typed)
    {
        var found = new BestOf<Match>(Completions.MostItems);
        foreach (var container in containers)
        {
            if (found.Count % 256 == 0)
            {
                request.Cancel.ThrowIfCancellationRequested();
            }

            var match = Score(container, typed);
            if (match.Score > 0)
            {
                found.Add(match);
            }
        }

        return found;
    }

    private static Match Score(Container container, string typed)
    {
        var fact = container.Fact;
        var best = new Match(NameMatch.Score(typed, fact.Name), fact.Name, container);
        foreach (var alias in fact.Aliases)
        {
            if (NameMatch.Score(typed, alias.Text) is var score && score > best.Score)
            {
                best = new Match(score, alias.Text, container);
            }
        }

        return NameMatch.Score(typed, fact.Id) is var id && id > best.Score ? new Match(id, fact.Id, container) : best;
    }

    private static CompletionItem Item(Snapshot snapshot, Match match, string typed, TextSpan span, string text, int rank)
    {
        var fact = match.Container.Fact;
        return new CompletionItem
        {
            Label = fact.Name,
            Kind = CompletionKind.Container,
            Detail = fact.IdIsWritten && fact.Id != fact.Name ? fact.Type + " · " + fact.Id : fact.Type,
            NewText = text,
            Span = span,
            FilterText = FilterText(snapshot, match, typed),
            SortText = rank.ToString("D3", CultureInfo.InvariantCulture),
            Data = DataOf(match.Container),
        };
    }

    /// <summary>A name as editors find it that compare only beginnings, case and all: a writer who types <c>her</c> means The Heron.</summary>
    public static string FilterText(string name, string typed) =>
        name.IndexOf(typed, StringComparison.OrdinalIgnoreCase) is >= 0 and var at ? typed + name[(at + typed.Length)..] : name;

    // What was matched stands first.
    private static string FilterText(Snapshot snapshot, Match match, string typed)
    {
        var fact = match.Container.Fact;
        var names = new List<string>(fact.Aliases.Count + 2);
        if (typed.Length > 0)
        {
            names.Add(FilterText(match.Name, typed));
        }

        names.Add(fact.Name);
        names.Add(snapshot.IdOf(match.Container));
        names.AddRange(fact.Aliases.Select(alias => alias.Text));
        return string.Join(' ', names.Distinct());
    }

    private readonly record struct Match(int Score, string Name, Container Container) : IComparable<Match>
    {
        public int CompareTo(Match other)
        {
            if (Score != other.Score)
            {
                return other.Score.CompareTo(Score);
            }

            var order = string.Compare(Container.Name, other.Container.Name, StringComparison.OrdinalIgnoreCase);
            order = order != 0 ? order : string.CompareOrdinal(Container.Path, other.Container.Path);
            return order != 0 ? order : Container.Fact.Index.CompareTo(other.Container.Fact.Index);
        }
    }
}
