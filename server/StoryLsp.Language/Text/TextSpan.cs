namespace StoryLsp.Language.Text;

/// <summary>A part of a text, in UTF-16 code units from the text's beginning.</summary>
/// <param name="Start">The offset of the first code unit.</param>
/// <param name="Length">The number of code units; zero is a place between two characters.</param>
public readonly record struct TextSpan(int Start, int Length)
{
    /// <summary>The offset just after the last code unit.</summary>
    public int End => Start + Length;

    /// <summary>Whether the span has no length.</summary>
    public bool IsEmpty => Length == 0;

    /// <summary>Makes a span of its two ends.</summary>
    /// <param name="start">The offset of the first code unit.</param>
    /// <param name="end">The offset just after the last code unit.</param>
    public static TextSpan FromBounds(int start, int end) => new(start, end - start);

    /// <summary>Whether a code unit at an offset lies inside the span; the end itself does not.</summary>
    /// <param name="offset">An offset in UTF-16 code units.</param>
    public bool Contains(int offset) => offset >= Start && offset < End;

    /// <summary>Whether another span lies wholly inside this one.</summary>
    /// <param name="other">The other span.</param>
    public bool Contains(TextSpan other) => other.Start >= Start && other.End <= End;

    /// <summary>Whether a caret at an offset is in the span or at one of its ends.</summary>
    /// <param name="offset">An offset in UTF-16 code units.</param>
    public bool Touches(int offset) => offset >= Start && offset <= End;

    /// <summary>Whether the two spans have at least one code unit in common.</summary>
    /// <param name="other">The other span.</param>
    public bool Overlaps(TextSpan other) => Math.Max(Start, other.Start) < Math.Min(End, other.End);
}
