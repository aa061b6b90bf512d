using StoryLsp.Protocol;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Session;

namespace StoryLsp.Server.Handlers;

/// <summary><c>textDocument/didOpen</c>, <c>didChange</c>, <c>didClose</c> and <c>didSave</c>: posted in order, applied off the loop.</summary>
internal static class DocumentHandlers
{
    public static void Register(LanguageConnection connection, EditorSession session)
    {
        connection.OnNotification(LspMethods.TextDocumentDidOpen, parameters =>
            session.Queue.Post(() => session.Open(parameters.TextDocument.Uri, parameters.TextDocument.Version, parameters.TextDocument.Text)));
        connection.OnNotification(LspMethods.TextDocumentDidChange, parameters =>
            session.Queue.Post(() => session.Change(parameters.TextDocument.Uri, parameters.TextDocument.Version, parameters.ContentChanges)));
        connection.OnNotification(LspMethods.TextDocumentDidClose, parameters =>
            session.Queue.Post(() => session.Close(parameters.TextDocument.Uri)));
        // The text is known from the changes; the file on the disk is met through the watcher.
        connection.OnNotification(LspMethods.TextDocumentDidSave, static _ => { });
    }
}
