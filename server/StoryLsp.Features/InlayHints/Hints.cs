using StoryLsp.Continuity.Story;
using StoryLsp.Features.Places;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.InlayHints;

/// <summary>
/// Hints at what the story entails, for what is on the screen: ages, weekdays, days since the scene before, where threads are paid off. What is
/// not entailed is not hinted at. Everything is looked up in what the snapshot knows; nothing is folded for it.
/// </summary>
public static class Hints
{
    /// <summary>The hints in a stretch of a document, in order.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="path">Workspace-relative path of the document.</param>
    /// <param name="within">The stretch, in UTF-16 code units.</param>
    /// <param name="cancel">Gives up.</param>
    public static IReadOnlyList<Hint> In(Snapshot snapshot, string path, TextSpan within, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        // Before all is read, a name may mean what it will not mean, and the scene before is another.
        if (!snapshot.IsComplete || snapshot.Facts(path) is not { Kind: not DocumentKind.Fountain } facts || snapshot.Document(path) is not { } document || document.Text.Length != facts.Lines.TextLength)
        {
            return [];
        }

        var world = StoryWorld.Of(snapshot);
        var text = document.Text.Text;
        var dates = new DateHints(world, text);
        var plots = new Plots(world);
        var found = new List<Hint>();
        foreach (var container in world.In(path))
        {
            cancel.ThrowIfCancellationRequested();
            if (!Touches(container.Fact.Span, within))
            {
                continue;
            }

            var isScene = snapshot.Schemas.IsKindOf(container.Type, "scene");
            if (isScene || snapshot.Schemas.IsKindOf(container.Type, "event"))
            {
                found.AddRange(dates.Of(container));
                var scene = new SceneHints(world, plots, text, container);
                found.AddRange(scene.Ages());
                found.AddRange(isScene ? scene.Threads() : []);
            }
        }

        cancel.ThrowIfCancellationRequested();
        if (facts.Kind is DocumentKind.Yaml or DocumentKind.Markdown)
        {
            foreach (var entry in YamlEntries.In(snapshot, document, within))
            {
                if (entry.Field?.Type == FieldType.Date && dates.Of(entry, new(path, snapshot.ContainerAt(path, entry.Key.Span.Start)?.Fact.Index ?? -1)) is { } hint)
                {
                    found.Add(hint);
                }
            }
        }

        return [.. found.Where(hint => hint.Offset >= within.Start && hint.Offset <= within.End).OrderBy(hint => hint.Offset).ThenBy(hint => hint.Kind)];
    }

    private static bool Touches(TextSpan span, TextSpan within) => span.Start <= within.End && span.End >= within.Start;
}
