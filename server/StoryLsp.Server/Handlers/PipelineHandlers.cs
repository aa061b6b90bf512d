using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Extensions;
using StoryLsp.Server.Proposals;
using StoryLsp.Server.Runs;
using StoryLsp.Server.Session;
using StoryLsp.Server.Views;

namespace StoryLsp.Server.Handlers;

/// <summary>All that an editor can ask about pipelines, runs, proposals and the history.</summary>
internal static class PipelineHandlers
{
    public static void Register(LanguageConnection connection, EditorSession session, RunDesk desk)
    {
        var commands = new CommandTable();
        var documents = new ProposalDocuments(session, desk);
        var review = new ProposalReview(session, desk, documents);
        var followUp = new RunFollowUp(session, desk, review);
        new RunCommands(session, desk, followUp).Register(commands);
        new SynopsisCommand(session, desk, followUp, review).Register(commands);
        ProposalHandlers.Register(connection, session, desk, documents, review, commands);
        HistoryHandlers.Register(connection, session, desk, commands);
        RunRequestHandlers.Register(connection, session, desk);
        RemarkHandlers.Register(session, commands);
        ShowCommand.Register(session, commands);
        new RefactorCommand(session, desk, review).Register(commands);
        CodeLensHandler.Register(connection, session, desk, documents);
        var views = new StoryViews(session);
        new ViewCommand(session, views).Register(commands);
        OverviewHandlers.Register(connection, session, desk);
        TextDocumentContentHandler.Register(connection, documents, views);
        ExecuteCommandHandler.Register(connection, commands);
    }
}
