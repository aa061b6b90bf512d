namespace StoryLsp.Language.Mentions;

/// <summary>What becomes of each form of a name when the name becomes another.</summary>
public sealed class RenamedForms
{
    private readonly Dictionary<string, string> _forms = new(StringComparer.Ordinal);

    private RenamedForms()
    {
    }

    /// <summary>The forms of a name, and of the one in its place.</summary>
    /// <param name="old">The name.</param>
    /// <param name="name">The name in its place.</param>
    /// <param name="isPerson">Whether it has a given and a family name.</param>
    public static RenamedForms Of(string old, string name, bool isPerson)
    {
        var result = new RenamedForms();
        result.Add(old, name);
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

    /// <summary>What is to stand in the place of a form, in its case and with its line ends; null where that cannot be told.</summary>
    /// <param name="written">The form as the text has it, without a title and without a possessive ending.</param>
    public string? For(string written)
    {
        if (written.AsSpan().ContainsAny('*', '_'))
        {
            return null;
        }

        var key = KeyOf(written);
        if (_forms.TryGetValue(key, out var form) || Plural(key) is { } plural && (form = plural) is not null)
        {
            return LikeIn(written, form);
        }

        return null;
    }

    private static string? WithoutArticle(string name) =>
        name.StartsWith("the ", StringComparison.OrdinalIgnoreCase) && name.AsSpan(4).Trim().Contains(' ') ? name[4..].Trim() : null;

    private static string KeyOf(string text)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(word => word.TrimEnd('.'));
        return Word.Fold(NameEntry.Normalize(string.Join(' ', words)));
    }

    // A name in capitals stays in capitals, a line that ended in the name ends there again.
    private static string LikeIn(string written, string form)
    {
        var letters = written.Where(char.IsLetter).ToList();
        var shouts = letters.Count > 1 && letters.TrueForAll(char.IsUpper) && !form.Where(char.IsLetter).All(char.IsUpper);
        var whispers = letters.Count > 1 && letters.TrueForAll(char.IsLower);
        var result = shouts ? form.ToUpperInvariant() : whispers ? form.ToLowerInvariant() : form;
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

    private string? Plural(string key)
    {
        foreach (var (form, renamed) in _forms)
        {
            if (Inflection.PluralOf(form) == key)
            {
                return Inflection.PluralOf(renamed);
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

    private void Add(string old, string now) => _forms.TryAdd(KeyOf(old), now);
}
