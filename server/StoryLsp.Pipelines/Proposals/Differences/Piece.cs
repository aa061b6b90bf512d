namespace StoryLsp.Pipelines.Proposals.Differences;

/// <summary>What a piece of a text is.</summary>
internal enum PieceKind
{
    /// <summary>A sentence of prose, a heading, a line of a script.</summary>
    Sentence,

    /// <summary>A line of something structured: YAML, a fence, a table.</summary>
    Line,
}

/// <summary>The smallest part of a text that is taken or left as a whole. What stands between two of them is white space.</summary>
/// <param name="Text">Its text, without white space around it but for the indentation of a line.</param>
/// <param name="Start">Where it begins, in UTF-16 code units.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Depth">How deep a line is nested: what follows and is deeper belongs to it. 0 for a sentence.</param>
internal sealed record Piece(string Text, int Start, PieceKind Kind, int Depth)
{
    public int End => Start + Text.Length;

    /// <summary>The key of a line as <c>pov: ada</c>; null where it has none.</summary>
    public string? Key
    {
        get
        {
            var text = Text.AsSpan().Trim().TrimStart("- ");
            var colon = Kind == PieceKind.Line ? text.IndexOf(':') : -1;
            return colon > 0 && (colon + 1 == text.Length || text[colon + 1] == ' ') && !text[..colon].ContainsAny("\"'{}[],#") ? text[..colon].ToString() : null;
        }
    }
}
