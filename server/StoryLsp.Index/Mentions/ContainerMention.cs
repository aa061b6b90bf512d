using StoryLsp.Language.Mentions;
using StoryLsp.Language.Text;

namespace StoryLsp.Index.Mentions;

/// <summary>A place in the prose of a document that names a container.</summary>
/// <param name="Span">The name, with a title before it and without a possessive ending, in UTF-16 code units.</param>
/// <param name="NameSpan">The name without a title.</param>
/// <param name="Form">By which of its names.</param>
/// <param name="Owner">Index of the container that owns the prose, or -1.</param>
/// <param name="Candidates">What it may name; several where they share a written name.</param>
public readonly record struct ContainerMention(TextSpan Span, TextSpan NameSpan, MentionForm Form, int Owner, IReadOnlyList<ContainerKey> Candidates);

/// <summary>A mention and the document that it stands in.</summary>
/// <param name="Path">Workspace-relative path of the document.</param>
/// <param name="Mention">The mention.</param>
public readonly record struct MentionSite(string Path, ContainerMention Mention);
