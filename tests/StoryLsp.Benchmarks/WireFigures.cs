using System.Text.Json.Nodes;
using StoryLsp.Language.Text;
using StoryLsp.Protocol;
using StoryLsp.Testing.Wire;

namespace StoryLsp.Benchmarks;

/// <summary>
/// Every request that the server takes, asked of the executable while somebody types: from the question's first byte to the answer's last. The
/// list is the server's own, so that a new method is measured from its first day.
/// </summary>
internal static class WireFigures
{
    private const int MethodNotFound = -32601;

    // A person waits for these with every letter; `cli.md` has the limit.
    private static readonly string[] WithEveryLetter = ["textDocument/completion", "textDocument/hover"];

    // They begin or end something, or are no question that a time says anything of.
    private static readonly string[] LeftOut = ["initialize", "shutdown", "workspace/executeCommand", "workspace/textDocumentContent"];

    /// <summary>Median and 95th percentile of each method, in milliseconds.</summary>
    public static async Task<IReadOnlyDictionary<string, Samples>> Measure(GeneratedStory story, string executable, int rounds)
    {
        var text = SourceText.From(File.ReadAllText(Path.Combine(story.Root, story.LongScene)));
        var uri = new Uri(Path.Combine(story.Root, story.LongScene)).AbsoluteUri;
        var result = new SortedDictionary<string, Samples>(StringComparer.Ordinal);
        await using var server = ServerProcess.Start(executable);
        await server.InitializeAsync(story.Root);
        await server.Indexed;
        server.Notify("textDocument/didOpen", new JsonObject
        {
            ["textDocument"] = new JsonObject { ["uri"] = uri, ["languageId"] = "markdown", ["version"] = 1, ["text"] = text.Text },
        });
        int[] places =
        [
            text.Text.IndexOf("pov: ", StringComparison.Ordinal) + 6,
            text.Text.IndexOf("[[", text.Text.IndexOf("\n---\n", 4, StringComparison.Ordinal), StringComparison.Ordinal) + 3,
            text.Text.IndexOf("when: ", StringComparison.Ordinal) + 7,
            text.Length - (text.Length / 4),
        ];
        var questions = new ProtocolQuestions();
        var version = 1;
        var methods = LspMethodList.All.Where(method => method.IsRequest && method.Direction != LspDirection.ServerToClient && !LeftOut.Contains(method.Name))
            .OrderBy(method => ProtocolQuestions.SourceOf(method.Name) is not null).Select(method => method.Name).ToList();
        foreach (var method in methods)
        {
            var times = new Samples();
            for (var i = 0; i < rounds + WarmUp; i++)
            {
                if (i == WarmUp)
                {
                    times.Clear();
                }

                server.Notify("textDocument/didChange", new JsonObject
                {
                    ["textDocument"] = new JsonObject { ["uri"] = uri, ["version"] = ++version },
                    ["contentChanges"] = new JsonArray(Letter(ref text, i)),
                });

                // The text is known to the server before the clock starts: what an edit costs is another figure.
                await server.RequestAsync("textDocument/diagnostic", new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = uri } });
                var at = text.GetPosition(places[i % places.Length]);
                if (method == "workspace/diagnostic" && i >= 3)
                {
                    break;
                }

                JsonNode? answer = null;
                var error = 0;
                await times.TimeAsync(async () => (answer, error) = await server.TryRequestAsync(method, questions.Of(method, uri, at.Line, at.Character, i)));
                if (error == MethodNotFound)
                {
                    break;
                }

                questions.Hear(method, uri, answer);
                result[method] = times;
            }
        }

        return result;
    }

    /// <summary>Adds the figures.</summary>
    public static async Task AddTo(Report report, GeneratedStory story, int rounds)
    {
        if (ServerProcess.Executable is not { } executable)
        {
            report.Add(new("requests over the wire", null, "ms", null, Benchmarks.Measure.Value, 0) { Reason = "the executable is not built" });
            return;
        }

        foreach (var (method, times) in await Measure(story, executable, rounds))
        {
            var hasLimit = WithEveryLetter.Contains(method);
            report.Add(new($"`{method}`, p95 over the wire", times.Percentile(95), "ms", null, hasLimit ? Benchmarks.Measure.Value : Benchmarks.Measure.None, hasLimit ? 10 : 0));
        }
    }

    private const int WarmUp = 10;

    private static JsonObject Letter(ref SourceText text, int i)
    {
        var edit = TypingFigures.Keystroke(text, i);
        var (start, end) = (text.GetPosition(edit.Span.Start), text.GetPosition(edit.Span.End));
        text = text.WithEdits([edit]);
        return new JsonObject
        {
            ["range"] = new JsonObject
            {
                ["start"] = new JsonObject { ["line"] = start.Line, ["character"] = start.Character },
                ["end"] = new JsonObject { ["line"] = end.Line, ["character"] = end.Character },
            },
            ["text"] = edit.NewText,
        };
    }
}
