using StoryLsp.Index;
using StoryLsp.Language.Text;
using StoryLsp.Pipelines.Proposals;
using StoryLsp.Protocol;
using StoryLsp.Server.Conversion;
using StoryLsp.Server.Session;

namespace StoryLsp.Server.Proposals;

/// <summary>The workspace edit of a plan: one for all files, so that one undo takes it back.</summary>
internal static class ProposalEdit
{
    /// <summary>What the editor itself cannot make, which the command line can.</summary>
    public static IReadOnlyList<string> BeyondEditor(ClientProfile client, AcceptPlan plan) =>
        [.. (plan.Change?.Files ?? []).Where(file => !EditConversion.CanMake(client, file)).Select(file => file.Path)];

    /// <summary>The edit; the versions are those of the buffers that the plan was made for.</summary>
    /// <param name="session">The session.</param>
    /// <param name="story">The story.</param>
    /// <param name="plan">The plan; the editor can make all of it.</param>
    /// <param name="versions">The versions of the open files, by path.</param>
    /// <param name="asks">Whether each hunk is a group that needs a confirmation.</param>
    public static WorkspaceEdit Of(EditorSession session, StoryFolder story, AcceptPlan plan, IReadOnlyDictionary<string, int> versions, bool asks)
    {
        var change = new WorkspaceChange([.. (plan.Change?.Files ?? []).SelectMany(file => Of(plan, file, asks))]);
        return EditConversion.Edit(session, story, (path, span) => RangeOf(session, plan, path, span), change, path => versions.TryGetValue(path, out var version) ? version : null)
            ?? new WorkspaceEdit();
    }

    // A person decides of each hunk, those that fill a new file too.
    private static IEnumerable<FileChange> Of(AcceptPlan plan, FileChange file, bool asks)
    {
        var hunks = plan.Placed.Where(hunk => hunk.Hunk.File == file.Path).ToList();
        var first = asks ? Group(plan.Proposal, hunks[0].Hunk) : null;
        if (file is FileDeletion)
        {
            return [file with { Group = first }];
        }

        var edits = new TextChange(file.Path, [.. hunks.Select(hunk => hunk.Edit!.Value)]) { Groups = asks ? [.. hunks.Select(hunk => Group(plan.Proposal, hunk.Hunk))] : [] };
        return file is FileCreation ? [new FileCreation(file.Path, "") { Group = first }, edits] : [edits];
    }

    private static LspRange RangeOf(EditorSession session, AcceptPlan plan, string path, TextSpan span) =>
        plan.Before.GetValueOrDefault(path) is { } text ? Positions.Range(text, span, session.Client.Encoding) : new LspRange(new Position(0, 0), new Position(0, 0));

    private static ChangeGroup Group(Proposal proposal, Hunk hunk) => new(
        "hunk-" + hunk.Id.ToString(System.Globalization.CultureInfo.InvariantCulture),
        hunk.IsTicked ? hunk.Label : "In doubt: " + hunk.Label,
        NeedsConfirmation: true,
        hunk.Doubt ?? proposal.Origin);
}
