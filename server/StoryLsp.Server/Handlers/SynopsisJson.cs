using System.Text.Json.Serialization;

namespace StoryLsp.Server.Handlers;

/// <summary>What the command <c>storylsp.synopsis</c> answers.</summary>
/// <param name="Proposal">The proposal's id.</param>
/// <param name="Status"><c>accepted</c>, <c>rejected</c>, or <c>pending</c> where the writer decides later.</param>
internal sealed record SynopsisResult(string Proposal, string Status);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SynopsisResult))]
internal sealed partial class SynopsisJson : JsonSerializerContext;
