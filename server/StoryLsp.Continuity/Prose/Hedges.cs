namespace StoryLsp.Continuity.Prose;

/// <summary>Words that make of a statement a memory, a guess, a condition or somebody's opinion: it is then no statement of how things are now.</summary>
internal static class Hedges
{
    /// <summary>What makes even a description (Ada's brown eyes) doubtful, in the same sentence.</summary>
    private static readonly WordSet Pretence = new("""
        if whether though unless suppose supposing supposed imagine imagined imagining pretend pretended wish wished dream dreamed dreamt dreaming
        portrait painting sketch sketched sketches crayon crayons caricature effigy photograph photo photographs picture pictures painted mask masks wig wigs disguise disguised costume dye dyed lenses contacts
        doll statue waxwork actor actress impostor double lookalike would might
        """);

    private static readonly WordSet Guess = new("""
        remember remembered remembering remembers recall recalled recalling memory memories forgot forgotten thought think thinks believed believes guessed guess
        seemed seem seems looked appeared felt claimed claims swore insisted lied lies lying rumour rumor heard wondered doubted hoped feared expected assumed
        could should may perhaps maybe probably possibly as like than unlike before after
        """);

    private static readonly WordSet OtherTime = new("until till once formerly ago then when whenever childhood since previously originally");

    private static readonly WordSet Season = new("during summer winter spring autumn year decade decades century war birthday");

    private static readonly WordSet Telling = new("said says say told tells tell asked reported explained announced wrote declared maintained admitted");

    private static readonly WordSet Past = new("had");

    private static readonly WordSet Have = new("had has have");

    private static readonly WordSet EarlierTime = new("earlier yesterday youth girlhood boyhood infancy previous");

    private static readonly WordSet Times = new("year month week night day summer winter spring autumn fall time christmas easter january february march april may june july august september october november december");

    // Directly before a name these take back what is said of it, or make a likeness of it.
    private static readonly WordSet Denials = new("not neither nor never drew draws");

    private static readonly WordSet Nobody = new("nobody none neither");

    private static readonly WordSet Lit = new("""
        lamplight candlelight firelight moonlight sunlight starlight daylight torchlight twilight glow gleam glare gloom shadow shadows darkness flames fire sun sunset sunrise
        moon dawn dusk lamp lamps lantern lanterns candle candles torch torches neon glass lens mirror mirrors
        """);

    private static readonly WordSet LightPrepositions = new("in by under beneath through against");

    private const int FurthestLight = 4;

    private static readonly WordSet Light = new("""
        blood bloody snow frost flour dust dusty ash ashes paint painted soot mud dirt light lamplight candlelight firelight moonlight sunlight glow gloom
        shadow shadows darkness flames fire sun moon dawn dusk dye tears crying weeping smoke sleep tiredness rage anger fury fear pain
        """);

    /// <summary>Whether a description of somebody in a sentence is doubtful.</summary>
    public static bool MakeDoubtful(ProseSentence sentence) => sentence.IsQuestion || sentence.Has(Pretence, 0, sentence.Count);

    /// <summary>Whether it is doubtful that somebody looks as a sentence states, and now.</summary>
    /// <param name="sentence">The sentence.</param>
    /// <param name="first">The first token of the statement.</param>
    /// <param name="behind">The first token behind it.</param>
    public static bool MakeLookDoubtful(ProseSentence sentence, int first, int behind) =>
        MakeDoubtful(sentence) || sentence.Has(Guess, 0, first) || sentence.Has(OtherTime, 0, sentence.Count) || IsReported(sentence, first) ||
        sentence.Has(Light, behind, sentence.Count) || sentence.Has(EarlierTime, 0, first) || IsLastTime(sentence, first) || HasYear(sentence, first) || IsLit(sentence, first);

    /// <summary>Whether what is said of a name is denied, or drawn: <c>not Ada's green eyes</c>, <c>neither Ada's eyes nor Tom's</c>, <c>nobody had Ada's green eyes</c>.</summary>
    /// <param name="sentence">The sentence.</param>
    /// <param name="name">The name.</param>
    public static bool Deny(ProseSentence sentence, int name) =>
        sentence.Is(name - 1, Denials) || (sentence.Is(name - 1, Have) && (sentence.Is(name - 2, Nobody) || (sentence.Is(name - 3, "no") && sentence.Is(name - 2, "one"))));

    /// <summary>Whether it is doubtful that somebody is as old as a sentence states, and now.</summary>
    /// <param name="sentence">The sentence.</param>
    /// <param name="first">The first token of the statement.</param>
    /// <param name="behind">The first token behind it.</param>
    public static bool MakeAgeDoubtful(ProseSentence sentence, int first, int behind) =>
        sentence.IsQuestion || sentence.Has(Pretence, 0, first) || sentence.Has(Guess, 0, first) || sentence.Has(OtherTime, 0, sentence.Count) || IsReported(sentence, first) ||
        sentence.Has(Season, 0, first) || sentence.Has(Season, behind, sentence.Count) || sentence.Has(Past, 0, first) || HasYear(sentence, sentence.Count);

    /// <summary>Whether an age that is added to a name (<c>Ada, aged ten,</c>) may be that of another time.</summary>
    /// <param name="sentence">The sentence.</param>
    /// <param name="first">The name.</param>
    public static bool MakeAddedAgeDoubtful(ProseSentence sentence, int first) =>
        sentence.IsQuestion || sentence.Has(Pretence, 0, first) || sentence.Has(OtherTime, 0, first) || sentence.Has(Past, 0, first) || HasYear(sentence, sentence.Count);

    /// <summary>Whether the sentence begins with one of some words.</summary>
    public static bool BeginsWith(ProseSentence sentence, WordSet words)
    {
        var first = 0;
        while (sentence.Kind(first) is TokenKind.Mark or TokenKind.Speech)
        {
            first++;
        }

        return sentence.Is(first, words);
    }

    // Without speech in the sentence, what is said is reported: it need not be true.
    private static bool IsReported(ProseSentence sentence, int first) =>
        sentence.Has(Telling, 0, first) && !sentence.Has(TokenKind.Speech, 0, sentence.Count);

    // "Last year"; "at last" is now.
    private static bool IsLastTime(ProseSentence sentence, int before)
    {
        for (var i = 0; i < before; i++)
        {
            if (sentence.Is(i, "last") && sentence.Is(i + 1, Times))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a light or a glass is named before a statement, that gives its own colour: <c>in the moonlight</c>, <c>under the green lamp</c>.</summary>
    private static bool IsLit(ProseSentence sentence, int before)
    {
        for (var i = 1; i < before; i++)
        {
            if (sentence.Is(i, Lit) && sentence.Has(LightPrepositions, i - FurthestLight, i))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasYear(ProseSentence sentence, int before)
    {
        for (var i = 0; i < before; i++)
        {
            if (sentence.Kind(i) == TokenKind.Number && sentence.Text(i).Length == 4 && !sentence.Text(i).ContainsAny(".,"))
            {
                return true;
            }
        }

        return false;
    }
}
