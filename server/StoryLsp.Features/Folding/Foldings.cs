using StoryLsp.Features.Places;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Markdown;

namespace StoryLsp.Features.Folding;

/// <summary>What can be folded in a document.</summary>
public static class Foldings
{
    /// <summary>
    /// The stretches of whole lines that can be folded, by their first line, which stays visible: sections and scenes below their heading, front matter, fences,
    /// entries and items of YAML, comments. No two begin on one line.
    /// </summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="path">Workspace-relative path of the document.</param>
    /// <param name="most">How many at most, null for all; the outer ones are kept.</param>
    /// <param name="cancel">Gives up.</param>
    public static IReadOnlyList<Fold> Of(Snapshot snapshot, string path, int? most, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (snapshot.Document(path) is not { } document)
        {
            return [];
        }

        var folds = new FoldList(document.Text);
        if (document.Markdown is { } markdown)
        {
            AddMarkdown(folds, document, markdown);
        }

        foreach (var region in document.YamlRegions)
        {
            cancel.ThrowIfCancellationRequested();
            YamlFolds.Add(folds, region.Tree);
        }

        if (document.Fountain is { } script)
        {
            folds.Add(script.TitlePageSpan, FoldSort.FrontMatter);
            foreach (var scene in script.Scenes)
            {
                folds.Add(scene.Span, FoldSort.Section);
            }

            foreach (var comment in script.Comments)
            {
                folds.Add(comment, FoldSort.Comment);
            }
        }

        return folds.InOrder(most);
    }

    private static void AddMarkdown(FoldList folds, Document document, MarkdownTree tree)
    {
        var headings = document.Facts.Headings;
        for (var i = 0; i < headings.Count; i++)
        {
            folds.Add(Sections.Of(headings, i, document.Text.Length), FoldSort.Section);
        }

        if (tree.FrontMatter is { } front)
        {
            folds.Add(front.Span, FoldSort.FrontMatter);
        }

        foreach (var fence in MarkdownFences.In(document.Text, tree.BodyStart))
        {
            folds.Add(fence, FoldSort.Fence);
        }

        foreach (var comment in tree.Comments)
        {
            folds.Add(comment.Span, FoldSort.Comment);
        }
    }
}
