namespace StoryLsp.Features.Folding;

/// <summary>What is folded.</summary>
public enum FoldSort
{
    /// <summary>A section or a scene, below its heading.</summary>
    Section,

    /// <summary>Front matter, or the title page of a script.</summary>
    FrontMatter,

    /// <summary>A fenced block.</summary>
    Fence,

    /// <summary>An entry, an item or a document of YAML.</summary>
    Entry,

    /// <summary>A comment.</summary>
    Comment,
}

/// <summary>A stretch of whole lines that can be folded.</summary>
/// <param name="StartLine">The first line, from 0; it stays visible.</param>
/// <param name="EndLine">The last line, greater than the first; it is hidden.</param>
/// <param name="Sort">What it is.</param>
public readonly record struct Fold(int StartLine, int EndLine, FoldSort Sort);
