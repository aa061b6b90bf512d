using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Index.Mentions;
using StoryLsp.Language.Mentions;

namespace StoryLsp.Continuity.Naming;

/// <summary>The names that nobody has, and that a document is the first to use among the scenes and chapters.</summary>
internal sealed record UnknownNamesFirstIn(string Path) : Question
{
    private const int FewestUses = 2;

    private static readonly WordSet None = new([]);

    public override bool IsOfProse => true;

    public override object? Ask(StoryWorld world)
    {
        var snapshot = world.Snapshot;
        if (snapshot.Facts(Path) is not { Words.Capitals.Count: > 0 } facts || !HasScenes(snapshot, Path) || snapshot.Mentions.NamedContainers.Count == 0 ||
            DriftedWordsIn.CapitalsSayNothing(snapshot.Settings.Language))
        {
            return None;
        }

        var words = WorkspaceWords.Of(snapshot);
        var parts = NameParts.Of(snapshot);
        List<string>? found = null;
        foreach (var word in facts.Words.Capitals)
        {
            var use = words.Use(word.Text);
            if (use.Count >= FewestUses && use.Away > 0 && IsFirst(snapshot, use) && !WordList.IsEnglish(word.Text) && !NameWords.IsNoPersonOrPlace(word.Text) &&
                !parts.IsKnown(word.Text) && parts.NearestTo(word.Text) is null && !words.HasSmall(word.Text) && !IsFormOfOther(words, word.Text))
            {
                (found ??= []).Add(word.Text);
            }
        }

        return found is null ? None : new WordSet(found);
    }

    private bool IsFirst(Snapshot snapshot, WordUse use)
    {
        foreach (var path in use.Paths)
        {
            if (path == Path)
            {
                return true;
            }

            if (HasScenes(snapshot, path))
            {
                return false;
            }
        }

        return false;
    }

    // The Pettigrews are no news beside Pettigrew.
    private static bool IsFormOfOther(WorkspaceWords words, string word) => word.EndsWith('s') && words.Use(word[..^1]).Count > 0;

    private static bool HasScenes(Snapshot snapshot, string path)
    {
        foreach (var container in snapshot.ContainersIn(path))
        {
            if (snapshot.Schemas.IsKindOf(container.Type, "scene") || snapshot.Schemas.IsKindOf(container.Type, "chapter"))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>Words, equal to others when they are the same in the same order.</summary>
internal sealed class WordSet(IReadOnlyList<string> words) : IEquatable<WordSet>
{
    public IReadOnlyList<string> Words { get; } = words;

    public bool Equals(WordSet? other) => other is not null && Words.SequenceEqual(other.Words);

    public override bool Equals(object? obj) => Equals(obj as WordSet);

    public override int GetHashCode() => Words.Count;
}
