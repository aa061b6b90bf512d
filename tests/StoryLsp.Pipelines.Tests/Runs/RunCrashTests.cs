using Microsoft.Extensions.AI;
using StoryLsp.Pipelines.Proposals;
using StoryLsp.Pipelines.Runs;

namespace StoryLsp.Pipelines.Tests.Runs;

/// <summary>The process dies at every point at which something is written, before and after; whoever comes back finds nothing lost and nothing done twice.</summary>
[TestFixture, CancelAfter(120_000)]
internal sealed class RunCrashTests
{
    private const string Mill = "//- scenes/mill.md\n---\nname: The Mill\npov: Ada\n---\n\nAda waited at the mill. Tom came late, and he brought the letter. She burned it unread.\n";

    private sealed class Killed : Exception;

    [TestCase("synopsis", "[\"Ada burns the letter.\"]")]
    [TestCase("continue-scene", "[\"# No\\n\\nprose.\", \"The fire took it.\", \"{\\\"complaints\\\": [{\\\"quote\\\": \\\"fire\\\", \\\"problem\\\": \\\"Which?\\\"}]}\", \"The hearth took it.\"]")]
    public async Task ADeathAtAnyPointCostsNothing(string pipeline, string script)
    {
        var answers = System.Text.Json.Nodes.JsonNode.Parse(script)!.AsArray().Select(node => node!.GetValue<string>()).ToArray();
        var points = 0;
        Proposal expected;
        using (var whole = new RunBench(RunBench.Story(Mill), new ByPrompt(answers)))
        {
            expected = (await ThroughAsync(whole, whole.NewRunner(whole.Store(_ => points++)), pipeline)).Proposal!;
        }

        Assert.That(points, Is.GreaterThan(20));
        for (var at = 0; at < points; at++)
        {
            var client = new ByPrompt(answers);
            using var bench = new RunBench(RunBench.Story(Mill), client);
            var left = at;
            var isDead = false;
            var where = "";
            var dying = bench.NewRunner(bench.Store(point =>
            {
                if (left-- == 0 || isDead)
                {
                    isDead = true;
                    where += point + " ";
                    throw new Killed();
                }
            }));
            await Assert.ThrowsAsync<Killed>(() => ThroughAsync(bench, dying, pipeline), $"{at} {where}");
            var asked = client.Asked;
            var runner = bench.NewRunner(bench.Store());
            foreach (var run in runner.Runs())
            {
                Assert.That(run.Status, Is.EqualTo(RunStatus.Interrupted).Or.EqualTo(RunStatus.Paused).Or.EqualTo(RunStatus.Queued).Or.EqualTo(RunStatus.Done), where);
            }

            var done = await ThroughAsync(bench, runner, pipeline);
            Assert.That(done.Status, Is.EqualTo(RunStatus.Done), where + done.Message);
            Assert.That(done.Proposal!.Hunks, Is.EqualTo(expected.Hunks), where);
            Assert.That(new ProposalStore(bench.Root).List(), Is.EqualTo(new[] { done.Proposal.Id }), where);
            Assert.That(bench.History.Runs(), Has.Count.EqualTo(1), where);
            Assert.That(client.Asked, Is.LessThanOrEqualTo(answers.Length + 1), "One answer may have been under way; none that was kept is paid for again. " + where);
            Assert.That(bench.Kinds(done.Run).Count(kind => kind == "run.finished"), Is.EqualTo(1), where);
        }
    }

    [Test]
    public async Task AStopAtAnyPointLeavesNothingHalfDone()
    {
        var points = 0;
        using (var whole = new RunBench(RunBench.Story(Mill), new ByPrompt(["Ada burns the letter."])))
        {
            await whole.NewRunner(whole.Store(_ => points++)).StartAsync(Request("synopsis") with { Auto = true }, null, CancellationToken.None);
        }

        var stopped = 0;
        for (var at = 0; at < points; at++)
        {
            using var bench = new RunBench(RunBench.Story(Mill), new ByPrompt(["Ada burns the letter."]));
            var left = at;
            var other = bench.NewRunner(bench.Store(), "tom");
            var isAsking = false;
            var runner = bench.NewRunner(bench.Store(point =>
            {
                if (left-- == 0 && !isAsking && !point.EndsWith(":before-commit", StringComparison.Ordinal) && bench.History.Runs() is [var run, ..])
                {
                    isAsking = true;
                    other.Cancel(run.Id, "tom");
                }
            }));
            var outcome = await runner.StartAsync(Request("synopsis") with { Auto = true }, null, CancellationToken.None);
            Assert.That(outcome.Status, Is.EqualTo(RunStatus.Cancelled).Or.EqualTo(RunStatus.Done), outcome.Message);
            Assert.That(new ProposalStore(bench.Root).List(), Has.Count.EqualTo(outcome.Status == RunStatus.Done ? 1 : 0));
            Assert.That(Directory.Exists(bench.PathOf(".story/runs")) && Directory.EnumerateFileSystemEntries(bench.PathOf(".story/runs")).Any(), Is.False);
            stopped += outcome.Status == RunStatus.Cancelled ? 1 : 0;
        }

        Assert.That(stopped, Is.GreaterThan(5));
    }

    private static RunRequest Request(string pipeline) => new() { Pipeline = pipeline, Input = "mill", Instruction = "They watch it burn.", IdempotencyKey = "one" };

    /// <summary>What a person does, and does again after a crash: start, read the prompt, resume.</summary>
    private static async Task<RunOutcome> ThroughAsync(RunBench bench, PipelineRunner runner, string pipeline)
    {
        var outcome = await runner.StartAsync(Request(pipeline), null, CancellationToken.None);
        for (var i = 0; i < 3 && outcome.Status == RunStatus.Paused; i++)
        {
            Assert.That(File.Exists(bench.PathOf(outcome.PromptPath!)), Is.True);
            outcome = await runner.ResumeAsync(outcome.Run, new ResumeRequest { Key = "go" + i }, null, CancellationToken.None);
        }

        return outcome;
    }

    /// <summary>Gives each answer of its script to the question that it belongs to, however often that is asked.</summary>
    private sealed class ByPrompt(string[] answers) : IChatClient
    {
        private readonly List<string> _questions = [];

        public int Asked { get; private set; }

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            var question = string.Join('\n', messages.Select(message => message.Text));
            var index = _questions.IndexOf(question);
            if (index < 0)
            {
                _questions.Add(question);
                index = _questions.Count - 1;
            }

            Asked++;
            await Task.Yield();
            yield return new ChatResponseUpdate(ChatRole.Assistant, answers[index]) { ModelId = "scripted" };
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
