using StoryLsp.Index;
using StoryLsp.Language.Text;

namespace StoryLsp.Continuity.Story;

/// <summary>A reference in a container's fields, and what it means.</summary>
/// <param name="Field">Canonical path of the field, as <c>pov</c> or <c>routes.to</c>.</param>
/// <param name="Target">What it means; null when that is nothing, or not one thing, or of a type that the field does not take: then it is unknown.</param>
/// <param name="Text">As written.</param>
/// <param name="Span">The narrowest text, in UTF-16 code units.</param>
public readonly record struct StoryReference(string Field, ContainerKey? Target, string Text, TextSpan Span);

/// <summary>That a container refers to another.</summary>
/// <param name="Source">The container that refers.</param>
/// <param name="Field">Canonical path of the field.</param>
public readonly record struct Referrer(ContainerKey Source, string Field);
