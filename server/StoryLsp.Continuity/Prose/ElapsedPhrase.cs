using StoryLsp.Language.Text;

namespace StoryLsp.Continuity.Prose;

/// <summary>In what a sentence counts the time that has passed.</summary>
internal enum ElapsedUnit : byte
{
    /// <summary>Minutes.</summary>
    Minute,

    /// <summary>Hours.</summary>
    Hour,

    /// <summary>Days.</summary>
    Day,

    /// <summary>Weeks.</summary>
    Week,

    /// <summary>Months.</summary>
    Month,

    /// <summary>Years.</summary>
    Year,
}

/// <summary>How much later a scene begins than the one before, as its first sentence says.</summary>
/// <param name="Number">How many; 1 for the next day, 0 for the same day.</param>
/// <param name="Unit">Of what.</param>
/// <param name="Daypart">The part of the day that is named instead of days: <c>morning</c> of <c>the next morning</c>; empty without.</param>
/// <param name="Span">The words: <c>Three days later</c>.</param>
/// <param name="Amount">The number and its unit alone, <c>Three days</c>; null where none is written.</param>
internal readonly record struct ElapsedStatement(int Number, ElapsedUnit Unit, string Daypart, TextSpan Span, TextSpan? Amount);

/// <summary>
/// Finds how much time a first sentence says has passed: <c>Three days later</c>, <c>The next morning</c>, <c>A week after that</c>, <c>After a month</c>,
/// <c>That same evening</c>, <c>Two hours later</c>. Some days and a few weeks say nothing.
/// </summary>
internal static class ElapsedPhrase
{
    // So far into the sentence the words may still stand: "Ada came back three days later."
    private const int Furthest = 12;

    private static readonly WordSet Next = new("next following");

    private static readonly WordSet Openings = new("it was and but so then now by");

    private static readonly WordSet Exactly = new("exactly precisely just only barely hardly scarcely");

    private static readonly WordSet Dayparts = new("day morning afternoon evening night noon dawn");

    private static readonly WordSet SameDayparts = new("day morning afternoon evening night");

    private static readonly WordSet Articles = new("a an one");

    // What stands before the words in the same sentence and may be what they count from.
    private static readonly WordSet Anchors = new("""
        had after before when until since if would will could might as who which that having and but because while once where whose than ago died
        """);

    // Directly before the words these make another time of them, or a thing that is spoken of.
    private static readonly WordSet Unsure = new("""
        half quarter quarters of than about almost nearly over under some perhaps maybe or least most every each many few several couple roughly around and to
        for until till before from towards toward throughout dreaded feared awaited planned discussed imagined considered spent
        """);

    private static readonly WordSet Would = new("would will");

    private static readonly WordSet Was = new("was were");

    private static readonly WordSet Fond = new("liked loved used preferred");

    private static readonly WordSet Pronouns = new("i he she it we they you nobody everyone everybody");

    private const int LongestSubject = 4;

    private static readonly WordSet Determiners = new("the a an his her its their my our your this that");

    /// <summary>The statement of a first sentence; null where it makes none.</summary>
    public static ElapsedStatement? In(ProseSentence sentence)
    {
        var at = 0;
        while (sentence.Is(at, Openings) || sentence.IsMark(at, ',') || sentence.IsMark(at, '\u2026'))
        {
            at++;
        }

        if (At(sentence, at, isOpening: true) is { } opening)
        {
            return sentence.IsQuestion || IsToldAhead(sentence, opening) ? null : opening;
        }

        for (var i = at + 1; i < Math.Min(sentence.Count, Furthest); i++)
        {
            if (sentence.Kind(i) is TokenKind.Mark or TokenKind.Speech || sentence.Is(i, Anchors) || IsInfinitive(sentence, i))
            {
                return null;
            }

            // Only where the sentence ends with the words is nothing told that happens later still.
            if (!sentence.Is(i - 1, Unsure) && At(sentence, i, isOpening: false) is { } inside)
            {
                return sentence.Tokens[^1] is { Kind: TokenKind.Mark } end && end.Span.Start <= inside.Span.End + 1 && !sentence.IsQuestion ? inside : null;
            }
        }

        return null;
    }

    // What she meant to do the next morning is not when this happens.
    private static bool IsInfinitive(ProseSentence sentence, int at) =>
        sentence.Is(at, "to") && sentence.Kind(at + 1) == TokenKind.Word && !sentence.Is(at + 1, Determiners);

    /// <summary>
    /// Whether an opening speaks of what is still to come or never was: <c>Ten years later she would tell it otherwise</c>, <c>The next day was to be the
    /// regatta</c>, <c>An hour later and she would have drowned</c>, <c>Three years later, when it was over, Ada liked to say</c>.
    /// </summary>
    private static bool IsToldAhead(ProseSentence sentence, ElapsedStatement opening)
    {
        var behind = 0;
        while (behind < sentence.Count && sentence.Tokens[behind].Span.Start < opening.Span.End)
        {
            behind++;
        }

        for (var i = behind; i < sentence.Count; i++)
        {
            var isAhead = sentence.Is(i, Would) || (sentence.Is(i, Was) && IsInfinitive(sentence, i + 1)) || (sentence.Is(i, Fond) && IsInfinitive(sentence, i + 1));
            if (isAhead && IsSubject(sentence, behind, i))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether what stands before a verb is its subject and begins the clause, so that the verb is that of the sentence and not of another within it.</summary>
    private static bool IsSubject(ProseSentence sentence, int from, int verb)
    {
        var first = verb;
        while (first > from && verb - first <= LongestSubject && sentence.Kind(first - 1) is not (TokenKind.Mark or TokenKind.Speech))
        {
            first--;
        }

        if (verb - first > LongestSubject)
        {
            return false;
        }

        // "an hour later and she would have drowned"
        first += first == from && sentence.Is(first, "and") ? 1 : 0;
        return first == verb || (verb - first == 1 && (sentence.Is(first, Pronouns) || sentence.Kind(first) == TokenKind.Name)) ||
            (sentence.Kind(first) == TokenKind.Name && sentence.Is(first + 1, "and") && verb - first == 3) ||
            (sentence.Is(first, Determiners) && !sentence.Has(TokenKind.Name, first, verb) && !sentence.Is(verb - 1, Pronouns));
    }

    private static ElapsedStatement? At(ProseSentence sentence, int at, bool isOpening) =>
        NextDay(sentence, at) ?? SameDay(sentence, at, isOpening) ?? Counted(sentence, at) ?? (isOpening ? AfterCounted(sentence, at) : null);

    /// <summary><c>the next morning</c>, <c>next day</c>, <c>the following evening</c>, <c>the day after</c>, <c>the morning after</c>, <c>the next week</c>.</summary>
    private static ElapsedStatement? NextDay(ProseSentence sentence, int at)
    {
        var first = at;
        at += sentence.Is(at, "on") || sentence.Is(at, "early") || sentence.Is(at, "late") ? 1 : 0;
        var hasArticle = sentence.Is(at, "the");
        at += hasArticle ? 1 : 0;
        if (sentence.Is(at, Next) && (hasArticle || (sentence.Is(at, "next") && !sentence.Is(at - 1, Determiners))))
        {
            at++;
            at += sentence.Is(at, "very") ? 1 : 0;
            if (sentence.Is(at, Dayparts))
            {
                // "the next day but one", "the next morning at least"; "the next day's post" is no time.
                return sentence.Kind(at + 1) is TokenKind.Possessive or TokenKind.Hyphen || sentence.Is(at + 1, "but") || IsAfterAnother(sentence, at + 1) ? null : new(1, ElapsedUnit.Day, Daypart(sentence, at), sentence.SpanOf(first, at), null);
            }

            return null;
        }

        return hasArticle && sentence.Is(at, Dayparts) && sentence.Is(at + 1, "after") && sentence.IsMark(at + 2, ',')
            ? new(1, ElapsedUnit.Day, Daypart(sentence, at), sentence.SpanOf(first, at + 1), null)
            : null;
    }

    // "by the next morning after that": how much later than what was told before, the sentence says itself.
    private static bool IsAfterAnother(ProseSentence sentence, int at) => sentence.Is(at, "after") && (sentence.Is(at + 1, "that") || sentence.Is(at + 1, "this"));

    /// <summary><c>that same evening</c>, <c>the same night</c>, <c>later that day</c>, <c>that evening</c>.</summary>
    private static ElapsedStatement? SameDay(ProseSentence sentence, int at, bool isOpening)
    {
        var first = at;
        var isLater = sentence.Is(at, "later");
        at += isLater ? 1 : 0;
        at += isLater && sentence.Is(at, "on") ? 1 : 0;
        var isThat = sentence.Is(at, "that");
        if (!isThat && !(sentence.Is(at, "the") && sentence.Is(at + 1, "same")))
        {
            return null;
        }

        at++;
        var isSame = sentence.Is(at, "same");
        at += isSame ? 1 : 0;
        return sentence.Is(at, SameDayparts) && (isLater || isSame || isOpening) && sentence.Kind(at + 1) is not (TokenKind.Possessive or TokenKind.Hyphen) && !sentence.Is(at + 1, Anchors)
            ? new(0, ElapsedUnit.Day, Daypart(sentence, at), sentence.SpanOf(first, at), null)
            : null;
    }

    /// <summary><c>three days later</c>, <c>a week after that</c>, <c>half an hour later</c>.</summary>
    private static ElapsedStatement? Counted(ProseSentence sentence, int at)
    {
        var first = at;
        at += sentence.Is(at, Exactly) ? 1 : 0;
        if (Amount(sentence, at) is not var (number, unit, last, amount))
        {
            return null;
        }

        var end = sentence.Is(last + 1, "later") ? last + 1
            : sentence.Is(last + 1, "after") && (sentence.Is(last + 2, "that") || sentence.Is(last + 2, "this")) ? last + 2
            : sentence.Is(last + 1, "on") && sentence.IsMark(last + 2, ',') ? last + 1
            : sentence.Is(last + 1, "had") && (sentence.Is(last + 2, "passed") || (sentence.Is(last + 2, "gone") && sentence.Is(last + 3, "by"))) ? last + 2
            : -1;
        if (end < 0 || sentence.Is(end + 1, "than") || sentence.Is(end + 1, "since") || sentence.Kind(end + 1) == TokenKind.Hyphen)
        {
            return null;
        }

        return new(number, unit, "", sentence.SpanOf(first, end), amount);
    }

    /// <summary><c>After three days,</c> and <c>After a month of rain,</c> at the beginning.</summary>
    private static ElapsedStatement? AfterCounted(ProseSentence sentence, int at)
    {
        if (!sentence.Is(at, "after") || Amount(sentence, at + 1) is not var (number, unit, last, amount))
        {
            return null;
        }

        return sentence.IsMark(last + 1, ',') || sentence.Kind(last + 1) == TokenKind.Name ? new(number, unit, "", sentence.SpanOf(at, last), amount) : null;
    }

    private static (int Number, ElapsedUnit Unit, int Last, TextSpan Amount)? Amount(ProseSentence sentence, int at)
    {
        if (SpelledNumber.Read(sentence, at) is { } number)
        {
            return UnitAt(sentence, number.Last + 1) is var (unit, factor) && number.Value > 0
                ? (number.Value * factor, unit, number.Last + 1, sentence.SpanOf(number.First, number.Last + 1))
                : null;
        }

        // Half an hour.
        if (sentence.Is(at, "half") && (sentence.Is(at + 1, "a") || sentence.Is(at + 1, "an")) && UnitAt(sentence, at + 2) is var (whole, times) && HalfOf(whole) is var (parts, part))
        {
            return (parts * times, part, at + 2, sentence.SpanOf(at, at + 2));
        }

        return sentence.Is(at, Articles) && UnitAt(sentence, at + 1) is var (one, count) ? (count, one, at + 1, sentence.SpanOf(at, at + 1)) : null;
    }

    private static (ElapsedUnit Unit, int Factor)? UnitAt(ProseSentence sentence, int at) => sentence.Text(at).ToString().ToLowerInvariant() switch
    {
        "minute" or "minutes" => (ElapsedUnit.Minute, 1),
        "hour" or "hours" => (ElapsedUnit.Hour, 1),
        "day" or "days" or "night" or "nights" => (ElapsedUnit.Day, 1),
        "week" or "weeks" => (ElapsedUnit.Week, 1),
        "fortnight" or "fortnights" => (ElapsedUnit.Week, 2),
        "month" or "months" => (ElapsedUnit.Month, 1),
        "year" or "years" => (ElapsedUnit.Year, 1),
        "decade" or "decades" => (ElapsedUnit.Year, 10),
        _ => null,
    };

    private static (int Number, ElapsedUnit Unit)? HalfOf(ElapsedUnit unit) => unit switch
    {
        ElapsedUnit.Hour => (30, ElapsedUnit.Minute),
        ElapsedUnit.Year => (6, ElapsedUnit.Month),
        _ => null,
    };

    private static string Daypart(ProseSentence sentence, int at) => sentence.Is(at, "day") ? "" : sentence.Text(at).ToString().ToLowerInvariant();
}
