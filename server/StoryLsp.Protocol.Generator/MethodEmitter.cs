namespace StoryLsp.Protocol.Generator;

/// <summary>Writes a descriptor for each method, and the serializer context for everything that was reached.</summary>
internal sealed class MethodEmitter(TypeTable types, IReadOnlyList<MetaMethod> methods)
{
    private readonly CSharpType none = new("NoValue", "NoValue", JsonForms.Null, IsValueType: true);

    public string EmitMethods()
    {
        var code = new CodeText("The methods of the protocol", "System.Text.Json", "StoryLsp.Protocol.JsonRpc");
        code.Line();
        code.Line("/// <summary>The methods of the Language Server Protocol that StoryLsp speaks.</summary>");
        code.Open("public static class LspMethods");
        for (var i = 0; i < methods.Count; i++)
        {
            if (i > 0)
            {
                code.Line();
            }

            EmitMethod(code, methods[i]);
        }

        code.Close();
        return code.ToString();
    }

    public string EmitContext()
    {
        var code = new CodeText("The serializer's source generation", "System.Text.Json", "System.Text.Json.Serialization");
        code.Line();
        code.Line("/// <summary>How every message of the protocol is read and written, without reflection.</summary>");
        code.Line("[JsonSourceGenerationOptions(");
        code.Line("    GenerationMode = JsonSourceGenerationMode.Metadata,");
        code.Line("    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,");
        code.Line("    RespectNullableAnnotations = true,");
        code.Line("    Converters = [typeof(IntegerConverter)],");
        code.Line("    MaxDepth = JsonRpc.JsonLimits.MaxDepth)]");
        foreach (var type in types.Registered.Values)
        {
            code.Line($"[JsonSerializable(typeof({type.Name}), TypeInfoPropertyName = \"{type.Info}\")]");
        }

        code.Line("public sealed partial class LspJsonContext : JsonSerializerContext;");
        return code.ToString();
    }

    private void EmitMethod(CodeText code, MetaMethod method)
    {
        var parameters = method.Params is { } p ? types.Register(p, method.Stem + "Params") : new TypeUse(none, false);
        var generic = Name(parameters);
        var infos = Info(parameters);
        if (method.Result is { } result)
        {
            var use = types.Register(result, method.Stem + "Result");
            use = use.Type == none ? use with { Nullable = false } : use;
            generic += ", " + Name(use);
            infos += $", {Info(use)}, resultMayBeNull: {(use.Nullable ? "true" : "false")}";
        }

        var kind = method.IsRequest ? "RequestMethod" : "NotificationMethod";
        code.Summary(method.Documentation, $"The method {method.Name}.");
        code.Line($"public static {kind}<{generic}> {Names.Method(method.Name)} {{ get; }} = new(\"{method.Name}\", {infos});");
    }

    private static string Name(TypeUse use) => use.Type.Name + (use.Nullable ? "?" : "");

    /// <summary>A descriptor looks its type up when it is first used, so that starting does not build the metadata of all of them.</summary>
    private static string Info(TypeUse use) =>
        $"static () => LspJsonContext.Default.{(use is { Nullable: true, Type.IsValueType: true } ? "Nullable" : "")}{use.Type.Info}{(use.Nullable && !use.Type.IsValueType ? "!" : "")}";
}
