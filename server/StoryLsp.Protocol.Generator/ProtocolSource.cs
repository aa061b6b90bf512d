namespace StoryLsp.Protocol.Generator;

/// <summary>The whole generation: from the metaModel and the list of methods to the text of every file.</summary>
internal sealed class ProtocolSource
{
    /// <summary>A line of the list that starts so names a type that no method refers to.</summary>
    private const string TypePrefix = "type ";

    private readonly MethodEmitter methods;
    private readonly MetaModel model;

    public ProtocolSource(MetaModel model, IEnumerable<string> list)
    {
        this.model = model;
        var lines = list.Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#').Distinct().ToArray();
        var byName = model.Methods.ToDictionary(m => m.Name);
        Types = new TypeTable(model);
        Methods = [.. lines.Where(line => !line.StartsWith(TypePrefix, StringComparison.Ordinal)).Select(line => byName.GetValueOrDefault(line)
            ?? throw new InvalidDataException($"The list names a method that the metaModel does not have: {line}.")).OrderBy(m => Names.Method(m.Name), StringComparer.Ordinal)];
        foreach (var line in lines.Where(line => line.StartsWith(TypePrefix, StringComparison.Ordinal)))
        {
            Types.Reach(line[TypePrefix.Length..].Trim());
        }

        foreach (var method in Methods)
        {
            Reach(method.Params, method.Stem + "Params");
            Reach(method.Result, method.Stem + "Result");
            Reach(method.PartialResult, method.Stem + "PartialResult");
            Reach(method.RegistrationOptions, method.Stem + "RegistrationOptions");
        }

        methods = new MethodEmitter(Types, Methods);
    }

    public TypeTable Types { get; }

    public IReadOnlyList<MetaMethod> Methods { get; }

    /// <summary>The files' texts by their names.</summary>
    public IReadOnlyDictionary<string, string> Files => new Dictionary<string, string>
    {
        ["LspMethods.cs"] = methods.EmitMethods(),
        ["LspMethodList.cs"] = MethodListEmitter.Emit(model.Methods),
        ["LspJsonContext.cs"] = methods.EmitContext(),
        ["Structures.cs"] = new StructureEmitter(Types).Emit(),
        ["Enumerations.cs"] = new EnumerationEmitter(Types).Emit(),
        ["Unions.cs"] = new UnionEmitter(Types).Emit(),
    };

    private void Reach(MetaType? type, string hint)
    {
        if (type is not null)
        {
            Types.Register(type, hint);
        }
    }
}
