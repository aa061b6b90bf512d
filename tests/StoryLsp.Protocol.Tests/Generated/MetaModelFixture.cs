using StoryLsp.Protocol.Generator;
using StoryLsp.Testing;

namespace StoryLsp.Protocol.Tests.Generated;

/// <summary>The metaModel and what is generated of it; where it is not at hand, the tests that need it are skipped.</summary>
internal static class MetaModelFixture
{
    public static string ProtocolFolder { get; } = Path.Combine(Repository.Root, "server", "StoryLsp.Protocol");

    public static MetaModel Model()
    {
        using var json = File.OpenRead(TestData.Find("lsp/metaModel-3.18.json"));
        return MetaModelReader.Read(json);
    }

    public static ProtocolSource Source(MetaModel model) => new(model, File.ReadLines(Path.Combine(ProtocolFolder, "methods.txt")));
}
