using StoryLsp.Language.Text;

namespace StoryLsp.Index;

/// <summary>A place that a search found.</summary>
/// <param name="Path">Workspace-relative path with <c>/</c>.</param>
/// <param name="Span">Where, in UTF-16 code units of the file.</param>
/// <param name="Range">The same as lines and characters from 0.</param>
/// <param name="Snippet">The line, or the part of it around the place.</param>
/// <param name="SnippetSpan">Where in the snippet the place is.</param>
/// <param name="Container">The container whose name, alias or id it is; null for a place in a text.</param>
public sealed record SearchHit(string Path, TextSpan Span, LineRange Range, string Snippet, TextSpan SnippetSpan, Container? Container);
