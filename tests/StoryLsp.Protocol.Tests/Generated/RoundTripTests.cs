using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using NUnit.Framework;
using StoryLsp.Protocol.Generator;

namespace StoryLsp.Protocol.Tests.Generated;

/// <summary>Every generated type reads any JSON of the metaModel and writes the same again.</summary>
public sealed class RoundTripTests
{
    private const int ValuesOfEachType = 60;

    [Test]
    public void EveryGeneratedTypeSurvivesARoundTrip([Range(1, 5)] int seed)
    {
        var model = MetaModelFixture.Model();
        var source = MetaModelFixture.Source(model);
        var json = new RandomJson(model, source.Types, new Random(seed));
        var failures = new List<string>();
        foreach (var (type, hint) in Uses(source))
        {
            var use = source.Types.Resolve(type, hint);
            for (var i = 0; i < ValuesOfEachType; i++)
            {
                var value = json.Value(type, hint);
                if (Trip(use, value) is { } failure)
                {
                    failures.Add($"{use.Type.Name}: {failure}\n  {value?.ToJsonString()}");
                    break;
                }
            }
        }

        Assert.That(failures, Is.Empty, string.Join('\n', failures.Take(10)));
        Assert.That(json.UnionsSeen, Is.SupersetOf(source.Types.Unions.Keys), "Every union was tried.");
    }

    [Test]
    public void PropertiesOfALaterProtocolAreIgnored()
    {
        var model = MetaModelFixture.Model();
        var source = MetaModelFixture.Source(model);
        var json = new RandomJson(model, source.Types, new Random(7));
        foreach (var name in source.Types.Structures.Keys.Where(model.Structures.ContainsKey))
        {
            var type = new ReferenceType(name);
            var expected = json.Value(type, name)!.AsObject();
            var more = expected.DeepClone().AsObject();
            more["aPropertyOfTomorrow"] = new JsonObject { ["uri"] = 7 };
            Assert.That(JsonNode.DeepEquals(Through(source.Types.Resolve(type, name), more), expected), Is.True, name);
        }
    }

    /// <summary>All structures, and what methods take and give.</summary>
    private static IEnumerable<(MetaType Type, string Hint)> Uses(ProtocolSource source)
    {
        foreach (var name in source.Types.Structures.Keys.Where(MetaModelFixture.Model().Structures.ContainsKey))
        {
            yield return (new ReferenceType(name), name);
        }

        foreach (var method in source.Methods)
        {
            foreach (var (type, hint) in new[] { (method.Params, "Params"), (method.Result, "Result"), (method.PartialResult, "PartialResult"), (method.RegistrationOptions, "RegistrationOptions") })
            {
                if (type is not null)
                {
                    yield return (type, method.Stem + hint);
                }
            }
        }
    }

    private static string? Trip(TypeUse use, JsonNode? value)
    {
        try
        {
            var back = Through(use, value);
            return JsonNode.DeepEquals(back, value) ? null : "came back as " + (back?.ToJsonString() ?? "null");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return e.Message;
        }
    }

    private static JsonNode? Through(TypeUse use, JsonNode? value)
    {
        var isNullableValue = use is { Nullable: true, Type.IsValueType: true } && use.Type.Name != nameof(NoValue);
        var property = typeof(LspJsonContext).GetProperty((isNullableValue ? "Nullable" : "") + use.Type.Info)
            ?? throw new InvalidOperationException($"The context does not know {use.Type.Name}.");
        var info = (JsonTypeInfo)property.GetValue(LspJsonContext.Default)!;
        var read = JsonSerializer.Deserialize(value?.ToJsonString() ?? "null", info);
        return JsonNode.Parse(JsonSerializer.Serialize(read, info));
    }
}
