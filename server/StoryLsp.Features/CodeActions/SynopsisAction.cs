using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.CodeActions;

/// <summary>Tells where "Write the synopsis" makes sense.</summary>
public static class SynopsisAction
{
    /// <summary>The scene whose synopsis can be written from where the writer stands; null outside of a scene that has prose.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="path">Workspace-relative path of the document.</param>
    /// <param name="span">What is selected, in UTF-16 code units; an empty span is a caret.</param>
    public static Container? SceneAt(Snapshot snapshot, string path, TextSpan span)
    {
        if (!snapshot.Settings.Ai.Enabled || snapshot.ContainerAt(path, span.Start) is not { } container)
        {
            return null;
        }

        return snapshot.Schemas.IsKindOf(container.Type, "scene") && HasProse(container) ? container : null;
    }

    /// <summary>The id of that scene, or null.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="path">Workspace-relative path of the document.</param>
    /// <param name="span">What is selected, in UTF-16 code units; an empty span is a caret.</param>
    public static string? IsOfferedAt(Snapshot snapshot, string path, TextSpan span) =>
        SceneAt(snapshot, path, span) is { } scene ? snapshot.IdOf(scene) : null;

    // A heading alone is prose as well, but nothing that could be summed up.
    private static bool HasProse(Container container) => container.Document.Prose.Any(prose =>
        prose.Container == container.Fact.Index && prose.Span.Length > 0 && !IsHeading(container.Document, prose.Span));

    private static bool IsHeading(DocumentFacts facts, TextSpan span) => facts.Headings.Any(heading => heading.Span.Contains(span));
}
