namespace StoryLsp.Protocol;

/// <summary>What the parameters of every request about a place in a document have in common.</summary>
public interface ITextDocumentPositionParams
{
    /// <summary>The document.</summary>
    TextDocumentIdentifier TextDocument { get; }

    /// <summary>The place inside of the document, in the negotiated encoding.</summary>
    Position Position { get; }
}

/// <summary>Parameters by which a client may ask for progress that a person sees.</summary>
public interface IWorkDoneProgressParams
{
    /// <summary>The token to report progress with; null if the client wants none.</summary>
    ProgressToken? WorkDoneToken { get; }
}

/// <summary>Parameters by which a client may ask for the result in parts.</summary>
public interface IPartialResultParams
{
    /// <summary>The token to send parts with; null if the client wants the whole at once.</summary>
    ProgressToken? PartialResultToken { get; }
}
