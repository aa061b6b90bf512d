using System.Diagnostics;
using System.Text.Json.Nodes;
using StoryLsp.Language.Text;

namespace StoryLsp.Benchmarks;

/// <summary>The executable as users start it: with its start, its memory and the protocol in between.</summary>
internal static class ProcessFigures
{
    public static async Task AddTo(Report report, GeneratedStory story, int rounds, int strokes)
    {
        if (ServerProcess.Executable is not { } executable)
        {
            report.Add(new("the executable", null, "s", null, Measure.Value, 0) { Reason = "it is not built" });
            return;
        }

        Checks(report, story, executable, rounds);
        await Server(report, story, executable, strokes);
    }

    private static void Checks(Report report, GeneratedStory story, string executable, int rounds)
    {
        double floor = double.MaxValue, cold = double.MaxValue, warm = double.MaxValue;
        for (var i = 0; i < rounds; i++)
        {
            floor = Math.Min(floor, Run(Environment.ProcessPath!, ["floor", story.Root]));
            story.ForgetIndex();
            cold = Math.Min(cold, Run(executable, ["check", story.Root, "--severity", "warning"]));
            floor = Math.Min(floor, Run(Environment.ProcessPath!, ["floor", story.Root]));
            warm = Math.Min(warm, Run(executable, ["check", story.Root, "--severity", "warning"]));
        }

        report.Add(new("process: `storylsp check`, cold", cold, "s", floor, Measure.None, 0));
        report.Add(new("process: `storylsp check`, warm", warm, "s", floor, Measure.None, 0));
    }

    private static async Task Server(Report report, GeneratedStory story, string executable, int strokes)
    {
        // Without an index: this is when the most memory is needed.
        story.ForgetIndex();
        await using (var cold = ServerProcess.Start(executable))
        {
            await cold.InitializeAsync(story.Root);
            await cold.Indexed;
            var times = await TypeAndAsk(cold, story, strokes);
            var (peak, now) = cold.Memory();
            report.Add(new($"server: keystroke to pulled findings, {story.Files} files, p95", times.Percentile(95), "ms", null, Measure.Value, 50));
            report.Add(new("server: resident memory after a cold index and 200 requests", now, "MB", null, Measure.Value, 300));
            report.Add(new("server: the most that it ever was", peak, "MB", null, Measure.Value, 300));
        }

        // What the runtime and the command line alone cost.
        var bare = Enumerable.Range(0, 3).Min(_ => Work(executable, ["--version"]));
        var clock = Stopwatch.StartNew();
        await using (var warm = ServerProcess.Start(executable))
        {
            await warm.InitializeAsync(story.Root);
            report.Add(new("server: start to `initialize` answered", clock.Elapsed.TotalSeconds, "s", null, Measure.Value, 1));
            report.Add(new("server: start to `initialize` answered, processor time, beside that of `storylsp --version`", warm.Work, "s", bare, Measure.None, 0));
            await Pull(warm, story);
            report.Add(new("server: start to the first findings pulled, warm", clock.Elapsed.TotalSeconds, "s", null, Measure.Value, 1));
            await warm.Indexed;
            report.Add(new("server: start to indexed, warm", clock.Elapsed.TotalSeconds, "s", null, Measure.None, 0));
            await TypeAndAsk(warm, story, strokes);
            report.Add(new("server: resident memory after a warm start and 200 requests", warm.Memory().Now, "MB", null, Measure.Value, 300));
        }
    }

    private static async Task<Samples> TypeAndAsk(ServerProcess server, GeneratedStory story, int strokes)
    {
        var text = SourceText.From(File.ReadAllText(Path.Combine(story.Root, story.LongScene)));
        var uri = Address(story);
        server.Notify("textDocument/didOpen", new JsonObject
        {
            ["textDocument"] = new JsonObject { ["uri"] = uri, ["languageId"] = "markdown", ["version"] = 1, ["text"] = text.Text },
        });
        var times = new Samples();
        const int warmUp = 30;
        for (var i = 0; i < strokes + warmUp; i++)
        {
            if (i == warmUp)
            {
                times.Clear();
            }

            var edit = TypingFigures.Keystroke(text, i);
            var range = new JsonObject { ["start"] = Position(text, edit.Span.Start), ["end"] = Position(text, edit.Span.End) };
            text = text.WithEdits([edit]);
            await times.TimeAsync(async () =>
            {
                server.Notify("textDocument/didChange", new JsonObject
                {
                    ["textDocument"] = new JsonObject { ["uri"] = uri, ["version"] = i + 2 },
                    ["contentChanges"] = new JsonArray(new JsonObject { ["range"] = range, ["text"] = edit.NewText }),
                });
                await Pull(server, story);
            });
            await server.RequestAsync(i % 2 == 0 ? "textDocument/hover" : "textDocument/completion", new JsonObject
            {
                ["textDocument"] = new JsonObject { ["uri"] = uri },
                ["position"] = Position(text, text.Text.IndexOf("pov: ", StringComparison.Ordinal) + 6),
            });
        }

        return times;
    }

    private static Task Pull(ServerProcess server, GeneratedStory story) =>
        server.RequestAsync("textDocument/diagnostic", new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = Address(story) } });

    private static string Address(GeneratedStory story) => new Uri(Path.Combine(story.Root, story.LongScene)).AbsoluteUri;

    private static JsonObject Position(SourceText text, int offset)
    {
        var position = text.GetPosition(offset);
        return new JsonObject { ["line"] = position.Line, ["character"] = position.Character };
    }

    private static double Work(string executable, string[] arguments)
    {
        var before = ChildProcesses.Work;
        Run(executable, arguments);
        return ChildProcesses.Work - before;
    }

    private static double Run(string executable, string[] arguments)
    {
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo(executable, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? clock.Elapsed.TotalSeconds : throw new InvalidOperationException($"{Path.GetFileName(executable)} {arguments[0]} ended with {process.ExitCode}: {error.Result}");
    }
}
