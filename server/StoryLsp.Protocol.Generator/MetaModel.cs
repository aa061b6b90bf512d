namespace StoryLsp.Protocol.Generator;

/// <summary>The specification's metaModel, as far as C# is made of it.</summary>
internal sealed record MetaModel(
    IReadOnlyList<MetaMethod> Methods,
    IReadOnlyDictionary<string, MetaStructure> Structures,
    IReadOnlyDictionary<string, MetaEnumeration> Enumerations,
    IReadOnlyDictionary<string, MetaAlias> Aliases);

/// <summary>A request or a notification; a request has a <paramref name="Result"/>.</summary>
internal sealed record MetaMethod(
    string Name,
    string TypeName,
    MetaType? Params,
    MetaType? Result,
    MetaType? PartialResult,
    MetaType? RegistrationOptions,
    string Direction,
    string? ServerCapability,
    string? Documentation)
{
    public bool IsRequest => Result is not null;

    /// <summary>The type's name without its ending "Request" or "Notification".</summary>
    public string Stem => TypeName.EndsWith("Request", StringComparison.Ordinal)
        ? TypeName[..^"Request".Length]
        : TypeName.EndsWith("Notification", StringComparison.Ordinal) ? TypeName[..^"Notification".Length] : TypeName;
}

/// <summary>A structure with what it extends; mixins count as extended.</summary>
internal sealed record MetaStructure(
    string Name,
    IReadOnlyList<MetaType> Extends,
    IReadOnlyList<MetaProperty> Properties,
    string? Documentation);

/// <summary>A property of a structure or of a literal.</summary>
internal sealed record MetaProperty(string Name, MetaType Type, bool Optional, string? Documentation);

/// <summary>An enumeration of strings or of integers.</summary>
internal sealed record MetaEnumeration(
    string Name,
    bool IsString,
    bool SupportsCustomValues,
    IReadOnlyList<MetaEnumerationEntry> Entries,
    string? Documentation);

/// <summary>One named value; <paramref name="Value"/> is the text as JSON has it, without quotes.</summary>
internal sealed record MetaEnumerationEntry(string Name, string Value, string? Documentation);

/// <summary>A second name for a type.</summary>
internal sealed record MetaAlias(string Name, MetaType Type, string? Documentation);

/// <summary>A use of a type.</summary>
internal abstract record MetaType;

/// <summary>One of the base types: string, integer, uinteger, decimal, boolean, null, URI, DocumentUri.</summary>
internal sealed record BaseType(string Name) : MetaType;

/// <summary>A structure, an enumeration or an alias by its name.</summary>
internal sealed record ReferenceType(string Name) : MetaType;

/// <summary>An array of one element type.</summary>
internal sealed record ArrayType(MetaType Element) : MetaType;

/// <summary>An object whose property names are data.</summary>
internal sealed record MapType(MetaType Key, MetaType Value) : MetaType;

/// <summary>One of several types.</summary>
internal sealed record OrType(IReadOnlyList<MetaType> Items) : MetaType;

/// <summary>All of several structures at once.</summary>
internal sealed record AndType(IReadOnlyList<MetaType> Items) : MetaType;

/// <summary>An array of fixed length with a type for each place.</summary>
internal sealed record TupleType(IReadOnlyList<MetaType> Items) : MetaType;

/// <summary>A structure without a name.</summary>
internal sealed record LiteralType(IReadOnlyList<MetaProperty> Properties) : MetaType;

/// <summary>A string that has one value only.</summary>
internal sealed record StringLiteralType(string Value) : MetaType;
