using StoryLsp.Language.Text;

namespace StoryLsp.Features.Symbols;

/// <summary>What a symbol is.</summary>
public enum SymbolSort
{
    /// <summary>A container; <see cref="Symbol.Detail"/> is its type.</summary>
    Container,

    /// <summary>A heading.</summary>
    Heading,

    /// <summary>A key.</summary>
    Field,

    /// <summary>An item of a list.</summary>
    Item,
}

/// <summary>A part of a document.</summary>
/// <param name="Sort">What it is.</param>
/// <param name="Name">What it is called; never empty.</param>
/// <param name="Detail">The type of a container, the value of a key; null when there is none.</param>
/// <param name="Span">All of it, in UTF-16 code units.</param>
/// <param name="SelectionSpan">What is selected, inside of it.</param>
/// <param name="Children">The parts of it, in order.</param>
public sealed record Symbol(SymbolSort Sort, string Name, string? Detail, TextSpan Span, TextSpan SelectionSpan, IReadOnlyList<Symbol> Children);

/// <summary>A name in the workspace.</summary>
/// <param name="Sort">What it names: a container or a heading.</param>
/// <param name="Name">The name, alias or heading that fits.</param>
/// <param name="Detail">The type of a container, and the name that an alias stands for.</param>
/// <param name="Type">The type of a container; null for a heading.</param>
/// <param name="Owner">The container that a heading or an embedded container stands in; null without.</param>
/// <param name="Path">Workspace-relative path.</param>
/// <param name="Span">What is selected, in UTF-16 code units.</param>
public sealed record WorkspaceSymbol(SymbolSort Sort, string Name, string? Detail, string? Type, string? Owner, string Path, TextSpan Span);
