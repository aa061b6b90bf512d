using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.AI;
using StoryLsp.Pipelines.Proposals;
using StoryLsp.Pipelines.Providers;
using StoryLsp.Pipelines.Runs;
using StoryLsp.Pipelines.Tests.Runs;

namespace StoryLsp.Pipelines.Tests.Secrets;

/// <summary>Random workspaces with a canary in every secret: none may be in a message, a proposal, an error or a line of progress.</summary>
[TestFixture]
internal sealed class SecretCanaryTests
{
    private sealed class World(Random random)
    {
        private int _canaries;
        private readonly List<string> _anchors = [];

        public string Canary() => "ZQVK" + _canaries++ + "X";

        /// <summary>A random field: its schema, and a value in which everything secret is a canary.</summary>
        public (string Schema, string Value) Field(bool secret, int depth)
        {
            secret |= random.Next(4) == 0;
            var flag = !secret ? "" : random.Next(2) == 0 ? ", secret: true" : ", is_secret: yes";
            switch (depth > 3 ? 0 : random.Next(5))
            {
                case 1:
                    var item = Field(secret, depth + 1);
                    return ($"{{type: list, of: {item.Schema}{flag}}}", random.Next(3) == 0 && !item.Value.StartsWith('[') ? item.Value : $"[{item.Value}]");
                case 2:
                    var a = Field(secret, depth + 1);
                    var b = Field(secret, depth + 1);
                    return ($"{{type: object, fields: {{one: {a.Schema}, two: {b.Schema}}}{flag}}}", $"{{{(random.Next(2) == 0 ? "one" : "ONE")}: {a.Value}, two: {b.Value}, stray: {Canary()}}}");
                case 3 when secret:
                    var name = "s" + _anchors.Count;
                    _anchors.Add(name);
                    return ($"{{type: text{flag}}}", $"&{name} {Canary()}");
                case 4 when _anchors.Count > 0:
                    return ("{type: any}", "*" + _anchors[random.Next(_anchors.Count)]);
                default:
                    return ($"{{type: {(random.Next(2) == 0 ? "string" : "any")}{flag}}}", secret ? $"\"{Canary()}\"" : "told" + random.Next(100));
            }
        }

        public void ForgetAnchors() => _anchors.Clear();
    }

    [Test]
    public async Task NoSecretLeaves()
    {
        var stopped = 0;
        for (var seed = 0; seed < 120; seed++)
        {
            var (files, told) = MakeWorkspace(seed);
            var seen = new StringBuilder();
            using var bench = new RunBench(FixtureWorkspace.OfTexts(files), new ListeningClient(seen, seed % 3));
            var outcome = await bench.Runner.StartAsync(new RunRequest { Pipeline = "synopsis", Input = "scenes/a.md", Auto = seed % 2 == 0 }, new Listener(seen), CancellationToken.None);
            if (outcome.Status == RunStatus.Paused)
            {
                seen.Append(await File.ReadAllTextAsync(bench.PathOf(outcome.PromptPath!)));
                outcome = await bench.Runner.ResumeAsync(outcome.Run, new ResumeRequest(), new Listener(seen), CancellationToken.None);
            }

            seen.Append(outcome);
            if (outcome.Message?.Contains("gives away", StringComparison.Ordinal) == true)
            {
                // Better one look too many: what was stopped must be rare, and says no secret either.
                stopped++;
            }
            else
            {
                Assert.That(outcome.Status, Is.EqualTo(seed % 3 == 2 ? RunStatus.Failed : RunStatus.Done), $"seed {seed}: {outcome.Message}");
            }

            if (outcome.Proposal is { } proposal)
            {
                using var stream = new MemoryStream();
                ProposalJsonOutput.Write(stream, proposal, "done");
                seen.Append(Encoding.UTF8.GetString(stream.ToArray()));
                seen.Append(await File.ReadAllTextAsync(bench.PathOf($".story/proposals/{proposal.Id}.json")));
            }

            seen.Append(bench.Everything());
            Assert.That(seen.ToString(), Does.Not.Contain("ZQVK").IgnoreCase, $"seed {seed}");
            Assert.That(seen.ToString(), Does.Contain("Prose that may be told"), $"seed {seed}");
            Assert.That(told, Does.Contain("ZQVK"), "The world has no secret, so the test is worth nothing.");
        }

        Assert.That(stopped, Is.LessThan(7));
    }

    private static (Dictionary<string, string> Files, string Values) MakeWorkspace(int seed)
    {
        var random = new Random(seed);
        var world = new World(random);
        var files = new Dictionary<string, string> { ["story.yaml"] = "story: 1\n" };
        var baseFields = Fields("base", 2);
        var all = new StringBuilder();
        foreach (var (type, path) in new[] { ("scene", "scenes/a.md"), ("character", "characters/ada.yaml"), ("location", "locations/mill.yaml") })
        {
            world.ForgetAnchors();
            var own = Fields(type, 4);
            files[$"schemas/{type}.yaml"] = $"schema: {type}\nextends: base\nfields:\n" + string.Concat(own.Select(field => $"  {field.Name}: {field.Schema}\n")) +
                (type == "scene" ? "  synopsis: {type: text}\n  pov: {type: reference, target: character}\n  location: {type: reference, target: location}\n" : "");
            var values = string.Concat(own.Concat(type == "scene" ? baseFields : []).OrderBy(field => field.Value.Contains('*') ? 1 : 0).Select(field => $"{Case(field.Name)}: {field.Value}\n")) + $"unknown{seed}: {world.Canary()}\n";
            all.Append(values);
            files[path] = type == "scene" ? $"---\npov: ada\nlocation: mill\n{values}---\n\nProse that may be told. It ends.\n" : values;
        }

        files["schemas/base.yaml"] = "schema: base\nfields:\n" + string.Concat(baseFields.Select(field => $"  {field.Name}: {field.Schema}\n"));
        return (files, all.ToString());

        List<(string Name, string Schema, string Value)> Fields(string type, int count) =>
            [.. Enumerable.Range(0, count).Select(i => ($"{type}field{i}", world.Field(false, 0))).Select(field => (field.Item1, field.Item2.Schema, field.Item2.Value))];

        string Case(string name) => random.Next(3) == 0 ? name.ToUpperInvariant() : name;
    }

    private sealed class Listener(StringBuilder seen) : IProgress<RunUpdate>
    {
        public void Report(RunUpdate value) => seen.Append(value).Append('\n');
    }

    private sealed class ListeningClient(StringBuilder seen, int mood) : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            foreach (var message in messages)
            {
                seen.Append(message.Text).Append('\n');
            }

            await Task.Yield();
            yield return new ChatResponseUpdate(ChatRole.Assistant, mood == 2 ? " " : "A synopsis: of [[Ada]].") { ModelId = mood == 0 ? null : "m" };
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
