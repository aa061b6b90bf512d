namespace StoryLsp.Pipelines.History;

/// <summary>
/// The places where the fault-injection tests kill the process. A commit has two, before and after; a file that is written has those
/// listed here. A test holds that every name is reached.
/// </summary>
internal static class FaultPoints
{
    public const string BeforeCommit = ":before-commit";
    public const string AfterCommit = ":after-commit";

    public const string AddRun = "add-run";
    public const string AppendRunEvent = "append-run-event";
    public const string AddArtifact = "add-artifact";
    public const string AppendArtifactAndEvent = "append-artifact-and-event";
    public const string BeginCommand = "begin-command";
    public const string FinishCommand = "finish-command";
    public const string AddHandle = "add-handle";
    public const string UseHandle = "use-handle";
    public const string RecordTreeEvent = "record-tree-event";
    public const string KeepHandEdits = "keep-hand-edits";
    public const string CommitCheckout = "commit-checkout";
    public const string CreateBranch = "create-branch";
    public const string SwitchBranch = "switch-branch";
    public const string FileWritesIntent = "file-writes-intent";
    public const string FileWritesEnd = "file-writes-end";

    public const string BeforeFile = "file-write:before";
    public const string HalfFile = "file-write:half-of-temporary";
    public const string BeforeRename = "file-write:before-rename";
    public const string AfterRename = "file-write:after-rename";
    public const string BeforeDelete = "file-write:before-delete";
    public const string AfterDelete = "file-write:after-delete";

    public const string BeforePrompt = "write-prompt:before";
    public const string BeforePromptRename = "write-prompt:before-rename";
    public const string AfterPrompt = "write-prompt:after";

    /// <summary>The names of all commits.</summary>
    public static IReadOnlyList<string> Commits { get; } =
    [
        AddRun, AppendRunEvent, AddArtifact, AppendArtifactAndEvent, BeginCommand, FinishCommand, AddHandle, UseHandle,
        RecordTreeEvent, KeepHandEdits, CommitCheckout, CreateBranch, SwitchBranch, FileWritesIntent, FileWritesEnd,
    ];

    /// <summary>Every name that is reached.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. Commits.SelectMany(commit => (string[])[commit + BeforeCommit, commit + AfterCommit]),
        BeforeFile, HalfFile, BeforeRename, AfterRename, BeforeDelete, AfterDelete,
        BeforePrompt, BeforePromptRename, AfterPrompt,
    ];
}
