using System.Globalization;
using Humanizer;
using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Language.Text;

namespace StoryLsp.Continuity.Secrets;

/// <summary>Other ways to say what a secret says: somebody's other names, a date with the month in words, a number in words.</summary>
internal sealed class SecretForms
{
    private const int MostForms = 24;
    private const int LongestName = 6;
    private const int ShortestPart = 3;

    // By the folded words of a name: whose it is.
    private readonly Dictionary<string, HashSet<ContainerKey>> _owners = new(StringComparer.Ordinal);
    private readonly Dictionary<ContainerKey, HashSet<string>> _names = [];
    private readonly object _edition;

    private SecretForms(StoryWorld world)
    {
        _edition = world.Edition;
        var named = world.Snapshot.Mentions.NamedContainers;
        foreach (var container in named.Select(key => world.Find(key)?.Container).OfType<Container>())
        {
            var isPerson = world.Snapshot.Schemas.IsKindOf(container.Type, "character");
            foreach (var name in container.Fact.Aliases.Select(alias => alias.Text).Append(container.Name))
            {
                Add(container.Key, name);
                var parts = isPerson ? PromptWord.Of(name).Where(part => part.Folded.Length >= ShortestPart).ToList() : [];
                if (parts.Count > 1)
                {
                    Add(container.Key, parts[0].Folded);
                    Add(container.Key, parts[^1].Folded);
                }
            }
        }
    }

    /// <summary>The forms of a story.</summary>
    public static SecretForms Of(StoryWorld world) => world.Snapshot.Derive(
        _ => new SecretForms(world),
        (before, _, _) => ReferenceEquals(before._edition, world.Edition) ? before : new SecretForms(world));

    /// <summary>The text itself, and its other forms.</summary>
    public IEnumerable<string> Of(string text) => Others(text).Take(MostForms).Prepend(text);

    private IEnumerable<string> Others(string text)
    {
        var trimmed = text.Trim();
        if (long.TryParse(trimmed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < 1_000_000_000)
        {
            return [number.ToWords(CultureInfo.InvariantCulture)];
        }

        if (DateOnly.TryParseExact(trimmed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            var month = CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(date.Month);
            var day = date.Day + (date.Day is 11 or 12 or 13 ? "th" : (date.Day % 10) switch { 1 => "st", 2 => "nd", 3 => "rd", _ => "th" });
            return [$"{date.Day} {month} {date.Year}", $"{month} {date.Day} {date.Year}", $"{day} of {month} {date.Year}", $"{day} {month} {date.Year}", $"{month} {day} {date.Year}"];
        }

        return Renamed(text);
    }

    private IEnumerable<string> Renamed(string text)
    {
        var words = PromptWord.Of(text);
        for (var at = 0; at < words.Count; at++)
        {
            for (var length = Math.Min(LongestName, words.Count - at); length > 0; length--)
            {
                var key = string.Join(' ', words.Skip(at).Take(length).Select(word => word.Folded));
                if (!_owners.TryGetValue(key, out var owners))
                {
                    continue;
                }

                var span = TextSpan.FromBounds(words[at].Span.Start, words[at + length - 1].Span.End);
                foreach (var name in owners.SelectMany(owner => _names[owner]).Where(name => name != key).Distinct())
                {
                    yield return string.Concat(text.AsSpan(0, span.Start), name, text.AsSpan(span.End));
                }

                at += length - 1;
                break;
            }
        }
    }

    private void Add(ContainerKey key, string name)
    {
        var folded = string.Join(' ', PromptWord.Of(name).Select(word => word.Folded));
        if (folded.Length >= ShortestPart)
        {
            (_owners.TryGetValue(folded, out var owners) ? owners : _owners[folded] = []).Add(key);
            (_names.TryGetValue(key, out var names) ? names : _names[key] = []).Add(folded);
        }
    }
}
