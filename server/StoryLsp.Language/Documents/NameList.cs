using System.Text.RegularExpressions;

namespace StoryLsp.Language.Documents;

/// <summary>Names that stand in one text, as in a sentence: <c>ada, tom</c>, <c>Ada Vane and Tom Weir</c>, <c>[[Ada]], [[Tom]]</c>.</summary>
public static partial class NameList
{
    private const int LongestSplit = 400;

    /// <summary>The names, each without space around it but in its brackets if it has some; empty when there are not at least two.</summary>
    public static IReadOnlyList<string> Split(string text)
    {
        if (text.Length > LongestSplit || !Between().IsMatch(text))
        {
            return [];
        }

        var parts = Between().Split(text.Trim());
        return parts.Length > 1 && Array.TrueForAll(parts, part => part.Trim().Length > 0) ? [.. parts.Select(part => part.Trim())] : [];
    }

    /// <summary>What a name means: the target where it is a wikilink, else itself.</summary>
    public static string Target(string name) =>
        name.StartsWith("[[", StringComparison.Ordinal) && name.EndsWith("]]", StringComparison.Ordinal) && name.Length > 4
            ? name[2..^2].Split('|')[0].Split('#')[0].Trim()
            : name;

    [GeneratedRegex(@"\s*[,;&]\s*(?:(?:and|und)\s+)?|\s+(?:/|and|und)\s+", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Between();
}
