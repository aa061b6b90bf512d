using System.Text.Json;
using System.Text.Json.Serialization;

namespace StoryLsp.Server.Extensions;

/// <summary>How all that goes over the wire beyond the protocol is written and read.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ExperimentalCapabilities))]
[JsonSerializable(typeof(ExperimentalClientCapabilities))]
[JsonSerializable(typeof(RunArguments))]
[JsonSerializable(typeof(ResumeArguments))]
[JsonSerializable(typeof(RunReference))]
[JsonSerializable(typeof(RunAnswer))]
[JsonSerializable(typeof(RunState))]
[JsonSerializable(typeof(RemarkArguments))]
[JsonSerializable(typeof(RemarkAnswer))]
[JsonSerializable(typeof(RunNews))]
[JsonSerializable(typeof(StoryParams))]
[JsonSerializable(typeof(PipelinesAnswer))]
[JsonSerializable(typeof(RunsAnswer))]
[JsonSerializable(typeof(RunEventsParams))]
[JsonSerializable(typeof(RunEventsAnswer))]
[JsonSerializable(typeof(ModelsAnswer))]
[JsonSerializable(typeof(OpenArguments))]
[JsonSerializable(typeof(DecideArguments))]
[JsonSerializable(typeof(DecisionAnswer))]
[JsonSerializable(typeof(ProposalParams))]
[JsonSerializable(typeof(ProposalsAnswer))]
[JsonSerializable(typeof(CheckoutArguments))]
[JsonSerializable(typeof(CheckoutAnswer))]
[JsonSerializable(typeof(BranchArguments))]
[JsonSerializable(typeof(BranchAnswer))]
[JsonSerializable(typeof(HistoryParams))]
[JsonSerializable(typeof(HistoryAnswer))]
[JsonSerializable(typeof(ChatParams))]
[JsonSerializable(typeof(ChatAnswer))]
[JsonSerializable(typeof(ChatPart))]
[JsonSerializable(typeof(ChatReference))]
[JsonSerializable(typeof(ChatModelsParams))]
[JsonSerializable(typeof(ChatModelsAnswer))]
[JsonSerializable(typeof(SecretParams))]
[JsonSerializable(typeof(SecretAnswer))]
[JsonSerializable(typeof(RefactorArguments))]
[JsonSerializable(typeof(RefactorAnswer))]
[JsonSerializable(typeof(ShowArguments))]
[JsonSerializable(typeof(ShowAnswer))]
[JsonSerializable(typeof(PlacesArguments))]
[JsonSerializable(typeof(AppearancesParams))]
[JsonSerializable(typeof(AppearancesAnswer))]
[JsonSerializable(typeof(SynopsisArguments))]
[JsonSerializable(typeof(SynopsisResult))]
[JsonSerializable(typeof(ViewArguments))]
[JsonSerializable(typeof(ViewAnswer))]
[JsonSerializable(typeof(BibleAnswer))]
[JsonSerializable(typeof(ManuscriptAnswer))]
[JsonSerializable(typeof(TimelineAnswer))]
[JsonSerializable(typeof(GraphParams))]
[JsonSerializable(typeof(GraphAnswer))]
[JsonSerializable(typeof(FactsParams))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(StatusParams))]
[JsonSerializable(typeof(StatusAnswer))]
[JsonSerializable(typeof(ExportParams))]
[JsonSerializable(typeof(ExportAnswer))]
[JsonSerializable(typeof(ChangedNews))]
internal sealed partial class ExtensionJson : JsonSerializerContext;

/// <summary>The argument of the command <c>storylsp.synopsis</c>.</summary>
/// <param name="Uri">The document that the scene stands in.</param>
/// <param name="Container">The scene's id.</param>
internal sealed record SynopsisArguments(string Uri, string Container);

/// <summary>What the command <c>storylsp.synopsis</c> answers.</summary>
/// <param name="Proposal">The proposal's id.</param>
/// <param name="Status"><c>accepted</c>, <c>rejected</c>, or <c>pending</c> where the writer decides later.</param>
internal sealed record SynopsisResult(string Proposal, string Status);
