using System.Buffers;
using StoryLsp.Index;
using StoryLsp.Language.Text;

namespace StoryLsp.Continuity.Prose;

/// <summary>That somebody is so many years old now.</summary>
/// <param name="Who">Who.</param>
/// <param name="Name">The name.</param>
/// <param name="Years">How many years.</param>
/// <param name="Number">The number.</param>
/// <param name="IsInWords">Whether it is spelled out.</param>
internal readonly record struct AgeStatement(ContainerKey Who, TextSpan Name, int Years, TextSpan Number, bool IsInWords);

/// <summary>
/// Finds the ages that a sentence gives named persons now: <c>Ada, aged 34</c>, <c>Ada was thirty-four years old</c>, <c>Ada was thirty-four.</c>,
/// <c>thirty-four-year-old Ada</c>, <c>Ada, thirty-four years old,</c>, <c>Ada was a woman of thirty-four</c>.
/// </summary>
internal static class AgePhrases
{
    private const int Oldest = 130;

    /// <summary>A sentence that states an age holds one of these.</summary>
    public static readonly SearchValues<string> Signs = SearchValues.Create(
        [
            "aged", "year", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "three", "four", "five", "six", "seven", "eight", "nine", " ten", "\nten", "-ten", "eleven", "twelve", "teen",
            "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred",
        ],
        StringComparison.OrdinalIgnoreCase);

    private static readonly WordSet Be = new("was is");

    private static readonly WordSet Only = new("only just now still already barely exactly all of");

    private static readonly WordSet Articles = new("a an the");

    private static readonly WordSet Years = new("years year");

    private static readonly WordSet People = new("""
        man woman girl boy child lad lass widow widower bachelor spinster gentleman lady fellow youth person matron
        """);

    private static readonly WordSet Goes = new("and but with who whose");

    private static readonly WordSet Before = new("when since at by in during before after until as on throughout");

    private static readonly WordSet BeforeAny = new("when since at");

    private static readonly WordSet Later = new("would then");

    /// <summary>The statements of a sentence, in the order of their names.</summary>
    public static IEnumerable<AgeStatement> In(ProseSentence sentence)
    {
        for (var i = 0; i < sentence.Count; i++)
        {
            if (sentence.Tokens[i] is { Kind: TokenKind.Name, Who: { } who } name &&
                (Behind(sentence, i) ?? InFront(sentence, i)) is { Value: > 0 and <= Oldest } number &&
                !(number is { IsInWords: true } && number.Value % 100 == 0) && !IsDoubtful(sentence, i, number))
            {
                yield return new(who, name.Span, number.Value, sentence.SpanOf(number.First, number.Last), number.IsInWords);
            }
        }
    }

    private static NumberPhrase? Behind(ProseSentence sentence, int name)
    {
        if (sentence.IsMark(name + 1, ',') || sentence.IsMark(name + 1, '('))
        {
            // "The mother of Ada, who was ten" leaves open who was.
            return sentence.Is(name + 2, "who") && sentence.Is(name + 3, Be) ? sentence.Is(name - 1, "of") ? null : Predicated(sentence, name + 4) : Apposed(sentence, name + 2);
        }

        return sentence.Is(name + 1, Be) && Subjects.IsSubject(sentence, name) ? Predicated(sentence, name + 2) : null;
    }

    /// <summary><c>aged 34</c>, <c>thirty-four years old</c>, <c>a thirty-four-year-old nurse</c>, <c>a woman of thirty-four</c>, <c>34,</c></summary>
    private static NumberPhrase? Apposed(ProseSentence sentence, int at)
    {
        if (sentence.Is(at, "aged") || sentence.Is(at, "age"))
        {
            at = SkipOnly(sentence, at + 1);
            return SpelledNumber.Read(sentence, at) is { } aged && IsLast(sentence, sentence.Is(aged.Last + 1, Years) ? aged.Last + 2 : aged.Last + 1) ? aged : null;
        }

        at = SkipOnly(sentence, at);
        if (sentence.Is(at, Articles))
        {
            return OfPerson(sentence, at + 1);
        }

        if (SpelledNumber.Read(sentence, at) is not { } number)
        {
            return null;
        }

        return YearsOld(sentence, number) ?? (number.Value > 12 && (sentence.IsMark(number.Last + 1, ',') || sentence.IsMark(number.Last + 1, ')')) &&
            SpelledNumber.Read(sentence, number.Last + 2) is null ? number : null);
    }

    private static NumberPhrase? Predicated(ProseSentence sentence, int at)
    {
        at = SkipOnly(sentence, at);
        if (sentence.Is(at, "aged"))
        {
            return SpelledNumber.Read(sentence, at + 1) is { } aged && IsLast(sentence, sentence.Is(aged.Last + 1, Years) ? aged.Last + 2 : aged.Last + 1) ? aged : null;
        }

        if (sentence.Is(at, Articles) && !sentence.Is(at + 1, "hundred"))
        {
            return OfPerson(sentence, at + 1);
        }

        if (SpelledNumber.Read(sentence, at) is not { } number)
        {
            return null;
        }

        return YearsOld(sentence, number) ?? (number.Value > 2 && IsBareEnd(sentence, number) ? number : null);
    }

    /// <summary>A number alone is an age where the clause ends with it.</summary>
    private static bool IsBareEnd(ProseSentence sentence, NumberPhrase number)
    {
        var behind = number.Last + 1;
        if (sentence.Is(behind, "now") || sentence.Is(behind, "today"))
        {
            behind++;
        }

        return sentence.Kind(behind) is null || sentence.IsMark(behind, '.') || sentence.IsMark(behind, ';') || sentence.IsMark(behind, '!') ||
            (number.Value > 12 && sentence.IsMark(behind, ',') && SpelledNumber.Read(sentence, behind + 1) is null);
    }

    /// <summary><c>thirty-four years old</c>, <c>thirty-four years of age</c>.</summary>
    private static NumberPhrase? YearsOld(ProseSentence sentence, NumberPhrase number)
    {
        var at = number.Last + 1;
        if (sentence.Kind(at) == TokenKind.Hyphen)
        {
            // "34-years-old"
            at++;
        }

        if (!sentence.Is(at, Years))
        {
            return null;
        }

        at += sentence.Kind(at + 1) == TokenKind.Hyphen ? 2 : 1;
        var behind = sentence.Is(at, "old") ? at + 1 : sentence.Is(at, "of") && sentence.Is(at + 1, "age") ? at + 2 : -1;
        return behind >= 0 && IsLast(sentence, behind) ? number : null;
    }

    /// <summary><c>thirty-four-year-old nurse</c>, <c>tall woman of thirty-four</c>.</summary>
    private static NumberPhrase? OfPerson(ProseSentence sentence, int at)
    {
        for (var skipped = 0; skipped < 3 && sentence.Kind(at) == TokenKind.Word; skipped++, at++)
        {
            if (YearOld(sentence, at) is var (aged, _))
            {
                return aged;
            }

            if (sentence.Is(at, People))
            {
                return sentence.Is(at + 1, "of") && SpelledNumber.Read(sentence, at + 2) is { } of && IsLast(sentence, of.Last + 1) ? of : null;
            }
        }

        return YearOld(sentence, at)?.Number;
    }

    /// <summary><c>thirty-four-year-old</c>, and the token behind it.</summary>
    private static (NumberPhrase Number, int Behind)? YearOld(ProseSentence sentence, int at)
    {
        if (SpelledNumber.Read(sentence, at) is not { } number)
        {
            return null;
        }

        var year = sentence.Kind(number.Last + 1) == TokenKind.Hyphen ? number.Last + 2 : number.Last + 1;
        var old = sentence.Kind(year + 1) == TokenKind.Hyphen ? year + 2 : year + 1;
        return sentence.Is(year, Years) && sentence.Is(old, "old") ? (number, old + 1) : null;
    }

    /// <summary><c>thirty-four-year-old Ada</c>.</summary>
    private static NumberPhrase? InFront(ProseSentence sentence, int name)
    {
        if (!sentence.Is(name - 1, "old") || sentence.Is(name + 1, Later) || sentence.Kind(name + 1) == TokenKind.Hyphen)
        {
            return null;
        }

        const int longest = 9;
        for (var first = Math.Max(0, name - longest); first < name; first++)
        {
            if (YearOld(sentence, first) is var (number, behind) && behind == name && sentence.Kind(first - 1) != TokenKind.Hyphen)
            {
                return sentence.Is(first - 1, "a") || sentence.Is(first - 1, "an") ? null : number;
            }
        }

        return null;
    }

    private static int SkipOnly(ProseSentence sentence, int at)
    {
        while (sentence.Is(at, Only))
        {
            at++;
        }

        return at;
    }

    // Whatever follows otherwise makes another number or another time of it: "thirty or so", "ten to twelve", "aged ten when".
    private static bool IsLast(ProseSentence sentence, int at) => sentence.IsEnd(at) || sentence.Is(at, Goes);

    private static bool IsDoubtful(ProseSentence sentence, int name, NumberPhrase number)
    {
        var isPredicate = sentence.Is(name + 1, Be) || sentence.Is(name + 2, "who");
        return Hedges.BeginsWith(sentence, isPredicate ? Before : BeforeAny) ||
            (isPredicate
                ? Hedges.MakeAgeDoubtful(sentence, name, number.Last + 1)
                : Hedges.MakeAddedAgeDoubtful(sentence, name));
    }
}
