using System.Text;
using StoryLsp.Continuity.State;
using StoryLsp.Continuity.Story;
using StoryLsp.Features.Places;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Text;
using FieldPlace = StoryLsp.Features.Places.FieldPlace;

namespace StoryLsp.Features.Hover;

/// <summary>What is shown of a place.</summary>
/// <param name="Span">The text that it is about, in UTF-16 code units.</param>
/// <param name="Markdown">The card.</param>
public sealed record HoverCard(TextSpan Span, string Markdown);

/// <summary>Cards of what a writer points at: containers, fields, values, types, names.</summary>
public static class Hovers
{
    // A name that many share is shown as a list after the first few cards.
    private const int MostCards = 3;

    /// <summary>The card of what stands at an offset; null where there is nothing to say.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="path">Workspace-relative path of the document.</param>
    /// <param name="offset">The offset, in UTF-16 code units.</param>
    /// <param name="links">Writes the address of a place; null: places are not linked.</param>
    /// <param name="cancel">Gives up.</param>
    public static HoverCard? At(Snapshot snapshot, string path, int offset, LinkWriter? links, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (snapshot.Document(path) is not { } document)
        {
            return null;
        }

        var place = PlaceReader.At(snapshot, document, offset);
        cancel.ThrowIfCancellationRequested();
        if (place is TimePlace time)
        {
            return TimeCard.Write(StoryWorld.Of(snapshot), time, ContainerIn(snapshot, path, offset), links) is { } card ? new(time.Span, card) : null;
        }

        if (place is not null && Write(snapshot, path, place, new(links, SceneAt(snapshot, path, offset))) is { } markdown)
        {
            return new(place.Span, markdown);
        }

        return snapshot.ContainerAt(path, offset) is { } container
            ? EffectCard.At(StoryWorld.Of(snapshot), container, offset, links) ?? Fence(snapshot, document, container, offset, links)
            : null;
    }

    private static StoryContainer? ContainerIn(Snapshot snapshot, string path, int offset) =>
        snapshot.ContainerAt(path, offset) is { } container ? StoryWorld.Of(snapshot).Find(container.Key) : null;

    // The line that opens a fence stands for the container that it holds.
    private static HoverCard? Fence(Snapshot snapshot, Document document, Container container, int offset, LinkWriter? links)
    {
        if (document.Markdown is null || container.Fact.Origin != ContainerOrigin.Heading)
        {
            return null;
        }

        var line = document.Text.GetLineSpan(document.Text.GetPosition(Math.Min(offset, document.Text.Length)).Line);
        var text = document.Text.Slice(line).Trim();
        return text.StartsWith("```", StringComparison.Ordinal) || text.StartsWith("~~~", StringComparison.Ordinal)
            ? text.TrimStart('`', '~').Trim().Equals("story", StringComparison.OrdinalIgnoreCase) ? new(line, ContainerCard.Write(snapshot, container, new(links, null))) : null
            : null;
    }

    // The scene or event that one stands in.
    private static SceneFacts? SceneAt(Snapshot snapshot, string path, int offset) =>
        snapshot.ContainerAt(path, offset) is { } container ? SceneFacts.At(snapshot, container) : null;

    private static string? Write(Snapshot snapshot, string path, Place place, CardContext context) => place switch
    {
        ReferencePlace reference => Containers(snapshot, snapshot.Resolve(reference.Reference, path).Candidates, context),
        LinkPlace link => Link(snapshot, path, link, context),
        OwnNamePlace own => ContainerCard.Write(snapshot, own.Container, context),
        NamePlace name => Containers(snapshot, name.Containers, context),
        Places.FieldPlace field => FieldCard.Write(field.Key, field.Field, field.Schema),
        WordPlace word => Word(word),
        TypePlace type => Type(type.Schema),
        _ => null,
    };

    private static string? Containers(Snapshot snapshot, IReadOnlyList<Container> containers, CardContext context)
    {
        if (containers.Count == 0)
        {
            return null;
        }

        var cards = containers.Take(MostCards).Select(container => ContainerCard.Write(snapshot, container, context));
        var rest = containers.Count > MostCards ? "\n\n---\n\nand " + string.Join(", ", containers.Skip(MostCards).Take(20).Select(container => MarkdownText.Link(container, context.Links))) : "";
        return string.Join("\n\n---\n\n", cards) + rest;
    }

    private static string? Link(Snapshot snapshot, string path, LinkPlace place, CardContext context)
    {
        var found = snapshot.ResolveLink(place.Link, path);
        if (found.Candidates is { Count: > 0 } candidates)
        {
            return Containers(snapshot, candidates, context);
        }

        if (found.Container is { } container)
        {
            var card = ContainerCard.Write(snapshot, container, context);
            return found.Heading is { } heading ? card + "\n\nAt the heading " + MarkdownText.Escape(heading.Text) : card;
        }

        return found.Path is { } file ? "*" + MarkdownText.Escape(file) + "*" : null;
    }

    private static string Word(WordPlace word)
    {
        var card = "**" + MarkdownText.Escape(word.Word) + "**";
        if (word.Field is { Name.Length: > 0 } field)
        {
            card += " · " + MarkdownText.Code(field.Name);
        }

        var description = word.Description ?? word.Field?.Description;
        return description is null ? card : card + "\n\n" + MarkdownText.Escape(description);
    }

    private static string Type(Schema schema)
    {
        var card = new StringBuilder("**").Append(MarkdownText.Escape(schema.Name)).Append("** · type");
        if (schema.Extends is { } parent && parent != "entity")
        {
            card.Append(" · extends ").Append(MarkdownText.Code(parent));
        }

        if (schema.Description is { Length: > 0 } description)
        {
            card.Append("\n\n").Append(MarkdownText.Escape(description));
        }

        var inherited = schema.Lineage.Count > 1 ? " and what every container has" : "";
        var own = schema.Fields.TakeWhile(field => field.Name != "name").Select(field => MarkdownText.Code(field.Name)).ToList();
        if (own.Count > 0)
        {
            card.Append("\n\nFields: ").AppendJoin(", ", own).Append(inherited).Append('.');
        }

        return card.Append(schema.Path is { } file ? "\n\n*" + MarkdownText.Escape(file) + "*" : "\n\n*One of the types that ship with StoryLsp*").ToString();
    }
}
