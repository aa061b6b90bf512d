using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NUnit.Framework;
using StoryLsp.Language.Text;
using StoryLsp.Protocol;
using StoryLsp.Server.Conversion;
using StoryLsp.Server.Tests.Editor;
using StoryLsp.Testing;
using StoryLsp.Testing.Wire;

namespace StoryLsp.Server.Tests.Soak;

/// <summary>
/// One server, random edits, requests and cancellations in random order, over all requests that it takes: each is answered once, memory stays
/// flat, and the end is that of a fresh start.
/// </summary>
public sealed partial class SoakTests
{
    private const string Story = """
        //- story.yaml
        story: 1
        ai: {enabled: false}
        //- characters/ada.yaml
        name: Ada Vane
        aliases: [Miss Vane]
        born: 1901-03-02
        //- characters/tom.yaml
        name: Tom Weir
        //- locations/mill.yaml
        name: Mill
        //- scenes/one.md
        ---
        pov: ada
        characters: [ada, tom]
        location: mill
        when: 1926-11-05
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

    // What begins and ends a session.
    private static readonly string[] Frame = ["initialize", "shutdown"];

    private const int MethodNotFound = -32601;
    private const int InternalError = -32603;
    private const int MostWaiting = 64;
    private const double Kilobyte = 1024;

    // What lazily made tables and the garbage collector's own may come to.
    private const double MostGrowth = 1024;

    private const int RestEvery = 200;
    private const int MostTries = 60;

    // Longer than the pause after which the server takes it that nobody types.
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(400);

    /// <summary>A few hundred steps each time; a hundred thousand under <c>tests/run --long</c>.</summary>
    private static int Steps => Environment.GetEnvironmentVariable("STORYLSP_LONG") is { Length: > 0 } ? 100_000 : 500;

    private readonly Random _random = new(20261121);
    private readonly Dictionary<string, (int Version, SourceText Text)> _buffers = new(StringComparer.Ordinal);
    private ProtocolQuestions _questions = new();
    private readonly Dictionary<string, int> _answered = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _refused = new(StringComparer.Ordinal);
    private readonly List<string> _broken = [];
    private (Task<JsonObject> Answer, int Id)? _held;

    [Test]
    public async Task After_any_edits_requests_and_cancellations_all_answers_are_those_of_a_fresh_start()
    {
        using var story = new StoryOnDisk(Story);
        await using var client = new SoakClient();
        var initialized = await client.StartAsync(DocumentUri.FromPath(story.Root));
        Open(client, story);
        _questions = new ProtocolQuestions
        {
            Commands = [.. initialized["capabilities"]!["executeCommandProvider"]!["commands"]!.AsArray().Select(command => command!.GetValue<string>())],
        };
        var methods = await MethodsAsync(client, story, initialized);
        Assert.That(methods, Does.Contain("textDocument/completion").And.Contain("workspace/symbol"));
        double middle = 0;
        var waiting = new List<Task>();
        for (var step = 0; step < Steps; step++)
        {
            var path = Paths[_random.Next(Paths.Length)];
            if (_random.Next(2) == 0)
            {
                Edit(client, story, path);
            }
            else
            {
                waiting.Add(AskAsync(client, story, methods[step % methods.Count], path, mayCancel: true));
            }

            if (waiting.Count > MostWaiting)
            {
                await Task.WhenAll(waiting).WaitAsync(Patience.Limit);
                waiting.Clear();
            }

            if (step % RestEvery == RestEvery - 1)
            {
                await RestAsync(client, waiting);
            }

            if (step == Steps / 2)
            {
                await RestAsync(client, waiting);
                middle = Memory();
            }
        }

        await RestAsync(client, waiting);
        var growth = Memory() - middle;
        await LetGoAsync(client);
        var edited = new Dictionary<string, (int Version, SourceText Text)>(_buffers);
        Restore(client, story, path => SourceText.From(story.Read(path)));
        for (var tries = 0; tries < MostTries && methods.Exists(method => !_answered.ContainsKey(method)); tries++)
        {
            // A short run may have cancelled all of its kind, and a broken text has no answer to some.
            foreach (var method in methods.Where(method => !_answered.ContainsKey(method)))
            {
                // What is resolved must be of the text as it is now.
                if (ProtocolQuestions.SourceOf(method) is { } source)
                {
                    await AskAsync(client, story, source, Paths[tries % Paths.Length], mayCancel: false).WaitAsync(Patience.Limit);
                }

                await AskAsync(client, story, method, Paths[tries % Paths.Length], mayCancel: false).WaitAsync(Patience.Limit);
            }
        }

        Restore(client, story, path => edited[path].Text);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(client.Miscounted, Is.Empty, "requests that were not answered exactly once");
            Assert.That(client.Strays, Is.Zero, "answers without a question");
            Assert.That(_broken, Is.Empty, "requests that broke inside of the server");
            Assert.That(methods.Where(method => !_answered.ContainsKey(method)), Is.Empty, () => "requests that were never answered (ProtocolQuestions must ask them rightly): " + string.Join("; ", _refused));
            Assert.That(growth, Is.LessThan(MostGrowth), "kilobytes that the second half added to the first");
        }

        await CompareWithFreshAsync(client, story, methods);
        await TestContext.Out.WriteLineAsync($"{Steps} steps over {methods.Count} methods, {client.Asked} requests; {middle:F0} KB after the half, {growth:F0} KB more at the end. Refused at times: {string.Join("; ", _refused.Select(refused => refused.Key + ": " + refused.Value))}");
    }

    /// <summary>All requests that the server takes, asked of itself: a new one cannot be forgotten.</summary>
    private async Task<List<string>> MethodsAsync(SoakClient client, StoryOnDisk story, JsonNode initialized)
    {
        var known = LspMethodList.All.Where(method => method.IsRequest && method.Direction != LspDirection.ServerToClient && !Frame.Contains(method.Name)).Select(method => method.Name);
        var own = initialized["capabilities"]!["experimental"]!["storylsp"]!["requests"]!.AsArray().Select(name => name!.GetValue<string>());
        var result = new List<string>();
        foreach (var method in known.Concat(own))
        {
            var answer = await client.AskAsync(method, Parameters(story, method, Paths[3])).WaitAsync(Patience.Limit);
            if (answer["error"]?["code"]?.GetValue<int>() != MethodNotFound)
            {
                result.Add(method);
                _questions.Hear(method, "", answer["result"]);
            }
        }

        return result;
    }

    private void Open(SoakClient client, StoryOnDisk story)
    {
        foreach (var path in Paths)
        {
            _buffers[path] = (1, SourceText.From(story.Read(path)));
            Open(client, story, path, _buffers[path].Text.Text);
        }
    }

    private static void Open(SoakClient client, StoryOnDisk story, string path, string text) => client.Tell("textDocument/didOpen", new JsonObject
    {
        ["textDocument"] = new JsonObject { ["uri"] = UriOf(story, path), ["languageId"] = path.EndsWith(".md", StringComparison.Ordinal) ? "markdown" : "yaml", ["version"] = 1, ["text"] = text },
    });

    // A text that only grows would measure its length; a long one is begun again.
    private void Edit(SoakClient client, StoryOnDisk story, string path)
    {
        var (version, text) = _buffers[path];
        var change = new JsonObject();
        if (text.Length > 2_000 || _random.Next(50) == 0)
        {
            text = SourceText.From(Pieces[_random.Next(Pieces.Length)] + "name: Ada Vane\n");
        }
        else
        {
            var start = Boundary(text.Text, _random.Next(text.Length + 1));
            var span = TextSpan.FromBounds(start, Boundary(text.Text, Math.Min(text.Length, start + _random.Next(4))));
            var range = text.GetRange(span, PositionEncoding.Utf16);
            change["range"] = new JsonObject
            {
                ["start"] = new JsonObject { ["line"] = range.Start.Line, ["character"] = range.Start.Character },
                ["end"] = new JsonObject { ["line"] = range.End.Line, ["character"] = range.End.Character },
            };
            var piece = Pieces[_random.Next(Pieces.Length)];
            change["text"] = piece;
            text = text.WithEdit(span, piece);
        }

        change["text"] ??= text.Text;
        _buffers[path] = (version + 1, text);
        client.Tell("textDocument/didChange", new JsonObject
        {
            ["textDocument"] = new JsonObject { ["uri"] = UriOf(story, path), ["version"] = version + 1 },
            ["contentChanges"] = new JsonArray(change),
        });
    }

    private async Task AskAsync(SoakClient client, StoryOnDisk story, string method, string path, bool mayCancel)
    {
        if (_questions.Before(method) is { } before)
        {
            await AskAsync(client, story, before, path, mayCancel: false);
        }

        var asked = client.AskAsync(method, Parameters(story, method, path), out var id);
        var isCancelled = mayCancel && _random.Next(5) == 0;
        if (isCancelled)
        {
            client.Cancel(id);
        }

        var answer = await asked;
        lock (_answered)
        {
            if (answer["error"] is not { } error)
            {
                _answered[method] = _answered.GetValueOrDefault(method) + 1;
                _questions.Hear(method, UriOf(story, path), answer["result"]);
            }
            else if (error["code"]!.GetValue<int>() == InternalError)
            {
                _broken.Add($"{method}: {error["message"]}");
            }
            else if (!isCancelled)
            {
                _refused[method] = error.ToJsonString();
            }
        }
    }

    private JsonObject Parameters(StoryOnDisk story, string method, string path)
    {
        var text = _buffers[path].Text;
        var position = text.GetPosition(Boundary(text.Text, _random.Next(text.Length + 1)));
        return _questions.Of(method, UriOf(story, path), position.Line, position.Character, _random.Next(1_000));
    }

    // Nobody types: the server refreshes what is shown, and answers a question that it holds. Then the editor asks the next one, as editors do.
    private async Task RestAsync(SoakClient client, List<Task> waiting)
    {
        await Task.WhenAll(waiting).WaitAsync(Patience.Limit);
        waiting.Clear();
        await LetGoAsync(client);
        var answer = client.AskAsync("workspace/diagnostic", new JsonObject { ["previousResultIds"] = new JsonArray(), ["partialResultToken"] = "held" }, out var id);
        _held = (answer, id);
        await Task.Delay(Quiet);
    }

    private async Task LetGoAsync(SoakClient client)
    {
        if (_held is var (answer, id))
        {
            client.Cancel(id);
            await answer.WaitAsync(Patience.Limit);
            _held = null;
        }
    }

    private void Restore(SoakClient client, StoryOnDisk story, Func<string, SourceText> textOf)
    {
        foreach (var path in Paths)
        {
            var text = textOf(path);
            _buffers[path] = (_buffers[path].Version + 1, text);
            client.Tell("textDocument/didChange", new JsonObject
            {
                ["textDocument"] = new JsonObject { ["uri"] = UriOf(story, path), ["version"] = _buffers[path].Version },
                ["contentChanges"] = new JsonArray(new JsonObject { ["text"] = text.Text }),
            });
        }
    }

    private static double Memory()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true) / Kilobyte;
    }

    // The same texts, never edited, in a server that was just started, and the same questions at the same places.
    private async Task CompareWithFreshAsync(SoakClient client, StoryOnDisk story, List<string> methods)
    {
        using var again = new StoryOnDisk(Story);
        await using var fresh = new SoakClient();
        await fresh.StartAsync(DocumentUri.FromPath(again.Root));
        foreach (var path in Paths)
        {
            Open(fresh, again, path, _buffers[path].Text.Text);
        }

        var (mine, others) = (new ProtocolQuestions(), new ProtocolQuestions());
        foreach (var path in Paths)
        {
            for (var place = 0; place < 6; place++)
            {
                var text = _buffers[path].Text;
                var position = text.GetPosition(Boundary(text.Text, text.Length * place / 5));
                foreach (var method in methods.Where(method => method.Contains('/', StringComparison.Ordinal) && ProtocolQuestions.SourceOf(method) is null && !method.StartsWith("storylsp/", StringComparison.Ordinal) && method is not ("workspace/executeCommand" or "textDocument/semanticTokens/full/delta")))
                {
                    var expected = await fresh.AskAsync(method, others.Of(method, UriOf(again, path), position.Line, position.Character, place)).WaitAsync(Patience.Limit);
                    var found = await client.AskAsync(method, mine.Of(method, UriOf(story, path), position.Line, position.Character, place)).WaitAsync(Patience.Limit);
                    Assert.That(Plain(found, story), Is.EqualTo(Plain(expected, again)), $"{method} at {path} {position.Line}:{position.Character} of\n{text.Text}");
                }
            }
        }
    }

    // Where the story lies, versions and the names of results are each server's own.
    private static string Plain(JsonObject answer, StoryOnDisk story) => Own().Replace(
        (answer["error"] ?? answer["result"])?.ToJsonString().Replace(DocumentUri.FromPath(story.Root), "story:", StringComparison.Ordinal) ?? "null", "$1");

    private static string UriOf(StoryOnDisk story, string path) => DocumentUri.FromPath(story.PathOf(path));

    private static int Boundary(string text, int offset) =>
        offset > 0 && offset < text.Length && char.IsLowSurrogate(text[offset]) ? offset - 1 : offset;

    [GeneratedRegex("\"(resultId|version)\":(?:\"[^\"]*\"|[0-9]+)")]
    private static partial Regex Own();
}
