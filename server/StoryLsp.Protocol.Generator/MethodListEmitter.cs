namespace StoryLsp.Protocol.Generator;

/// <summary>Writes the list of all methods that the metaModel has, spoken or not.</summary>
internal static class MethodListEmitter
{
    public static string Emit(IReadOnlyList<MetaMethod> methods)
    {
        var code = new CodeText("The list of all methods");
        code.Line();
        code.Line("/// <summary>All methods of the Language Server Protocol, whether StoryLsp speaks them or not.</summary>");
        code.Open("public static class LspMethodList");
        code.Line("/// <summary>The methods in the order of their names.</summary>");
        code.Line("public static IReadOnlyList<LspMethod> All { get; } =");
        code.Line("[");
        foreach (var method in methods.OrderBy(method => method.Name, StringComparer.Ordinal))
        {
            var capability = method.ServerCapability is { } path ? $"\"{path}\"" : "null";
            code.Line($"    new(\"{method.Name}\", {(method.IsRequest ? "true" : "false")}, LspDirection.{char.ToUpperInvariant(method.Direction[0])}{method.Direction[1..]}, {capability}),");
        }

        code.Line("];");
        code.Close();
        return code.ToString();
    }
}
