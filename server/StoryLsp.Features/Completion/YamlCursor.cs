using StoryLsp.Features.Fields;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.Completion;

/// <summary>What may stand where the caret is.</summary>
internal enum YamlPosition
{
    /// <summary>A key of a mapping.</summary>
    Key,

    /// <summary>The value of a key, on the key's line.</summary>
    Value,

    /// <summary>A node of its own: a value, or the first key of a mapping.</summary>
    Node,
}

/// <summary>
/// Where the caret stands in a stretch of YAML. It is found in the text and its indentation, since the tree of a line that is being typed
/// is rarely the one that the writer has in mind.
/// </summary>
internal sealed class YamlCursor
{
    /// <summary>What may stand there.</summary>
    public required YamlPosition Position { get; init; }

    /// <summary>The way to the node at the caret; for a key, to the mapping that it belongs to.</summary>
    public required IReadOnlyList<PathStep> Path { get; init; }

    /// <summary>What is already written of the key or value: what a completion replaces. The caret is in it or at an end of it.</summary>
    public required TextSpan Token { get; init; }

    /// <summary>The quote that the token stands in, or NUL.</summary>
    public char Quote { get; init; }

    /// <summary>Whether it stands in brackets or braces.</summary>
    public bool InFlow { get; init; }

    /// <summary>Whether a colon follows the token, so that it is a key that is being renamed.</summary>
    public bool ColonFollows { get; init; }

    /// <summary>Whether the caret stands right behind a colon or dash that needs a space.</summary>
    public bool NeedsSpace { get; init; }

    /// <summary>The column at which a key here begins, in UTF-16 code units.</summary>
    public int Column { get; init; }

    /// <summary>Whether the caret stands where an item of a list begins, and its dash is not there.</summary>
    public bool AtDash { get; init; }

    /// <summary>The other keys of the mapping that a key here would belong to, before and after the caret.</summary>
    public IReadOnlyList<string> Siblings { get; init; } = [];

    /// <summary>The <c>type</c> that this mapping writes, or null.</summary>
    public string? MappingType { get; init; }

    /// <summary>Whether nothing at all is written in this YAML document but what is at the caret.</summary>
    public bool IsEmpty { get; init; }

    /// <summary>The cursor at an offset; null where nothing can be completed, as in a comment or a block of text.</summary>
    /// <param name="text">The whole text.</param>
    /// <param name="region">The stretch of YAML.</param>
    /// <param name="caret">The offset, in the stretch or at an end of it.</param>
    public static YamlCursor? At(string text, TextSpan region, int caret) => new YamlScan(text, region, caret).Run();
}
