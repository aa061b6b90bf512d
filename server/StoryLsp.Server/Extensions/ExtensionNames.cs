namespace StoryLsp.Server.Extensions;

/// <summary>The commands that the server offers beyond the protocol; <c>EXTENSIONS.md</c> says what each takes and gives.</summary>
internal static class StoryCommands
{
    public const string Run = "storylsp.run";
    public const string Resume = "storylsp.resume";
    public const string Drop = "storylsp.drop";
    public const string Cancel = "storylsp.cancel";
    public const string ChangeModel = "storylsp.changeModel";
    public const string AcceptProposal = "storylsp.proposal.accept";
    public const string RejectProposal = "storylsp.proposal.reject";
    public const string OpenProposal = "storylsp.proposal.open";
    public const string Checkout = "storylsp.history.checkout";
    public const string Branch = "storylsp.history.branch";
    public const string PutRemarkAside = "storylsp.remark.putAside";
    public const string Refactor = "storylsp.refactor";
    public const string Show = "storylsp.show";
    public const string Synopsis = "storylsp.synopsis";
    public const string View = "storylsp.view";

    /// <summary>Those that work in every story: what was recorded and what a person decides needs no model.</summary>
    public static IReadOnlyList<string> Always { get; } =
        [Drop, Cancel, AcceptProposal, RejectProposal, OpenProposal, Checkout, Branch, PutRemarkAside, Refactor, Show, View];

    /// <summary>Those that ask a model, and are offered only where a story lets models be asked.</summary>
    public static IReadOnlyList<string> WithModels { get; } = [Run, Resume, ChangeModel, Synopsis];
}

/// <summary>The commands that an editor has, where it says so, and that lenses carry then.</summary>
internal static class ClientCommands
{
    public const string ShowPlaces = "storylsp.showPlaces";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [ShowPlaces];
}

/// <summary>The requests of our own that an editor may ask.</summary>
internal static class StoryRequests
{
    public const string Pipelines = "storylsp/pipelines";
    public const string Runs = "storylsp/runs";
    public const string RunEvents = "storylsp/runEvents";
    public const string Proposal = "storylsp/proposal";
    public const string History = "storylsp/history";
    public const string Models = "storylsp/models";
    public const string Appearances = "storylsp/appearances";
    public const string Bible = "storylsp/bible";
    public const string Manuscript = "storylsp/manuscript";
    public const string Timeline = "storylsp/timeline";
    public const string Graph = "storylsp/graph";
    public const string Facts = "storylsp/facts";
    public const string Status = "storylsp/status";
    public const string Export = "storylsp/export";

    /// <summary>Those that are answered in every story.</summary>
    public static IReadOnlyList<string> Always { get; } = [Runs, RunEvents, Proposal, History, Appearances, Bible, Manuscript, Timeline, Graph, Facts, Status, Export];

    /// <summary>Those that are about models.</summary>
    public static IReadOnlyList<string> WithModels { get; } = [Pipelines, Models];
}
