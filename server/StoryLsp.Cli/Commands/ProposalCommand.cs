using System.CommandLine;
using System.Text;
using StoryLsp.Cli.Output;
using StoryLsp.Index;
using StoryLsp.Language.Text;
using StoryLsp.Pipelines.History;
using StoryLsp.Pipelines.Proposals;

namespace StoryLsp.Cli.Commands;

/// <summary><c>storylsp proposal</c>: what pipelines have suggested, to be taken or left.</summary>
internal static class ProposalCommand
{
    private const int SomethingLeft = 1;

    public static Command Create()
    {
        var command = new Command("proposal", "List, show, accept, reject or export what a pipeline has suggested. Nothing is written unless you accept it.");
        var path = new Option<string?>("--path") { Description = "The story's folder; the current folder when left out." };
        var id = new Argument<string>("ID") { Description = "The proposal's id." };
        var hunks = new Option<int[]>("--hunk") { Description = "Only this hunk; may be repeated." };
        var all = new Option<bool>("--all") { Description = "All hunks, those in doubt too. Without it, and without --hunk, those that are ticked." };
        var format = new Option<string>("--format") { DefaultValueFactory = _ => "text", Description = "text or json." };
        format.AcceptOnlyFromAmong("text", "json");
        var output = new Option<string?>("--output", "-o") { Description = "The file to write; standard output when left out." };

        var list = new Command("list", "List the proposals, oldest first. Exit code 1: a file of a proposal cannot be read, and is named.") { path, format };
        list.SetAction(parsed => List(StoreOf(parsed.GetValue(path)), parsed.GetValue(format) == "json"));
        var show = new Command("show", "Show a proposal: each hunk, and what it does to the findings.") { id, path, format };
        show.SetAction(parsed => Show(parsed.GetValue(path), parsed.GetValue(id)!, parsed.GetValue(format) == "json"));
        var accept = new Command("accept", "Write hunks into the files. Exit code 0: all that was wanted is written; 1: something was left, and is named with the reason; 2: could not run.") { id, path, hunks, all };
        accept.SetAction(parsed => Accept(parsed.GetValue(path), parsed.GetValue(id)!, Wanted(parsed.GetValue(hunks), parsed.GetValue(all))));
        var reject = new Command("reject", "Put hunks aside, or the whole proposal. No file is changed.") { id, path, hunks };
        reject.SetAction(parsed => Reject(parsed.GetValue(path), parsed.GetValue(id)!, Wanted(parsed.GetValue(hunks), false)));
        var export = new Command("export", "Write hunks as a patch that `git apply` takes. Exit code 1: something was left, and is named with the reason.") { id, path, hunks, all, output };
        export.SetAction(parsed => Export(parsed.GetValue(path), parsed.GetValue(id)!, Wanted(parsed.GetValue(hunks), parsed.GetValue(all)), parsed.GetValue(output)));
        command.Add(list);
        command.Add(show);
        command.Add(accept);
        command.Add(reject);
        command.Add(export);
        return command;
    }

    /// <summary>Prints a proposal for a person.</summary>
    public static void Print(Proposal proposal) => ProposalText.Print(proposal, null);

    // Which hunks are meant by the words of the command line: null stands for the ticked ones.
    private static Func<Proposal, IReadOnlySet<int>?> Wanted(int[]? hunks, bool all)
    {
        if (all && hunks is { Length: > 0 })
        {
            throw new CommandFailure("say --hunk or --all, not both.");
        }

        return proposal => all ? proposal.Open.Select(hunk => hunk.Id).ToHashSet() : hunks is { Length: > 0 } ? hunks.ToHashSet() : null;
    }

    private static string RootOf(string? path)
    {
        var full = Path.GetFullPath(path ?? Directory.GetCurrentDirectory());
        return Path.Exists(full) ? WorkspaceRoot.Find(full) : throw new CommandFailure($"there is no `{path}`.");
    }

    private static ProposalStore StoreOf(string? path) => new(RootOf(path));

    private static Proposal Load(string root, string id) => new ProposalStore(root).Load(id) ?? throw Missing(root, id);

    private static CommandFailure Missing(string root, string id) => new(
        new ProposalStore(root).IsDamaged(id) ? Damaged(id)
        : DecisionOf(root, id) is { } decision ? $"the proposal `{id}` is decided: {decision.Label}, {decision.At.ToLocalTime():yyyy-MM-dd HH:mm}. See `storylsp history show {decision.Id}`."
        : $"there is no proposal `{id}` that is not decided. See `storylsp proposal list`.");

    private static string Damaged(string id) =>
        $"{ProposalStore.RelativePath(id)} cannot be read as a proposal (a merge that is not finished?). Mend it, take it from git, or delete it.";

    private static TreeEvent? DecisionOf(string root, string id)
    {
        using var history = HistoryStore.Exists(root) ? HistoryStore.Open(root) : null;
        return history?.Tree.Log(null).LastOrDefault(done => done.Proposal == id);
    }

    private static SourceText? TextOf(string root, string file) => FileText.Read(root, file).Text is { } text ? SourceText.From(text) : null;

    private static int List(ProposalStore store, bool isJson)
    {
        var proposals = store.List().Select(store.Load).OfType<Proposal>().ToList();
        var damaged = store.List().Where(store.IsDamaged).ToList();
        damaged.ForEach(id => Console.Error.WriteLine("storylsp: " + Damaged(id)));
        var code = damaged.Count == 0 ? 0 : SomethingLeft;
        if (isJson)
        {
            using var output = Console.OpenStandardOutput();
            ProposalJsonOutput.WriteList(output, proposals);
            return code;
        }

        foreach (var proposal in proposals)
        {
            Console.Out.WriteLine($"{proposal.Id}  {proposal.Pipeline} of {proposal.Input}  {ProposalText.Counts(proposal)}  {proposal.Origin}");
        }

        return code;
    }

    private static int Show(string? path, string id, bool isJson)
    {
        var root = RootOf(path);
        var proposal = Load(root, id);
        if (isJson)
        {
            using var output = Console.OpenStandardOutput();
            ProposalJsonOutput.Write(output, proposal, "done");
        }
        else
        {
            ProposalText.Print(proposal, file => TextOf(root, file));
        }

        return 0;
    }

    private static int Accept(string? path, string id, Func<Proposal, IReadOnlySet<int>?> wanted)
    {
        var root = RootOf(path);
        var hunks = wanted(Load(root, id));
        using var history = HistoryStore.Open(root);
        Notice(history);
        var result = new ProposalDesk(root, history).Accept(id, hunks) ?? throw Missing(root, id);
        foreach (var file in result.Files)
        {
            Console.Out.WriteLine($"Wrote {file}.");
        }

        return Tell(result.Reports, id, isAccept: true);
    }

    private static int Reject(string? path, string id, Func<Proposal, IReadOnlySet<int>?> wanted)
    {
        var root = RootOf(path);
        var hunks = wanted(Load(root, id));
        using var history = HistoryStore.Exists(root) ? HistoryStore.Open(root) : null;
        Notice(history);
        var result = new ProposalDesk(root, history).Reject(id, hunks) ?? throw Missing(root, id);
        var rejected = result.Reports.Where(report => report.Outcome == HunkOutcome.Rejected).Select(report => report.Hunk).ToList();
        if (rejected.Count > 0)
        {
            Console.Out.WriteLine(result.IsDecided && hunks is null ? $"Dropped {id}. No file was changed." : $"Put aside {ProposalText.Hunks(rejected)} of {id}. No file was changed.");
        }

        return Tell(result.Reports, id, isAccept: false);
    }

    private static int Export(string? path, string id, Func<Proposal, IReadOnlySet<int>?> wanted, string? target)
    {
        var root = RootOf(path);
        var hunks = wanted(Load(root, id));
        var plan = new ProposalDesk(root).Plan(id, hunks, file => TextOf(root, file)) ?? throw Missing(root, id);
        var wide = plan.After.Keys.Where(file => FileText.Read(root, file).Encoding is TextEncoding.Utf16LittleEndian or TextEncoding.Utf16BigEndian).Order(StringComparer.Ordinal).ToList();
        foreach (var file in wide)
        {
            Console.Error.WriteLine($"storylsp: {file} is written in UTF-16, which git takes for no text, so no patch can change it. Use `storylsp proposal accept`.");
        }

        var patch = ProposalPatch.Of(plan.After.Keys.Except(wide).Order(StringComparer.Ordinal).Select(file => ViewOf(root, file, plan)));
        var bytes = new UTF8Encoding(false).GetBytes(patch);
        if (target is null)
        {
            using var output = Console.OpenStandardOutput();
            output.Write(bytes);
        }
        else
        {
            File.WriteAllBytes(target, bytes);
            Console.Out.WriteLine($"Wrote {target}.");
        }

        return Math.Max(Tell(plan.Reports, id, isAccept: true), wide.Count > 0 ? SomethingLeft : 0);
    }

    // A byte order mark is a part of the first line for git.
    private static FileView ViewOf(string root, string file, AcceptPlan plan)
    {
        var mark = FileText.Read(root, file).Encoding == TextEncoding.Utf8WithMark ? "\uFEFF" : "";
        return new(file, plan.Before[file] is { } before ? mark + before.Text : null, plan.After[file] is { } after ? mark + after.Text : null);
    }

    /// <summary>Says what was left and why; the exit code.</summary>
    private static int Tell(IReadOnlyList<HunkReport> reports, string id, bool isAccept)
    {
        if (reports.FirstOrDefault(report => report.Outcome == HunkOutcome.Unknown) is { } unknown && reports.All(report => report.Outcome == HunkOutcome.Unknown))
        {
            throw new CommandFailure($"the proposal {id} has no hunk {unknown.Hunk}. See `storylsp proposal show {id}`.");
        }

        foreach (var report in reports.Where(report => report.Why is not null))
        {
            Console.Error.WriteLine($"storylsp: hunk {report.Hunk}: {report.Why!.ReplaceLineEndings(" ")}");
        }

        var done = isAccept ? HunkOutcome.AlreadyAccepted : HunkOutcome.AlreadyRejected;
        return reports.All(report => report.Outcome is HunkOutcome.Written or HunkOutcome.Rejected or HunkOutcome.AlreadyThere || report.Outcome == done) ? 0 : SomethingLeft;
    }

    private static void Notice(HistoryStore? history)
    {
        if (history?.Notice is { } notice)
        {
            Console.Error.WriteLine("storylsp: " + notice);
        }
    }
}
