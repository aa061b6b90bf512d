namespace StoryLsp.Protocol.Generator;

/// <summary>Writes unions: a value of one of several types, told apart by its form in JSON.</summary>
internal sealed class UnionEmitter(TypeTable types)
{
    public string Emit()
    {
        var code = new CodeText("The unions and tuples of the protocol", "System.Text.Json", "System.Text.Json.Serialization");
        foreach (var union in types.Unions.Values)
        {
            code.Line();
            EmitUnion(code, union);
            code.Line();
            EmitConverter(code, union);
        }

        foreach (var (name, items) in types.Tuples)
        {
            code.Line();
            EmitTuple(code, name, items);
        }

        return code.ToString();
    }

    private static void EmitUnion(CodeText code, Union union)
    {
        code.Summary(union.Documentation, $"The union {union.Name} of the protocol.");
        code.Line($"[JsonConverter(typeof({union.Name}Converter))]");
        code.Open($"public sealed record {union.Name}");
        code.Line("private readonly object value;");
        code.Line();
        code.Open($"private {union.Name}(int alternative, object value)");
        code.Line("Alternative = alternative;");
        code.Line("this.value = value;");
        code.Close();
        code.Line();
        code.Line("/// <summary>Which alternative the value is of, from 0, in the specification's order.</summary>");
        code.Line("internal int Alternative { get; }");
        for (var i = 0; i < union.Alternatives.Count; i++)
        {
            EmitAlternative(code, union, i);
        }

        code.Line();
        code.Line("/// <summary>The value's own text.</summary>");
        code.Line("public override string ToString() => value.ToString() ?? \"\";");
        code.Close();
    }

    private static void EmitAlternative(CodeText code, Union union, int index)
    {
        var type = union.Alternatives[index];
        code.Line();
        code.Line("/// <summary>The value if it is of this alternative, else null.</summary>");
        code.Line($"public {type.Name}? {type.Title} => Alternative == {index} ? ({type.Name})value : null;");
        code.Line();
        code.Line("/// <summary>Makes the union of this alternative.</summary>");
        code.Line($"public static {union.Name} Of({type.Name} value) => new({index}, value);");
        if (type.Element is null)
        {
            EmitConversion(code, union, type.Name);
        }
        else
        {
            EmitConversion(code, union, $"{type.Element.Name}[]");
            EmitConversion(code, union, $"List<{type.Element.Name}>");
        }
    }

    private static void EmitConversion(CodeText code, Union union, string from)
    {
        code.Line();
        code.Line("/// <summary>Makes the union of this alternative.</summary>");
        code.Line($"public static implicit operator {union.Name}({from} value) => Of(value);");
    }

    private void EmitConverter(CodeText code, Union union)
    {
        code.Open($"internal sealed class {union.Name}Converter : UnionConverter<{union.Name}>");
        code.Line($"protected override UnionAlternative<{union.Name}>[] Alternatives {{ get; }} =");
        code.Line("[");
        foreach (var type in union.Alternatives)
        {
            var shape = NeedsShape(union, type) ? ShapeOf(type) : "null";
            code.Line($"    new({Forms(type.Forms)}, {shape}, static (ref Utf8JsonReader reader) => {union.Name}.Of(Read(ref reader, LspJsonContext.Default.{type.Info}))),");
        }

        code.Line("];");
        code.Line();
        code.Open($"public override void Write(Utf8JsonWriter writer, {union.Name} value, JsonSerializerOptions options)");
        code.Open("switch (value.Alternative)");
        for (var i = 0; i < union.Alternatives.Count; i++)
        {
            var type = union.Alternatives[i];
            code.Line(i == union.Alternatives.Count - 1 ? "default:" : $"case {i}:");
            code.Line($"    JsonSerializer.Serialize(writer, value.{type.Title}{(type.IsValueType ? "!.Value" : "!")}, LspJsonContext.Default.{type.Info});");
            code.Line("    break;");
        }

        code.Close();
        code.Close();
        code.Close();
    }

    /// <summary>A shape is looked at only where two alternatives have the same form.</summary>
    private static bool NeedsShape(Union union, CSharpType type) =>
        (type.Shape ?? type.Element?.Shape) is not null && union.Alternatives.Count(a => (a.Forms & type.Forms) != 0) > 1;

    private string ShapeOf(CSharpType type)
    {
        var structure = types.Structures[(type.Shape ?? type.Element!.Shape)!];
        var properties = types.PropertiesOf(structure).Select(p =>
        {
            var use = types.Resolve(p.Type, Names.Type(structure.Name) + Names.Pascal(p.Name));
            var forms = use.Type.Forms | (p.Optional || use.Nullable ? JsonForms.Null : 0);
            var literal = p.Type is StringLiteralType l ? $", \"{l.Value}\"" : "";
            return $"new(\"{p.Name}\", {Forms(forms)}, {(p.Optional ? "false" : "true")}{literal})";
        });
        return $"new ObjectShape([{string.Join(", ", properties)}])";
    }

    private static string Forms(JsonForms forms) =>
        string.Join(" | ", Enum.GetValues<JsonForms>().Where(f => f != JsonForms.None && forms.HasFlag(f)).Select(f => "JsonForms." + f));

    private static void EmitTuple(CodeText code, string name, IReadOnlyList<CSharpType> items)
    {
        code.Line($"/// <summary>An array of exactly {items.Count} places.</summary>");
        code.Line($"[JsonConverter(typeof({name}Converter))]");
        code.Open($"public readonly record struct {name}");
        code.Line("/// <summary>Sets every place.</summary>");
        code.Open($"public {name}({string.Join(", ", items.Select((t, i) => $"{t.Name} item{i + 1}"))})");
        for (var i = 1; i <= items.Count; i++)
        {
            code.Line($"Item{i} = item{i};");
        }

        code.Close();
        for (var i = 1; i <= items.Count; i++)
        {
            code.Line();
            code.Line($"/// <summary>Place {i}.</summary>");
            code.Line($"public {items[i - 1].Name} Item{i} {{ get; }}");
        }

        code.Close();
        code.Line();
        code.Open($"internal sealed class {name}Converter : JsonConverter<{name}>");
        code.Open($"public override {name} Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)");
        code.Line("TupleJson.Start(ref reader);");
        for (var i = 1; i <= items.Count; i++)
        {
            code.Line($"var item{i} = TupleJson.Item(ref reader, LspJsonContext.Default.{items[i - 1].Info});");
        }

        code.Line("TupleJson.End(ref reader);");
        code.Line($"return new({string.Join(", ", items.Select((_, i) => $"item{i + 1}"))});");
        code.Close();
        code.Line();
        code.Open($"public override void Write(Utf8JsonWriter writer, {name} value, JsonSerializerOptions options)");
        code.Line("writer.WriteStartArray();");
        for (var i = 1; i <= items.Count; i++)
        {
            code.Line($"JsonSerializer.Serialize(writer, value.Item{i}, LspJsonContext.Default.{items[i - 1].Info});");
        }

        code.Line("writer.WriteEndArray();");
        code.Close();
        code.Close();
    }
}
