using System.Text.Json;

namespace StoryLsp.Protocol.Generator;

/// <summary>Reads the metaModel's JSON.</summary>
internal static class MetaModelReader
{
    public static MetaModel Read(Stream json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        return new MetaModel(
            [.. Items(root, "requests").Select(Method), .. Items(root, "notifications").Select(Method)],
            Items(root, "structures").Select(Structure).ToDictionary(s => s.Name),
            Items(root, "enumerations").Select(Enumeration).ToDictionary(e => e.Name),
            Items(root, "typeAliases").Select(a => new MetaAlias(Text(a, "name"), Type(a.GetProperty("type")), Documentation(a))).ToDictionary(a => a.Name));
    }

    private static MetaMethod Method(JsonElement json) => new(
        Text(json, "method"),
        Text(json, "typeName"),
        OptionalType(json, "params"),
        OptionalType(json, "result"),
        OptionalType(json, "partialResult"),
        OptionalType(json, "registrationOptions"),
        Text(json, "messageDirection"),
        json.TryGetProperty("serverCapability", out var capability) ? capability.GetString() : null,
        Documentation(json));

    private static MetaStructure Structure(JsonElement json) => new(
        Text(json, "name"),
        [.. Items(json, "extends").Select(Type), .. Items(json, "mixins").Select(Type)],
        [.. Items(json, "properties").Select(Property)],
        Documentation(json));

    private static MetaProperty Property(JsonElement json) => new(
        Text(json, "name"),
        Type(json.GetProperty("type")),
        json.TryGetProperty("optional", out var optional) && optional.GetBoolean(),
        Documentation(json));

    private static MetaEnumeration Enumeration(JsonElement json) => new(
        Text(json, "name"),
        Text(json.GetProperty("type"), "name") == "string",
        json.TryGetProperty("supportsCustomValues", out var custom) && custom.GetBoolean(),
        [.. Items(json, "values").Select(v => new MetaEnumerationEntry(Text(v, "name"), v.GetProperty("value").ToString(), Documentation(v)))],
        Documentation(json));

    private static MetaType Type(JsonElement json) => Text(json, "kind") switch
    {
        "base" => new BaseType(Text(json, "name")),
        "reference" => new ReferenceType(Text(json, "name")),
        "array" => new ArrayType(Type(json.GetProperty("element"))),
        "map" => new MapType(Type(json.GetProperty("key")), Type(json.GetProperty("value"))),
        "or" => new OrType([.. Items(json, "items").Select(Type)]),
        "and" => new AndType([.. Items(json, "items").Select(Type)]),
        "tuple" => new TupleType([.. Items(json, "items").Select(Type)]),
        "literal" => new LiteralType([.. Items(json.GetProperty("value"), "properties").Select(Property)]),
        "stringLiteral" => new StringLiteralType(Text(json, "value")),
        var kind => throw new InvalidDataException($"The metaModel has a kind of type that this generator does not know: {kind}."),
    };

    private static MetaType? OptionalType(JsonElement json, string name) =>
        json.TryGetProperty(name, out var type) ? Type(type) : null;

    private static string? Documentation(JsonElement json) =>
        json.TryGetProperty("documentation", out var text) ? text.GetString() : null;

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private static IEnumerable<JsonElement> Items(JsonElement json, string name) =>
        json.TryGetProperty(name, out var items) ? items.EnumerateArray() : [];
}
