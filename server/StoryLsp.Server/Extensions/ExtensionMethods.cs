using System.Text.Json;
using StoryLsp.Protocol.JsonRpc;

namespace StoryLsp.Server.Extensions;

/// <summary>The requests and notifications beyond the protocol, with the types of what they carry.</summary>
internal static class ExtensionMethods
{
    public static RequestMethod<StoryParams, PipelinesAnswer> Pipelines { get; } = new(StoryRequests.Pipelines, static () => ExtensionJson.Default.StoryParams, static () => ExtensionJson.Default.PipelinesAnswer);

    public static RequestMethod<StoryParams, RunsAnswer> Runs { get; } = new(StoryRequests.Runs, static () => ExtensionJson.Default.StoryParams, static () => ExtensionJson.Default.RunsAnswer);

    public static RequestMethod<RunEventsParams, RunEventsAnswer> RunEvents { get; } = new(StoryRequests.RunEvents, static () => ExtensionJson.Default.RunEventsParams, static () => ExtensionJson.Default.RunEventsAnswer);

    public static RequestMethod<ProposalParams, ProposalsAnswer> Proposal { get; } = new(StoryRequests.Proposal, static () => ExtensionJson.Default.ProposalParams, static () => ExtensionJson.Default.ProposalsAnswer);

    public static RequestMethod<HistoryParams, HistoryAnswer> History { get; } = new(StoryRequests.History, static () => ExtensionJson.Default.HistoryParams, static () => ExtensionJson.Default.HistoryAnswer);

    public static RequestMethod<StoryParams, ModelsAnswer> Models { get; } = new(StoryRequests.Models, static () => ExtensionJson.Default.StoryParams, static () => ExtensionJson.Default.ModelsAnswer);

    public static RequestMethod<AppearancesParams, AppearancesAnswer> Appearances { get; } = new(StoryRequests.Appearances, static () => ExtensionJson.Default.AppearancesParams, static () => ExtensionJson.Default.AppearancesAnswer);

    public static RequestMethod<StoryParams, BibleAnswer> Bible { get; } = new(StoryRequests.Bible, static () => ExtensionJson.Default.StoryParams, static () => ExtensionJson.Default.BibleAnswer);

    public static RequestMethod<StoryParams, ManuscriptAnswer> Manuscript { get; } = new(StoryRequests.Manuscript, static () => ExtensionJson.Default.StoryParams, static () => ExtensionJson.Default.ManuscriptAnswer);

    public static RequestMethod<StoryParams, TimelineAnswer> Timeline { get; } = new(StoryRequests.Timeline, static () => ExtensionJson.Default.StoryParams, static () => ExtensionJson.Default.TimelineAnswer);

    public static RequestMethod<GraphParams, GraphAnswer> Graph { get; } = new(StoryRequests.Graph, static () => ExtensionJson.Default.GraphParams, static () => ExtensionJson.Default.GraphAnswer);

    public static RequestMethod<FactsParams, JsonElement> Facts { get; } = new(StoryRequests.Facts, static () => ExtensionJson.Default.FactsParams, static () => ExtensionJson.Default.JsonElement);

    public static RequestMethod<StatusParams, StatusAnswer> Status { get; } = new(StoryRequests.Status, static () => ExtensionJson.Default.StatusParams, static () => ExtensionJson.Default.StatusAnswer);

    public static RequestMethod<ExportParams, ExportAnswer> Export { get; } = new(StoryRequests.Export, static () => ExtensionJson.Default.ExportParams, static () => ExtensionJson.Default.ExportAnswer);

    public static NotificationMethod<ChangedNews> Changed { get; } = new("storylsp/changed", static () => ExtensionJson.Default.ChangedNews);

    public static NotificationMethod<RunNews> Run { get; } = new("storylsp/run", static () => ExtensionJson.Default.RunNews);

    public static RequestMethod<ChatParams, ChatAnswer> Chat { get; } = new("storylsp/chat", static () => ExtensionJson.Default.ChatParams, static () => ExtensionJson.Default.ChatAnswer);

    public static NotificationMethod<ChatPart> ChatPart { get; } = new("storylsp/chatPart", static () => ExtensionJson.Default.ChatPart);

    public static NotificationMethod<ChatReference> ChatCancel { get; } = new("storylsp/chatCancel", static () => ExtensionJson.Default.ChatReference);

    public static RequestMethod<ChatModelsParams, ChatModelsAnswer> ChatModels { get; } = new("storylsp/chatModels", static () => ExtensionJson.Default.ChatModelsParams, static () => ExtensionJson.Default.ChatModelsAnswer);

    public static RequestMethod<SecretParams, SecretAnswer> Secret { get; } = new("storylsp/secret", static () => ExtensionJson.Default.SecretParams, static () => ExtensionJson.Default.SecretAnswer);
}
