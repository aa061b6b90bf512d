using StoryLsp.Language.Mentions;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Index.Mentions;

/// <summary>Says what of a workspace has names that prose may use, and which.</summary>
internal static class NamedContainers
{
    private static readonly (string Type, NameKind Kind)[] Kinds =
        [("character", NameKind.Person), ("location", NameKind.Place), ("item", NameKind.Item), ("faction", NameKind.Other)];

    /// <summary>What kind of names the containers of a type have; null when prose does not name them.</summary>
    public static NameKind? KindOf(SchemaSet schemas, string type)
    {
        foreach (var (known, kind) in Kinds)
        {
            if (schemas.IsKindOf(type, known))
            {
                return kind;
            }
        }

        // A workspace's own kind of thing: a spell, a ship, a god. What extends a shipped type is called as little as that.
        return schemas.Find(type) is { Path: not null, Extends: null or "entity" } own && SchemaSet.Shipped.Find(own.Name) is null ? NameKind.Other : null;
    }

    /// <summary>The names of a container.</summary>
    public static NamePattern PatternOf(Container container, int owner, NameKind kind)
    {
        var matching = container.Fact.Field("matching")?.Value;
        return new(owner, kind, NameOf(container, kind))
        {
            Aliases = [.. container.Fact.Aliases.Select(alias => alias.Text)],
            Ignored = matching.Get("ignore").AsTexts(),
            CaseSensitive = matching.Get("case_sensitive").AsBoolean() is true,
            Gender = kind == NameKind.Person ? GenderOf(container) : Gender.Unknown,
        };
    }

    // A name that comes from a file or an id says nothing of capitals.
    private static string NameOf(Container container, NameKind kind)
    {
        if (container.Fact.NameSpan is not null)
        {
            return container.Name;
        }

        var isFile = DocumentKeys.IsFileItself(container.Fact);
        var raw = isFile ? FileSet.StemOf(container.Path) : container.Name;
        var words = raw.Split(['-', '_', ' '], StringSplitOptions.RemoveEmptyEntries);
        return kind == NameKind.Person ? string.Join(' ', words.Select(word => char.ToUpperInvariant(word[0]) + word[1..])) : string.Join(' ', words);
    }

    private static Gender GenderOf(Container container)
    {
        foreach (var field in container.Fact.Fields)
        {
            if (field.Name.Equals("pronouns", StringComparison.OrdinalIgnoreCase) || field.Name.Equals("gender", StringComparison.OrdinalIgnoreCase) || field.Name.Equals("sex", StringComparison.OrdinalIgnoreCase))
            {
                return GenderOf(field.Value.AsTexts());
            }
        }

        return Gender.Unknown;
    }

    private static Gender GenderOf(IReadOnlyList<string> values)
    {
        var word = values.Count == 0 ? "" : values[0].Split('/', ' ', ',')[0].ToLowerInvariant();
        return word switch
        {
            "she" or "her" or "female" or "woman" or "f" or "girl" => Gender.Female,
            "he" or "him" or "male" or "man" or "m" or "boy" => Gender.Male,
            _ => Gender.Unknown,
        };
    }
}
