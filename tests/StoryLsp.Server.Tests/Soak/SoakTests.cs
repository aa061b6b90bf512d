using System.Text.Json.Nodes;
using NUnit.Framework;
using StoryLsp.Server.Tests.Editor;
using StoryLsp.Testing;

namespace StoryLsp.Server.Tests.Soak;

/// <summary>One server, random edits, requests and cancellations in random order: each request is answered once, and the end is that of a fresh start.</summary>
public sealed class SoakTests
{
    private const string Story = """
        //- story.yaml
        story: 1
        //- characters/ada.yaml
        name: Ada Vane
        aliases: [Miss Vane]
        //- characters/tom.yaml
        name: Tom Weir
        //- locations/mill.yaml
        name: Mill
        //- scenes/one.md
        ---
        pov: ada
        characters: [ada, tom]
        location: mill
        ---
        Ada Vane saw [[Tom Weir]] at the [[Mill]], and [[Nobody]] saw her.
        //- scenes/two.md
        ---
        pov: Tom Weir
        characters: [tom, nobody]
        ---
        Tom 🦊 went home. ![[one]]
        """;

    private static readonly string[] Paths = ["characters/ada.yaml", "characters/tom.yaml", "locations/mill.yaml", "scenes/one.md", "scenes/two.md"];

    private static readonly string[] Pieces = ["a", " ", "\n", "[[", "]]", ": ", "- ", "---\n", "🦊", "Ada Vane", "id: x\n", "\"", "{", "\t", "é", "# H\n"];

    private static readonly string[] Questions =
        ["textDocument/completion", "textDocument/hover", "textDocument/definition", "textDocument/documentHighlight"];

    /// <summary>A few hundred steps each time; a hundred thousand under <c>tests/run --long</c>.</summary>
    private static int Steps => Environment.GetEnvironmentVariable("STORYLSP_LONG") is { Length: > 0 } ? 100_000 : 400;

    [Test]
    public async Task After_any_edits_and_requests_the_findings_are_those_of_a_fresh_start()
    {
        var random = new Random(20261121);
        await using var editor = await EditorHarness.StartAsync(Story, EditorProfile.VsCode);
        foreach (var path in Paths)
        {
            editor.Open(path);
        }

        var asked = 0;
        var answered = 0;
        var waiting = new List<Task>();
        for (var step = 0; step < Steps; step++)
        {
            var path = Paths[random.Next(Paths.Length)];
            if (random.Next(3) > 0)
            {
                Edit(editor, random, path);
                continue;
            }

            asked++;
            waiting.Add(AskAsync(editor, random, path, () => Interlocked.Increment(ref answered)));
            if (waiting.Count > 64)
            {
                await Task.WhenAll(waiting).WaitAsync(Patience.Limit);
                waiting.Clear();
            }
        }

        await Task.WhenAll(waiting).WaitAsync(Patience.Limit);
        Assert.That(answered, Is.EqualTo(asked), "each request is answered once");
        var fresh = FixtureWorkspace.OfTexts([new("story.yaml", "story: 1\n"), .. Paths.Select(path => KeyValuePair.Create(path, editor.Buffer(path)))]);
        foreach (var path in Paths)
        {
            var expected = fresh.AllFindings().Where(found => found.Path == path).Select(found => found.Finding.Code).ToArray();
            Assert.That(await editor.CodesAsync(path), Is.EqualTo(expected), path + ":\n" + editor.Buffer(path));
        }
    }

    // A text that only grows would measure its length; a long one is begun again.
    private static void Edit(EditorHarness editor, Random random, string path)
    {
        var text = editor.Buffer(path);
        if (text.Length > 2_000 || random.Next(50) == 0)
        {
            editor.ReplaceAll(path, Pieces[random.Next(Pieces.Length)] + "name: Ada Vane\n");
            return;
        }

        var start = Boundary(text, random.Next(text.Length + 1));
        var end = Boundary(text, Math.Min(text.Length, start + random.Next(4)));
        editor.Edit(path, (start, end - start, Pieces[random.Next(Pieces.Length)]));
    }

    private static async Task AskAsync(EditorHarness editor, Random random, string path, Action answered)
    {
        using var cancellation = new CancellationTokenSource();
        var text = editor.Buffer(path);
        var parameters = PositionIn(editor, path, text, random.Next(text.Length + 1));
        var isCancelled = random.Next(4) == 0;
        var answer = editor.AskAsync(Questions[random.Next(Questions.Length)], parameters, cancellation.Token);
        if (isCancelled)
        {
            await cancellation.CancelAsync();
        }

        try
        {
            await answer;
        }
        catch (OperationCanceledException) when (isCancelled)
        {
            // The editor no longer waits; the server's one answer is dropped by it.
        }

        answered();
    }

    private static JsonObject PositionIn(EditorHarness editor, string path, string text, int offset)
    {
        var before = text[..offset];
        var line = before.Count(unit => unit == '\n');
        return new JsonObject
        {
            ["textDocument"] = new JsonObject { ["uri"] = editor.UriOf(path) },
            ["position"] = new JsonObject { ["line"] = line, ["character"] = offset - (before.LastIndexOf('\n') + 1) },
        };
    }

    private static int Boundary(string text, int offset) =>
        offset > 0 && offset < text.Length && char.IsLowSurrogate(text[offset]) ? offset - 1 : offset;
}
