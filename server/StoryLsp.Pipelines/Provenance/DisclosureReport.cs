namespace StoryLsp.Pipelines.Provenance;

/// <summary>Whose a sentence is.</summary>
public enum Authorship
{
    /// <summary>A person wrote it, as far as is known.</summary>
    Person,

    /// <summary>A person wrote it, and a model gave it another wording.</summary>
    Assisted,

    /// <summary>A model wrote it, and it stands as it was accepted.</summary>
    Generated,

    /// <summary>A model wrote it, and a person changed it since.</summary>
    Edited,

    /// <summary>A program made it without a model: picked from the story, or repaired by a rule.</summary>
    Mechanical,
}

/// <summary>How much there is.</summary>
/// <param name="Sentences">Sentences.</param>
/// <param name="Words">Words.</param>
public readonly record struct TextAmount(int Sentences, int Words)
{
    /// <summary>Both together.</summary>
    public static TextAmount operator +(TextAmount a, TextAmount b) => new(a.Sentences + b.Sentences, a.Words + b.Words);
}

/// <summary>How much of a text is whose.</summary>
/// <param name="Name">The chapter, as the writer calls it; empty for the whole.</param>
/// <param name="Files">The files that it stands in, workspace-relative, in order of reading.</param>
/// <param name="Amounts">How much of each kind; a kind that is not there has nothing.</param>
public sealed record DisclosurePart(string Name, IReadOnlyList<string> Files, IReadOnlyDictionary<Authorship, TextAmount> Amounts)
{
    /// <summary>How much is of a kind.</summary>
    public TextAmount this[Authorship kind] => Amounts.GetValueOrDefault(kind);

    /// <summary>How much there is in all.</summary>
    public TextAmount All => Amounts.Values.Aggregate(default(TextAmount), (sum, amount) => sum + amount);
}

/// <summary>How much of a story is a model's, edited, or a person's own.</summary>
/// <param name="Chapters">The chapters, in the order of reading.</param>
/// <param name="Whole">All of them.</param>
/// <param name="Models">The models whose text, or whose wording, stands in it, sorted.</param>
public sealed record DisclosureReport(IReadOnlyList<DisclosurePart> Chapters, DisclosurePart Whole, IReadOnlyList<string> Models)
{
    /// <summary>From this share of the words on, a work counts as written by a model as a whole.</summary>
    public const double EntireShare = 0.95;

    /// <summary>From this share of a model's sentences on that a person changed, the editing counts as extensive.</summary>
    public const double ExtensiveShare = 0.5;

    /// <summary>Whether a model wrote any of it, edited since or not: what Amazon KDP calls AI-generated, and asks to be told of.</summary>
    public bool IsGenerated => (Whole[Authorship.Generated] + Whole[Authorship.Edited]).Sentences > 0;

    /// <summary>Whether a model gave a person's sentences another wording: what Amazon KDP calls AI-assisted, and need not be told of.</summary>
    public bool IsAssisted => Whole[Authorship.Assisted].Sentences > 0;

    /// <summary>The answer that Amazon KDP's form offers for text.</summary>
    public string KdpAnswer
    {
        get
        {
            if (!IsGenerated)
            {
                return "None";
            }

            var (generated, edited) = (Whole[Authorship.Generated], Whole[Authorship.Edited]);
            var isEntire = generated.Words + edited.Words >= EntireShare * Whole.All.Words;
            var isExtensive = edited.Sentences >= ExtensiveShare * (generated.Sentences + edited.Sentences);
            return $"{(isEntire ? "Entire work" : "Some sections")}, with {(isExtensive ? "extensive" : "minimal or no")} editing";
        }
    }
}
