namespace StoryLsp.Protocol.Generator;

/// <summary>Turns uses of types into C# types and keeps every type that was reached on the way.</summary>
internal sealed class TypeTable(MetaModel model)
{
    private readonly SortedDictionary<string, MetaStructure> structures = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, MetaEnumeration> enumerations = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, Union> unions = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, CSharpType> registered = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, IReadOnlyList<CSharpType>> tuples = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MetaStructure> unnamed = [];

    /// <summary>The structures reached, by their name in the metaModel.</summary>
    public IReadOnlyDictionary<string, MetaStructure> Structures => structures;

    /// <summary>The enumerations reached.</summary>
    public IReadOnlyDictionary<string, MetaEnumeration> Enumerations => enumerations;

    /// <summary>The unions reached.</summary>
    public IReadOnlyDictionary<string, Union> Unions => unions;

    /// <summary>The tuples reached.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<CSharpType>> Tuples => tuples;

    /// <summary>Every type that the serializer context has to know by itself, by its C# name.</summary>
    public IReadOnlyDictionary<string, CSharpType> Registered => registered;

    /// <summary>Resolves a use, registers its type with the serializer, and follows everything that it reaches.</summary>
    public TypeUse Register(MetaType type, string hint)
    {
        var use = Resolve(type, hint);
        Register(use.Type);
        if (use is { Nullable: true, Type.IsValueType: true })
        {
            var nullable = use.Type.Name + "?";
            registered.TryAdd(nullable, use.Type with { Name = nullable, Info = "Nullable" + use.Type.Info });
        }

        return use;
    }

    /// <summary>Reaches a type that nothing refers to by name, such as the values of <c>$/progress</c>.</summary>
    public void Reach(string name) => Register(new ReferenceType(name), name);

    /// <summary>A structure's properties and those of everything that it extends; an own one replaces an inherited one.</summary>
    public IReadOnlyList<MetaProperty> PropertiesOf(MetaStructure structure)
    {
        var found = new List<MetaProperty>();
        foreach (var property in structure.Extends.Select(Base).SelectMany(PropertiesOf).Concat(structure.Properties))
        {
            var at = found.FindIndex(p => p.Name == property.Name);
            if (at < 0)
            {
                found.Add(property);
            }
            else
            {
                found[at] = property;
            }
        }

        return found;
    }

    /// <summary>The names of everything that a structure extends, however far away.</summary>
    public IEnumerable<string> BasesOf(MetaStructure structure) =>
        structure.Extends.Select(Base).SelectMany(b => BasesOf(b).Append(b.Name));

    public TypeUse Resolve(MetaType type, string hint) => type switch
    {
        BaseType b => new(Primitive(b.Name), b.Name == "null"),
        ReferenceType r => ResolveName(r.Name),
        ArrayType a => new(ListOf(Resolve(a.Element, hint + "Item").Type), false),
        MapType m => new(MapOf(Resolve(m.Value, hint + "Value").Type), false),
        OrType o => ResolveUnion(o, hint),
        AndType a => new(Structure(Unnamed(hint, a.Items, [])), false),
        LiteralType { Properties.Count: 0 } => new(new CSharpType("EmptyObject", "EmptyObject", JsonForms.Object), false),
        LiteralType l => new(Structure(Unnamed(hint, [], l.Properties)), false),
        TupleType t => new(TupleOf([.. t.Items.Select((item, i) => Resolve(item, hint + "Item" + i).Type)]), false),
        StringLiteralType => new(Primitive("string"), false),
        _ => throw new InvalidDataException($"There is no C# for {type}."),
    };

    private TypeUse ResolveName(string name)
    {
        switch (name)
        {
            case "LSPAny":
                return new(Any, false);
            case "LSPObject":
                return new(MapOf(Any), false);
            case "LSPArray":
                return new(ListOf(Any), false);
        }

        if (model.Structures.TryGetValue(name, out var structure) || unnamed.TryGetValue(name, out structure))
        {
            return new(Structure(structure), false);
        }

        if (model.Enumerations.TryGetValue(name, out var enumeration))
        {
            enumerations.TryAdd(name, enumeration);
            return new(new CSharpType(Names.Type(name), Names.Type(name), enumeration.IsString ? JsonForms.String : JsonForms.Number, IsValueType: true), false);
        }

        var alias = model.Aliases[name];
        return alias.Type is OrType or ? ResolveUnion(or, name, alias.Documentation) : Resolve(alias.Type, name);
    }

    private static CSharpType Any { get; } = new("JsonElement", "JsonElement",
        JsonForms.String | JsonForms.Number | JsonForms.Boolean | JsonForms.Object | JsonForms.Array | JsonForms.Null, IsValueType: true);

    private static CSharpType Primitive(string name) => name switch
    {
        "string" or "URI" or "DocumentUri" => new("string", "String", JsonForms.String),
        "integer" or "uinteger" => new("int", "Int32", JsonForms.Number, IsValueType: true),
        "decimal" => new("double", "Double", JsonForms.Number, IsValueType: true),
        "boolean" => new("bool", "Boolean", JsonForms.Boolean, IsValueType: true),
        "null" => new("NoValue", "NoValue", JsonForms.Null, IsValueType: true),
        _ => throw new InvalidDataException($"The metaModel has a base type that this generator does not know: {name}."),
    };

    private static CSharpType ListOf(CSharpType element) =>
        new($"IReadOnlyList<{element.Name}>", element.Info + "Array", JsonForms.Array, Element: element);

    private static CSharpType MapOf(CSharpType value) =>
        new($"IReadOnlyDictionary<string, {value.Name}>", value.Info + "Map", JsonForms.Object);

    private CSharpType TupleOf(IReadOnlyList<CSharpType> items)
    {
        var name = string.Join("And", items.Select(i => i.Info));
        tuples.TryAdd(name, items);
        return new(name, name, JsonForms.Array, IsValueType: true);
    }

    private CSharpType Structure(MetaStructure structure)
    {
        var name = Names.Type(structure.Name);
        var type = new CSharpType(name, name, JsonForms.Object, StructureEmitter.IsValue(structure.Name), Shape: structure.Name);
        if (structures.TryAdd(structure.Name, structure))
        {
            Register(type);
            foreach (var property in PropertiesOf(structure))
            {
                Resolve(property.Type, name + Names.Pascal(property.Name));
            }
        }

        return type;
    }

    private MetaStructure Unnamed(string name, IReadOnlyList<MetaType> extends, IReadOnlyList<MetaProperty> properties)
    {
        var structure = new MetaStructure(name, extends, properties, null);
        unnamed.TryAdd(name, structure);
        return structure;
    }

    private MetaStructure Base(MetaType type) => type is ReferenceType { Name: var name }
        ? model.Structures[name]
        : throw new InvalidDataException($"A structure extends what is no structure: {type}.");

    private TypeUse ResolveUnion(OrType or, string? hint, string? documentation = null)
    {
        var nullable = false;
        var alternatives = new List<CSharpType>();
        foreach (var item in Flatten(or))
        {
            if (item is BaseType { Name: "null" })
            {
                nullable = true;
                continue;
            }

            var type = Resolve(item, hint + "Item").Type;
            if (!alternatives.Contains(type))
            {
                alternatives.Add(type);
            }
        }

        if (alternatives.Count == 1)
        {
            return new(alternatives[0], nullable);
        }

        var isNamed = hint is not null && !model.Structures.ContainsKey(hint) && (model.Aliases.ContainsKey(hint) || hint.EndsWith("Result", StringComparison.Ordinal));
        var name = isNamed ? hint! : string.Join("Or", or.Items.Where(i => i is not BaseType { Name: "null" }).Select(i => Resolve(i, hint + "Item").Type.Title).Distinct());
        if (unions.TryAdd(name, new Union(name, alternatives, documentation ?? $"One of {string.Join(", ", alternatives.Select(a => a.Name))}.")))
        {
            Register(new CSharpType(name, name, JsonForms.None));
            alternatives.ForEach(Register);
        }

        return new(new CSharpType(name, name, alternatives.Aggregate(JsonForms.None, (forms, a) => forms | a.Forms)), nullable);
    }

    /// <summary>A union within a union is no level of its own in JSON, so it is none in C#.</summary>
    private IEnumerable<MetaType> Flatten(OrType or) => or.Items.SelectMany(item => item switch
    {
        OrType inner => Flatten(inner),
        ReferenceType { Name: not "LSPAny" } r when model.Aliases.TryGetValue(r.Name, out var alias) && alias.Type is OrType inner => Flatten(inner),
        _ => [item],
    });

    private void Register(CSharpType type) => registered.TryAdd(type.Name, type);
}
