using System.Text.Json.Nodes;
using NUnit.Framework;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Text;
using StoryLsp.Testing;

namespace StoryLsp.Server.Tests.House;

/// <summary>The JSON Schemas in <c>schemas/json</c> are what <c>storylsp schema export --output</c> writes of the shipped schemas.</summary>
public sealed class SchemaExportTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "schemas", "json");

    private static IEnumerable<string> Shipped => SchemaSet.Shipped.All.Select(schema => schema.Name);

    [TestCaseSource(nameof(Shipped))]
    public void An_export_is_up_to_date(string type)
    {
        var text = JsonSchemaExport.Write(SchemaSet.Shipped.Find(type)!);
        Assert.That(JsonNode.Parse(text)!["$schema"]!.GetValue<string>(), Is.EqualTo("https://json-schema.org/draft/2020-12/schema"));
        Verified.MatchRepositoryFile(text, $"schemas/json/{Slug.Of(type)}.schema.json");
    }

    [Test]
    public void There_is_no_export_of_anything_else() =>
        Assert.That(Directory.GetFiles(Folder, "*.schema.json").Select(file => Path.GetFileName(file)), Is.EquivalentTo(Shipped.Select(type => Slug.Of(type) + ".schema.json")));
}
