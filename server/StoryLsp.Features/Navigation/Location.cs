using StoryLsp.Language.Text;

namespace StoryLsp.Features.Navigation;

/// <summary>A place in a document.</summary>
/// <param name="Path">Workspace-relative path with <c>/</c>.</param>
/// <param name="Span">What is shown, in UTF-16 code units: the whole container, or the name itself.</param>
/// <param name="SelectionSpan">What is selected, inside of it.</param>
public sealed record Location(string Path, TextSpan Span, TextSpan SelectionSpan);

/// <summary>Where something is defined.</summary>
/// <param name="Origin">The text that leads there, in UTF-16 code units of the document that was asked about.</param>
/// <param name="Targets">The places; several where the name is ambiguous.</param>
public sealed record DefinitionResult(TextSpan Origin, IReadOnlyList<Location> Targets);

/// <summary>A place of one document that belongs to what the caret is on.</summary>
/// <param name="Span">The place, in UTF-16 code units.</param>
/// <param name="IsDefinition">Whether the thing is written here, and not only named.</param>
public readonly record struct Highlight(TextSpan Span, bool IsDefinition);
