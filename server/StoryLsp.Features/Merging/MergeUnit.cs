using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Merging;

/// <summary>An entry of a mapping, or an item of a list, as it is written.</summary>
/// <param name="Side">The text that it stands in.</param>
/// <param name="Key">By what it is known in the other texts.</param>
/// <param name="Lead">The blank lines and comments above it, with their line ends.</param>
/// <param name="Body">Its text, from its key or dash to the end of its last line.</param>
/// <param name="Column">In which column it begins.</param>
/// <param name="Start">Where the body begins, in UTF-16 code units; -1 where it was rewritten from brackets.</param>
/// <param name="Value">Its value.</param>
internal sealed record MergeUnit(MergeSide Side, string Key, string Lead, string Body, int Column, int Start, YamlNode Value)
{
    /// <summary>The body as it would stand in the first column, with line feeds, for comparison.</summary>
    public string Plain { get; } = Lines.Plain(Lines.Shifted(Body, -Column, skipFirst: true));

    /// <summary>The body moved to another column.</summary>
    public string BodyAt(int column) => Lines.Shifted(Body, column - Column, skipFirst: true);

    /// <summary>What stands above, moved to another column.</summary>
    public string LeadAt(int column) => Lines.Shifted(Lead, column - Column, skipFirst: false);
}

/// <summary>Texts as lines.</summary>
internal static class Lines
{
    /// <summary>The lines with more or fewer blanks before them.</summary>
    public static string Shifted(string text, int by, bool skipFirst)
    {
        if (by == 0 || text.Length == 0)
        {
            return text;
        }

        var lines = text.Split('\n');
        for (var i = skipFirst ? 1 : 0; i < lines.Length; i++)
        {
            var blanks = lines[i].Length - lines[i].TrimStart(' ').Length;
            lines[i] = by < 0 ? lines[i][Math.Min(blanks, -by)..] : lines[i].AsSpan().Trim().IsEmpty ? lines[i] : new string(' ', by) + lines[i];
        }

        return string.Join('\n', lines);
    }

    /// <summary>The lines with line feeds and without blanks at their ends.</summary>
    public static string Plain(string text) => string.Join('\n', text.Split('\n').Select(line => line.TrimEnd())).TrimEnd();

    /// <summary>Whether all lines are blank or comments.</summary>
    public static bool AreTrivia(string text) => text.Split('\n').All(line => line.AsSpan().Trim() is var rest && (rest.IsEmpty || rest[0] == '#'));
}

/// <summary>The units of a list or mapping, with what stands around them.</summary>
/// <param name="Units">The units in the order written.</param>
/// <param name="Column">In which column they begin.</param>
/// <param name="Start">Where the first one begins, with what stands above it.</param>
/// <param name="IsCompact">Whether the first one stands behind a dash.</param>
/// <param name="Tail">The lines behind the last one, with a line end before each.</param>
internal sealed record UnitList(IReadOnlyList<MergeUnit> Units, int Column, int Start, bool IsCompact, string Tail)
{
    /// <summary>Those of what is not there.</summary>
    public static UnitList None { get; } = new([], 0, 0, false, "");

    /// <summary>The unit of a key, or null.</summary>
    public MergeUnit? Find(string key) => Units.FirstOrDefault(unit => unit.Key == key);
}
