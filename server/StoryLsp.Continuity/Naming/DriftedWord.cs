using StoryLsp.Continuity.Story;
using StoryLsp.Index.Mentions;
using StoryLsp.Language.Mentions;

namespace StoryLsp.Continuity.Naming;

/// <summary>A word of a document that is probably a misspelled part of a name.</summary>
/// <param name="Word">The word.</param>
/// <param name="Name">The part of a name.</param>
internal sealed record DriftedWord(string Word, NamePart Name);

/// <summary>The words of a document that are probably misspelled parts of names, by all that the workspace tells of words.</summary>
internal sealed record DriftedWordsIn(string Path) : Question
{
    // A word of four letters is looked at only beside another part of the same name.
    private const int ShortestWord = 4;

    private const int LongWord = 7;

    // Whoever writes a name three times means it, unless a single document calls somebody so throughout.
    private const int MostSlips = 2;
    private const int MostSlipsInOne = 8;

    private static readonly DriftedWords None = new([]);

    public override bool IsOfProse => true;

    public override object? Ask(StoryWorld world)
    {
        var snapshot = world.Snapshot;
        if (snapshot.Facts(Path) is not { Words.Capitals.Count: > 0 } facts || snapshot.Mentions.NamedContainers.Count == 0 || CapitalsSayNothing(snapshot.Settings.Language))
        {
            return None;
        }

        var parts = NameParts.Of(snapshot);
        var words = WorkspaceWords.Of(snapshot);
        var english = snapshot.Settings.Language.StartsWith("en", StringComparison.OrdinalIgnoreCase);
        List<DriftedWord>? found = null;
        foreach (var word in facts.Words.Capitals)
        {
            if (word.Text.Length >= ShortestWord && parts.NearestTo(word.Text) is { } part && !WordList.IsEnglish(word.Text) && IsDrift(words, word.Text, part, english))
            {
                (found ??= []).Add(new(word.Text, part));
            }
        }

        return found is null ? None : new DriftedWords(found);
    }

    /// <summary>Whether all nouns of a language have a capital.</summary>
    public static bool CapitalsSayNothing(string language) => language.StartsWith("de", StringComparison.OrdinalIgnoreCase) || language.StartsWith("lb", StringComparison.OrdinalIgnoreCase);

    private static bool IsDrift(WorkspaceWords words, string word, NamePart part, bool english)
    {
        // Without a dictionary of the language only a capital inside a sentence shows a name.
        var (use, name) = (words.Use(word), words.Use(part.Text));
        // A long name stands once more than in prose, where it is given; short names are more often others.
        return use.Count < name.Count + (word.Length >= LongWord ? 1 : 0) && (english || use.Away > 0) && (use.Count <= MostSlips || IsOneDocument(use, name)) && !words.HasSmall(word);
    }

    // A chapter that calls her Annabell from beginning to end, where three others have Annabel.
    private static bool IsOneDocument(WordUse use, WordUse name) =>
        use.Count <= MostSlipsInOne && use.Paths.Length == 1 && name.Paths.Length > 2 && name.Count > 2 * use.Count && !name.Paths.Contains(use.Paths[0]);
}

/// <summary>Such words, equal to others when they are the same.</summary>
internal sealed class DriftedWords(IReadOnlyList<DriftedWord> words) : IEquatable<DriftedWords>
{
    public IReadOnlyList<DriftedWord> Words { get; } = words;

    public bool Equals(DriftedWords? other) =>
        other is not null && Words.Count == other.Words.Count && Words.Zip(other.Words).All(pair => pair.First.Word == pair.Second.Word && pair.First.Name.Text == pair.Second.Name.Text && pair.First.Name.Owner == pair.Second.Name.Owner);

    public override bool Equals(object? obj) => Equals(obj as DriftedWords);

    public override int GetHashCode() => Words.Count;
}
