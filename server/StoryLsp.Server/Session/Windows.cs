using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;

namespace StoryLsp.Server.Session;

/// <summary>What is put before the person's eyes.</summary>
internal static class Windows
{
    /// <summary>Says a sentence.</summary>
    public static void Say(EditorSession session, MessageType type, string sentence) =>
        session.Connection.Notify(LspMethods.WindowShowMessage, new ShowMessageParams(type, sentence));

    /// <summary>Opens a document; false where the editor cannot, or did not.</summary>
    public static async Task<bool> ShowAsync(EditorSession session, string uri, LspRange? selection = null)
    {
        if (!session.Client.ShowsDocuments)
        {
            return false;
        }

        try
        {
            var result = await session.Connection.SendRequestAsync(
                LspMethods.WindowShowDocument, new ShowDocumentParams { Uri = uri, TakeFocus = true, Selection = selection }, session.Connection.Closing, TimeSpan.FromSeconds(60)).ConfigureAwait(false);
            return result.Success;
        }
        catch (Exception exception) when (exception is ResponseErrorException or TimeoutException)
        {
            return false;
        }
    }
}
