using StoryLsp.Language.Facts;
using StoryLsp.Language.Mentions;

namespace StoryLsp.Index.Mentions;

/// <summary>How a word with a capital is used in a workspace.</summary>
/// <param name="Count">How often (see <see cref="CapitalWord"/>).</param>
/// <param name="Away">How often of these away from the beginning of a sentence.</param>
/// <param name="Paths">The documents that use it, in natural order.</param>
internal sealed record WordUse(int Count, int Away, string[] Paths)
{
    public static WordUse None { get; } = new(0, 0, []);
}

/// <summary>
/// The words of all prose of a snapshot (see <see cref="ProseWords"/>), summed up. Made from those of an earlier snapshot at the cost of the change.
/// </summary>
internal sealed class WorkspaceWords
{
    private readonly LayeredMap<string, ProseWords> _documents;
    private readonly LayeredMap<string, WordUse> _uses;

    private WorkspaceWords(LayeredMap<string, ProseWords> documents, LayeredMap<string, WordUse> uses)
    {
        _documents = documents;
        _uses = uses;
    }

    /// <summary>The words of a snapshot; the same object as long as no document has other words.</summary>
    public static WorkspaceWords Of(Snapshot snapshot) => snapshot.Derive(Fresh, Next);

    /// <summary>How a word is used, spelled just so.</summary>
    public WordUse Use(string word) => _uses.GetValueOrDefault(word) ?? WordUse.None;

    /// <summary>The words of a document.</summary>
    public ProseWords In(string path) => _documents.GetValueOrDefault(path) ?? ProseWords.None;

    /// <summary>Whether any prose has a word in small letters that no dictionary has.</summary>
    public bool HasSmall(string word)
    {
        foreach (var words in _documents.Values)
        {
            if (words.HasSmall(word))
            {
                return true;
            }
        }

        return false;
    }

    private static WorkspaceWords Fresh(Snapshot snapshot)
    {
        var documents = new Dictionary<string, ProseWords>(snapshot.DocumentCount, StringComparer.Ordinal);
        var uses = new Dictionary<string, (int Count, int Away, List<string> Paths)>(StringComparer.Ordinal);
        // The paths of each word come in natural order, as the documents do.
        foreach (var facts in snapshot.Documents.OrderBy(facts => facts.Path, NaturalOrder.Instance))
        {
            if (facts.Words.Capitals.Count + facts.Words.Small.Count > 0)
            {
                documents.Add(facts.Path, facts.Words);
            }

            foreach (var word in facts.Words.Capitals)
            {
                var (count, away, paths) = uses.TryGetValue(word.Text, out var known) ? known : (0, 0, []);
                paths.Add(facts.Path);
                uses[word.Text] = (count + word.Count, away + word.Away, paths);
            }
        }

        var finished = new Dictionary<string, WordUse>(uses.Count, StringComparer.Ordinal);
        foreach (var (word, (count, away, paths)) in uses)
        {
            finished.Add(word, new(count, away, [.. paths]));
        }

        return new(LayeredMap<string, ProseWords>.Of(documents), LayeredMap<string, WordUse>.Of(finished));
    }

    private static WorkspaceWords Next(WorkspaceWords before, Snapshot snapshot, IReadOnlyCollection<string> touched)
    {
        LayeredMap<string, ProseWords>.Builder? documents = null;
        LayeredMap<string, WordUse>.Builder? uses = null;
        foreach (var path in touched)
        {
            var old = before.In(path);
            var now = snapshot.Facts(path)?.Words ?? ProseWords.None;
            if (old.IsSame(now))
            {
                continue;
            }

            (documents ??= before._documents.ToBuilder())[path] = now;
            Replace(uses ??= before._uses.ToBuilder(), path, old, now);
        }

        return documents is null ? before : new(documents.ToImmutable(), uses!.ToImmutable());
    }

    private static void Replace(LayeredMap<string, WordUse>.Builder uses, string path, ProseWords old, ProseWords now)
    {
        var mine = now.Capitals.ToDictionary(word => word.Text, StringComparer.Ordinal);
        foreach (var word in old.Capitals)
        {
            var next = mine.TryGetValue(word.Text, out var kept) ? kept : new(word.Text, 0, 0);
            mine.Remove(word.Text);
            if (next != word)
            {
                Add(uses, path, word.Text, next.Count - word.Count, next.Away - word.Away, next.Count > 0);
            }
        }

        foreach (var word in mine.Values)
        {
            Add(uses, path, word.Text, word.Count, word.Away, true);
        }
    }

    private static void Add(LayeredMap<string, WordUse>.Builder uses, string path, string word, int count, int away, bool isThere)
    {
        var use = uses.TryGetValue(word, out var known) ? known : WordUse.None;
        var at = Array.BinarySearch(use.Paths, path, NaturalOrder.Instance);
        string[] paths = (isThere, at >= 0) switch
        {
            (true, false) => [.. use.Paths[..~at], path, .. use.Paths[~at..]],
            (false, true) => [.. use.Paths[..at], .. use.Paths[(at + 1)..]],
            _ => use.Paths,
        };
        if (paths.Length == 0)
        {
            uses.Remove(word);
        }
        else
        {
            uses[word] = new(use.Count + count, use.Away + away, paths);
        }
    }
}
