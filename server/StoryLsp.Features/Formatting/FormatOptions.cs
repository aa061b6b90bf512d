namespace StoryLsp.Features.Formatting;

/// <summary>How YAML is laid out.</summary>
public sealed record FormatOptions
{
    /// <summary>The columns by which a key's value stands deeper than the key, 1 to 8; always spaces, since YAML knows no other indentation.</summary>
    public int IndentSize { get; init => field = Math.Clamp(value, 1, 8); } = 2;

    /// <summary>Whether blanks at the ends of lines go.</summary>
    public bool TrimsLineEnds { get; init; } = true;

    /// <summary>Whether blank lines at the end of the file go.</summary>
    public bool TrimsEnd { get; init; } = true;

    /// <summary>Whether the last line of a file of YAML gets a line end.</summary>
    public bool EndsLastLine { get; init; }
}
