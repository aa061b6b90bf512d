using System.Collections.Frozen;

namespace StoryLsp.Language.Mentions;

/// <summary>Small closed classes of English words that decide whether a capital is a name.</summary>
internal static class FunctionWords
{
    private static readonly FrozenSet<string> Small = SetOf(
        "the a an of and or in on at to by for from with de la le les du des da di del della von van der den zu af el al bin ibn y e und et &");

    private static readonly FrozenSet<string> NoNames = SetOf(
        "i me my he him his she her hers it its we us our they them their you your who whom whose the a an this that these those and or but if so as at by for from in into " +
        "of off on to up with no not yes is was are were be been am do did does has had have");

    private static readonly FrozenSet<string> Articles = SetOf("the a an this that these those some any every each no another which what");

    private static readonly FrozenSet<string> Calendar = SetOf("january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday");

    private static readonly FrozenSet<string> Faith = SetOf(
        "god christ jesus satan bible koran quran christmas easter christian christians jew jews jewish muslim muslims catholic catholics french dutch greek greeks german germans " +
        "latin english american americans european europeans african africans asian asians arab arabs negro turk turks swiss czech mr mrs ms ok tv internet " +
        "thos wm chas jas geo esq jr sr bros ltd inc co vol chap fig");

    private static readonly FrozenSet<string> BeforeDates = SetOf(
        "in since until till during last next early late mid every each throughout before after by on this that previous following the");

    private static readonly FrozenSet<string> BeforePlaces = SetOf("st saint sainte san santa mount mt fort ft port lake cape new camp glen loch north south east west upper lower");

    private static readonly FrozenSet<string> Descriptions = SetOf("old young poor dear little big good mad sweet late great fat thin tall lucky");

    private static readonly FrozenSet<string> Speaking = SetOf(
        "said says asked asks replied replies answered answers whispered whispers murmured murmurs muttered mutters cried cries shouted shouts called yelled screamed hissed snapped " +
        "laughed laughs smiled smiles grinned grins nodded nods shrugged shrugs sighed sighs frowned frowns blinked winked swallowed hesitated insisted protested agreed added " +
        "continued repeated remarked observed explained exclaimed declared announced admitted begged told thought wondered growled grunted groaned gasped sobbed wept sneered turned " +
        "looked looks stared glanced stood sat walked ran leaned leant stepped opened took held pulled pushed paused shook raised lifted gestured pointed waved knelt");

    // Words that are names far more often than words; at the beginning of a sentence they need no further evidence.
    private static readonly FrozenSet<string> MostlyNames = SetOf(
        "peter harry jack bob robin carol victor martin daisy holly ivy basil sally kitty jenny jerry jimmy tommy billy bobby benny johnny willy charlie barbie frank bill nelly " +
        "jasper ruby jade heather hazel olive myrtle iris ginger sandy rusty randy christian christy jordan morgan taylor mason dean dale drew pat rob nick ted ned tony tod todd " +
        "josh jess rex max sandra gene louis cliff roger jenny timothy jasmine violet lily pearl amber opal penny polly molly dolly peg peggy vera celeste stacey kelvin watt " +
        "regina aurora laurel rosemary marigold clementine georgia virginia florence victoria israel paris china chad marina angelica viola melody valentine jean nan gill barney");

    /// <summary>Whether it is a word of faith, or of what everybody keeps.</summary>
    public static bool IsFaith(string folded) => Faith.Contains(folded);

    /// <summary>Whether it joins the words of a name: of, the, de.</summary>
    public static bool IsOne(string word) => Small.Contains(word.ToLowerInvariant());

    /// <summary>Whether nobody can be called so.</summary>
    public static bool IsNoName(string folded) => NoNames.Contains(folded);

    /// <summary>Whether what follows is a thing of a kind, and no name.</summary>
    public static bool IsArticle(ReadOnlySpan<char> word) => Has(Articles, word);

    /// <summary>Whether it is a month or a day of the week.</summary>
    public static bool IsCalendar(string folded) => Calendar.Contains(folded);

    /// <summary>Whether a month or day may follow.</summary>
    public static bool IsBeforeDate(ReadOnlySpan<char> word) => Has(BeforeDates, word);

    /// <summary>Whether a name behind it is that of a place: St. Mary, Port Vane.</summary>
    public static bool IsBeforePlace(ReadOnlySpan<char> word) => Has(BeforePlaces, word);

    /// <summary>Whether it says what somebody is like: old Vane, poor Ada.</summary>
    public static bool IsDescription(ReadOnlySpan<char> word) => Has(Descriptions, word);

    /// <summary>Whether only somebody can do it.</summary>
    public static bool IsDoneByPeople(ReadOnlySpan<char> word) => Has(Speaking, word);

    /// <summary>Whether a word of the dictionary is a name more often.</summary>
    public static bool IsMostlyName(string folded) => MostlyNames.Contains(folded);

    private static bool Has(FrozenSet<string> set, ReadOnlySpan<char> word)
    {
        Span<char> lower = stackalloc char[16];
        if (word.Length > lower.Length)
        {
            return false;
        }

        for (var i = 0; i < word.Length; i++)
        {
            lower[i] = char.ToLowerInvariant(word[i]);
        }

        return set.GetAlternateLookup<ReadOnlySpan<char>>().Contains(lower[..word.Length]);
    }

    private static FrozenSet<string> SetOf(string words) => words.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
