using System.Text.Json;
using StoryLsp.Protocol.JsonRpc;

namespace StoryLsp.Server.Extensions;

/// <summary>The requests and notifications beyond the protocol, with the types of what they carry.</summary>
internal static class ExtensionMethods
{
    public static RequestMethod<StoryParams, PipelinesAnswer> Pipelines { get; } = new(StoryRequests.Pipelines, ExtensionJson.Default.StoryParams, ExtensionJson.Default.PipelinesAnswer);

    public static RequestMethod<StoryParams, RunsAnswer> Runs { get; } = new(StoryRequests.Runs, ExtensionJson.Default.StoryParams, ExtensionJson.Default.RunsAnswer);

    public static RequestMethod<RunEventsParams, RunEventsAnswer> RunEvents { get; } = new(StoryRequests.RunEvents, ExtensionJson.Default.RunEventsParams, ExtensionJson.Default.RunEventsAnswer);

    public static RequestMethod<ProposalParams, ProposalsAnswer> Proposal { get; } = new(StoryRequests.Proposal, ExtensionJson.Default.ProposalParams, ExtensionJson.Default.ProposalsAnswer);

    public static RequestMethod<HistoryParams, HistoryAnswer> History { get; } = new(StoryRequests.History, ExtensionJson.Default.HistoryParams, ExtensionJson.Default.HistoryAnswer);

    public static RequestMethod<StoryParams, ModelsAnswer> Models { get; } = new(StoryRequests.Models, ExtensionJson.Default.StoryParams, ExtensionJson.Default.ModelsAnswer);

    public static RequestMethod<AppearancesParams, AppearancesAnswer> Appearances { get; } = new(StoryRequests.Appearances, ExtensionJson.Default.AppearancesParams, ExtensionJson.Default.AppearancesAnswer);

    public static RequestMethod<StoryParams, BibleAnswer> Bible { get; } = new(StoryRequests.Bible, ExtensionJson.Default.StoryParams, ExtensionJson.Default.BibleAnswer);

    public static RequestMethod<StoryParams, ManuscriptAnswer> Manuscript { get; } = new(StoryRequests.Manuscript, ExtensionJson.Default.StoryParams, ExtensionJson.Default.ManuscriptAnswer);

    public static RequestMethod<StoryParams, TimelineAnswer> Timeline { get; } = new(StoryRequests.Timeline, ExtensionJson.Default.StoryParams, ExtensionJson.Default.TimelineAnswer);

    public static RequestMethod<GraphParams, GraphAnswer> Graph { get; } = new(StoryRequests.Graph, ExtensionJson.Default.GraphParams, ExtensionJson.Default.GraphAnswer);

    public static RequestMethod<FactsParams, JsonElement> Facts { get; } = new(StoryRequests.Facts, ExtensionJson.Default.FactsParams, ExtensionJson.Default.JsonElement);

    public static RequestMethod<StatusParams, StatusAnswer> Status { get; } = new(StoryRequests.Status, ExtensionJson.Default.StatusParams, ExtensionJson.Default.StatusAnswer);

    public static RequestMethod<ExportParams, ExportAnswer> Export { get; } = new(StoryRequests.Export, ExtensionJson.Default.ExportParams, ExtensionJson.Default.ExportAnswer);

    public static NotificationMethod<ChangedNews> Changed { get; } = new("storylsp/changed", ExtensionJson.Default.ChangedNews);

    public static NotificationMethod<RunNews> Run { get; } = new("storylsp/run", ExtensionJson.Default.RunNews);

    public static RequestMethod<ChatParams, ChatAnswer> Chat { get; } = new("storylsp/chat", ExtensionJson.Default.ChatParams, ExtensionJson.Default.ChatAnswer);

    public static NotificationMethod<ChatPart> ChatPart { get; } = new("storylsp/chatPart", ExtensionJson.Default.ChatPart);

    public static NotificationMethod<ChatReference> ChatCancel { get; } = new("storylsp/chatCancel", ExtensionJson.Default.ChatReference);

    public static RequestMethod<ChatModelsParams, ChatModelsAnswer> ChatModels { get; } = new("storylsp/chatModels", ExtensionJson.Default.ChatModelsParams, ExtensionJson.Default.ChatModelsAnswer);

    public static RequestMethod<SecretParams, SecretAnswer> Secret { get; } = new("storylsp/secret", ExtensionJson.Default.SecretParams, ExtensionJson.Default.SecretAnswer);
}
