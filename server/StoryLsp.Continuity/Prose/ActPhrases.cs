using StoryLsp.Index;
using StoryLsp.Language.Text;

namespace StoryLsp.Continuity.Prose;

/// <summary>That somebody says or does something here and now.</summary>
/// <param name="Who">Who.</param>
/// <param name="Span">The name and the verb.</param>
/// <param name="Speaks">Whether they speak.</param>
internal readonly record struct ActStatement(ContainerKey Who, TextSpan Span, bool Speaks);

/// <summary>
/// Finds what named persons plainly say or do now: <c>“…,” Tom said</c>, <c>said Tom</c>, <c>Tom walked in</c>. A memory, a picture, a letter, a likeness, what
/// was or would be, and a verb that is not known make no statement: in doubt there is none.
/// </summary>
internal static class ActPhrases
{
    private static readonly WordSet Saying = new("""
        said says asked asks replied replies answered answers whispered whispers murmured murmurs muttered mutters shouted shouts cried cries added adds yelled yells snapped snaps
        """);

    private static readonly WordSet Doing = new("""
        walked walks went goes came comes ran runs sat sits nodded nods laughed laughs grinned grins shrugged shrugs sighed sighs frowned frowns turned turns opened opens closed closes
        stepped steps entered enters knocked knocks rose rises leaned leans poured pours drank drinks ate eats climbed climbs jumped jumps followed follows waved waves pointed points
        grabbed grabs hurried hurries crossed crosses picked picks pulled pulls pushed pushes threw throws spoke speaks listened listens stood stands shook shakes reached reaches smiled smiles
        coughed coughs bowed bows knelt kneels lit lights
        """);

    // "Came to mind" is no coming, and "went to his grave" no going.
    private static readonly WordSet Mind = new("mind memory thoughts back");

    private static readonly WordSet And = new("and but so");

    private static readonly WordSet Slightly = new("just now also only still even");

    private static readonly WordSet Doubts = new("""
        had would could might should may if when whenever whether once until till since ago used always never often every daily sometimes nobody none not
        remember remembered remembering remembers recall recalled recalls memory memories dream dreamed dreamt dreams dreaming imagine imagined imagines imagining pictured thought
        photograph photographs photo photos picture pictures portrait painting film footage tape recording video screen frame mirror statue
        letter letters diary journal note will story stories tale song poem book article newspaper ghost spirit ghosts shade phantom
        corpse body grave coffin tomb funeral wake ashes dead died death alive yesterday formerly
        """);

    private static readonly WordSet DoubtsBefore = new("as like than before earlier last that where how why while who whom which after");

    private static readonly WordSet Elsewhen = new("""
        remember remembered remembering remembers recall recalled recalls memory memories dream dreamed dreamt dreams dreaming imagine imagined imagines imagining ago
        photograph photographs photo photos film footage tape recording video diary letter childhood boyhood girlhood ghost story tale
        """);

    private static readonly WordSet Had = new("had");

    /// <summary>The statements of a paragraph, in order.</summary>
    /// <param name="paragraph">The paragraph.</param>
    /// <param name="before">The paragraph before it: a memory may begin there.</param>
    /// <param name="names">The names of the document, in order.</param>
    public static IEnumerable<ActStatement> In(ProseParagraph paragraph, ProseParagraph? before, IReadOnlyList<NamedPlace> names)
    {
        if (paragraph.IsHeading || (before is not null && before.Sentences.Any(sentence => IsElsewhen(before.Read(sentence, names)))))
        {
            yield break;
        }

        ProseSentence? last = null;
        foreach (var span in paragraph.Sentences)
        {
            var sentence = paragraph.Read(span, names);
            if (IsElsewhen(sentence))
            {
                yield break;
            }

            foreach (var statement in In(sentence, last))
            {
                yield return statement;
            }

            // What was before goes on to the end of the paragraph, as it is told.
            if (sentence.Has(Had, 0, sentence.Count))
            {
                yield break;
            }

            last = sentence;
        }
    }

    private static IEnumerable<ActStatement> In(ProseSentence sentence, ProseSentence? before)
    {
        if (Hedges.MakeDoubtful(sentence) || sentence.Has(Doubts, 0, sentence.Count))
        {
            yield break;
        }

        for (var i = 0; i < sentence.Count; i++)
        {
            if (sentence.Tokens[i] is not { Kind: TokenKind.Name, Who: { } who } || sentence.Kind(i + 1) is TokenKind.Possessive or TokenKind.Hyphen || sentence.Has(DoubtsBefore, 0, i))
            {
                continue;
            }

            if (sentence.Is(i - 1, Saying) && IsBesideSpeech(sentence, i - 2, -1, before) && sentence.IsEnd(i + 1))
            {
                yield return new(who, sentence.SpanOf(i - 1, i), true);
            }
            else if (IsSubject(sentence, i) && VerbBehind(sentence, i) is var verb and > 0)
            {
                if (sentence.Is(verb, Saying))
                {
                    if (IsBesideSpeech(sentence, verb + 1, 1, null) || IsBesideSpeech(sentence, i - 1, -1, before))
                    {
                        yield return new(who, sentence.SpanOf(i, verb), true);
                    }
                }
                else if (sentence.Is(verb, Doing) && !sentence.Has(Mind, verb + 1, verb + 4))
                {
                    yield return new(who, sentence.SpanOf(i, verb), false);
                }
            }
        }
    }

    private static bool IsElsewhen(ProseSentence sentence) => sentence.Has(Elsewhen, 0, sentence.Count);

    private static bool IsSubject(ProseSentence sentence, int name)
    {
        var before = Subjects.BeforeEpithet(sentence, name);
        return sentence.Kind(before) is null or TokenKind.Speech || (sentence.Kind(before) == TokenKind.Mark && !IsInList(sentence, before)) ||
            (sentence.Is(before, And) && sentence.Kind(before - 1) is not null and not TokenKind.Name) || (before == 0 && sentence.Is(0, "then"));
    }

    private static bool IsInList(ProseSentence sentence, int mark) => sentence.Kind(mark - 1) == TokenKind.Name;

    private static int VerbBehind(ProseSentence sentence, int name)
    {
        var at = name + 1;
        while (sentence.Kind(at) == TokenKind.Word && (sentence.Is(at, Slightly) || (sentence.Text(at).Length > 4 && sentence.Text(at).EndsWith("ly", StringComparison.OrdinalIgnoreCase))))
        {
            at++;
        }

        return sentence.Kind(at) == TokenKind.Word ? at : 0;
    }

    /// <summary>Whether speech stands at a place, or behind the one mark there; before the beginning, whether the sentence before ends with it.</summary>
    private static bool IsBesideSpeech(ProseSentence sentence, int at, int step, ProseSentence? before)
    {
        at = sentence.Kind(at) == TokenKind.Mark ? at + step : at;
        return sentence.Kind(at) == TokenKind.Speech || (at < 0 && before is { Count: > 0 } && before.Tokens[^1].Kind == TokenKind.Speech);
    }
}
