namespace StoryLsp.Protocol.Generator;

/// <summary>
/// Writes integer enumerations as enums, which take unknown values as they are, and string enumerations as a text with named
/// values, so that a newer client's word never fails a message.
/// </summary>
internal sealed class EnumerationEmitter(TypeTable types)
{
    public string Emit()
    {
        var code = new CodeText("The enumerations of the protocol", "System.Text.Json.Serialization");
        foreach (var enumeration in types.Enumerations.Values)
        {
            code.Line();
            code.Summary(enumeration.Documentation, $"The enumeration {enumeration.Name} of the protocol.");
            if (enumeration.IsString)
            {
                EmitStrings(code, enumeration);
            }
            else
            {
                EmitIntegers(code, enumeration);
            }
        }

        return code.ToString();
    }

    private static void EmitIntegers(CodeText code, MetaEnumeration enumeration)
    {
        code.Open($"public enum {Names.Type(enumeration.Name)}");
        foreach (var entry in enumeration.Entries)
        {
            code.Summary(entry.Documentation, $"The value {entry.Value}.");
            code.Line($"{Names.Pascal(entry.Name)} = {entry.Value},");
        }

        code.Close();
    }

    private static void EmitStrings(CodeText code, MetaEnumeration enumeration)
    {
        var name = Names.Type(enumeration.Name);
        code.Line("/// <param name=\"Value\">The text as it stands in JSON; a text without a name here is kept.</param>");
        code.Line($"[JsonConverter(typeof({name}Converter))]");
        code.Open($"public readonly record struct {name}(string Value)");
        foreach (var entry in enumeration.Entries)
        {
            code.Summary(entry.Documentation, $"The value \"{entry.Value}\".");
            code.Line($"public static {name} {Names.Pascal(entry.Name)} {{ get; }} = new(\"{entry.Value}\");");
            code.Line();
        }

        code.Line("/// <inheritdoc/>");
        code.Line("public override string ToString() => Value;");
        code.Close();
        code.Line();
        code.Open($"internal sealed class {name}Converter() : TextValueConverter<{name}>(static text => new(text), static value => value.Value)");
        code.Close();
    }
}
