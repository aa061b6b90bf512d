using System.Text;
using System.Text.Json.Nodes;
using NUnit.Framework;
using StoryLsp.Pipelines.Files;
using StoryLsp.Protocol.JsonRpc;
using StoryLsp.Server.Tests.Editor;
using StoryLsp.Testing;

namespace StoryLsp.Server.Tests.Ai;

/// <summary>
/// Canaries over the wire: whatever the server tells the editor of its own accord while pipelines run, what it logs, what it sends to a
/// model and what it leaves on the disk says no secret of the story, and no key.
/// </summary>
public sealed class SecretsOnTheWireTests
{
    private const string Key = "sk-canary-4711-of-the-writer";

    // Each word stands in a secret and nowhere else.
    private static readonly string[] Canaries = ["plumquartz", "wexholt", "grundlemere", "ostrivane"];

    private const string Secrets = """
        //- schemas/guest.yaml
        schema: guest
        extends: character
        fields:
          whereabouts: {type: string, secret: true}
        //- characters/eve.yaml
        type: guest
        name: Eve Marsh
        whereabouts: Behind the plumquartz panel
        secret: She is the wexholt heir
        //- facts/will.yaml
        type: fact
        id: will
        statement: The letter names the grundlemere orphan
        secret_until: shore
        terms: [ostrivane]
        //- scenes/03-shore.md
        ---
        id: shore
        name: The Shore
        when: 1926-11-10
        ---

        The tide was out.

        """;

    private static readonly EditorProfile Lender = EditorProfile.VsCode with
    {
        Capabilities = EditorProfile.VsCode.Capabilities.TrimEnd().TrimEnd('}') + ""","experimental": {"storylsp": {"chat": true, "secrets": true, "documents": true, "ticks": true}}}""",
    };

    [Test]
    public async Task No_secret_of_the_story_is_told_while_pipelines_run([ValueSource(nameof(Names))] string name)
    {
        await using var editor = await StartAsync("{provider: editor}");
        editor.OnChat = (chat, _) =>
        {
            const string answer = "Eve waited.";
            editor.Stream(chat, answer[..4]);
            return Task.FromResult<object>(new { text = answer, model = "gpt-x" });
        };
        var file = PipelineFiles.Shipped.Single(file => file.Name == name);
        await editor.ExecuteAsync("storylsp.run", new
        {
            pipeline = name,
            uri = editor.UriOf("scenes/02-quay.md"),
            container = name == "summarize" ? "quay" : file.Input == "scene" ? "mill" : null,
            text = file.Input == "text" ? "What there is." : null,
            auto = true,
        });
        Assert.That(editor.Chats, Is.Not.Empty, "the model was asked");
        Look(editor, Canaries);
    }

    [TestCase("Let the ostrivane be found.")]
    [TestCase("It lies behind the PLUMQUARTZ panel.")]
    public async Task A_secret_that_the_writer_puts_into_the_wish_is_refused_without_its_words(string wish)
    {
        await using var editor = await StartAsync("{provider: editor}");
        var refused = await editor.RefusedCommandAsync("storylsp.run", new { pipeline = "continue-scene", container = "mill", instruction = wish, auto = true });
        Assert.That(editor.Chats, Is.Empty, "nothing is sent");
        Assert.That(refused, Does.Contain("nothing was sent"));
        foreach (var canary in Canaries)
        {
            Assert.That(Said(editor, canary).Append(refused).Where(line => line.Contains(canary, StringComparison.OrdinalIgnoreCase)), Is.Empty);
        }
    }

    [Test]
    public async Task The_key_is_told_to_nobody_but_the_provider()
    {
        await using var server = new LoopbackServer(LoopbackServer.Status(401, body: $$$"""{"error": {"message": "The key {{{Key}}} is wrong."}}"""));
        await using var editor = await StartAsync($"{{provider: openai, endpoint: '{server.Endpoint}', model: m, api_key_env: STORY_KEY}}");
        editor.OnSecret = _ => Key;
        var answer = await editor.ExecuteAsync("storylsp.run", new { pipeline = "synopsis", container = "mill", auto = true });
        Assert.That(answer["status"]!.GetValue<string>(), Is.EqualTo("failed"), answer.ToJsonString());
        Assert.That(server.Requests.First().Head, Does.Contain(Key), "the provider is told");
        Assert.That(answer.ToJsonString(), Does.Not.Contain(Key));
        Look(editor, [Key]);
    }

    [Test]
    public async Task With_AI_off_nobody_is_asked_whatever_the_editor_tries()
    {
        await using var server = new LoopbackServer(LoopbackServer.Answer("Yes."));
        await using var editor = await StartAsync($"{{enabled: false, provider: openai, endpoint: '{server.Endpoint}', model: m, api_key_env: STORY_KEY}}");
        editor.OnSecret = _ => Key;
        foreach (var name in Names())
        {
            var refused = await editor.RefusedCommandAsync("storylsp.run", new { pipeline = name, container = "mill", text = "What there is.", auto = true });
            Assert.That(refused, Does.Contain("ai.enabled"), name);
        }

        foreach (var (method, parameters) in new (string, object)[]
        {
            ("storylsp/models", new { }),
            ("storylsp/pipelines", new { }),
            ("workspace/executeCommand", new { command = "storylsp.synopsis", arguments = new[] { new { uri = editor.UriOf("scenes/01-mill.md"), container = "mill" } } }),
        })
        {
            await RefusedAsync(editor, method, parameters);
        }

        var actions = await editor.ActionsAsync("scenes/01-mill.md", editor.Story.File("scenes/01-mill.md").Text.IndexOf("waited", StringComparison.Ordinal));
        Assert.That(actions.Select(action => action!.ToJsonString()), Has.None.Contain("storylsp.run"));
        Assert.That((server.Connections, editor.Heard.Count(heard => heard.Method is "storylsp/secret" or "storylsp/chat" or "storylsp/chatModels")), Is.EqualTo((0, 0)));
        Assert.That(Directory.Exists(editor.Story.PathOf(".story/runs")), Is.False);
    }

    private static async Task RefusedAsync(EditorHarness editor, string method, object parameters) =>
        Assert.That((await editor.RefusedAsync(method, parameters)).Message, Does.Contain("ai.enabled"), method);

    private static Task<EditorHarness> StartAsync(string ai) =>
        EditorHarness.StartAsync("//- story.yaml\nstory: 1\nai: " + ai + "\n" + PipelineStory.Files.Replace("characters: [ada, tom]", "characters: [ada, tom, eve]", StringComparison.Ordinal) + "\n" + Secrets, Lender);

    private static void Look(EditorHarness editor, IReadOnlyList<string> canaries)
    {
        foreach (var canary in canaries)
        {
            Assert.That(Said(editor, canary), Is.Empty, canary);
        }

        foreach (var path in Directory.EnumerateFiles(editor.Story.PathOf(".story"), "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }))
        {
            // The index holds the story itself, and may be thrown away.
            if (!path.Contains(Path.Combine(".story", "cache"), StringComparison.Ordinal))
            {
                var bytes = ReadShared(path);
                Assert.That(canaries.Where(canary => bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(canary)) >= 0), Is.Empty, path);
            }
        }
    }

    // What the server said of its own accord, and what it logged.
    private static List<string> Said(EditorHarness editor, string canary) =>
        [.. editor.Heard.Select(heard => heard.Method + " " + heard.Params.ToJsonString()).Concat(editor.ServerLog.Lines).Where(line => line.Contains(canary, StringComparison.OrdinalIgnoreCase))];

    private static byte[] ReadShared(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }

    private static IEnumerable<string> Names() => PipelineFiles.Shipped.Select(file => file.Name);
}
