using StoryLsp.Language.Text;

namespace StoryLsp.Features.Hover;

/// <summary>Writes the address of a place for a link in Markdown; null when the place cannot be linked.</summary>
/// <param name="path">Workspace-relative path.</param>
/// <param name="position">The place, from zero, in UTF-16 code units.</param>
public delegate string? LinkWriter(string path, LinePosition position);
