using System.Globalization;
using StoryLsp.Pipelines.History;
using StoryLsp.Pipelines.Proposals;

namespace StoryLsp.Cli.Commands;

/// <summary>The undo tree for people.</summary>
internal static class HistoryCommandText
{
    public static void Log(IReadOnlyList<TreeEvent> events, IReadOnlyList<Branch> branches)
    {
        foreach (var e in events)
        {
            var heads = branches.Where(branch => branch.Head == e.Id).Select(branch => branch.IsCurrent ? branch.Name + ", where you are" : branch.Name).ToList();
            Console.Out.WriteLine(Line(e) + (heads.Count > 0 ? $"  [{string.Join("; ", heads)}]" : ""));
        }
    }

    public static void Branches(StoryTree tree)
    {
        foreach (var branch in tree.Branches())
        {
            Console.Out.WriteLine($"{(branch.IsCurrent ? '*' : ' ')} {branch.Name}  {Line(tree.Event(branch.Head)!)}");
        }
    }

    public static void Checkout(CheckoutPlan plan, FileWriteResult result)
    {
        if (result.Outcome != FileWriteOutcome.Done)
        {
            Console.Out.WriteLine("Nothing was written. You are where you were: on " + plan.From + ".");
            return;
        }

        if (plan.ByHand.Count > 0)
        {
            Console.Out.WriteLine($"Recorded on {plan.From} what was edited by hand: {string.Join(", ", plan.ByHand.Select(file => file.Path))}.");
        }

        foreach (var file in plan.Files.Where(file => result.Written.Contains(file.Path)))
        {
            Console.Out.WriteLine(file.After is null ? $"Removed {file.Path}." : $"Wrote {file.Path}.");
        }

        Console.Out.WriteLine(result.Branch == plan.From
            ? $"You are on {result.Branch}, as before."
            : $"You are on {result.Branch}{(plan.IsNewBranch ? ", a new branch" : "")}. Back: `storylsp history checkout {plan.From}`.");
    }

    public static void Show(TreeEvent shown, IReadOnlyList<FileView> files)
    {
        Console.Out.WriteLine(Line(shown));
        foreach (var (name, value) in new[] { ("on", shown.Branch), ("after", shown.Parent), ("run", shown.Run), ("proposal", shown.Proposal) })
        {
            if (value is not null)
            {
                Console.Out.WriteLine($"  {name} {value}");
            }
        }

        Patch(files);
    }

    public static void Compare(string a, string b, IReadOnlyList<FileView> files)
    {
        Console.Out.WriteLine(files.Count switch
        {
            0 => $"{a} and {b} are the same.",
            1 => $"One file differs from {a} to {b}:",
            var many => $"{many} files differ from {a} to {b}:",
        });
        foreach (var file in files)
        {
            Console.Out.WriteLine($"  {file.Path}{(file.Before is null ? $" (not in {a})" : file.After is null ? $" (not in {b})" : "")}");
        }

        Patch(files);
    }

    private static void Patch(IReadOnlyList<FileView> files)
    {
        if (ProposalPatch.Of(files) is { Length: > 0 } patch)
        {
            Console.Out.WriteLine();
            Console.Out.Write(patch);
        }
    }

    private static string Line(TreeEvent e)
    {
        // The root stands before all times.
        var at = e.Kind == TreeEvent.Root ? "" : "  " + e.At.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return $"{e.Id}{at}  {e.Label}{(e.By is null ? "" : $", {e.By}")}{(e.Files.Count is 0 ? "" : ": " + string.Join(", ", e.Files.Select(file => file.Path)))}";
    }
}
