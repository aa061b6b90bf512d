using System.Globalization;
using System.Text.RegularExpressions;

namespace StoryLsp.Continuity.Board;

/// <summary>Numbers of shots, as <c>12</c> or <c>12A</c>: a shot that is put behind shot 12 later on is 12A.</summary>
internal static partial class ShotNumber
{
    /// <summary>A number as it is compared: <c>12a</c> is <c>12A</c>.</summary>
    public static string Folded(string number) => number.Trim().ToUpperInvariant();

    /// <summary>The next numbers that are free: with a letter behind this one, and a whole one; nothing for what is not written so.</summary>
    public static IEnumerable<string> NextFree(string number, IReadOnlySet<string> taken)
    {
        if (Form().Match(Folded(number)) is not { Success: true } match)
        {
            yield break;
        }

        var digits = match.Groups["digits"].Value;
        var next = long.Parse(digits, CultureInfo.InvariantCulture) + 1;
        while (taken.Contains(next.ToString(CultureInfo.InvariantCulture)))
        {
            next++;
        }

        yield return next.ToString(CultureInfo.InvariantCulture);
        for (var letter = match.Groups["letter"].Value is [var last] ? last + 1 : 'A'; letter <= 'Z'; letter++)
        {
            var candidate = digits + (char)letter;
            if (!taken.Contains(candidate))
            {
                yield return candidate;
                yield break;
            }
        }
    }

    [GeneratedRegex(@"\A(?<digits>[0-9]{1,9})(?<letter>[A-Z]?)\z")]
    private static partial Regex Form();
}
