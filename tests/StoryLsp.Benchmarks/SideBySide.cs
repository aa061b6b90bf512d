using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using StoryLsp.Language.Text;
using StoryLsp.Testing;

namespace StoryLsp.Benchmarks;

/// <summary>
/// Other language servers beside this one in the same run, where they do the same work: links of a folder of notes (vscode-markdown-languageservice,
/// which is a library, so that it has no wire to cross), and a YAML file under a JSON Schema (yaml-language-server, over its wire as ours).
/// </summary>
internal static class SideBySide
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "side-by-side");

    public static async Task AddTo(Report report, int notes, int rounds)
    {
        if (ServerProcess.Executable is not { } executable || !Directory.Exists(Path.Combine(Folder, "node_modules")))
        {
            report.Add(new("other language servers beside this one", null, "", null, Measure.Value, 0) { Reason = "they are not here: run `npm ci` in tests/side-by-side" });
            return;
        }

        using (var folder = LinkedNotes.Create(notes))
        {
            Links(report, folder, executable);
            await Questions(report, folder, executable, rounds);
        }

        await Yaml(report, executable, rounds);
    }

    private static void Links(Report report, LinkedNotes notes, string executable)
    {
        // The first run of each only brings the files into the system's memory.
        (double Clock, double Work, string Output) ours = default, theirs = default;
        for (var i = 0; i < 2; i++)
        {
            theirs = Run("node", [Path.Combine(Folder, "markdown.mjs"), "check", notes.Root]);
            if (Directory.Exists(Path.Combine(notes.Root, ".story")))
            {
                Directory.Delete(Path.Combine(notes.Root, ".story"), recursive: true);
            }

            ours = Run(executable, ["check", notes.Root, "--format", "json"]);
        }

        var found = JsonNode.Parse(ours.Output!)!["findings"]!.AsArray().Where(finding => finding!["code"]!.GetValue<string>().StartsWith("ref/", StringComparison.Ordinal))
            .Select(finding => string.Create(CultureInfo.InvariantCulture, $"{finding!["file"]!.GetValue<string>()}:{finding["range"]!["start"]!["line"]!.GetValue<int>()}")).ToHashSet(StringComparer.Ordinal);
        var others = JsonNode.Parse(theirs.Output!)!["places"]!.AsArray().Select(place => place!.GetValue<string>()).ToHashSet(StringComparer.Ordinal);
        report.Add(new($"broken links found in {notes.Files} notes, of {notes.Broken.Count}: StoryLsp beside vscode-markdown-languageservice", found.Count, "links", others.Count, Measure.None, 0));
        report.Add(new("the same, place by place: links that one of the two finds and the other does not, or that neither finds", Apart(found, others) + Apart(found, notes.Broken), "links", null, Measure.Value, 0));
        report.Add(new("all links of all notes checked from nothing, processor time (ours: with all other rules)", ours.Work, "s", theirs.Work, Measure.Ratio, 1));
        report.Add(new("the same by the clock, with the start of the process", ours.Clock, "s", theirs.Clock, Measure.Ratio, 1));
    }

    private static int Apart(HashSet<string> one, IEnumerable<string> other)
    {
        var places = new HashSet<string>(one, StringComparer.Ordinal);
        places.SymmetricExceptWith(other);
        return places.Count;
    }

    private static async Task Questions(Report report, LinkedNotes notes, string executable, int rounds)
    {
        var theirs = JsonNode.Parse(Run("node", [Path.Combine(Folder, "markdown.mjs"), "ask", notes.Root, notes.Middle, rounds.ToString(CultureInfo.InvariantCulture)]).Output)!;
        await using var server = ServerProcess.Start(executable);
        await server.InitializeAsync(notes.Root);
        await server.Indexed;
        var asked = new Asked(server, notes.Middle, "markdown");
        foreach (var (method, parameters) in new (string, Func<JsonObject>)[]
        {
            ("textDocument/documentSymbol", asked.Document),
            ("textDocument/references", () => asked.At(2, 6)),
            ("workspace/symbol", () => new JsonObject { ["query"] = "part 1" }),
        })
        {
            var (median, found) = await asked.Median(method, parameters, rounds);
            var other = theirs[method]!;
            report.Add(new($"`{method}` in {notes.Files} notes, median (ours over the wire, {found} found; theirs without, {other["found"]})", median, "ms", other["median"]!.GetValue<double>(), Measure.None, 0));
        }
    }

    private static async Task Yaml(Report report, string executable, int rounds)
    {
        using var story = GeneratedStory.Create(100);
        var file = Directory.EnumerateFiles(Path.Combine(story.Root, "characters"), "*.yaml").Order(StringComparer.Ordinal).First();
        var schema = Path.Combine(story.Root, ".story", "character.schema.json");
        Directory.CreateDirectory(Path.GetDirectoryName(schema)!);
        await File.WriteAllTextAsync(schema, Run(executable, ["schema", "export", "character"]).Output);
        await File.WriteAllTextAsync(file, $"# yaml-language-server: $schema={new Uri(schema).AbsoluteUri}\n{await File.ReadAllTextAsync(file)}");
        await using var ours = ServerProcess.Start(executable);
        await using var theirs = ServerProcess.Start("node", Path.Combine(Folder, "node_modules", "yaml-language-server", "bin", "yaml-language-server"), "--stdio");
        await ours.InitializeAsync(story.Root);
        await theirs.InitializeAsync(story.Root);
        await ours.Indexed;
        var (mine, other) = (new Asked(ours, file, "yaml"), new Asked(theirs, file, "yaml"));
        var lines = await File.ReadAllLinesAsync(file);
        var occupation = Array.FindIndex(lines, line => line.StartsWith("occupation:", StringComparison.Ordinal));
        foreach (var (what, method, character) in new[] { ("outline", "textDocument/documentSymbol", 0), ("hover of a key", "textDocument/hover", 3), ("completion of a key", "textDocument/completion", 2) })
        {
            JsonObject Parameters(Asked asked) => method == "textDocument/documentSymbol" ? asked.Document() : asked.At(occupation, character);
            var (median, found) = await mine.Median(method, () => Parameters(mine), rounds);
            var (otherMedian, otherFound) = await other.Median(method, () => Parameters(other), rounds);
            var name = $"YAML under a schema, {what}, median over the wire (ours {found}, yaml-language-server {otherFound})";

            // Who has found nothing has not done the work.
            report.Add(found > 0 && otherFound > 0 ? new(name, median, "ms", otherMedian, Measure.None, 0) : new(name, null, "ms", null, Measure.None, 0) { Reason = "one of the two found nothing, so this is not the same work" });
        }
    }

    private static (double Clock, double Work, string Output) Run(string program, string[] arguments)
    {
        var before = ChildProcesses.Work;
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode <= 1 && output.Length > 0 ? (clock.Elapsed.TotalSeconds, ChildProcesses.Work - before, output)
            : throw new InvalidOperationException($"{program} {arguments[0]} ended with {process.ExitCode}: {error.Result}");
    }

    /// <summary>One document in one server, which is edited before each question.</summary>
    private sealed class Asked
    {
        private const int WarmUp = 5;
        private readonly ServerProcess _server;
        private readonly string _uri;
        private SourceText _text;
        private int _version = 1;

        public Asked(ServerProcess server, string file, string language)
        {
            (_server, _uri, _text) = (server, new Uri(file).AbsoluteUri, SourceText.From(File.ReadAllText(file) + (language == "yaml" ? "# " : "")));
            server.Notify("textDocument/didOpen", new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = _uri, ["languageId"] = language, ["version"] = 1, ["text"] = _text.Text } });
        }

        public JsonObject Document() => new() { ["textDocument"] = new JsonObject { ["uri"] = _uri } };

        public JsonObject At(int line, int character) => new()
        {
            ["textDocument"] = new JsonObject { ["uri"] = _uri },
            ["position"] = new JsonObject { ["line"] = line, ["character"] = character },
            ["context"] = new JsonObject { ["includeDeclaration"] = true, ["triggerKind"] = 1 },
        };

        public async Task<(double Median, int Found)> Median(string method, Func<JsonObject> parameters, int rounds)
        {
            var times = new Samples();
            JsonNode? answer = null;
            for (var i = 0; i < rounds + WarmUp; i++)
            {
                if (i == WarmUp)
                {
                    times.Clear();
                }

                var end = _text.GetPosition(_text.Length);
                var position = new JsonObject { ["line"] = end.Line, ["character"] = end.Character };
                _text = _text.WithEdit(new TextSpan(_text.Length, 0), "x");
                _server.Notify("textDocument/didChange", new JsonObject
                {
                    ["textDocument"] = new JsonObject { ["uri"] = _uri, ["version"] = ++_version },
                    ["contentChanges"] = new JsonArray(new JsonObject { ["range"] = new JsonObject { ["start"] = position, ["end"] = position.DeepClone() }, ["text"] = "x" }),
                });
                await times.TimeAsync(async () => answer = await _server.RequestAsync(method, parameters()));
            }

            return (times.Percentile(50), (answer as JsonArray ?? answer?["items"] as JsonArray)?.Count ?? (answer is null ? 0 : 1));
        }
    }
}
