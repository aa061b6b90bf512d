namespace StoryLsp.Protocol.Generator;

/// <summary>Writes structures as records, with all that they extend laid flat.</summary>
internal sealed class StructureEmitter(TypeTable types)
{
    /// <summary>A constructor of more parameters than this reads worse than an initializer.</summary>
    private const int LongestConstructor = 4;

    /// <summary>Small structures that are everywhere are copied by value.</summary>
    private static readonly HashSet<string> Values = ["Position", "Range"];

    /// <summary>What handlers of many methods have in common is an interface too.</summary>
    private static readonly string[] Shared = ["TextDocumentPositionParams", "WorkDoneProgressParams", "PartialResultParams"];

    public static bool IsValue(string structure) => Values.Contains(structure);

    public string Emit()
    {
        var code = new CodeText("The structures of the protocol", "System.Diagnostics.CodeAnalysis", "System.Text.Json", "System.Text.Json.Serialization");
        foreach (var structure in types.Structures.Values)
        {
            code.Line();
            EmitStructure(code, structure);
        }

        return code.ToString();
    }

    private void EmitStructure(CodeText code, MetaStructure structure)
    {
        var name = Names.Type(structure.Name);
        var properties = types.PropertiesOf(structure);
        var bases = types.BasesOf(structure).Append(structure.Name).Where(Shared.Contains).Distinct().Select(b => "I" + b).ToArray();
        code.Summary(structure.Documentation, $"The structure {structure.Name} of the protocol.");
        code.Open($"public {(IsValue(structure.Name) ? "readonly record struct" : "sealed record")} {name}{(bases.Length > 0 ? " : " + string.Join(", ", bases) : "")}");
        EmitConstructors(code, structure, name, properties);
        for (var i = 0; i < properties.Count; i++)
        {
            if (i > 0)
            {
                code.Line();
            }

            EmitProperty(code, structure, properties[i]);
        }

        code.Close();
    }

    private void EmitConstructors(CodeText code, MetaStructure structure, string name, IReadOnlyList<MetaProperty> properties)
    {
        var isShort = properties.Count is > 0 and <= LongestConstructor
            && properties.All(p => !p.Optional && p.Type is not StringLiteralType && !Use(structure, p).Nullable);
        if (!isShort)
        {
            return;
        }

        code.Line("/// <summary>For an initializer that sets every property.</summary>");
        code.Line("[JsonConstructor]");
        code.Open($"public {name}()");
        code.Close();
        code.Line();
        code.Line("/// <summary>Sets every property.</summary>");
        code.Line("[SetsRequiredMembers]");
        code.Open($"public {name}({string.Join(", ", properties.Select(p => $"{Use(structure, p).Type.Name} {Parameter(p)}"))})");
        foreach (var property in properties)
        {
            code.Line($"{Names.Property(structure.Name, property.Name)} = {Parameter(property)};");
        }

        code.Close();
        code.Line();
    }

    private void EmitProperty(CodeText code, MetaStructure structure, MetaProperty property)
    {
        var use = Use(structure, property);
        var name = Names.Property(structure.Name, property.Name);
        code.Summary(property.Documentation, $"The property \"{property.Name}\" of {Names.Type(structure.Name)}.");
        code.Line($"[JsonPropertyName(\"{property.Name}\")]");
        if (property.Type is StringLiteralType literal)
        {
            code.Line($"public string {name} => \"{literal.Value}\";");
        }
        else if (property.Optional)
        {
            code.Line($"public {use.Type.Name}? {name} {{ get; init; }}");
        }
        else if (use.Nullable)
        {
            // The specification wants the null to be written; a client that leaves it out is understood all the same.
            code.Line("[JsonIgnore(Condition = JsonIgnoreCondition.Never)]");
            code.Line($"public {use.Type.Name}? {name} {{ get; init; }}");
        }
        else
        {
            code.Line($"public required {use.Type.Name} {name} {{ get; init; }}");
        }
    }

    private TypeUse Use(MetaStructure structure, MetaProperty property) =>
        types.Resolve(property.Type, Names.Type(structure.Name) + Names.Pascal(property.Name));

    private static string Parameter(MetaProperty property) => "@" + property.Name;
}
