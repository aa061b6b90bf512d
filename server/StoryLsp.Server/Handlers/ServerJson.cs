using System.Text.Json.Serialization;

namespace StoryLsp.Server.Handlers;

/// <summary>What a completion item carries until it is resolved.</summary>
/// <param name="Uri">The document that it was offered in.</param>
/// <param name="Key">What the feature finds its documentation by.</param>
internal sealed record CompletionData(string Uri, string Key);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CompletionData))]
internal sealed partial class ServerJson : JsonSerializerContext;
