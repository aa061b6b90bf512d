using StoryLsp.Language.Text;

namespace StoryLsp.Language.Mentions;

/// <summary>
/// Finds names in prose, in one pass whatever their number. The longest name wins, and what was found is not looked into again. Immutable, and
/// safe for use by several threads.
/// </summary>
public sealed partial class NameMatcher
{
    // Mr. Justice Vane, the Rev. Dr. Vane.
    private const int MostTitles = 3;

    private readonly NameTree _tree;
    private readonly Dictionary<int, Gender> _genders;
    private readonly bool _capitalsTell;
    private readonly Dictionary<int, int[]> _single = [];
    private readonly Gender?[] _titles;

    private NameMatcher(NameTree tree, Dictionary<int, Gender> genders, bool capitalsTell)
    {
        _tree = tree;
        _genders = genders;
        _capitalsTell = capitalsTell;
        _titles = tree.TitlesByWord();
        foreach (var owner in tree.Owners())
        {
            _single[owner] = [owner];
        }
    }

    /// <summary>A matcher of no names.</summary>
    public static NameMatcher Empty { get; } = Compile([], []);

    /// <summary>Finds all names in a stretch of a text.</summary>
    /// <param name="text">The whole text; what stands around the stretch tells where a sentence begins.</param>
    /// <param name="prose">The stretch.</param>
    /// <param name="result">Takes the mentions, in order.</param>
    public void Scan(string text, TextSpan prose, List<Mention> result)
    {
        var at = prose.Start;
        var end = Math.Min(prose.End, text.Length);
        var kinds = Letters.Kinds;
        while (at < end)
        {
            if (kinds[text[at]] == 0 || !Word.BeginsAt(text, at))
            {
                at++;
                continue;
            }

            var word = Word.Read(text, at, end);
            var number = _tree.Find(text, word);
            at = number == 0 ? word.End : Visit(text, word, number, prose, result);
        }
    }

    /// <summary>Whether some name has a word, in one of its forms, or a title is one.</summary>
    /// <param name="word">One word.</param>
    public bool Knows(string word) => word.Length > 0 && Word.BeginsAt(word, 0) && Word.Read(word, 0, word.Length) is var read && read.End == word.Length && _tree.Find(word, read) != 0;

    // A word that some name or title has. Gives where to go on.
    private int Visit(string text, in Word word, int number, TextSpan prose, List<Mention> result)
    {
        var place = new NamePlace(text, prose.Start, Math.Min(prose.End, text.Length));
        var plain = Match(place, word, number, null);
        if (_titles[number] is { } gender && word.Shape is WordShape.Capital or WordShape.AllCapitals && AfterTitles(place, word, gender, out var title) is { } name)
        {
            var behind = Match(place, name.Word, name.Number, title);
            if (behind is { } found && (plain is null || found.Span.End > plain.Value.Span.End))
            {
                if (place.IsBoundary(word.Start))
                {
                    result.Add(found with { Span = TextSpan.FromBounds(word.Start, found.Span.End), Form = found.Form is MentionForm.Alias or MentionForm.Plural ? found.Form : MentionForm.Honorific });
                    return found.Span.End;
                }
            }
            else if (plain is null)
            {
                // Whoever this Mr. Vane is, it is not our Mrs. Vane; the name behind the title is not to be taken for her.
                return name.Word.End;
            }
        }

        if (plain is { } mention)
        {
            result.Add(mention);
            return mention.Span.End;
        }

        return word.End;
    }

    private (Word Word, int Number)? AfterTitles(in NamePlace place, in Word first, Gender gender, out Title title)
    {
        title = new(gender);
        var word = first;
        for (var i = 0; i < MostTitles; i++)
        {
            var gap = Gap.Read(place.Text, word.End, place.End);
            var isShort = gap.Kind == GapKind.Dot && Honorific.IsAbbreviation(Word.Fold(place.Text.AsSpan(word.Start, word.End - word.Start)));
            if (!isShort && (gap.Kind != GapKind.Space || word.End - word.Start == 1))
            {
                return null;
            }

            word = Word.Read(place.Text, gap.Next, place.End);
            if (word.Shape is not (WordShape.Capital or WordShape.AllCapitals or WordShape.Plain))
            {
                return null;
            }

            var number = _tree.Find(place.Text, word);
            if (number == 0)
            {
                return null;
            }

            if (_titles[number] is not { } further || Gap.Read(place.Text, word.End, place.End).Kind is not (GapKind.Space or GapKind.Dot))
            {
                return (word, number);
            }

            title = new(title.Gender == Gender.Unknown ? further : title.Gender);
            if (_tree.Next(NameTree.Root, GapKind.Joined, number) >= 0 && Match(place, word, number, title) is not null)
            {
                return (word, number);
            }
        }

        return null;
    }

    private Mention? Match(in NamePlace place, in Word first, int number, Title? title)
    {
        var node = _tree.Next(NameTree.Root, GapKind.Joined, number);
        if (node < 0 || (title is null && !place.IsBoundary(first.Start)))
        {
            return null;
        }

        Span<WordShape> shapes = stackalloc WordShape[NameEntry.MostWords];
        Mention? best = null;
        var word = first;
        for (var count = 1; ; count++)
        {
            shapes[count - 1] = word.Shape;
            var gap = Gap.Read(place.Text, word.End, place.End);
            if (_tree.EntriesAt(node) is { Length: > 0 } entries &&
                Accept(new(place, first.Start, word, gap, shapes[..count], title), entries) is { } found)
            {
                best = found;
            }

            if (gap.Kind == GapKind.Break || count == NameEntry.MostWords)
            {
                return best;
            }

            word = Word.Read(place.Text, gap.Next, place.End);
            var next = _tree.Find(place.Text, word);
            node = next == 0 ? -1 : _tree.Next(node, gap.Kind, next);
            if (node < 0)
            {
                return best;
            }
        }
    }

    private Mention? Accept(in Candidate candidate, NameEntry[] entries)
    {
        if (!candidate.EndsWell())
        {
            return null;
        }

        NameEntry? first = null;
        List<NameEntry>? more = null;
        foreach (var entry in entries)
        {
            if (Stands(candidate, entry))
            {
                if (first is null)
                {
                    first = entry;
                }
                else
                {
                    (more ??= [first]).Add(entry);
                }
            }
        }

        if (first is null)
        {
            return null;
        }

        var span = TextSpan.FromBounds(candidate.Start, candidate.EndFor(first));
        return more is null
            ? first.NeedsTitle && !IsOnlyOne(candidate, [first], entries) ? null : new Mention(span, span, candidate.IsPlural(first) ? MentionForm.Plural : first.Form, _single[first.Owner])
            : Several(candidate, span, more, entries);
    }

    private Mention? Several(in Candidate candidate, TextSpan span, List<NameEntry> found, NameEntry[] entries)
    {
        if (found.Exists(entry => entry.IsWritten))
        {
            found.RemoveAll(entry => !entry.IsWritten);
            var written = NameEntry.Normalize(candidate.Text());
            if (found.Exists(entry => entry.Written == written))
            {
                found.RemoveAll(entry => entry.Written != written);
            }
        }
        else if (found[0].NeedsTitle && !IsOnlyOne(candidate, found, entries))
        {
            return null;
        }

        var owners = found.Select(entry => entry.Owner).Distinct().Order().ToArray();
        return new Mention(span, span, candidate.IsPlural(found[0]) ? MentionForm.Plural : found.Min(entry => entry.Form), owners.Length == 1 ? _single[owners[0]] : owners);
    }

    // Two Vanes: a title says which only if one of them is known to fit and the other not to.
    private bool IsOnlyOne(in Candidate candidate, List<NameEntry> found, NameEntry[] entries) =>
        candidate.Title is { Gender: not Gender.Unknown } title && found.Select(entry => entry.Owner).Distinct().Count() == 1 &&
        _genders.GetValueOrDefault(found[0].Owner) == title.Gender &&
        entries.Where(entry => entry.NeedsTitle).All(entry => _genders.GetValueOrDefault(entry.Owner) != Gender.Unknown);

    private bool Stands(in Candidate candidate, NameEntry entry)
    {
        if (!entry.Fits(candidate.Shapes) || (entry.IsExact && NameEntry.Normalize(candidate.Text()) != entry.Written))
        {
            return false;
        }

        if (candidate.Title is { } title)
        {
            var gender = _genders.GetValueOrDefault(entry.Owner);
            return gender == Gender.Unknown || title.Gender == Gender.Unknown || gender == title.Gender;
        }

        if (entry.NeedsTitle)
        {
            return false;
        }

        return candidate.Shapes.Length > 1 || entry.Demands[0] != CaseDemand.Capital || candidate.StandsAlone(entry, _capitalsTell);
    }

    /// <summary>A title before a name.</summary>
    /// <param name="Gender">Whose title it is.</param>
    private readonly record struct Title(Gender Gender);
}
