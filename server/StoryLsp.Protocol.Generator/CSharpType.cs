namespace StoryLsp.Protocol.Generator;

/// <summary>The forms that a JSON value takes; the names are those of <c>StoryLsp.Protocol.JsonForms</c>.</summary>
[Flags]
internal enum JsonForms
{
    None = 0,
    String = 1,
    Number = 2,
    Boolean = 4,
    Object = 8,
    Array = 16,
    Null = 32,
}

/// <summary>What a type of the metaModel is in C#.</summary>
/// <param name="Name">As written in C#, without a question mark.</param>
/// <param name="Info">The name of its property in the serializer context.</param>
/// <param name="Forms">What it looks like in JSON.</param>
/// <param name="IsValueType">Whether its null is a <see cref="System.Nullable{T}"/>.</param>
/// <param name="Shape">The structure whose properties tell it from other objects.</param>
/// <param name="Element">An array's element.</param>
internal sealed record CSharpType(
    string Name,
    string Info,
    JsonForms Forms,
    bool IsValueType = false,
    string? Shape = null,
    CSharpType? Element = null)
{
    /// <summary>What a union calls this alternative.</summary>
    public string Title => Element is not null ? Names.Plural(Element.Title) : Info switch
    {
        "Int32" => "Integer",
        "Double" => "Decimal",
        _ => Info,
    };
}

/// <summary>A type and whether JSON's null stands beside it.</summary>
internal readonly record struct TypeUse(CSharpType Type, bool Nullable);

/// <summary>A union: one value of one of several types.</summary>
internal sealed record Union(string Name, IReadOnlyList<CSharpType> Alternatives, string Documentation);
