using StoryLsp.Pipelines.History;

namespace StoryLsp.CrashHost.Scenarios;

/// <summary>Everything that the history itself does: a run with its records, the undo tree, files written together, checkouts.</summary>
internal sealed class HistoryScenario : ICrashScenario
{
    private const string RunId = "0123456789ab";

    private static readonly Dictionary<string, string?[]> Allowed = new()
    {
        ["a.md"] = ["a one\r\n", "a two\r\n"],
        ["b.md"] = ["b one\n", null],
        ["scenes/c.md"] = [null, "c new, and long enough to be cut in two\n"],
        ["d.md"] = ["d by hand\n", "d one\n"],
    };

    public string Name => "history";

    public void Prepare(string root)
    {
        foreach (var (path, texts) in Allowed)
        {
            if (texts[0] is { } text)
            {
                File.WriteAllText(Path.Combine(root, path), text);
            }
        }
    }

    public Task RunAsync(string root, Action<string> fault)
    {
        using var store = HistoryStore.Open(root, null, fault);
        store.AddRun(new RunRecord(RunId, "synopsis", 1, "steps", "opening", "{}", "ada"));
        var command = store.Begin("start", "run", RunId, "{}");
        if (command.Result is null)
        {
            Records(store);
            Tree(store, root);
            store.Finish("start", "done");
        }

        return Task.CompletedTask;
    }

    public string? Broken(string root) => Allowed
        .Where(file => !file.Value.Contains(File.Exists(Path.Combine(root, file.Key)) ? File.ReadAllText(Path.Combine(root, file.Key)) : null))
        .Select(file => file.Key + " is neither what it was nor what it becomes").FirstOrDefault();

    public string State(string root) => HistoryText.Of(root);

    // What was written is asked for, as the runner does: what is there is not written again.
    private static void Records(HistoryStore store)
    {
        var events = store.EventsAfter(0, RunId);
        var started = events.Count > 0 ? events[0].Id : store.Append(new RunEvent(0, RunId, "run.started", -1, "{}", RunId));
        var artifacts = store.Artifacts(RunId);
        var context = artifacts.Count > 0 ? artifacts[0].Id
            : store.AddArtifact(new Artifact(0, RunId, 0, "context", 1, null, null, null, [new("a.md", "00")], "who is there"));
        if (artifacts.Count < 2)
        {
            store.Append(new Artifact(0, RunId, 2, "answer", 1, context, 1, "a-model", [], "prose"), new RunEvent(0, RunId, "step.finished", 2, "{}", RunId, started));
        }

        store.AddHandle(new ResumeHandle("handle", RunId, 3, DateTimeOffset.UtcNow.AddYears(1)));
        if (!store.UseHandle("handle", "host", out var by) && by != "host")
        {
            throw new InvalidOperationException("Somebody else has the handle.");
        }
    }

    private static void Tree(HistoryStore store, string root)
    {
        var writes = new FileWrites(store);
        if (store.Tree.Events().All(e => e.Label != "Recorded"))
        {
            store.Tree.Record("Recorded", "proposal", "ada", RunId, null, [new("d.md", "d before\n", "d one\n")]);
        }

        if (store.Tree.Branches().All(branch => branch.Name != "what-if"))
        {
            // An editor's own checkout: what was edited by hand is kept, then the branch is set.
            var plan = store.Tree.PlanCheckout("main", path => FileText.Read(root, path).Text);
            store.Tree.Keep(plan);
            store.Tree.Commit(plan);
            store.Tree.CreateBranch("what-if", null);
        }

        if (store.CommandsOf(RunId).All(command => command.Key != "written"))
        {
            store.Tree.Switch("what-if");
            writes.Write(new FileWriteRequest("accept", "proposal", "Accepted", [new("a.md", "a one\r\n", "a two\r\n"), new("b.md", "b one\n", null), new("scenes/c.md", null, Allowed["scenes/c.md"][1])])
            {
                By = "ada",
                Run = RunId,
                Told = new RunEvent(0, RunId, "proposal.accepted", -1, "{}", RunId),
                Besides = [new(".story/provenance/p.json", null, "{}")],
            });
            store.Begin("written", "step", RunId, "{}");
        }

        if (store.CommandsOf(RunId).All(command => command.Key != "back"))
        {
            writes.Checkout("2", "ada", out _);
            store.Begin("back", "step", RunId, "{}");
        }

        writes.Checkout("what-if", "ada", out _);
    }
}
