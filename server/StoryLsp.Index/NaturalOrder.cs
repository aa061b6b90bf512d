namespace StoryLsp.Index;

/// <summary>Compares paths as a reader counts: <c>scene 2</c> before <c>scene 10</c>, case aside.</summary>
public sealed class NaturalOrder : IComparer<string>
{
    /// <summary>The one instance.</summary>
    public static NaturalOrder Instance { get; } = new();

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        var a = x.AsSpan();
        var b = y.AsSpan();
        while (!a.IsEmpty && !b.IsEmpty)
        {
            var order = char.IsAsciiDigit(a[0]) && char.IsAsciiDigit(b[0]) ? CompareNumbers(ref a, ref b) : CompareUnits(ref a, ref b);
            if (order != 0)
            {
                return order;
            }
        }

        return a.Length != b.Length ? a.Length.CompareTo(b.Length) : string.CompareOrdinal(x, y);
    }

    private static int CompareNumbers(ref ReadOnlySpan<char> a, ref ReadOnlySpan<char> b)
    {
        var x = TakeNumber(ref a);
        var y = TakeNumber(ref b);
        return x.Length != y.Length ? x.Length.CompareTo(y.Length) : x.SequenceCompareTo(y);
    }

    private static ReadOnlySpan<char> TakeNumber(ref ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        var digits = end < 0 ? text : text[..end];
        text = text[digits.Length..];
        var significant = digits.TrimStart('0');
        return significant;
    }

    // A folder's files stand before those of its subfolders' neighbours: the slash sorts before every other character.
    private static int CompareUnits(ref ReadOnlySpan<char> a, ref ReadOnlySpan<char> b)
    {
        var x = a[0] == '/' ? '\0' : char.ToLowerInvariant(a[0]);
        var y = b[0] == '/' ? '\0' : char.ToLowerInvariant(b[0]);
        a = a[1..];
        b = b[1..];
        return x.CompareTo(y);
    }
}
