using StoryLsp.Language.Settings;
using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Extensions;
using StoryLsp.Server.Session;

namespace StoryLsp.Server.Runs;

/// <summary>The models that a story's provider offers, as far as they are known without asking a network.</summary>
internal static class ModelChoice
{
    /// <summary>The most buttons that a question has.</summary>
    private const int MostButtons = 8;

    /// <summary>What <c>storylsp/models</c> answers.</summary>
    public static async Task<ModelsAnswer> OfferedAsync(EditorSession session, StoryFolder story, CancellationToken cancellationToken)
    {
        var ai = story.Workspace.Current.Settings.Ai;
        var current = string.IsNullOrWhiteSpace(ai.Model) ? null : ai.Model.Trim();
        IReadOnlyList<ModelJson> models = ai.Provider switch
        {
            "offline" => [new("offline", "Without a model: algorithms alone")],
            "editor" => await OfEditorAsync(session, cancellationToken).ConfigureAwait(false),
            _ => Named(ai),
        };
        return new ModelsAnswer(ai.Provider, ai.Provider == "offline" ? "offline" : current, models);
    }

    /// <summary>Asks the person for a model; null where they close the question.</summary>
    /// <exception cref="ResponseErrorException">There is nothing to choose from.</exception>
    public static async Task<string?> AskAsync(EditorSession session, StoryFolder story, CancellationToken cancellationToken)
    {
        var offered = await OfferedAsync(session, story, cancellationToken).ConfigureAwait(false);
        if (offered.Provider == "offline" || offered.Models.Count == 0)
        {
            throw new ResponseErrorException(LSPErrorCodes.RequestFailed, offered.Provider switch
            {
                "offline" => "The provider `offline` has no models to choose from. Set `ai.provider` in story.yaml.",
                "editor" => "The editor offers no models.",
                _ => "No other model is known. List them as `ai.models` in story.yaml, or write one into the line `model:` of the prompt.",
            });
        }

        var answer = await session.Connection.SendRequestAsync(
            LspMethods.WindowShowMessageRequest,
            new ShowMessageRequestParams
            {
                Type = MessageType.Info,
                Message = "Which model is to answer this prompt?",
                Actions = [.. offered.Models.Take(MostButtons).Select(model => new MessageActionItem(model.Id))],
            },
            cancellationToken).ConfigureAwait(false);
        return answer?.Title;
    }

    private static List<ModelJson> Named(AiSettings ai) =>
        [.. ai.Models.Prepend(ai.Model ?? "").Select(model => model.Trim()).Where(model => model.Length > 0).Distinct(StringComparer.Ordinal).Select(model => new ModelJson(model))];

    private static async Task<IReadOnlyList<ModelJson>> OfEditorAsync(EditorSession session, CancellationToken cancellationToken)
    {
        if (!session.Client.Extensions.Chat)
        {
            return [];
        }

        try
        {
            var answer = await session.Connection.SendRequestAsync(ExtensionMethods.ChatModels, new ChatModelsParams(), cancellationToken, TimeSpan.FromSeconds(30)).ConfigureAwait(false);
            return [.. (answer.Models ?? []).Where(model => !string.IsNullOrEmpty(model.Id))];
        }
        catch (Exception exception) when (exception is ResponseErrorException or ConnectionClosedException or TimeoutException)
        {
            return [];
        }
    }
}
