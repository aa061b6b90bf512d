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
/// <param name="Id">The id of the container that it stands above.</param>
internal sealed record LensData(string Uri, int Kind, string Id);

/// <summary>What an item of a call hierarchy carries until it is opened; its document is the item's own.</summary>
/// <param name="Id">The id of the container.</param>
internal sealed record ContainerData(string Id);

/// <summary>What an item of a type hierarchy carries until it is opened.</summary>
/// <param name="Uri">The document that it was asked for in.</param>
/// <param name="Name">The type.</param>
/// <param name="IsShipped">Whether the shipped schema of the name is meant, which one of the story may stand in the place of.</param>
internal sealed record TypeData(string Uri, string Name, bool IsShipped);

/// <summary>What a link to a block carries until it is followed.</summary>
/// <param name="Uri">The document that it stands in.</param>
/// <param name="File">Absolute path of the file that it leads to.</param>
/// <param name="Block">The name of the block.</param>
internal sealed record LinkData(string Uri, string File, string Block);

/// <summary>What a symbol carries until its range is asked for.</summary>
/// <param name="Start">Where it begins, in UTF-16 code units of its document.</param>
/// <param name="Length">How long it is.</param>
internal sealed record SymbolData(int Start, int Length);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CompletionData))]
[JsonSerializable(typeof(HintData))]
[JsonSerializable(typeof(LensData))]
[JsonSerializable(typeof(ContainerData))]
[JsonSerializable(typeof(TypeData))]
[JsonSerializable(typeof(LinkData))]
[JsonSerializable(typeof(SymbolData))]
internal sealed partial class ServerJson : JsonSerializerContext;
