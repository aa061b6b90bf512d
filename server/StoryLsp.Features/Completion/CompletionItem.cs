using StoryLsp.Language.Text;

namespace StoryLsp.Features.Completion;

/// <summary>What a completion stands for.</summary>
public enum CompletionKind
{
    /// <summary>A container: a character, a place, a scene.</summary>
    Container,

    /// <summary>A file.</summary>
    File,

    /// <summary>A heading or block of a Markdown file.</summary>
    Heading,

    /// <summary>A key of a mapping.</summary>
    Field,

    /// <summary>A value of a field.</summary>
    Value,

    /// <summary>A type of containers.</summary>
    Type,

    /// <summary>A whole container, or another larger piece of text.</summary>
    Snippet,
}

/// <summary>Something that may be inserted at the caret.</summary>
public sealed record CompletionItem
{
    /// <summary>What the list shows.</summary>
    public required string Label { get; init; }

    /// <summary>What it stands for.</summary>
    public required CompletionKind Kind { get; init; }

    /// <summary>What takes the place of <see cref="Span"/>. Further lines are indented relative to the caret's line if <see cref="IsSnippet"/>, else absolutely.</summary>
    public required string NewText { get; init; }

    /// <summary>What is replaced, in UTF-16 code units; on the caret's line, and the caret is in it or at an end of it.</summary>
    public required TextSpan Span { get; init; }

    /// <summary>Whether <see cref="NewText"/> is a snippet with <c>$0</c>, <c>${1:…}</c> and the indentation of a snippet.</summary>
    public bool IsSnippet { get; init; }

    /// <summary>What stands beside the label: mostly a type.</summary>
    public string? Detail { get; init; }

    /// <summary>What typed letters are compared with; null: the label.</summary>
    public string? FilterText { get; init; }

    /// <summary>What the list is sorted by.</summary>
    public string SortText { get; init; } = "";

    /// <summary>Markdown that explains the item; may be missing until it is resolved.</summary>
    public string? Documentation { get; init; }

    /// <summary>Whether it should no longer be used.</summary>
    public bool IsDeprecated { get; init; }

    /// <summary>Whether accepting it should ask for completions again, since a value follows.</summary>
    public bool AsksAgain { get; init; }

    /// <summary>What <see cref="Completions.Resolve"/> needs to find the item's documentation again; opaque to everyone else, null when there is nothing to resolve.</summary>
    public string? Data { get; init; }
}

/// <summary>What may be inserted at a caret.</summary>
/// <param name="Items">The items, the best first.</param>
/// <param name="IsIncomplete">Whether there are more, so that the editor asks again after the next letter.</param>
public sealed record CompletionList(IReadOnlyList<CompletionItem> Items, bool IsIncomplete)
{
    /// <summary>Nothing.</summary>
    public static CompletionList Empty { get; } = new([], false);
}

/// <summary>What the editor can do with completions.</summary>
/// <param name="Snippets">Whether it understands snippets.</param>
/// <param name="IsAsked">Whether a person asked for the list, and not the editor by itself; then there is more of it.</param>
public sealed record CompletionOptions(bool Snippets = true, bool IsAsked = false);
