using System.CommandLine;
using StoryLsp.Index;
using StoryLsp.Pipelines.History;
using StoryLsp.Pipelines.Proposals;
using StoryLsp.Pipelines.Provenance;

namespace StoryLsp.Cli.Commands;

/// <summary><c>storylsp history</c>: the undo tree of a story's texts.</summary>
internal static class HistoryCommand
{
    public static Command Create()
    {
        var path = new Option<string?>("--path") { Description = "The story's folder; the current folder when left out." };
        var format = new Option<string>("--format") { DefaultValueFactory = _ => "text", Description = "text or json." };
        format.AcceptOnlyFromAmong("text", "json");
        var command = new Command("history", "The undo tree: what proposals and checkouts did to the story's texts, and the way back.");
        command.Add(Log(path, format));
        command.Add(Branch(path, format));
        command.Add(Checkout(path, format));
        command.Add(Show(path, format));
        command.Add(Compare(path, format));
        return command;
    }

    private static Command Log(Option<string?> path, Option<string> format)
    {
        var branch = new Option<string?>("--branch") { Description = "Of this branch; the current one when left out." };
        var all = new Option<bool>("--all") { Description = "Of all branches." };
        var command = new Command("log", "List the events, newest first.") { branch, all, path, format };
        command.SetAction(parsed => With(parsed.GetValue(path), store =>
        {
            var name = parsed.GetValue(branch) ?? store.Tree.CurrentBranch.Name;
            var events = parsed.GetValue(all) ? store.Tree.Events() : store.Tree.Log(name);
            if (parsed.GetValue(format) == "json")
            {
                HistoryCommandJson.Log(parsed.GetValue(all) ? null : name, events);
            }
            else
            {
                HistoryCommandText.Log(events, store.Tree.Branches());
            }

            return 0;
        }));
        return command;
    }

    private static Command Branch(Option<string?> path, Option<string> format)
    {
        var name = new Argument<string?>("NAME") { Arity = ArgumentArity.ZeroOrOne, Description = "The name of a new branch; none: list the branches." };
        var at = new Option<string?>("--at") { Description = "The event at which it begins; the newest of the current branch when left out." };
        var command = new Command("branch", "List the branches, or make one. The files stay as they are.") { name, at, path, format };
        command.SetAction(parsed => With(parsed.GetValue(path), store =>
        {
            if (parsed.GetValue(name) is { } made)
            {
                store.Tree.CreateBranch(made, parsed.GetValue(at));
            }

            if (parsed.GetValue(format) == "json")
            {
                HistoryCommandJson.Branches(store.Tree.Branches());
            }
            else if (parsed.GetValue(name) is { } created)
            {
                Console.Out.WriteLine($"Made the branch {created} at {store.Tree.Resolve(created).Id}. Go there with `storylsp history checkout {created}`.");
            }
            else
            {
                HistoryCommandText.Branches(store.Tree);
            }

            return 0;
        }));
        return command;
    }

    private static Command Checkout(Option<string?> path, Option<string> format)
    {
        var target = new Argument<string>("BRANCH|EVENT") { Description = "A branch's name, or an event's id." };
        var command = new Command("checkout", "Bring the files to a branch or an event. What was edited since is recorded first.") { target, path, format };
        command.SetAction(parsed => With(parsed.GetValue(path), store =>
        {
            var result = new FileWrites(store).Checkout(parsed.GetValue(target)!, Author.Of(RootOf(parsed.GetValue(path))), out var plan);
            if (parsed.GetValue(format) == "json")
            {
                HistoryCommandJson.Checkout(plan, result);
            }
            else
            {
                HistoryCommandText.Checkout(plan, result);
            }

            foreach (var file in result.Left)
            {
                Console.Error.WriteLine("storylsp: " + file.Why);
            }

            foreach (var file in plan.LeftAlone)
            {
                Console.Error.WriteLine($"storylsp: {file} cannot be read as text, so it was left alone.");
            }

            return result.Outcome == FileWriteOutcome.Done && result.Left.Count + plan.LeftAlone.Count == 0 ? 0 : 1;
        }));
        return command;
    }

    private static Command Show(Option<string?> path, Option<string> format)
    {
        var id = new Argument<string>("EVENT") { Description = "An event's id, or a branch's name for its newest." };
        var command = new Command("show", "Show what an event changed.") { id, path, format };
        command.SetAction(parsed => With(parsed.GetValue(path), store =>
        {
            var shown = store.Tree.Resolve(parsed.GetValue(id)!);
            var views = Views(store.Tree, shown.Files);
            if (parsed.GetValue(format) == "json")
            {
                HistoryCommandJson.Show(shown, views);
            }
            else
            {
                HistoryCommandText.Show(shown, views);
            }

            return 0;
        }));
        return command;
    }

    private static Command Compare(Option<string?> path, Option<string> format)
    {
        var from = new Argument<string>("A") { Description = "A branch or an event." };
        var to = new Argument<string>("B") { Description = "A branch or an event." };
        var command = new Command("compare", "Show two branches side by side: the files that differ, and how.") { from, to, path, format };
        command.SetAction(parsed => With(parsed.GetValue(path), store =>
        {
            var (a, b) = (parsed.GetValue(from)!, parsed.GetValue(to)!);
            var views = Views(store.Tree, store.Tree.Compare(a, b));
            if (parsed.GetValue(format) == "json")
            {
                HistoryCommandJson.Compare((a, store.Tree.Resolve(a)), (b, store.Tree.Resolve(b)), views);
            }
            else
            {
                HistoryCommandText.Compare(a, b, views);
            }

            return 0;
        }));
        return command;
    }

    private static List<FileView> Views(StoryTree tree, IReadOnlyList<TreeFile> files) =>
        [.. files.Select(file => new FileView(file.Path, TextOf(tree, file.Before), TextOf(tree, file.After)))];

    private static string? TextOf(StoryTree tree, string? hash) => hash is null ? null : tree.Text(hash);

    private static int With(string? path, Func<HistoryStore, int> work)
    {
        var root = RootOf(path);
        if (!HistoryStore.Exists(root))
        {
            throw new CommandFailure("this story has no history yet. It begins when a pipeline runs, or a proposal is accepted.");
        }

        using var store = HistoryStore.Open(root);
        if (store.Notice is { } notice)
        {
            Console.Error.WriteLine("storylsp: " + notice);
        }

        return work(store);
    }

    private static string RootOf(string? path)
    {
        var full = Path.GetFullPath(path ?? Directory.GetCurrentDirectory());
        return Path.Exists(full) ? WorkspaceRoot.Find(full) : throw new CommandFailure($"there is no `{path}`.");
    }
}
