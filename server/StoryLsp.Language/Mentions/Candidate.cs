namespace StoryLsp.Language.Mentions;

public sealed partial class NameMatcher
{
    /// <summary>Words of a text that are those of a name; what is around them decides whether they name it.</summary>
    private readonly ref struct Candidate(NamePlace place, int start, Word last, Gap after, ReadOnlySpan<WordShape> shapes, Title? title)
    {
        public int Start => start;

        public Word Last => last;

        public ReadOnlySpan<WordShape> Shapes { get; } = shapes;

        public Title? Title => title;

        public string Text() => place.Text[start..last.End];

        /// <summary>Whether the name may end here: not before Marie in Anne-Marie, nor in an address.</summary>
        public bool EndsWell()
        {
            if (last.End >= place.Text.Length)
            {
                return true;
            }

            return after.Kind switch
            {
                GapKind.Hyphen when !after.HasLineEnd => !IsCapital(after.Next),
                GapKind.Dot when after.Next == last.End + 1 => (Letters.Kinds[place.Text[after.Next]] & Letters.Lower) == 0,
                _ => place.Text[last.End] is not ('_' or '@') || after.Kind != GapKind.Break || last.End + 1 >= place.Text.Length || !Word.BeginsAt(place.Text, last.End + 1),
            };
        }

        /// <summary>Whether one word with a capital is this name, and not a part of another or a common word.</summary>
        public bool StandsAlone(NameEntry entry, bool capitalsTell)
        {
            var before = Before();
            if (capitalsTell && (IsPartOfLonger() || BelongsToOther(entry, before)))
            {
                return false;
            }

            return !entry.IsCommonWord || IsNoCommonWord(entry, before);
        }

        /// <summary>Where the name ends: the full stop of a name that has one belongs to it, as in Vane Jr.</summary>
        public int EndFor(NameEntry entry) => last.End + (entry.Written.EndsWith('.') && last.End < place.End && place.Text[last.End] == '.' ? 1 : 0);

        /// <summary>Whether the last word stands in the plural: the Vanes.</summary>
        public bool IsPlural(NameEntry entry)
        {
            var length = last.End - last.Start;
            return length > entry.LastWord.Length && place.Text[last.End - 1] is 's' or 'S' && !Word.Matches(entry.LastWord, place.Text.AsSpan(last.Start, length));
        }

        private bool IsCapital(int at) => (Letters.Kinds[place.Text[at]] & Letters.Upper) != 0;

        // The word before, where only white space or the full stop of an abbreviation parts them.
        private ReadOnlySpan<char> Before()
        {
            var at = start;
            var lineEnds = 0;
            while (at > 0 && (place.Text[at - 1] is ' ' or '\t' or '\r' or '\n' or '\u00A0' || Letters.IsEmphasis(place.Text[at - 1])))
            {
                at--;
                lineEnds += place.Text[at] == '\n' ? 1 : 0;
            }

            if (at == start || lineEnds > 1)
            {
                return [];
            }

            return at > 0 && place.Text[at - 1] == '.' && place.WordBefore(at - 1) is { Length: > 0 and <= 5 } word ? word : place.WordBefore(at);
        }

        // Vane Street is no Vane, and Ada Lovelace is not our Ada.
        private bool IsPartOfLonger()
        {
            if (after.Kind != GapKind.Space || !IsCapital(after.Next) || last.Shape == WordShape.AllCapitals)
            {
                return false;
            }

            var next = Word.Read(place.Text, after.Next, place.End);
            var word = place.Text.AsSpan(next.Start, next.End - next.Start);
            return !(word is "I" || (after.HasLineEnd && WordList.IsEnglish(word)) || word.Equals("senior", StringComparison.OrdinalIgnoreCase) ||
                word.Equals("junior", StringComparison.OrdinalIgnoreCase) || Honorific.TryGet(Word.Fold(word), out _) || place.IsInHeading(start));
        }

        // Lucy Vane is not our Vane, and Port Ada is not our Ada.
        private bool BelongsToOther(NameEntry entry, ReadOnlySpan<char> before)
        {
            if (!NamePlace.IsCapitalized(before) || last.Shape == WordShape.AllCapitals || place.IsInHeading(start))
            {
                return false;
            }

            if (FunctionWords.IsBeforePlace(before))
            {
                return entry.Form is MentionForm.Given or MentionForm.Family || before is "St" or "Saint" or "San" or "Santa";
            }

            if (entry.IsWritten || FunctionWords.IsDescription(before))
            {
                return false;
            }

            var isName = WordList.Proper.Contains(before) || !WordList.IsEnglish(before);
            var begins = SentenceStart.IsAt(place.Text, place.Text.AsSpan(0, start).LastIndexOf(before));
            return entry.Form == MentionForm.Family ? isName || !begins : isName && !WordList.IsEnglish(before);
        }

        private bool IsNoCommonWord(NameEntry entry, ReadOnlySpan<char> before)
        {
            if ((last.Shape == WordShape.AllCapitals && !entry.Written.All(unit => !char.IsLower(unit))) || place.IsInHeading(start))
            {
                return false;
            }

            var folded = Word.Fold(place.Text.AsSpan(start, last.End - start));
            if (FunctionWords.IsArticle(before) && !entry.TakesArticle && (!IsPlural(entry) || entry.Form == MentionForm.Given))
            {
                return false;
            }

            if (FunctionWords.IsCalendar(folded) && IsDate(before))
            {
                return false;
            }

            return !SentenceStart.IsAt(place.Text, start) || IsDoneBySomebody();
        }

        private bool IsDate(ReadOnlySpan<char> before)
        {
            if (FunctionWords.IsBeforeDate(before) || (before.Length > 0 && char.IsAsciiDigit(before[0])) || before is "of")
            {
                return true;
            }

            return after.Kind is GapKind.Space or GapKind.Comma && char.IsAsciiDigit(place.Text[after.Next]) ||
                (after.Kind == GapKind.Space && Next() is "morning" or "afternoon" or "evening" or "night" or "next" or "last");
        }

        // Rose said, Will's hand: only somebody speaks or has.
        private bool IsDoneBySomebody()
        {
            if (after.Kind == GapKind.Apostrophe)
            {
                return Next() is "s" or "S";
            }

            return after.Kind == GapKind.Space && FunctionWords.IsDoneByPeople(Next());
        }

        private ReadOnlySpan<char> Next()
        {
            var next = Word.Read(place.Text, after.Next, place.End);
            return place.Text.AsSpan(next.Start, next.End - next.Start);
        }
    }
}
