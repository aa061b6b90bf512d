using System.Globalization;
using System.Text;
using StoryLsp.Continuity;
using StoryLsp.Index;
using StoryLsp.Pipelines.Files;
using StoryLsp.Pipelines.History;
using StoryLsp.Pipelines.Proposals;
using StoryLsp.Pipelines.Providers;
using StoryLsp.Pipelines.Runs;

namespace StoryLsp.CrashHost.Scenarios;

/// <summary>A pipeline from its start over the stop at its prompt to a proposal, and the proposal's acceptance, as a person does it from the command line.</summary>
internal sealed class PipelineScenario : ICrashScenario
{
    private const string Scene = "scenes/mill.md";
    private const string Before = "---\r\nname: The Mill\r\n---\r\n\r\nAda walked to the mill at dusk. The wheel stood still. She found the ledger under the floor and read it to the end.\r\n";

    public string Name => "pipeline";

    public void Prepare(string root)
    {
        Directory.CreateDirectory(Path.Combine(root, "scenes"));
        File.WriteAllText(Path.Combine(root, "story.yaml"), "story: 1\nai: {provider: offline}\n");
        File.WriteAllText(Path.Combine(root, Scene), Before);
    }

    public async Task RunAsync(string root, Action<string> fault)
    {
        using var history = HistoryStore.Open(root, null, fault);
        await using var workspace = Workspace.Open(new WorkspaceOptions { Root = root, DocumentRules = PipelineFiles.DocumentRules, UseIndexFile = false });
        await workspace.IndexAsync(null, CancellationToken.None);
        var runner = new PipelineRunner(new RunnerOptions
        {
            Snapshot = _ => Task.FromResult(workspace.Current),
            Root = root,
            History = history,
            Clients = new ChatClients(_ => null).Create,
            Findings = new Findings(),
            By = "ada",
        });
        var outcome = await runner.StartAsync(new RunRequest { Pipeline = "synopsis", Input = "mill", IdempotencyKey = "one" }, null, CancellationToken.None);
        for (var i = 0; i < 3 && outcome.Status == RunStatus.Paused; i++)
        {
            outcome = await runner.ResumeAsync(outcome.Run, new ResumeRequest { Key = "go" }, null, CancellationToken.None);
        }

        if (outcome.Status != RunStatus.Done)
        {
            throw new InvalidOperationException($"{outcome.Status}: {outcome.Message}");
        }

        foreach (var proposal in new ProposalStore(root).List())
        {
            new ProposalDesk(root, history, "ada").Accept(proposal);
        }

        if (!File.ReadAllText(Path.Combine(root, Scene)).Contains("synopsis:", StringComparison.Ordinal))
        {
            throw new InvalidOperationException("The scene has no synopsis at the end.");
        }
    }

    public string? Broken(string root)
    {
        var text = File.ReadAllText(Path.Combine(root, Scene));
        return text == Before || (text.Contains("synopsis:", StringComparison.Ordinal) && text.EndsWith(Before[(Before.LastIndexOf("---", StringComparison.Ordinal) + 3)..], StringComparison.Ordinal))
            ? null : "the scene is neither what it was nor what it becomes";
    }

    // Numbers, times and the traces of being interrupted differ; what a person has from it must not.
    public string State(string root)
    {
        var text = new StringBuilder();
        using (var store = HistoryStore.Open(root))
        {
            foreach (var run in store.Runs())
            {
                var kinds = store.EventsAfter(0, run.Id).Select(e => e.Kind).ToList();
                text.AppendLine(CultureInfo.InvariantCulture, $"run {run.Id} {run.Pipeline} {run.Input}");
                foreach (var kind in (string[])["proposal.made", "run.finished", "run.failed", "run.cancelled", "proposal.accepted"])
                {
                    text.AppendLine(CultureInfo.InvariantCulture, $"  {kind}: {kinds.Count(each => each == kind)}");
                }

                foreach (var artifact in store.Artifacts(run.Id).Select(artifact => $"  artifact {artifact.Step} {artifact.Kind} {artifact.Version}").Order(StringComparer.Ordinal))
                {
                    text.AppendLine(artifact);
                }
            }

            foreach (var e in store.Tree.Log(null))
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"tree {e.Id} {e.Kind} {e.Label}: {string.Join(", ", e.Files.Select(file => file.Path + " " + file.After))}");
            }

            text.AppendLine(CultureInfo.InvariantCulture, $"unfinished {store.Session.Read(FileWriteRows.HasPending)}");
        }

        foreach (var folder in (string[])["proposals", "provenance", "runs"])
        {
            var full = Path.Combine(root, ".story", folder);
            text.AppendLine(CultureInfo.InvariantCulture, $"{folder}: {(Directory.Exists(full) ? Directory.GetFiles(full, "*", SearchOption.AllDirectories).Length : 0)} files");
        }

        return text.Append(File.ReadAllText(Path.Combine(root, Scene))).ToString();
    }
}
