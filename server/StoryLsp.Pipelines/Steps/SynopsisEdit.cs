using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Pipelines.Steps;

/// <summary>Where a text of one line goes: a field of a container, mostly the <c>synopsis</c> of a scene, replaced or added, and not one other character.</summary>
public static class SynopsisEdit
{
    /// <summary>The name of the field where nobody names another.</summary>
    public const string Field = "synopsis";

    /// <summary>
    /// The edit; null where the scene has no place for it, and where the file, read again after the edit, would say anything but the same
    /// with that synopsis: a proposal must not break what it finds broken, or half-written.
    /// </summary>
    /// <param name="document">The document that the scene stands in.</param>
    /// <param name="scene">The scene, of the same document.</param>
    /// <param name="synopsis">The text, of one line, without white space around it.</param>
    /// <param name="context">What the document was read with.</param>
    /// <param name="name">The field.</param>
    public static TextEdit? Of(Document document, ContainerFact scene, string synopsis, ReadingContext context, string name = Field) =>
        Candidate(document, scene, synopsis, name) is { } edit && EditCheck.ChangesOnly(document, scene, name, synopsis, edit, context) ? edit : null;

    private static TextEdit? Candidate(Document document, ContainerFact scene, string synopsis, string name)
    {
        if (scene.Origin is ContainerOrigin.FountainScene)
        {
            return name == Field ? InFountain(document.Text, scene, synopsis) : null;
        }

        var mapping = ContainerMapping.Of(document, scene);
        if (scene.Field(name) is { } field)
        {
            return ContainerMapping.With(mapping, field) is { } holder ? Replace(document.Text, holder, field, synopsis) : ReplaceLine(field, synopsis);
        }

        return mapping is { Entries.Count: > 0 }
            ? Insert(document.Text, ContainerMapping.ForNewFields(mapping, scene), synopsis, name)
            : InEmpty(document, scene, synopsis, name);
    }

    /// <summary>Replaces the value of a <c>%synopsis:</c> line of novelWriter's.</summary>
    private static TextEdit ReplaceLine(FieldFact field, string synopsis) => new(field.Value.Span, synopsis);

    private static TextEdit? Replace(SourceText text, YamlMapping holder, FieldFact field, string synopsis)
    {
        var scalar = holder.IsFlow ? YamlText.Quoted(synopsis) : YamlText.Sentence(synopsis);
        var value = field.Value.Span;
        if (value.Length > 0 && text.Lines.GetLine(value.Start) == text.Lines.GetLine(field.KeySpan.End))
        {
            // A block scalar's span may hold the line ends behind it, which stay.
            return new(TextSpan.FromBounds(value.Start, VisibleEnd(text, value)), scalar);
        }

        // Behind the colon there is nothing, or a comment and then a value on lines of its own.
        var colon = text.Text.IndexOf(':', field.KeySpan.End) + 1;
        if (colon == 0 || !text.Text.AsSpan(field.KeySpan.End, colon - 1 - field.KeySpan.End).IsWhiteSpace())
        {
            return null;
        }

        return value.Length == 0
            ? new(new TextSpan(colon, 0), " " + scalar)
            : new(TextSpan.FromBounds(colon, VisibleEnd(text, value)), " " + scalar + text.Text[colon..value.Start].TrimEnd());
    }

    private static TextEdit Insert(SourceText text, YamlMapping mapping, string synopsis, string name)
    {
        var after = mapping.Entries.LastOrDefault(entry => entry.Key.AsText()?.ToLowerInvariant() is "type" or "container_type" or "id" or "name" or "title");
        if (mapping.IsFlow)
        {
            var key = mapping.Entries[0].Key is YamlScalar { Style: YamlScalarStyle.DoubleQuoted } ? $"\"{name}\": " : name + ": ";
            return new(new TextSpan((after ?? mapping.Entries[^1]).Span.End, 0), ", " + key + YamlText.Quoted(synopsis));
        }

        var line = text.DominantLineEnding;
        var indent = IndentOf(text, mapping);
        if (after is null)
        {
            return new(new TextSpan(mapping.Entries[0].Span.Start, 0), name + ": " + YamlText.Sentence(synopsis) + line + indent);
        }

        var end = text.GetLineSpan(text.Lines.GetLine(VisibleEnd(text, after.Span))).End;
        return new(new TextSpan(end, 0), line + indent + name + ": " + YamlText.Sentence(synopsis));
    }

    // The indentation as it is written, with its tabs; the dash of a list counts as a space.
    private static string IndentOf(SourceText text, YamlMapping mapping)
    {
        var start = mapping.Entries[^1].Span.Start;
        var line = text.GetLineSpan(text.Lines.GetLine(start)).Start;
        return new string([.. text.Text[line..start].Where(unit => unit != '\uFEFF').Select(unit => char.IsWhiteSpace(unit) ? unit : ' ')]);
    }

    private static TextEdit? InEmpty(Document document, ContainerFact scene, string synopsis, string name)
    {
        var line = document.Text.DominantLineEnding;
        var entry = name + ": " + YamlText.Sentence(synopsis) + line;
        if (document.Markdown is not { } markdown)
        {
            return null;
        }

        if (scene.Origin == ContainerOrigin.Heading)
        {
            var fence = markdown.StoryFences.FirstOrDefault(fence => fence.Heading >= 0 && markdown.Headings[fence.Heading].Span.Start == scene.Span.Start);
            return fence is null ? null : new(new TextSpan(fence.Content.End, 0), entry);
        }

        if (scene.Origin != ContainerOrigin.MarkdownFile)
        {
            return null;
        }

        if (markdown.FrontMatter is { } front)
        {
            return new(new TextSpan(front.Content.End, 0), entry);
        }

        // novelWriter shows front matter as prose, so its documents get a line of its own kind.
        var inner = document.Facts.Containers.FirstOrDefault(container => container.Origin == ContainerOrigin.Heading)?.Span.Start ?? int.MaxValue;
        if (name == Field && markdown.TagLines.LastOrDefault(tag => tag.Span.Start < inner) is { } last)
        {
            return new(new TextSpan(document.Text.GetLineSpan(document.Text.Lines.GetLine(last.Span.Start)).End, 0), line + "%Synopsis: " + synopsis);
        }

        var start = document.Text.Text.StartsWith('\uFEFF') ? 1 : 0;
        return new(new TextSpan(start, 0), "---" + line + entry + "---" + line + line);
    }

    private static TextEdit InFountain(SourceText text, ContainerFact scene, string synopsis)
    {
        if (scene.Field(Field) is { } field)
        {
            return new(field.Value.Span, synopsis);
        }

        var line = text.GetLineSpan(text.Lines.GetLine(scene.SelectionSpan.Start));
        return new(new TextSpan(line.End, 0), text.DominantLineEnding + text.DominantLineEnding + "= " + synopsis);
    }

    private static int VisibleEnd(SourceText text, TextSpan span)
    {
        var end = span.End;
        while (end > span.Start && char.IsWhiteSpace(text.Text[end - 1]))
        {
            end--;
        }

        return end;
    }
}
