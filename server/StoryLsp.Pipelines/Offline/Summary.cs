using Microsoft.Extensions.AI;
using StoryLsp.Pipelines.Providers;
using StoryLsp.Pipelines.Secrets;

namespace StoryLsp.Pipelines.Offline;

/// <summary>
/// The algorithm <c>summary</c>: quotes the sentences that carry most of a text, scored by the frequency of their words (H. P. Luhn, "The Automatic Creation of
/// Literature Abstracts", 1958). The text is what the prompt fences as the scene's; where it fences none, all texts that it fences, each summed up in its turn.
/// </summary>
internal sealed class Summary : IOfflineAlgorithm
{
    private const int MostWords = 60;

    public string Name => "summary";

    public string ModelId => OfflineChatClient.ModelId;

    public string Answer(OfflineInput input)
    {
        var data = PromptData.Of(input.Messages);
        var own = data.Where(part => part.Label == CompiledContext.ProseLabel).Select(part => part.Text).ToList();
        if (own.Count > 0)
        {
            return ExtractiveSummary.Of(string.Join("\n\n", own), MostWords);
        }

        return data.Count > 0
            ? string.Join("\n\n", data.Select(part => ExtractiveSummary.Of(part.Text, MostWords)).Where(text => text.Length > 0))
            : throw new ProviderException(ProviderFailure.NothingToDo, "The prompt holds no text between its marks of data, so there is nothing to summarize. Put the text back, or start anew.");
    }
}

/// <summary>Reads what a prompt fences.</summary>
internal static class PromptData
{
    /// <summary>The fenced material of all that the user's side says.</summary>
    public static IReadOnlyList<FencedData> Of(IEnumerable<ChatMessage> messages) =>
        Fence.Read(string.Join('\n', messages.Where(message => message.Role == ChatRole.User).Select(message => message.Text)));
}
