using StoryLsp.Features.Symbols;
using StoryLsp.Protocol;

namespace StoryLsp.Server.Conversion;

/// <summary>What a part of a story is in the protocol's words, which are those of programs.</summary>
internal static class SymbolKinds
{
    /// <summary>The kind of a symbol.</summary>
    public static SymbolKind Of(SymbolSort sort, string? type) => sort switch
    {
        SymbolSort.Heading => SymbolKind.String,
        SymbolSort.Field => SymbolKind.Property,
        SymbolSort.Item => SymbolKind.Array,
        _ => OfType(type),
    };

    /// <summary>The kind of a container of a type.</summary>
    public static SymbolKind OfType(string? type) => type switch
    {
        "character" => SymbolKind.Class,
        "location" => SymbolKind.Namespace,
        "item" => SymbolKind.Object,
        "faction" => SymbolKind.Interface,
        "fact" or "clue" => SymbolKind.Constant,
        "event" => SymbolKind.Event,
        "scene" or "shot" or "panel" => SymbolKind.Method,
        "chapter" or "outline" or "bible" => SymbolKind.Module,
        _ => SymbolKind.Object,
    };
}
