namespace StoryLsp.Language.Text;

/// <summary>A place in a text as a line and a character in it, both from zero.</summary>
/// <param name="Line">The line, from zero.</param>
/// <param name="Character">The units before the place on its line, in the encoding that was asked for (UTF-16 code units by default).</param>
public readonly record struct LinePosition(int Line, int Character) : IComparable<LinePosition>
{
    /// <inheritdoc/>
    public int CompareTo(LinePosition other) =>
        Line != other.Line ? Line.CompareTo(other.Line) : Character.CompareTo(other.Character);
}

/// <summary>A part of a text between two places.</summary>
/// <param name="Start">The first place.</param>
/// <param name="End">The place just after the last character.</param>
public readonly record struct LineRange(LinePosition Start, LinePosition End);
