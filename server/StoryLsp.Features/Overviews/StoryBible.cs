using Humanizer;
using StoryLsp.Features.Colours;
using StoryLsp.Features.Hover;
using StoryLsp.Features.Navigation;
using StoryLsp.Features.Symbols;
using StoryLsp.Index;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Features.Overviews;

/// <summary>The containers of one type.</summary>
/// <param name="Type">The type.</param>
/// <param name="Title">What a person calls them, as <c>Characters</c>.</param>
/// <param name="Entries">The containers by their names.</param>
public sealed record BibleType(string Type, string Title, IReadOnlyList<BibleEntry> Entries);

/// <summary>A container of the bible.</summary>
/// <param name="Container">The container.</param>
/// <param name="Name">Its name, never empty.</param>
/// <param name="Colour">The colour that it says, as <c>#8b1a1a</c>; null without.</param>
/// <param name="Detail">A few words about it; null where it says nothing of itself.</param>
public sealed record BibleEntry(Container Container, string Name, string? Colour, string? Detail);

/// <summary>All that a story knows of its people, places and things, by type. Scenes and chapters are in the manuscript, and not here.</summary>
public static class StoryBible
{
    private const int LongestDetail = 90;

    private static readonly string[] About = ["description", "synopsis", "statement", "text", "occupation"];

    /// <summary>The types that have containers, in the order of the schemas; those without a schema come last.</summary>
    /// <param name="snapshot">The workspace.</param>
    /// <param name="cancel">Gives up.</param>
    public static IReadOnlyList<BibleType> Of(Snapshot snapshot, CancellationToken cancel)
    {
        var byType = snapshot.Containers.Where(container => IsIn(snapshot, container)).ToLookup(container => container.Type, StringComparer.OrdinalIgnoreCase);
        var known = snapshot.Schemas.All.Select(schema => schema.Name).ToList();
        var others = byType.Select(type => type.Key).Except(known, StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase);
        var result = new List<BibleType>();
        foreach (var type in known.Concat(others))
        {
            cancel.ThrowIfCancellationRequested();
            if (byType[type].Any())
            {
                result.Add(new(type, TitleOf(type), [.. byType[type].Select(Entry).OrderBy(entry => entry.Name, NaturalOrder.Instance).ThenBy(entry => entry.Container.Path, StringComparer.Ordinal)]));
            }
        }

        return result;
    }

    /// <summary>What a person calls the containers of a type: <c>Characters</c>.</summary>
    public static string TitleOf(string type) => type.Pluralize(inputIsKnownToBeSingular: false).Humanize(LetterCasing.Sentence) is { Length: > 0 } title ? title : type;

    /// <summary>The colour that a container says, as <c>#8b1a1a</c>; null without.</summary>
    public static string? ColourOf(Container container) =>
        (container.Fact.Field("color") ?? container.Fact.Field("colour"))?.Value.AsText() is { } written && Colour.Parse(written) is var (colour, _) ? colour.Write(ColourForm.Hex) : null;

    /// <summary>The name of a container, never empty.</summary>
    public static string NameOf(Container container) => DocumentSymbols.NameOr(container.Name.ReplaceLineEndings(" ").Trim(), container.Fact.Id);

    private static bool IsIn(Snapshot snapshot, Container container) =>
        !snapshot.Schemas.IsKindOf(container.Type, "scene") && !snapshot.Schemas.IsKindOf(container.Type, "chapter");

    private static BibleEntry Entry(Container container) => new(container, NameOf(container), ColourOf(container), DetailOf(container));

    private static string? DetailOf(Container container)
    {
        foreach (var field in About)
        {
            if (container.Fact.Field(field)?.Value.AsText() is { } text && text.AsSpan().Trim().Length > 0)
            {
                return MarkdownText.Shorten(string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), LongestDetail);
            }
        }

        return null;
    }
}
