using System.Globalization;
using System.Text.Json.Nodes;
using StoryLsp.Protocol.Generator;

namespace StoryLsp.Protocol.Tests.Generated;

/// <summary>Random JSON that conforms to the metaModel, made by walking the metaModel and knowing nothing of the generated code.</summary>
internal sealed class RandomJson(MetaModel model, TypeTable types, Random random)
{
    /// <summary>Beyond this depth optional properties are left out and arrays are empty.</summary>
    private const int DeepestOptional = 5;

    private static readonly string[] Texts = ["", "a", "Zoë", "𝔘", "a\"\\b\n\t", "file:///C%3A/x.md", "日本語", "null", "{}"];

    /// <summary>The names of the unions of which a value was made.</summary>
    public HashSet<string> UnionsSeen { get; } = [];

    public JsonNode? Value(MetaType type, string hint, int depth = 0) => type switch
    {
        BaseType b => Primitive(b.Name),
        ReferenceType r => Named(r.Name, depth),
        ArrayType a => Array(a, hint, depth),
        MapType m => Map(m, hint, depth),
        OrType o => Or(o, hint, depth),
        AndType a => Object(a.Items.SelectMany(i => types.PropertiesOf(model.Structures[((ReferenceType)i).Name])), hint, depth),
        LiteralType l => Object(l.Properties, hint, depth),
        TupleType t => new JsonArray([.. t.Items.Select((item, i) => Value(item, hint + "Item" + i, depth + 1))]),
        StringLiteralType s => s.Value,
        _ => throw new InvalidDataException(type.ToString()),
    };

    private JsonNode? Named(string name, int depth)
    {
        if (name is "LSPAny")
        {
            return Any(depth);
        }

        if (name is "LSPObject")
        {
            return new JsonObject { [Text()] = Any(depth + 1) };
        }

        if (model.Structures.TryGetValue(name, out var structure))
        {
            return Object(types.PropertiesOf(structure), Names.Type(name), depth);
        }

        if (model.Enumerations.TryGetValue(name, out var enumeration))
        {
            return Enumerated(enumeration);
        }

        return Value(model.Aliases[name].Type, name, depth);
    }

    private JsonObject Object(IEnumerable<MetaProperty> properties, string hint, int depth)
    {
        var result = new JsonObject();
        foreach (var property in properties)
        {
            if (property.Optional && (depth >= DeepestOptional || random.Next(2) == 0))
            {
                continue;
            }

            // An optional null means the same as an absent one, and is written so.
            JsonNode? value;
            do
            {
                value = Value(property.Type, hint + Names.Pascal(property.Name), depth + 1);
            }
            while (value is null && property.Optional);
            result[property.Name] = value;
        }

        return result;
    }

    private JsonArray Array(ArrayType array, string hint, int depth)
    {
        var count = depth >= DeepestOptional ? 0 : random.Next(3);
        return new JsonArray([.. Enumerable.Range(0, count).Select(_ => Value(array.Element, hint + "Item", depth + 1))]);
    }

    private JsonObject Map(MapType map, string hint, int depth)
    {
        var result = new JsonObject();
        for (var i = depth >= DeepestOptional ? 0 : random.Next(3); i > 0; i--)
        {
            result[Text() + i.ToString(CultureInfo.InvariantCulture)] = Value(map.Value, hint + "Value", depth + 1);
        }

        return result;
    }

    private JsonNode? Or(OrType or, string hint, int depth)
    {
        UnionsSeen.Add(types.Resolve(or, hint).Type.Name);
        return Value(or.Items[random.Next(or.Items.Count)], hint + "Item", depth);
    }

    private JsonValue Enumerated(MetaEnumeration enumeration)
    {
        var value = enumeration.Entries[random.Next(enumeration.Entries.Count)].Value;
        if (enumeration.IsString)
        {
            return JsonValue.Create(enumeration.SupportsCustomValues && random.Next(4) == 0 ? Text() : value);
        }

        return JsonValue.Create(enumeration.SupportsCustomValues && random.Next(4) == 0 ? random.Next(1000) : int.Parse(value, CultureInfo.InvariantCulture));
    }

    private JsonNode? Any(int depth) => random.Next(depth >= DeepestOptional ? 5 : 7) switch
    {
        0 => Text(),
        1 => random.Next(int.MinValue, int.MaxValue),
        2 => random.NextDouble(),
        3 => true,
        4 => JsonValue.Create(false),
        5 => new JsonArray(Any(depth + 1), Any(depth + 1), null),
        _ => new JsonObject { ["a"] = Any(depth + 1), ["b"] = null },
    };

    private JsonNode? Primitive(string name) => name switch
    {
        "string" or "URI" or "DocumentUri" => Text(),
        "integer" => random.Next(int.MinValue, int.MaxValue),
        "uinteger" => random.Next(),
        "decimal" => random.NextDouble() * 100,
        "boolean" => random.Next(2) == 0,
        "null" => null,
        _ => throw new InvalidDataException(name),
    };

    private string Text() => Texts[random.Next(Texts.Length)];
}
