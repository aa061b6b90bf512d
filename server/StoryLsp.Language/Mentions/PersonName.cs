using System.Buffers;

namespace StoryLsp.Language.Mentions;

/// <summary>A short form of a person's name.</summary>
/// <param name="Text">The form.</param>
/// <param name="Form">What of the name it is.</param>
internal readonly record struct ShortForm(string Text, MentionForm Form);

/// <summary>The parts of a person's name: titles before it, given names, the family name, nicknames.</summary>
internal sealed class PersonName
{
    private static readonly SearchValues<char> OpeningQuotes = SearchValues.Create("\"\u201C\u2018'(");
    private static readonly string[] Suffixes = ["jr", "sr", "junior", "senior", "ii", "iii", "iv", "esq", "esquire", "phd", "md", "obe", "mp", "kc", "qc"];
    private static readonly string[] Links = ["of", "the", "and", "from", "with", "in"];

    private readonly List<string> _parts;
    private readonly bool _hadTitle;
    private readonly List<ShortForm> _forms = [];

    private PersonName(List<string> parts, bool hadTitle, Gender gender)
    {
        _parts = parts;
        _hadTitle = hadTitle;
        Gender = gender;
    }

    /// <summary>What the title before the name says.</summary>
    public Gender Gender { get; }

    /// <summary>The name without titles and nicknames.</summary>
    public IReadOnlyList<string> Parts => _parts;

    /// <summary>The forms shorter than the name that mean this person where nobody else has them.</summary>
    public IReadOnlyList<ShortForm> Forms => _forms;

    /// <summary>Takes a name apart.</summary>
    public static PersonName Of(string name)
    {
        var nicknames = new List<string>();
        var words = Words(WithoutNicknames(name, nicknames));
        var gender = Gender.Unknown;
        var hadTitle = false;
        while (words.Count > 1 && TitleOf(words[0]) is { } title)
        {
            gender = gender == Gender.Unknown ? title : gender;
            hadTitle = true;
            words.RemoveAt(0);
        }

        if (words.Count > 1 && words[0] is "The" or "the")
        {
            hadTitle = true;
            words.RemoveAt(0);
        }

        while (words.Count > 1 && Suffixes.Contains(Word.Fold(words[^1].AsSpan().Trim('.'))))
        {
            hadTitle = true;
            words.RemoveAt(words.Count - 1);
        }

        var result = new PersonName(words, hadTitle, gender);
        result.AddForms();
        if (words.Count > 1 && string.Join(' ', words) is var plain && plain != name)
        {
            result.Add(plain, MentionForm.Parts);
        }

        foreach (var nickname in nicknames)
        {
            result.Add(nickname, MentionForm.Given);
        }

        return result;
    }

    private static Gender? TitleOf(string word)
    {
        var bare = word.AsSpan().Trim('.');
        if (bare.Length == 1 && !word.EndsWith('.'))
        {
            return null;
        }

        return Honorific.TryGet(Word.Fold(bare), out var gender) && char.IsUpper(word[0]) ? gender : null;
    }

    // William "Bill" Vane, Ada Vane (the elder).
    private static string WithoutNicknames(string name, List<string> nicknames)
    {
        var rest = name;
        for (var from = 0; from < rest.Length && rest.AsSpan(from).IndexOfAny(OpeningQuotes) is >= 0 and var found;)
        {
            var open = from + found;
            var close = rest.IndexOf(ClosingOf(rest[open]), open + 1);
            var standsAlone = (open == 0 || rest[open - 1] == ' ') && close > open + 1 && (close == rest.Length - 1 || rest[close + 1] == ' ');
            if (!standsAlone)
            {
                from = open + 1;
                continue;
            }

            if (rest[open] != '(')
            {
                nicknames.Add(rest[(open + 1)..close]);
            }

            rest = rest[..open] + rest[(close + 1)..];
            from = open;
        }

        return rest;
    }

    private static char ClosingOf(char open) => open switch
    {
        '\u201C' => '\u201D',
        '\u2018' => '\u2019',
        '(' => ')',
        _ => open,
    };

    private static List<string> Words(string name)
    {
        var comma = name.IndexOf(',');
        if (comma > 0 && comma == name.LastIndexOf(',') && !Suffixes.Contains(Word.Fold(name.AsSpan(comma + 1).Trim().Trim('.'))))
        {
            // Vane, Ada
            name = name[(comma + 1)..] + " " + name[..comma];
        }

        return [.. name.Split([' ', '\t', '\u00A0', '\u00B7', '\u30FB', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
    }

    private void AddForms()
    {
        var link = _parts.FindIndex(part => Links.Contains(part.ToLowerInvariant()));
        if (link >= 0)
        {
            // Joan of Arc is Joan; the Queen of Hearts is not Hearts.
            if (link == 1)
            {
                Add(_parts[0], MentionForm.Given);
            }

            return;
        }

        if (_parts.Count < 2)
        {
            // Of `"Bill"` and `(the elder)` nothing is left.
            if (_hadTitle && _parts.Count == 1)
            {
                Add(_parts[0], MentionForm.Family);
            }

            return;
        }

        var family = _parts[^1];
        var particles = _parts.Count - 1;
        while (particles > 1 && char.IsLower(_parts[particles - 1][0]))
        {
            particles--;
        }

        Add(_parts[0], MentionForm.Given);
        Add(family, MentionForm.Family);
        if (particles < _parts.Count - 1)
        {
            Add(string.Join(' ', _parts[particles..]), MentionForm.Family);
        }

        AddCombinations(particles);
    }

    private void AddCombinations(int particles)
    {
        var family = string.Join(' ', _parts[particles..]);
        var given = _parts[0];
        if (char.IsLetter(given[0]) && char.IsUpper(given[0]))
        {
            Add($"{given[0]}. {family}", MentionForm.Parts);
        }

        if (particles < 2)
        {
            return;
        }

        Add($"{given} {family}", MentionForm.Parts);
        if (_parts[1].Length > 2 && !_parts[1].EndsWith('.'))
        {
            // Rodion Romanovich; Conan Doyle.
            Add($"{given} {_parts[1]}", MentionForm.Parts);
            Add($"{_parts[particles - 1]} {family}", MentionForm.Parts);
        }
    }

    private void Add(string text, MentionForm form)
    {
        var clean = text.Trim(' ', '.', ',', '"');
        if ((clean.Length > 1 || (clean.Length == 1 && (Letters.Kinds[clean[0]] & Letters.Solo) != 0)) && clean.Any(char.IsLetter) && !clean.Contains('.') | form == MentionForm.Parts)
        {
            _forms.Add(new(clean, form));
        }
    }
}
