using StoryLsp.Index;
using StoryLsp.Language.Text;

namespace StoryLsp.Continuity.Prose;

/// <summary>That somebody's eyes or hair are of a colour.</summary>
/// <param name="Who">Whose.</param>
/// <param name="Name">The name.</param>
/// <param name="Part">Eyes or hair.</param>
/// <param name="Hues">What the words may stand for.</param>
/// <param name="Colour">The words of the colour, with their shade.</param>
/// <param name="Pronoun">The pronoun between name and colour (<c>Ada, with her brown eyes</c>), empty without.</param>
internal readonly record struct AttributeStatement(ContainerKey Who, TextSpan Name, ColouredPart Part, Hues Hues, TextSpan Colour, string Pronoun);

/// <summary>
/// Finds what a sentence states of the eyes and hair of a named person: <c>Ada's brown eyes</c>, <c>Ada's eyes were brown</c>, <c>Ada had brown eyes</c>,
/// <c>Ada, with her brown eyes,</c>, <c>brown-eyed Ada</c>, <c>the brown eyes of Ada</c>.
/// </summary>
internal static partial class AttributePhrases
{
    private const int MostAdjectives = 4;

    private static readonly ColouredPart[] Parts = [ColouredPart.Eyes, ColouredPart.Hair];

    private static readonly WordSet Eyes = new("eyes");

    private static readonly WordSet Hair = new("hair curls locks tresses braids braid plait plaits ponytail");

    // Behind "hair" these make a thing of it.
    private static readonly WordSet Things = new("""
        ribbon ribbons clip clips band bands brush brushes net nets tie ties pin pins bow bows dye oil slide slides comb combs piece pieces extension extensions
        gel spray dryer tonic shirt
        """);

    private static readonly WordSet Adjectives = new("""
        large big huge enormous great wide narrow small little tiny round slanting slanted almond deep set shaped spaced bright brilliant dull soft tired weary sleepy sad
        sorrowful melancholy mournful laughing smiling warm cold cool icy sharp keen clear kind kindly gentle hard fierce calm shrewd lovely beautiful handsome pretty
        fine startling striking piercing penetrating watchful heavy lidded sunken hooded lustrous luminous liquid limpid sparkling glittering gleaming shining shiny dancing
        expressive intelligent clever honest frank innocent wise anxious wary curious dreamy vacant steady serious solemn grave famous extraordinary remarkable wonderful
        unusual strange odd familiar prominent feverish blank restless frightened velvety merry dark light pale rich vivid
        long short thick thin curly curled curling wavy straight coarse tangled wild cropped glossy silky unruly untidy loose wet damp neat tidy sleek smooth greasy lank limp
        bushy frizzy shaggy tousled tumbled dishevelled disheveled messy matted braided plaited abundant luxuriant magnificent splendid heavy shoulder waist length close
        tall young old slim slender stout plump elderly middle aged good own natural naturally very quite rather so really such
        """);

    private static readonly WordSet Articles = new("a an the");

    private static readonly WordSet Be = new("was were is are");

    private static readonly WordSet Have = new("had has");

    private static readonly WordSet Possessives = new("her his their its");

    private static readonly WordSet Always = new("always also still both of");

    private static readonly WordSet SaysBefore = new("""
        said asked replied answered cried called whispered muttered murmured shouted exclaimed added continued began observed remarked repeated agreed laughed
        sighed returned put snapped
        """);

    private static readonly WordSet Ends = new("and but so yet");

    private static readonly WordSet OtherSubjects = new("she he they her him them we you it");

    private static readonly WordSet Against = new("with from by against under beneath as because");

    /// <summary>The statements of a sentence, in the order of their names.</summary>
    public static IEnumerable<AttributeStatement> In(ProseSentence sentence)
    {
        if (Hedges.MakeDoubtful(sentence))
        {
            yield break;
        }

        for (var i = 0; i < sentence.Count; i++)
        {
            if (sentence.Tokens[i] is { Kind: TokenKind.Name, Who: { } who } name && !Hedges.Deny(sentence, i))
            {
                foreach (var (part, colour, pronoun) in Of(sentence, i))
                {
                    yield return new(who, name.Span, part, colour.Hues, sentence.SpanOf(colour.First, colour.Last), pronoun);
                }
            }
        }
    }

    private static IEnumerable<(ColouredPart Part, ColourPhrase Colour, string Pronoun)> Of(ProseSentence sentence, int name)
    {
        foreach (var part in Parts)
        {
            var found = sentence.Kind(name + 1) == TokenKind.Possessive
                ? Possessed(sentence, name, part)
                : Had(sentence, name, part) ?? Compound(sentence, name, part) ?? OfName(sentence, name, part) ?? Described(sentence, name, part);
            var pronoun = "";
            if (found is null && sentence.Kind(name + 1) != TokenKind.Possessive)
            {
                found = With(sentence, name, part, ref pronoun);
            }

            if (found is { } colour)
            {
                yield return (part, colour, pronoun);
            }
        }
    }

    /// <summary><c>Ada's brown eyes</c>, <c>Ada's eyes were brown</c>.</summary>
    private static ColourPhrase? Possessed(ProseSentence sentence, int name, ColouredPart part)
    {
        var at = name + 2;
        if (Noun(sentence, at, part) is { } described)
        {
            return described.Colour;
        }

        at = SkipAdjectives(sentence, at, part);
        if (!IsNoun(sentence, at, part))
        {
            return null;
        }

        at++;
        if (sentence.IsMark(at, ','))
        {
            // Ada's eyes, brown and tired, ...
            return ColourWords.Read(sentence, at + 1, part) is { } loose && (sentence.IsMark(loose.Last + 1, ',') || sentence.Is(loose.Last + 1, Ends)) && IsNow(sentence, name, loose) ? loose : null;
        }

        if (sentence.Is(at, Have) && sentence.Is(at + 1, "always") && sentence.Is(at + 2, "been"))
        {
            at += 2;
        }
        else if (!sentence.Is(at, Be))
        {
            return null;
        }

        at = SkipAdjectives(sentence, sentence.Is(at + 1, Articles) || sentence.Is(at + 1, "as") ? at + 2 : at + 1, part);
        return ColourWords.Read(sentence, at, part) is { } colour && (IsLast(sentence, colour.Last + 1) || IsCompared(sentence, colour, part)) && IsNow(sentence, name, colour) ? colour : null;
    }

    /// <summary><c>Ada had brown eyes</c>, <c>Ada was brown-eyed</c>, where Ada is the subject.</summary>
    private static ColourPhrase? Had(ProseSentence sentence, int name, ColouredPart part)
    {
        if (!Subjects.IsSubject(sentence, name))
        {
            return null;
        }

        var at = name + 1;
        var isBeing = sentence.Is(at, Be);
        if (!isBeing && !sentence.Is(at, Have))
        {
            return null;
        }

        at++;
        while (sentence.Is(at, Always) || sentence.Is(at, Articles) || sentence.Is(at, "pair") || sentence.Is(at, "pairs"))
        {
            at++;
        }

        if (isBeing)
        {
            return CompoundAt(sentence, SkipAdjectives(sentence, at, part), part) is { } eyed && IsNow(sentence, name, eyed) ? eyed : null;
        }

        return Noun(sentence, at, part) is { } noun && IsNow(sentence, name, noun.Colour) && !sentence.Is(noun.Behind, Against) ? noun.Colour : null;
    }

    /// <summary><c>brown-eyed Ada</c>; and behind the name <c>Ada, brown-eyed and tall,</c> or <c>Ada, a brown-eyed woman</c>.</summary>
    private static ColourPhrase? Compound(ProseSentence sentence, int name, ColouredPart part)
    {
        if (sentence.Kind(name - 2) == TokenKind.Hyphen && IsCompounded(sentence, name - 1, part))
        {
            var first = name - 3;
            while (first >= 0 && sentence.Kind(first) is TokenKind.Word or TokenKind.Hyphen && (sentence.Kind(first) == TokenKind.Hyphen || IsColourOrShade(sentence, first, part)))
            {
                first--;
            }

            first++;
            return sentence.Kind(first) == TokenKind.Word && CompoundAt(sentence, first, part) is { } before && before.Last == name - 3 ? before : null;
        }

        if (!sentence.IsMark(name + 1, ','))
        {
            return null;
        }

        var at = sentence.Is(name + 2, Articles) ? name + 3 : name + 2;
        return CompoundAt(sentence, SkipAdjectives(sentence, at, part), part);
    }

    /// <summary><c>the brown eyes of Ada</c>.</summary>
    private static ColourPhrase? OfName(ProseSentence sentence, int name, ColouredPart part)
    {
        if (!sentence.Is(name - 1, "of") || !IsNoun(sentence, name - 2, part))
        {
            return null;
        }

        ColourPhrase? result = null;
        for (var first = name - 3; first >= 0 && sentence.Kind(first) is TokenKind.Word or TokenKind.Hyphen; first--)
        {
            if (sentence.Kind(first) == TokenKind.Hyphen)
            {
                continue;
            }

            if (ColourWords.Read(sentence, first, part) is not { } colour || colour.Last != name - 3)
            {
                break;
            }

            result = colour;
        }

        return result;
    }

    /// <summary><c>Ada, with her brown eyes,</c>, <c>Ada, her brown eyes wide,</c> and <c>Ada turned away, her brown eyes wide</c>, where nobody else can be meant.</summary>
    private static ColourPhrase? With(ProseSentence sentence, int name, ColouredPart part, ref string pronoun)
    {
        var behind = BehindDeed(sentence, name + 1);
        var hasComma = sentence.IsMark(behind, ',');
        var at = hasComma ? behind + 1 : behind;
        var isWith = sentence.Is(at, "with");
        at += isWith ? 1 : 0;
        var owner = at;
        if (sentence.Is(at, Possessives))
        {
            at++;
        }
        else if (isWith && hasComma)
        {
            owner = -1;
            at += sentence.Is(at, Articles) ? 1 : 0;
        }
        else
        {
            return null;
        }

        if (!IsAlone(sentence, name) || Noun(sentence, at, part) is not { } noun)
        {
            return null;
        }

        pronoun = owner < 0 ? "" : sentence.Text(owner).ToString().ToLowerInvariant();
        return noun.Colour;
    }

    /// <summary>Whether the sentence up to a name holds nobody else: it is its first word, or stands behind a verb of speech.</summary>
    private static bool IsAlone(ProseSentence sentence, int name)
    {
        if (sentence.Has(TokenKind.Name, 0, name) || sentence.Has(OtherSubjects, 0, name))
        {
            return false;
        }

        var at = Subjects.BeforeEpithet(sentence, name);
        if (sentence.Is(at, SaysBefore))
        {
            at--;
        }

        return at < 0 || sentence.Kind(at) is TokenKind.Speech || (sentence.Kind(at) == TokenKind.Mark && !sentence.IsMark(at, ',')) || (at == 0 && Subjects.IsConjunction(sentence, at));
    }

    /// <summary>Adjectives, a colour, perhaps more adjectives, and the noun.</summary>
    private static (ColourPhrase Colour, int Behind)? Noun(ProseSentence sentence, int at, ColouredPart part)
    {
        at = SkipAdjectives(sentence, at, part);
        if (ColourWords.Read(sentence, at, part) is not { } colour)
        {
            return null;
        }

        var noun = SkipAdjectives(sentence, colour.Last + 1, part);
        return IsNoun(sentence, noun, part) ? (colour, noun + 1) : null;
    }

    private static int SkipAdjectives(ProseSentence sentence, int at, ColouredPart part)
    {
        for (var skipped = 0; skipped < MostAdjectives && !BeginsColour(sentence, at, part); skipped++)
        {
            if (sentence.IsMark(at, ',') || sentence.Is(at, "and"))
            {
                // A comma or "and" parts two adjectives, or an adjective and the colour.
                if (!sentence.Is(at + 1, Adjectives) && !BeginsColour(sentence, at + 1, part))
                {
                    return at;
                }

                at++;
            }
            else if (sentence.Is(at, Adjectives) || IsAdverb(sentence, at))
            {
                at++;
                while (sentence.Kind(at) == TokenKind.Hyphen && sentence.Is(at + 1, Adjectives))
                {
                    at += 2;
                }
            }
            else
            {
                return at;
            }
        }

        return at;
    }

    private static bool BeginsColour(ProseSentence sentence, int at, ColouredPart part) => ColourWords.Read(sentence, at, part) is not null;

    private static bool IsAdverb(ProseSentence sentence, int at) =>
        sentence.Kind(at) == TokenKind.Word && sentence.Text(at) is { Length: > 5 } word && word.EndsWith("ly", StringComparison.OrdinalIgnoreCase) && sentence.Kind(at + 1) == TokenKind.Word;

    private static bool IsNoun(ProseSentence sentence, int at, ColouredPart part) => part == ColouredPart.Eyes
        ? sentence.Is(at, Eyes)
        : sentence.Is(at, Hair) && sentence.Kind(at + 1) != TokenKind.Hyphen && !sentence.Is(at + 1, Things);

    private static ColourPhrase? CompoundAt(ProseSentence sentence, int at, ColouredPart part) =>
        ColourWords.Read(sentence, at, part) is { } colour && sentence.Kind(colour.Last + 1) == TokenKind.Hyphen && IsCompounded(sentence, colour.Last + 2, part) ? colour : null;

    private static bool IsCompounded(ProseSentence sentence, int at, ColouredPart part) => sentence.Is(at, part == ColouredPart.Eyes ? "eyed" : "haired");

    private static bool IsColourOrShade(ProseSentence sentence, int at, ColouredPart part) =>
        ColourWords.IsShade(sentence.Text(at)) || ColourWords.Read(sentence, at, part) is not null;

    // "brown with dust" says how they look here.
    private static bool IsLast(ProseSentence sentence, int at) => sentence.IsEnd(at) || sentence.Is(at, Ends);

    // "brown as chestnuts" states the colour; eyes as black as night may be brown ones, and "brown as Tom's" are like another's.
    private static bool IsCompared(ProseSentence sentence, ColourPhrase colour, ColouredPart part) =>
        sentence.Is(colour.Last + 1, "as") && sentence.Kind(colour.Last + 2) == TokenKind.Word && !sentence.Is(colour.Last + 2, OtherSubjects) &&
        !(part == ColouredPart.Eyes && (colour.Hues & Hues.Black) != Hues.None);

    private static bool IsNow(ProseSentence sentence, int name, ColourPhrase colour) => !Hedges.MakeLookDoubtful(sentence, name, colour.Last + 1);
}
