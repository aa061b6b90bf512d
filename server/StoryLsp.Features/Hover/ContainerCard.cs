using System.Globalization;
using System.Text;
using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Hover;

/// <summary>A card of a container: what it is, what is known of it, and where it appears.</summary>
internal static class ContainerCard
{
    private const int MostFields = 8;
    private const int MostOthers = 3;
    private const int LongestDescription = 400;
    private const int LongestValue = 80;

    // What the head of the card says already, or what is for tools.
    private static readonly HashSet<string> Elsewhere =
        new(StringComparer.OrdinalIgnoreCase) { "id", "type", "container_type", "name", "title", "aliases", "description", "synopsis", "statement", "notes", "matching", "progressions", "image", "tags" };

    /// <summary>The card as Markdown.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="container">The container.</param>
    /// <param name="context">Where it is shown.</param>
    public static string Write(Snapshot snapshot, Container container, CardContext context)
    {
        var schema = snapshot.Schemas.Find(container.Type);
        var card = new StringBuilder();
        card.Append("**").Append(MarkdownText.Escape(container.Name)).Append("** · ").Append(MarkdownText.Escape(container.Type));
        if (container.Fact.IdIsWritten && container.Fact.Id != container.Name)
        {
            card.Append(" · ").Append(MarkdownText.Code(container.Fact.Id));
        }

        if (SceneLine(snapshot, container) is { } when)
        {
            card.Append("\n\n").Append(when);
        }

        if (container.Fact.Aliases.Count > 0)
        {
            card.Append("\n\nAlso called ").AppendJoin(", ", container.Fact.Aliases.Select(alias => MarkdownText.Escape(alias.Text)));
        }

        if (Description(container, schema) is { } description)
        {
            card.Append("\n\n").Append(description);
        }

        Fields(card, container, schema);
        if (context.Scene is { } scene && !scene.Scene.IsSameAs(container))
        {
            StateLines.Write(card, scene, container, context.Links);
        }

        Appearances(card, snapshot, container, context.Links);
        card.Append("\n\n*").Append(MarkdownText.Escape(container.Path)).Append('*');
        return card.ToString();
    }

    // Where the reader meets a scene, and when it is, where the dates say so.
    private static string? SceneLine(Snapshot snapshot, Container container)
    {
        if (!snapshot.Schemas.IsKindOf(container.Type, "scene") && !snapshot.Schemas.IsKindOf(container.Type, "event"))
        {
            return null;
        }

        var world = StoryWorld.Of(snapshot);
        var number = world.NarrativePosition(container.Key) is { } position && position < world.Narrative.ManuscriptCount
            ? string.Create(CultureInfo.InvariantCulture, $"Scene {position + 1} of {world.Narrative.ManuscriptCount}")
            : null;
        var when = world.Find(container.Key) is { } scene ? TimeCard.Begins(world, scene) : null;
        return number is null && when is null ? null : string.Join(" · ", new[] { number, when }.OfType<string>());
    }

    private static string? Description(Container container, Schema? schema)
    {
        foreach (var name in new[] { "description", "synopsis", "statement" })
        {
            if (container.Fact.Field(name) is { } field && field.Value.AsText() is { Length: > 0 } text)
            {
                return MarkdownText.Escape(MarkdownText.Shorten(text, LongestDescription)) + SecretMark(schema, field);
            }
        }

        return null;
    }

    private static void Fields(StringBuilder card, Container container, Schema? schema)
    {
        var shown = 0;
        foreach (var field in container.Fact.Fields)
        {
            if (shown == MostFields)
            {
                break;
            }

            if (!Elsewhere.Contains(field.Name) && Value(field.Value) is { } value)
            {
                card.Append(shown++ == 0 ? "\n\n" : "\n").Append("- ").Append(MarkdownText.Escape(field.Name)).Append(": ")
                    .Append(MarkdownText.Escape(MarkdownText.Shorten(value, LongestValue))).Append(SecretMark(schema, field));
            }
        }
    }

    // A writer sees everything in the editor; the mark says what a model does not see.
    private static string SecretMark(Schema? schema, FieldFact field) => schema?.FindField(field.Name)?.Secret == true ? " *(secret)*" : "";

    private static string? Value(YamlNode node) => node.Resolve() switch
    {
        YamlScalar { IsNull: false, Value.Length: > 0 } scalar => Linked(scalar.Value),
        YamlSequence sequence when sequence.Items.Count > 0 && sequence.Items.All(item => Plain(item) is not null) =>
            string.Join(", ", sequence.Items.Select(Plain)),
        YamlSequence { Items.Count: > 0 } sequence => sequence.Items.Count == 1 ? "1 entry" : sequence.Items.Count.ToString(CultureInfo.InvariantCulture) + " entries",
        _ => null,
    };

    // An unquoted wikilink reads as a list in a list.
    private static string? Plain(YamlNode node) => node.Resolve() switch
    {
        YamlScalar scalar => Linked(scalar.Value),
        YamlSequence { Items: [var only] } => Plain(only),
        _ => null,
    };

    // What a wikilink shows.
    private static string Linked(string value)
    {
        var isLink = value.Length > 4 && value.StartsWith("[[", StringComparison.Ordinal) && value.EndsWith("]]", StringComparison.Ordinal);
        return isLink ? value[(Math.Max(value.LastIndexOf('|'), 1) + 1)..^2] : value;
    }

    private static void Appearances(StringBuilder card, Snapshot snapshot, Container container, LinkWriter? links)
    {
        var found = Hover.Appearances.Of(snapshot, container);
        if (found.Scenes.Count > 0)
        {
            card.Append("\n\nIn ").Append(Count(found.Scenes.Count, "scene"));
            if (found.PointsOfView > 0)
            {
                card.Append(" (point of view in ").Append(found.PointsOfView.ToString(CultureInfo.InvariantCulture)).Append(')');
            }

            card.Append(found.Scenes.Count == 1 ? ": " : ", from ").Append(MarkdownText.Link(found.Scenes[0], links));
            if (found.Scenes.Count > 1)
            {
                card.Append(" to ").Append(MarkdownText.Link(found.Scenes[^1], links));
            }
        }

        if (found.Events > 0)
        {
            card.Append(found.Scenes.Count > 0 ? " · " : "\n\nIn ").Append(Count(found.Events, "event"));
        }

        if (found.Mentions > 0)
        {
            var isMore = found.Scenes.Count + found.Events > 0;
            card.Append(isMore ? " · mentioned in " : "\n\nMentioned in ")
                .Append(isMore ? found.Mentions.ToString(CultureInfo.InvariantCulture) + " more" : Count(found.Mentions, "scene"));
        }

        if (found.Others.Count > 0)
        {
            card.Append("\n\nNamed by ").AppendJoin(", ", found.Others.Take(MostOthers).Select(other => MarkdownText.Link(other, links)));
            if (found.Others.Count > MostOthers)
            {
                card.Append(" and ").Append(Count(found.Others.Count - MostOthers, "other"));
            }
        }
    }

    private static string Count(int count, string what) =>
        count.ToString(CultureInfo.InvariantCulture) + " " + what + (count == 1 ? "" : "s");
}
