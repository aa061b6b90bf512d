using Microsoft.Data.Sqlite;
using StoryLsp.Index;
using StoryLsp.Language.Text;

namespace StoryLsp.Pipelines.History;

public sealed partial class StoryTree
{
    /// <summary>What leads to a branch or an event from today's texts. Nothing is written.</summary>
    /// <param name="branchOrEvent">A branch's name, or an event's id.</param>
    /// <param name="textOf">Today's text of a file, or null where there is none; asked for each file that the tree has ever seen.</param>
    /// <param name="leaveAlone">Whether a file that there is cannot be read as text, and so stays as it is.</param>
    /// <exception cref="HistoryException">There is no such branch or event.</exception>
    public CheckoutPlan PlanCheckout(string branchOrEvent, Func<string, string?> textOf, Func<string, bool>? leaveAlone = null) =>
        _session.Read(connection => Plan(connection, branchOrEvent, textOf, leaveAlone));

    /// <summary>Records today's hand edits that a plan found. To be called before the plan's change is applied; calling it twice records nothing twice.</summary>
    /// <exception cref="HistoryException">It cannot be written.</exception>
    public void Keep(CheckoutPlan plan) => _session.Write(FaultPoints.KeepHandEdits, connection => Keep(connection, plan));

    /// <summary>Makes a plan's branch the current one, after its change was applied; hand edits that <see cref="Keep(CheckoutPlan)"/> was not called for are recorded first.</summary>
    /// <returns>The name of the branch that is the current one now.</returns>
    /// <exception cref="HistoryException">It cannot be written.</exception>
    public string Commit(CheckoutPlan plan) => _session.Write(FaultPoints.CommitCheckout, connection =>
    {
        Keep(connection, plan);
        return Commit(connection, plan);
    });

    internal static CheckoutPlan Plan(SqliteConnection connection, string branchOrEvent, Func<string, string?> textOf, Func<string, bool>? leaveAlone)
    {
        var from = TreeRows.CurrentBranch(connection);
        var target = Resolve(connection, branchOrEvent);
        var today = TreeRows.StateAt(connection, HeadOf(connection, from));
        var wanted = TreeRows.StateAt(connection, target);
        var byHand = new List<FileTransition>();
        var files = new List<FileTransition>();
        var left = new List<string>();
        foreach (var path in wanted.Keys.Order(StringComparer.Ordinal))
        {
            if (leaveAlone?.Invoke(path) == true)
            {
                left.Add(path);
                continue;
            }

            var text = textOf(path);
            var hash = TreeRows.HashOf(text);
            if (hash != today[path])
            {
                byHand.Add(new FileTransition(path, TextOf(connection, today[path]), text));
            }

            if (hash != wanted[path])
            {
                files.Add(new FileTransition(path, text, TextOf(connection, wanted[path])));
            }
        }

        var name = BranchFor(connection, branchOrEvent, from, target, byHand.Count > 0);
        if (name == from)
        {
            // Its newest state is today's, with what was edited since.
            files.Clear();
        }

        return new CheckoutPlan(
            TreeRows.NameOf(target), name, TreeRows.Head(connection, name) is null, from, byHand, files, left, new WorkspaceChange([.. files.Select(ChangeOf)]));
    }

    internal int Keep(SqliteConnection connection, CheckoutPlan plan)
    {
        KeepHand(connection, plan.From, [.. plan.ByHand.Select(file => (file.Path, file.After))]);
        return 0;
    }

    internal string Commit(SqliteConnection connection, CheckoutPlan plan) =>
        plan.Branch == plan.From ? plan.From : Commit(connection, plan.Branch, TreeRows.NumberOf(plan.Target)!.Value);

    internal string Commit(SqliteConnection connection, string branch, long target)
    {
        // By now another process may have made a branch of that name, or moved it on: then this one gets a name of its own.
        if (TreeRows.Head(connection, branch) is null)
        {
            TreeRows.AddBranch(connection, branch, target, _session.NowNumber);
        }
        else if (TreeRows.Head(connection, branch) != target)
        {
            branch = FreeName(connection, target);
            TreeRows.AddBranch(connection, branch, target, _session.NowNumber);
        }

        TreeRows.Switch(connection, branch, _session.NowNumber);
        return branch;
    }

    private static string BranchFor(SqliteConnection connection, string asked, string current, long target, bool isEdited)
    {
        if (TreeRows.Head(connection, asked) is not null)
        {
            return asked;
        }

        // With hand edits the current branch moves on, and its newest event is the target no longer.
        var heads = TreeRows.Branches(connection).Where(branch => branch.Head == TreeRows.NameOf(target) && !(isEdited && branch.Name == current)).ToList();
        return (heads.Find(branch => branch.Name == current) ?? heads.FirstOrDefault())?.Name ?? FreeName(connection, target);
    }

    private static string FreeName(SqliteConnection connection, long target)
    {
        var name = "from-" + TreeRows.NameOf(target);
        for (var number = 2; TreeRows.Head(connection, name) is not null; number++)
        {
            name = "from-" + TreeRows.NameOf(target) + "-" + TreeRows.NameOf(number);
        }

        return name;
    }

    private static string? TextOf(SqliteConnection connection, string? hash) => hash is null ? null : TreeRows.Text(connection, hash);

    private static FileChange ChangeOf(FileTransition file) => file switch
    {
        { After: null } => new FileDeletion(file.Path),
        { Before: null } => new FileCreation(file.Path, file.After),
        _ => new TextChange(file.Path, [EditOf(file.Before, file.After)]),
    };

    // The part that differs, so that an editor keeps the cursors and marks outside of it; never half a character or half a line end.
    private static TextEdit EditOf(string before, string after)
    {
        var start = before.AsSpan().CommonPrefixLength(after);
        while (start > 0 && IsInside(before, after, start))
        {
            start--;
        }

        var end = 0;
        while (end < before.Length - start && end < after.Length - start && before[^(end + 1)] == after[^(end + 1)])
        {
            end++;
        }

        while (end > 0 && IsInside(before, after, before.Length - end, after.Length - end))
        {
            end--;
        }

        return new TextEdit(TextSpan.FromBounds(start, before.Length - end), after[start..^end]);
    }

    private static bool IsInside(string before, string after, int at) => IsInside(before, after, at, at);

    private static bool IsInside(string before, string after, int inBefore, int inAfter) => IsInside(before, inBefore) || IsInside(after, inAfter);

    private static bool IsInside(string text, int at) =>
        at > 0 && at < text.Length && ((char.IsLowSurrogate(text[at]) && char.IsHighSurrogate(text[at - 1])) || (text[at] == '\n' && text[at - 1] == '\r'));
}
