using System.Buffers;
using System.Globalization;
using System.Text;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Places;

/// <summary>Finds exact names and aliases in text: whole words, the longest match.</summary>
internal static class NameOccurrences
{
    // A name is looked for this far from an offset, in UTF-16 code units and in words; no name is longer.
    private const int LongestName = 80;
    private const int MostWords = 12;

    private static readonly string[] LineEnds = ["\n", "\r\n"];

    /// <summary>The longest name that covers an offset, or null.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="text">The whole text.</param>
    /// <param name="within">The stretch that the name must lie in.</param>
    /// <param name="offset">The offset, in UTF-16 code units.</param>
    /// <param name="alsoIds">Whether ids count as names.</param>
    public static NamePlace? At(Snapshot snapshot, string text, TextSpan within, int offset, bool alsoIds = false)
    {
        var low = Math.Clamp(within.Start, 0, text.Length);
        var high = Math.Clamp(within.End, low, text.Length);
        var starts = Starts(text, Math.Max(low, offset - LongestName), low, Math.Min(offset, high));
        var ends = Ends(text, Math.Max(low, offset), Math.Min(high, offset + LongestName), high);
        NamePlace? best = null;
        foreach (var start in starts)
        {
            foreach (var end in ends)
            {
                if (end > start && end - start <= LongestName && (best is null || end - start > best.Span.Length) && Named(snapshot, text, start, end, alsoIds) is { } place)
                {
                    best = place;
                }
            }
        }

        return best;
    }

    /// <summary>The places where a container is named in the prose of a document by one of its names, in order.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="facts">The document.</param>
    /// <param name="text">Its text.</param>
    /// <param name="container">The container.</param>
    /// <param name="search">The names, from <see cref="SearchFor"/>.</param>
    public static IEnumerable<TextSpan> Of(Snapshot snapshot, DocumentFacts facts, string text, Container container, SearchValues<string> search) =>
        facts.Prose.SelectMany(prose => Inside(snapshot, prose.Span, text, container, search));

    /// <summary>The places in a stretch of a text where a container is named by one of its names, in order.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="within">The stretch.</param>
    /// <param name="text">The whole text.</param>
    /// <param name="container">The container.</param>
    /// <param name="search">The names, from <see cref="SearchFor"/>.</param>
    public static IEnumerable<TextSpan> Inside(Snapshot snapshot, TextSpan within, string text, Container container, SearchValues<string> search)
    {
        var at = within.Start;
        var end = Math.Min(within.End, text.Length);
        while (at < end && text.AsSpan(at, end - at).IndexOfAny(search) is >= 0 and var found)
        {
            at += found;
            var place = IsBoundary(text, at) ? At(snapshot, text, within, at) : null;
            if (place is not null && place.Span.Start <= at && place.Span.End > at)
            {
                if (place.Containers.Any(candidate => candidate.IsSameAs(container)))
                {
                    yield return place.Span;
                }

                at = place.Span.End;
            }
            else
            {
                at++;
            }
        }
    }

    /// <summary>What to search texts for, to find a container named; null when it has no name that prose could hold.</summary>
    public static SearchValues<string>? SearchFor(Container container)
    {
        var names = container.Fact.Aliases.Select(alias => alias.Text).Append(container.Name).Where(IsSearchable).SelectMany(Wrapped).ToArray();
        return names.Length == 0 ? null : SearchValues.Create(names, StringComparison.Ordinal);
    }

    // One letter is no name, unless its script has a word in a letter.
    private static bool IsSearchable(string name) => name.Length > 1 || (name.Length == 1 && IsIdeographic(name[0]));

    private static NamePlace? Named(Snapshot snapshot, string text, int start, int end, bool alsoIds)
    {
        var written = OnOneLine(text.AsSpan(start, end - start));
        if (written is null || !IsSearchable(written))
        {
            return null;
        }

        List<Container>? found = null;
        foreach (var (container, rank) in snapshot.Named(written))
        {
            if (IsNameOf(container, written) || (alsoIds && rank is NameRank.WrittenId or NameRank.DerivedId))
            {
                (found ??= []).Add(container);
            }
        }

        return found is null ? null : new NamePlace(TextSpan.FromBounds(start, end), written, found);
    }

    // Prose is wrapped in the middle of names; a blank line ends it.
    private static string? OnOneLine(ReadOnlySpan<char> written)
    {
        if (written.IndexOfAny('\n', '\r') < 0)
        {
            return written.ToString();
        }

        var lines = written.ToString().ReplaceLineEndings("\n").Split('\n', StringSplitOptions.TrimEntries);
        return lines.Contains("") ? null : string.Join(' ', lines);
    }

    private static IEnumerable<string> Wrapped(string name)
    {
        yield return name;
        for (var space = name.IndexOf(' '); space >= 0; space = name.IndexOf(' ', space + 1))
        {
            foreach (var end in LineEnds)
            {
                yield return name[..space] + end + name[(space + 1)..];
            }
        }
    }

    private static bool IsNameOf(Container container, string written)
    {
        var normal = Slug.Normalize(written);
        return Slug.Normalize(container.Name.Trim()) == normal || container.Fact.Aliases.Any(alias => Slug.Normalize(alias.Text.Trim()) == normal);
    }

    private static List<int> Starts(string text, int from, int low, int to)
    {
        var result = new List<int>();
        for (var at = to; at >= from && result.Count < MostWords; at--)
        {
            if (at < text.Length && IsWordUnit(text, at) && (at == low || IsBoundary(text, at)))
            {
                result.Add(at);
            }
        }

        return result;
    }

    private static List<int> Ends(string text, int from, int to, int high)
    {
        var result = new List<int>();
        for (var at = from; at <= to && result.Count < MostWords; at++)
        {
            // A full stop may belong to the name: Mr., Jr.
            if (at > 0 && (IsWordUnit(text, at - 1) || text[at - 1] == '.') && (at == high || IsBoundary(text, at)))
            {
                result.Add(at);
            }
        }

        return result;
    }

    // Between two letters of one word is no boundary; scripts without spaces have one after every letter.
    private static bool IsBoundary(string text, int at)
    {
        if (at <= 0 || at >= text.Length)
        {
            return true;
        }

        if (char.IsLowSurrogate(text[at]) && char.IsHighSurrogate(text[at - 1]))
        {
            return false;
        }

        return !IsWordUnit(text, at - 1) || !IsWordUnit(text, at) || IsIdeographic(text[at - 1]) || IsIdeographic(text[at]);
    }

    private static bool IsWordUnit(string text, int at)
    {
        var unit = text[at];
        if (unit < 0x80)
        {
            return char.IsAsciiLetterOrDigit(unit);
        }

        if (char.IsSurrogate(unit))
        {
            var start = char.IsLowSurrogate(unit) && at > 0 ? at - 1 : at;
            return Rune.TryGetRuneAt(text, start, out var rune) && Rune.IsLetterOrDigit(rune);
        }

        return char.IsLetterOrDigit(unit) || CharUnicodeInfo.GetUnicodeCategory(unit) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
    }

    // Han, kana, hangul, and the planes that hold more of Han.
    private static bool IsIdeographic(char unit) =>
        unit is (>= '\u3040' and <= '\u30FF') or (>= '\u3400' and <= '\u9FFF') or (>= '\uAC00' and <= '\uD7AF') or (>= '\uF900' and <= '\uFAFF')
            or (>= '\uD840' and <= '\uD8BF');
}
