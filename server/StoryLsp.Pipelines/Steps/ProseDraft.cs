using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;
using StoryLsp.Pipelines.Proposals;
using StoryLsp.Pipelines.Runs;

namespace StoryLsp.Pipelines.Steps;

/// <summary>An answer as prose of a scene: behind what stands there, or in its place.</summary>
internal static class ProseDraft
{
    public static FileDraft Append(StepScope scope, string answer)
    {
        var (document, container) = (scope.Document!, scope.Subject!.Fact);
        var end = EndOf(document, container);
        return Draft(scope, new TextSpan(end, 0), answer);
    }

    public static FileDraft Replace(StepScope scope, string answer)
    {
        var (document, container) = (scope.Document!, scope.Subject!.Fact);
        var prose = ProseOf(document, container);
        if (!scope.Told.IsProseWhole)
        {
            throw ProposalDraft.Nothing($"“{scope.Name}” holds paragraphs that no model may read here, so its prose cannot be written anew as a whole.");
        }

        if (prose.Count == 0)
        {
            return Append(scope, answer);
        }

        if (WhyNotWhole(document, container, scope.Name) is { } why)
        {
            throw ProposalDraft.Nothing(why);
        }

        var span = TextSpan.FromBounds(prose.Min(part => part.Span.Start), prose.Max(part => part.Span.End));
        return Draft(scope, span, answer);
    }

    /// <summary>Why the prose of a container cannot be written anew as a whole; null where it can. It is asked before anybody is paid for an answer.</summary>
    public static string? WhyNotWhole(Document document, ContainerFact container, string name)
    {
        var prose = ProseOf(document, container);
        if (prose.Count == 0)
        {
            return null;
        }

        var span = TextSpan.FromBounds(prose.Min(part => part.Span.Start), prose.Max(part => part.Span.End));
        if (document.Facts.Containers.Any(other => other.Index != container.Index && other.Origin is ContainerOrigin.Heading or ContainerOrigin.FountainScene && other.Span.Start > span.Start && other.Span.Start < span.End))
        {
            return $"“{name}” holds other scenes between its paragraphs, so its prose cannot be replaced as a whole.";
        }

        return document.Markdown?.TagLines.Any(line => span.Contains(line.Span.Start)) == true || document.YamlRegions.Any(region => span.Contains(region.Span.Start))
            ? $"“{name}” holds attributes between its paragraphs, so its prose cannot be replaced as a whole. Move them above the first paragraph, or use `continue-scene`, which adds to it."
            : null;
    }

    private static FileDraft Draft(StepScope scope, TextSpan span, string answer)
    {
        var document = scope.Document!;
        var text = document.Text;
        var prose = answer.ReplaceLineEndings("\n").Trim('\n', ' ').Replace("\n", text.DominantLineEnding, StringComparison.Ordinal);
        prose = LineBreaks.Kept(text.Slice(span), prose);
        var gap = text.DominantLineEnding + text.DominantLineEnding;
        var before = text.Text.AsSpan(0, span.Start).TrimEnd().Length;
        var lead = span.Length > 0 ? "" : before == 0 ? "" : gap;
        var start = span.Length > 0 ? span.Start : before;
        var behind = text.Text.AsSpan(span.End).TrimStart();
        var rest = span.Length > 0 ? text.Text[span.End..] : behind.Length == 0 ? text.DominantLineEnding : gap + behind.ToString();
        var after = text.Text[..start] + lead + prose + rest;
        Check(scope, document, after);
        return new(document.Path, text.Text, after);
    }

    // Prose may be anything but structure: a heading or a fence of attributes would make other scenes of it.
    private static void Check(StepScope scope, Document document, string after)
    {
        var read = DocumentReader.Read(document.Path, SourceText.From(after), ProposalDraft.Reading(scope));
        var (old, now) = (document.Facts.Containers, read.Facts.Containers);
        if (old.Count != now.Count || old.Zip(now).Any(pair => pair.First.Id != pair.Second.Id || pair.First.Type != pair.Second.Type || pair.First.Fields.Count != pair.Second.Fields.Count) ||
            read.Facts.Headings.Count > document.Facts.Headings.Count)
        {
            throw ProposalDraft.Unreadable("The answer is not prose alone: it has headings, or attributes of its own. Answer with the paragraphs and nothing else.");
        }
    }

    private static List<ProseFact> ProseOf(Document document, ContainerFact container) =>
        [.. document.Facts.Prose.Where(part => part.Container == container.Index && !document.Facts.Headings.Any(heading => heading.Span.Contains(part.Span)) &&
            document.Fountain?.Scenes.Any(scene => scene.HeadingSpan.Contains(part.Span)) != true)];

    private static int EndOf(Document document, ContainerFact container)
    {
        if (container.Origin is not (ContainerOrigin.MarkdownFile or ContainerOrigin.Heading or ContainerOrigin.FountainScene))
        {
            throw ProposalDraft.Nothing("This is written as YAML alone, which has no place for prose. Keep it in a Markdown file, with its attributes as front matter.");
        }

        if (ProseOf(document, container) is { Count: > 0 } prose)
        {
            return prose.Max(part => part.Span.End);
        }

        // Without prose it goes behind the attributes, before whatever stands inside.
        var inner = document.Facts.Containers.Where(other => other.Index != container.Index && other.Span.Start > container.Span.Start && other.Span.Start < container.Span.End)
            .Select(other => other.Span.Start).DefaultIfEmpty(container.Span.End).Min();
        return Math.Min(inner, document.Text.Length);
    }
}
