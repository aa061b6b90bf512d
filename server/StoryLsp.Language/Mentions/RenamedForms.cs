using StoryLsp.Language.Text;

namespace StoryLsp.Language.Mentions;

/// <summary>What becomes of each form of a name when the name becomes another.</summary>
public sealed class RenamedForms
{
    private readonly Dictionary<string, (string Old, string Now)> _forms = new(StringComparer.Ordinal);
    private readonly List<(string Old, string Now)> _written = [];
    private readonly string _name;
    private readonly bool _isPerson;
    private string _given;
    private string _family;

    private RenamedForms(string name, bool isPerson)
    {
        _name = name;
        _isPerson = isPerson;
        _given = name;
        _family = name;
    }

    /// <summary>The forms of a name, and of the one in its place.</summary>
    /// <param name="old">The name.</param>
    /// <param name="name">The name in its place.</param>
    /// <param name="isPerson">Whether it has a given and a family name.</param>
    public static RenamedForms Of(string old, string name, bool isPerson)
    {
        var result = new RenamedForms(name, isPerson);
        result.Add(old, name);
        if (WithArticle(old) is { } called)
        {
            result.Add(called, WithArticle(name) ?? name);
        }

        if (isPerson)
        {
            result.AddParts(PersonName.Of(old).Parts, PersonName.Of(name).Parts);
        }
        else if (WithoutArticle(old) is { } bare)
        {
            result.Add(bare, WithoutArticle(name) ?? name);
        }

        return result;
    }

    /// <summary>The forms of the old name that are one word with a capital: its given and its family name.</summary>
    public IEnumerable<string> Words => _isPerson ? _written.Select(form => form.Old).Where(form => form.Length > 2 && char.IsUpper(form[0]) && form.All(char.IsLetter)) : [];

    /// <summary>What an alias becomes that is a form of the name, or holds one of its words (Captain Vane); from now on a form as well. Null: it is another word.</summary>
    /// <param name="alias">The alias.</param>
    public string? TakeAlong(string alias)
    {
        if (For(alias) is { } known)
        {
            return known;
        }

        var own = Words.ToHashSet(StringComparer.Ordinal);
        var now = string.Join(' ', alias.Split(' ').Select(word => own.Contains(word) || own.Any(name => Inflection.PluralOf(name) == word) ? For(word) ?? word : word));
        if (now == alias)
        {
            return null;
        }

        Add(alias, now);
        return now;
    }

    /// <summary>What is to stand in the place of a form, in its case and with its line ends; null where that cannot be told.</summary>
    /// <param name="written">The form as the text has it, without a title and without a possessive ending.</param>
    public string? For(string written)
    {
        if (written.AsSpan().ContainsAny('*', '_'))
        {
            return null;
        }

        var key = KeyOf(written);
        return _forms.TryGetValue(key, out var form) ? LikeIn(written, form.Old, form.Now)
            : Plural(key) is var (old, now) ? LikeIn(written, old, now)
            : null;
    }

    /// <summary>
    /// What is likely to stand in the place of a form that <see cref="For"/> does not know: a name with marks inside, a name in another case, a nickname.
    /// Null where nothing is likely: an alias is another word.
    /// </summary>
    /// <param name="written">The form as the text has it, without a title and without a possessive ending.</param>
    /// <param name="form">What of the old name it is.</param>
    public string? Guess(string written, MentionForm form)
    {
        var plain = written.Replace("*", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);
        var old = _written[0].Old;
        var now = (plain == written ? null : For(plain)) ?? Declined(plain) ?? form switch
        {
            _ when !_isPerson => null,
            MentionForm.Given => LikeIn(plain, old, _given),
            MentionForm.Family => LikeIn(plain, old, _family),
            MentionForm.Plural => LikeIn(plain, old, Inflection.PluralOf(_family)),
            MentionForm.Alias => null,
            _ => LikeIn(plain, old, _name),
        };
        return now is null || plain == written ? now : WithMarks(written, now);
    }

    // Marks around a word stay around the word in its place; of another number of words nobody knows where the marks belong.
    private static string? WithMarks(string written, string now)
    {
        static bool IsMark(char unit) => unit is '*' or '_' || char.IsWhiteSpace(unit);
        var words = now.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var result = new System.Text.StringBuilder();
        var count = 0;
        for (var at = 0; at < written.Length; at++)
        {
            if (IsMark(written[at]))
            {
                result.Append(written[at]);
            }
            else if ((at == 0 || IsMark(written[at - 1])) && count++ < words.Length)
            {
                result.Append(words[count - 1]);
            }
        }

        return count == words.Length ? result.ToString() : null;
    }

    /// <summary>What is to stand in the place of a form that is written as an id, with signs between its words alone; null where it is none.</summary>
    /// <param name="slug">The id.</param>
    public string? ForSlug(string slug) => _written.Find(form => Slug.Of(form.Old) == slug).Now;

    private string? Declined(string written)
    {
        var words = written.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        foreach (var (old, now) in _written)
        {
            var (before, after) = (old.Split(' '), now.Split(' '));
            if (before.Length == words.Length && after.Length == words.Length &&
                words.Select((word, i) => KeyOf(word) == KeyOf(before[i]) ? after[i] : Declension.Like(before[i], word, after[i])).ToList() is var declined && !declined.Contains(null))
            {
                return LikeIn(written, old, string.Join(' ', declined));
            }
        }

        return null;
    }

    private static string? WithArticle(string name) => name.StartsWith("the ", StringComparison.OrdinalIgnoreCase) ? null : "the " + name;

    private static string? WithoutArticle(string name) =>
        name.StartsWith("the ", StringComparison.OrdinalIgnoreCase) && name.AsSpan(4).Trim().Contains(' ') ? name[4..].Trim() : null;

    private static string KeyOf(string text)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(word => word.TrimEnd('.'));
        return Word.Fold(NameEntry.Normalize(string.Join(' ', words)));
    }

    // A name in capitals stays in capitals, one at the beginning of a sentence begins with one, a line that ended in the name ends there again.
    private static string LikeIn(string written, string old, string form)
    {
        var letters = written.Where(char.IsLetter).ToList();
        var shouts = letters.Count > 1 && letters.TrueForAll(char.IsUpper) && !old.Where(char.IsLetter).All(char.IsUpper);
        var whispers = letters.Count > 1 && letters.TrueForAll(char.IsLower) && !old.Where(char.IsLetter).All(char.IsLower);
        var result = shouts ? form.ToUpperInvariant() : whispers ? form.ToLowerInvariant() : Begun(written, old, form);
        var lineEnd = written.IndexOfAny(['\r', '\n']);
        var space = result.IndexOf(' ', StringComparison.Ordinal);
        if (lineEnd < 0 || space < 0)
        {
            return result;
        }

        var end = lineEnd;
        while (end < written.Length && char.IsWhiteSpace(written[end]))
        {
            end++;
        }

        return result[..space] + written[lineEnd..end] + result[(space + 1)..];
    }

    private static string Begun(string written, string old, string form)
    {
        const string article = "the ";
        if (written.Length == 0 || old.Length == 0 || form.Length == 0)
        {
            return form;
        }

        return char.IsUpper(written[0]) && char.IsLower(old[0]) && char.IsLower(form[0]) ? char.ToUpperInvariant(form[0]) + form[1..]
            : written.StartsWith(article, StringComparison.Ordinal) && form.StartsWith("The ", StringComparison.Ordinal) ? article + form[article.Length..]
            : form;
    }

    private (string Old, string Now)? Plural(string key)
    {
        foreach (var (form, (old, now)) in _forms)
        {
            if (Inflection.PluralOf(form) == key)
            {
                return (Inflection.PluralOf(old), Inflection.PluralOf(now));
            }
        }

        return null;
    }

    private void AddParts(IReadOnlyList<string> old, IReadOnlyList<string> now)
    {
        Add(string.Join(' ', old), string.Join(' ', now));
        if (old.Count == 0 || now.Count == 0)
        {
            return;
        }

        var oldFamily = FamilyOf(old);
        var family = FamilyOf(now);
        (_given, _family) = (now[0], family);
        Add($"{old[0]} {oldFamily}", now.Count > 1 ? $"{now[0]} {family}" : now[0]);
        Add($"{old[0][0]} {oldFamily}", now.Count > 1 ? $"{now[0][0]}. {family}" : now[0]);
        Add(old[0], now[0]);
        Add(oldFamily, family);
        Add(old[^1], now[^1]);
        if (old.Count > 2)
        {
            Add($"{old[0]} {old[1]}", now.Count > 2 ? $"{now[0]} {now[1]}" : now[0]);
            Add($"{old[^2]} {old[^1]}", now.Count > 2 ? $"{now[^2]} {now[^1]}" : family);
        }
    }

    private static string FamilyOf(IReadOnlyList<string> parts)
    {
        var start = parts.Count - 1;
        while (start > 1 && char.IsLower(parts[start - 1][0]))
        {
            start--;
        }

        return string.Join(' ', parts.Skip(start));
    }

    private void Add(string old, string now)
    {
        if (_forms.TryAdd(KeyOf(old), (old, now)))
        {
            _written.Add((old, now));
        }
    }
}
