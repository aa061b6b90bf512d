namespace StoryLsp.Index.Files;

/// <summary>
/// A pattern of paths: <c>*</c> and <c>?</c> within a name, <c>[a-z]</c>, and <c>**</c> for any number of folders. It matches a whole
/// path with <c>/</c>.
/// </summary>
internal sealed class GlobPattern
{
    private readonly string[] _segments;
    private readonly bool _ignoreCase;

    private GlobPattern(string[] segments, bool ignoreCase)
    {
        _segments = segments;
        _ignoreCase = ignoreCase;
    }

    /// <summary>Reads a pattern; a slash at its end means everything below.</summary>
    public static GlobPattern Parse(string pattern, bool ignoreCase)
    {
        if (pattern.EndsWith('/'))
        {
            pattern += "**";
        }

        var segments = new List<string>();
        foreach (var segment in pattern.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (segment != "." && !(segment == "**" && segments is [.., "**"]))
            {
                segments.Add(segment);
            }
        }

        return new([.. segments], ignoreCase);
    }

    /// <summary>Whether a bracket is never closed: to git such a pattern matches nothing.</summary>
    public bool HasOpenBracket => Array.Exists(_segments, HasOpenBracketIn);

    public bool Matches(ReadOnlySpan<char> path) => MatchSegments(_segments, path);

    private bool MatchSegments(ReadOnlySpan<string> pattern, ReadOnlySpan<char> path)
    {
        while (pattern.Length > 0)
        {
            if (pattern[0] == "**")
            {
                return MatchAnyDepth(pattern[1..], path);
            }

            if (path.IsEmpty)
            {
                return false;
            }

            var slash = path.IndexOf('/');
            var name = slash < 0 ? path : path[..slash];
            if (!MatchName(pattern[0], name))
            {
                return false;
            }

            path = slash < 0 ? [] : path[(slash + 1)..];
            pattern = pattern[1..];
        }

        return path.IsEmpty;
    }

    private bool MatchAnyDepth(ReadOnlySpan<string> rest, ReadOnlySpan<char> path)
    {
        if (rest.IsEmpty)
        {
            return !path.IsEmpty;
        }

        while (true)
        {
            if (MatchSegments(rest, path))
            {
                return true;
            }

            var slash = path.IndexOf('/');
            if (slash < 0)
            {
                return false;
            }

            path = path[(slash + 1)..];
        }
    }

    // The star is tried greedily and taken back to the last one only, so the cost is the product of the lengths at worst.
    private bool MatchName(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        int p = 0, n = 0, star = -1, mark = 0;
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                mark = n;
            }
            else if (p < pattern.Length && MatchOne(pattern, p, name[n], out var next))
            {
                p = next;
                n++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                n = ++mark;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '*')
        {
            p++;
        }

        return p == pattern.Length;
    }

    private bool MatchOne(ReadOnlySpan<char> pattern, int at, char unit, out int next)
    {
        next = at + 1;
        switch (pattern[at])
        {
            case '?':
                return true;
            case '\\' when at + 1 < pattern.Length:
                next = at + 2;
                return AreEqual(pattern[at + 1], unit);
            case '[' when ClassEnd(pattern, at) is var end and > 0:
                next = end + 1;
                return IsInClass(pattern[(at + 1)..end], unit);
            default:
                return AreEqual(pattern[at], unit);
        }
    }

    private static bool HasOpenBracketIn(string segment)
    {
        for (var i = 0; i < segment.Length; i++)
        {
            if (segment[i] == '\\')
            {
                i++;
            }
            else if (segment[i] == '[')
            {
                i = ClassEnd(segment, i);
                if (i < 0)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static int ClassEnd(ReadOnlySpan<char> pattern, int open)
    {
        // A bracket right after the opening one, or after the negation, is a member of the class.
        var from = open + 1;
        if (from < pattern.Length && pattern[from] is '!' or '^')
        {
            from++;
        }

        var close = from + 1 <= pattern.Length ? pattern[Math.Min(from + 1, pattern.Length)..].IndexOf(']') : -1;
        return close < 0 ? -1 : from + 1 + close;
    }

    private bool IsInClass(ReadOnlySpan<char> members, char unit)
    {
        var negated = members.Length > 0 && members[0] is '!' or '^';
        var found = false;
        for (var i = negated ? 1 : 0; i < members.Length; i++)
        {
            if (i + 2 < members.Length && members[i + 1] == '-')
            {
                found |= IsBetween(members[i], members[i + 2], unit);
                i += 2;
            }
            else
            {
                found |= AreEqual(members[i], unit);
            }
        }

        return found != negated;
    }

    private bool IsBetween(char low, char high, char unit) =>
        (unit >= low && unit <= high) ||
        (_ignoreCase && ((char.ToLowerInvariant(unit) >= low && char.ToLowerInvariant(unit) <= high) ||
                         (char.ToUpperInvariant(unit) >= low && char.ToUpperInvariant(unit) <= high)));

    private bool AreEqual(char a, char b) => a == b || (_ignoreCase && char.ToLowerInvariant(a) == char.ToLowerInvariant(b));
}
