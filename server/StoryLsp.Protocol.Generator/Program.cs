using StoryLsp.Protocol.Generator;

if (args.Length is 0 or > 2)
{
    Console.Error.WriteLine("Usage: dotnet run --project server/StoryLsp.Protocol.Generator -- METAMODEL [PROTOCOL_FOLDER]");
    return 2;
}

var folder = args.Length > 1 ? args[1] : Path.Combine("server", "StoryLsp.Protocol");
using var json = File.OpenRead(args[0]);
var source = new ProtocolSource(MetaModelReader.Read(json), File.ReadLines(Path.Combine(folder, "methods.txt")));
var generated = Directory.CreateDirectory(Path.Combine(folder, "Generated")).FullName;
foreach (var (name, text) in source.Files)
{
    File.WriteAllText(Path.Combine(generated, name), text);
}

Console.WriteLine($"{source.Methods.Count} methods, {source.Types.Structures.Count} structures, {source.Types.Enumerations.Count} enumerations, {source.Types.Unions.Count} unions.");
return 0;
