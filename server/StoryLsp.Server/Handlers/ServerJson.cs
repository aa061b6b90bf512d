using System.Text.Json.Serialization;

namespace StoryLsp.Server.Handlers;

/// <summary>What a completion item carries until it is resolved.</summary>
/// <param name="Uri">The document that it was offered in.</param>
/// <param name="Key">What the feature finds its documentation by.</param>
internal sealed record CompletionData(string Uri, string Key);

/// <summary>What an inlay hint carries until it is resolved.</summary>
/// <param name="Uri">The document that it stands in.</param>
/// <param name="Kind">What it tells.</param>
/// <param name="Subject">Index of the container that it is in.</param>
/// <param name="Path">Path of the document of the container that it is about.</param>
/// <param name="Index">That container's index there.</param>
internal sealed record HintData(string Uri, int Kind, int Subject, string? Path, int Index);

/// <summary>What a lens carries until it is resolved.</summary>
/// <param name="Uri">The document that it stands in.</param>
/// <param name="Kind">What it tells.</param>
/// <param name="Container">Index of the container that it stands above.</param>
internal sealed record LensData(string Uri, int Kind, int Container);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CompletionData))]
[JsonSerializable(typeof(HintData))]
[JsonSerializable(typeof(LensData))]
internal sealed partial class ServerJson : JsonSerializerContext;
