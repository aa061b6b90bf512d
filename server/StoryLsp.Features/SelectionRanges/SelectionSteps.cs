using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Fountain;
using StoryLsp.Language.Text;

namespace StoryLsp.Features.SelectionRanges;

/// <summary>What a writer selects, step by step: word, name, sentence, paragraph, scene, document; in YAML word, value, entry, mapping, container.</summary>
public static class SelectionSteps
{
    /// <summary>The spans around an offset, each in the next one, the whole document last; empty where there is no such document, or it is empty.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="path">Workspace-relative path of the document.</param>
    /// <param name="offset">The offset, in UTF-16 code units.</param>
    /// <param name="cancel">Gives up.</param>
    public static IReadOnlyList<TextSpan> At(Snapshot snapshot, string path, int offset, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (snapshot.Document(path) is not { } document)
        {
            return [];
        }

        var nesting = new Nesting(Math.Clamp(offset, 0, document.Text.Length));
        nesting.Add(new(0, document.Text.Length));
        foreach (var mention in snapshot.Mentions.In(path))
        {
            if (mention.Span.End <= document.Text.Length)
            {
                nesting.Add(mention.Span);
            }
        }

        foreach (var container in document.Facts.Containers)
        {
            nesting.Add(Places.Sections.WithoutEnd(document.Text.Text, container.Span));
        }

        var isYaml = YamlSteps.Add(nesting, document);
        if (document.Markdown is { } markdown)
        {
            AddMarkdown(nesting, document, markdown, isYaml);
        }
        else if (document.Fountain is { } script)
        {
            AddScript(nesting, document, script);
        }

        return nesting.InnermostFirst();
    }

    private static void AddMarkdown(Nesting nesting, Document document, Language.Markdown.MarkdownTree tree, bool isYaml)
    {
        if (!isYaml)
        {
            MarkdownSteps.Add(nesting, document, tree);
            return;
        }

        // YAML has its own steps; around it are its fences and the section that they belong to.
        if (tree.FrontMatter is { } front)
        {
            nesting.Add(front.Span);
        }

        foreach (var fence in tree.StoryFences)
        {
            nesting.Add(fence.Span);
        }

        MarkdownSteps.AddSections(nesting, document);
    }

    private static void AddScript(Nesting nesting, Document document, FountainTree script)
    {
        nesting.Add(script.TitlePageSpan);
        foreach (var title in script.TitlePage)
        {
            nesting.Add(title.ValueSpan);
        }

        foreach (var scene in script.Scenes)
        {
            nesting.Add(scene.HeadingSpan);
            nesting.Add(Places.Sections.WithoutEnd(document.Text.Text, scene.Span));
        }

        foreach (var comment in script.Comments)
        {
            nesting.Add(comment);
        }

        ProseSteps.Add(nesting, document.Text.Text, ParagraphAt(document.Text, nesting.Offset));
    }

    private static TextSpan ParagraphAt(SourceText text, int offset)
    {
        var line = text.Lines.GetLine(offset);
        var (first, last) = (line, line);
        while (first > 0 && !IsBlank(text, first) && !IsBlank(text, first - 1))
        {
            first--;
        }

        while (last + 1 < text.LineCount && !IsBlank(text, last) && !IsBlank(text, last + 1))
        {
            last++;
        }

        return TextSpan.FromBounds(text.GetLineSpan(first).Start, text.GetLineSpan(last).End);
    }

    private static bool IsBlank(SourceText text, int line)
    {
        var span = text.GetLineSpan(line);
        return text.Text.AsSpan(span.Start, span.Length).IsWhiteSpace();
    }
}
