namespace StoryLsp.Protocol.Generator;

/// <summary>Makes C# names of the metaModel's names.</summary>
internal static class Names
{
    /// <summary>Types whose own names mean something else in every C# file.</summary>
    private static readonly Dictionary<string, string> RenamedTypes = new() { ["Range"] = "LspRange" };

    /// <summary>Properties that may not bear their own name, since their type already does.</summary>
    private static readonly Dictionary<string, string> RenamedProperties = new() { ["Command.command"] = "Identifier" };

    public static string Type(string name) => RenamedTypes.GetValueOrDefault(name, name.TrimStart('_'));

    public static string Property(string structure, string property)
    {
        if (RenamedProperties.TryGetValue($"{structure}.{property}", out var renamed))
        {
            return renamed;
        }

        var name = Pascal(property);
        return name == Type(structure) ? name + "Value" : name;
    }

    /// <summary><c>textDocument/semanticTokens/full</c> becomes <c>TextDocumentSemanticTokensFull</c>, <c>$/progress</c> becomes <c>Progress</c>.</summary>
    public static string Method(string method) =>
        string.Concat(method.Split('/').Where(part => part != "$").Select(Pascal));

    public static string Pascal(string name) => char.ToUpperInvariant(name[0]) + name[1..];

    public static string Plural(string name) => name.EndsWith('s') ? name + "List" : name + "s";
}
