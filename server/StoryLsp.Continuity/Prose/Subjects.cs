namespace StoryLsp.Continuity.Prose;

/// <summary>Which name a sentence or a clause speaks of.</summary>
internal static class Subjects
{
    private static readonly WordSet Conjunctions = new("and but for because so yet that where");

    // What stands before a name and is said of the same person: "Old Tom", "Poor Ada".
    private static readonly WordSet Epithets = new("old young little poor dear good big tall pretty kind sweet brave gentle handsome blind mad lame");

    /// <summary>Whether a name is what the sentence or clause speaks of, and no part of something else.</summary>
    public static bool IsSubject(ProseSentence sentence, int name)
    {
        var before = BeforeEpithet(sentence, name);
        return sentence.Kind(before) is null or TokenKind.Speech or TokenKind.Mark || (sentence.Is(before, Conjunctions) && sentence.Kind(before - 1) != TokenKind.Name);
    }

    /// <summary>Whether a word joins a clause to the one before it.</summary>
    public static bool IsConjunction(ProseSentence sentence, int at) => sentence.Is(at, Conjunctions);

    /// <summary>What stands before a name, or before its epithet.</summary>
    public static int BeforeEpithet(ProseSentence sentence, int name) =>
        !sentence.Is(name - 1, Epithets) ? name - 1 : sentence.Is(name - 2, Epithets) ? name - 3 : name - 2;
}
