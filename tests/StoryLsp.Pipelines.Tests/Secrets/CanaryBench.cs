using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using StoryLsp.Continuity;
using StoryLsp.Pipelines.Files;
using StoryLsp.Pipelines.History;
using StoryLsp.Pipelines.Proposals;
using StoryLsp.Pipelines.Providers;
using StoryLsp.Pipelines.Runs;

namespace StoryLsp.Pipelines.Tests.Secrets;

/// <summary>A canary world on the disk with a runner and one provider; it hears all that is sent, shown or written down.</summary>
internal sealed class CanaryBench : IChatClient, IProgress<RunUpdate>, IAsyncDisposable
{
    private readonly StringBuilder _heard = new();
    private readonly LoopbackServer _server;
    private readonly HistoryStore _history;
    private readonly HashSet<string> _own;
    private int _chats;

    public CanaryBench(int seed, string provider)
    {
        World = CanaryWorld.Of(seed);
        Root = Directory.CreateTempSubdirectory("storylsp-canary-").FullName;
        _server = new LoopbackServer(LoopbackServer.Model(Answer));
        var settings = $"story: 1\nfields: {{character: {{mask: [maske]}}}}\nai:\n  provider: {provider}\n  endpoint: {_server.Endpoint}\n  model: m\n  api_key_env: CANARY_KEY\n" + (provider == "replay" ? $"  record: openai\n  replays: {Path.GetFileName(Root)}\n" : "");
        var files = World.Files.ToDictionary(file => file.Key, file => file.Key == "story.yaml" ? settings : file.Value);
        var workspace = FixtureWorkspace.OfTexts(files);
        workspace.WriteTo(Root);
        _own = [.. Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories)];
        _history = HistoryStore.Open(Root);
        var clients = new ChatClients(name => name == "CANARY_KEY" ? "key-0123456789" : null, editor: _ => this);
        Runner = new(new RunnerOptions
        {
            Snapshot = _ => Task.FromResult(workspace.Snapshot),
            Root = Root,
            History = _history,
            Clients = clients.Create,
            Findings = new Findings(),
            By = "ada",
        });
    }

    public CanaryWorld World { get; }

    public string Root { get; }

    public PipelineRunner Runner { get; }

    /// <summary>How many requests were sent.</summary>
    public int Sent => _chats + _server.Requests.Count;

    public async Task<RunOutcome> RunAsync(string pipeline, int scene)
    {
        var outcome = await StartAsync(pipeline, scene, scene % 2 == 0);
        if (outcome.Status == RunStatus.Paused)
        {
            Hear(await File.ReadAllTextAsync(Path.Combine(Root, outcome.PromptPath!)));
            outcome = await Runner.ResumeAsync(outcome.Run, new ResumeRequest(), this, CancellationToken.None);
        }

        Hear(outcome.ToString());
        if (outcome.Proposal is { } proposal)
        {
            using var stream = new MemoryStream();
            ProposalJsonOutput.Write(stream, proposal, "done");
            Hear(Encoding.UTF8.GetString(stream.ToArray()));
        }

        return outcome;
    }

    public async Task<RunOutcome> StartAsync(string pipeline, int scene, bool auto)
    {
        var input = PipelineFiles.Shipped.Single(file => file.Name == pipeline).Input switch
        {
            "text" => "A type for lighthouses.",
            "findings" => $"scenes/s{scene}.md",
            "story" => null,
            _ => "s" + scene,
        };
        try
        {
            return await Runner.StartAsync(new RunRequest { Pipeline = pipeline, Input = input, Auto = auto, Instruction = input == "text" ? null : "Keep it short." }, this, CancellationToken.None);
        }
        catch (ProviderException exception)
        {
            return new RunOutcome("", RunStatus.Failed, null, null, null, exception.Message);
        }
    }

    public void Hear(string text) => _heard.Append(text).Append('\n');

    /// <summary>No canary that is forbidden in a scene is in anything that was heard, or in any byte of what was written.</summary>
    /// <param name="scene">The scene's number.</param>
    /// <param name="what">What was done, for the message.</param>
    public void AssertClean(int scene, string what)
    {
        foreach (var request in _server.Requests)
        {
            Hear(request.Head + Unescaped(request.Body));
        }

        foreach (var file in Files(Root).Concat(Files(Replays)).Where(file => !_own.Contains(file)))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            Hear(file + "\n" + Unescaped(reader.ReadToEnd()));
        }

        var leaks = ContextCanaryTests.Leaks(World, scene, _heard.ToString());
        Assert.That(leaks.Select(leak => $"{leak.Kind}: {leak.Code} {Around(leak.Code)}"), Is.Empty, what);
        _heard.Clear();
    }

    public void Report(RunUpdate value) => Hear(value.ToString());

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        _chats++;
        foreach (var message in messages)
        {
            Hear(message.Text);
        }

        var answer = options?.ResponseFormat is ChatResponseFormatJson { Schema: { } schema } ? Instance(schema) : "Nothing much happens in it, and they leave.";
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, answer)) { ModelId = "m" });
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var update in (await GetResponseAsync(messages, options, cancellationToken)).ToChatResponseUpdates())
        {
            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    // The form that is asked for stands in the prompt, whatever the API.
    private static string Answer(string body)
    {
        const string form = "It must fit this JSON Schema:\n";
        using var document = JsonDocument.Parse(body);
        return Texts(document.RootElement).FirstOrDefault(text => text.Contains(form, StringComparison.Ordinal)) is { } prompt
            ? Instance(JsonElement.Parse(prompt[(prompt.IndexOf(form, StringComparison.Ordinal) + form.Length)..].Split('\n')[0]))
            : "Nothing much happens in it, and they leave.";
    }

    private static IEnumerable<string> Texts(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(field => Texts(field.Value)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(Texts),
        JsonValueKind.String => [json.GetString()!],
        _ => [],
    };

    // The runner lets go of its clients, and gets the same one again.
    public void Dispose()
    {
    }

    public async ValueTask DisposeAsync()
    {
        _history.Dispose();
        await _server.DisposeAsync();
        Directory.Delete(Root, true);
        if (Directory.Exists(Replays))
        {
            Directory.Delete(Replays, true);
        }
    }

    // The story in memory has a root of its own, below which answers are recorded.
    private string Replays => Path.Combine(FixtureWorkspace.Root, Path.GetFileName(Root));

    private static IEnumerable<string> Files(string folder) => Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories) : [];

    private string Around(string code) => _heard.ToString() is var text && text.IndexOf(code, StringComparison.OrdinalIgnoreCase) is >= 0 and var at
        ? text[Math.Max(0, at - 80)..Math.Min(text.Length, at + 80)].ReplaceLineEndings("⏎")
        : "in another form";

    private static string Unescaped(string json) => System.Text.RegularExpressions.Regex.Replace(json, @"\\u([0-9a-fA-F]{4})", match => ((char)Convert.ToInt32(match.Groups[1].Value, 16)).ToString());

    /// <summary>The least that fits a JSON schema.</summary>
    private static string Instance(JsonElement schema)
    {
        if (schema.TryGetProperty("enum", out var options))
        {
            return options[0].GetRawText();
        }

        var type = schema.TryGetProperty("type", out var written) ? written.ValueKind == JsonValueKind.Array ? written[0].GetString() : written.GetString() : "string";
        return type switch
        {
            "object" => "{" + string.Join(',', schema.TryGetProperty("properties", out var fields) ? fields.EnumerateObject().Select(field => $"\"{field.Name}\":{Instance(field.Value)}") : []) + "}",
            "array" => schema.TryGetProperty("items", out var items) ? $"[{Instance(items)}]" : "[]",
            "integer" or "number" => "1",
            "boolean" => "false",
            _ => "\"Nothing much.\"",
        };
    }
}
