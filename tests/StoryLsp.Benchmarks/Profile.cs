using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using StoryLsp.Continuity;
using StoryLsp.Continuity.State;
using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Index.Files;
using StoryLsp.Index.Storage;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Markdown;
using StoryLsp.Language.Text;
using StoryLsp.Language.Yaml;

namespace StoryLsp.Benchmarks;

/// <summary>Where the time goes: the steps of one figure, each over all files and on one thread, with what they allocate.</summary>
internal static class Profile
{
    public static async Task Run(string name, GeneratedStory story)
    {
        for (var round = 0; round < (name is "index" or "check" ? 12 : 3); round++)
        {
            Console.WriteLine($"round {round + 1}{(round == 0 ? " (with the compiler's work in it)" : "")}, milliseconds on one thread");
            Step("floor", () => Floor.Single(story.Root));
            switch (name)
            {
                case "cold":
                    Cold(story);
                    break;
                case "index":
                    Step("cold index", () => IndexFigures.Cold(story).GetAwaiter().GetResult());
                    break;
                case "check":
                    Step("all findings anew", () => IndexFigures.Warm(story.Root).GetAwaiter().GetResult());
                    break;
                case "warm":
                    await Warm(story);
                    break;
                default:
                    await Typing(story);
                    break;
            }
        }
    }

    private static void Cold(GeneratedStory story)
    {
        using var workspace = Workspace.Open(new WorkspaceOptions { Root = story.Root, DocumentRules = Findings.DocumentRules, UseIndexFile = false });
        var bare = new ReadingContext(workspace.Current.Schemas, workspace.Current.Settings, []);
        var context = WorkspaceContext.Of(workspace.Current.Settings, workspace.Current.Schemas, Findings.DocumentRules);
        var files = Step("walk", () => new WorkspaceWalk(story.Root, new FolderRules(story.Root), new IncludeRules(workspace.Current.Settings), NullLogger.Instance).Walk(CancellationToken.None));
        var contents = Step("read and hash", () => files.ConvertAll(file => FileContent.Read(Path.Combine(story.Root, file.Path))));
        var texts = Step("decode", () => contents.ConvertAll(content => content.Decode(out _)));
        contents.ForEach(content => content.Dispose());
        Step("parse", () =>
        {
            for (var i = 0; i < texts.Count; i++)
            {
                if (files[i].Path.EndsWith(".md", StringComparison.Ordinal))
                {
                    MarkdownParser.Parse(texts[i]);
                }
                else
                {
                    YamlParser.Parse(texts[i]);
                }
            }
        });
        Step("YAML alone, with front matter", () => texts.ForEach(text => YamlParser.Parse(text, MarkdownParser.Parse(text).FrontMatter?.Content ?? new TextSpan(0, 0))));
        var documents = Step("parse and facts", () => files.Select((file, i) => DocumentReader.Read(file.Path, texts[i], bare)).ToList());
        foreach (var rule in Findings.DocumentRules)
        {
            Step("  " + rule.GetType().Name, () => documents.ForEach(document => rule.Check(document, bare.Schemas, bare.Settings, _ => { })));
        }

        var facts = Step("parse, facts and rules of documents", () => files.Select((file, i) => DocumentReader.Read(file.Path, texts[i], context.Reading).Facts).ToList());
        var stamp = new FileStamp(1, 1, 1, new string('0', 64), context.Fingerprint);
        var blobs = Step("facts to bytes", () => facts.ConvertAll(one => StoredDocument.Write(stamp, one)));
        Console.WriteLine($"    {blobs.Sum(blob => (long)blob.Length) / 1e6:F1} MB");
        story.ForgetIndex();
        Step("facts to SQLite, with their bytes", () =>
        {
            using var store = IndexStore.Open(story.Root, false, _ => null, NullLogger.Instance)!;
            store.Start();
            for (var i = 0; i < facts.Count; i++)
            {
                store.Add(new StoreDocument(files[i].Path, stamp, facts[i], false));
            }
        });
        var set = Step("set of files", () => FileSet.Of(files.Select(file => file.Path)));
        Step("snapshot", () => workspace.Current.With(facts, [], set, isComplete: true));
    }

    private static async Task Warm(GeneratedStory story)
    {
        await IndexFigures.Cold(story);
        var pool = new StringPool();
        Dictionary<string, byte[]> blobs;
        using (var store = IndexStore.Open(story.Root, false, _ => null, NullLogger.Instance)!)
        {
            blobs = Step("bytes from SQLite", store.Load);
        }

        using var workspace = IndexFigures.Open(story.Root);
        var rules = new IncludeRules(workspace.Current.Settings);
        var files = Step("walk", () => new WorkspaceWalk(story.Root, new FolderRules(story.Root), rules, NullLogger.Instance).Walk(CancellationToken.None));
        var facts = Step("bytes to facts", () => blobs.Select(blob => StoredDocument.Read(blob.Key, blob.Value, pool)!.Value.Facts).ToList());
        var set = Step("set of files", () => FileSet.Of(files.Select(file => file.Path)));
        var snapshot = Step("snapshot", () => workspace.Current.With(facts, [], set, isComplete: true));
        foreach (var rule in Findings.Rules.OfType<SnapshotRule>())
        {
            Step("  " + rule.Code, () => facts.ForEach(one => rule.Check(snapshot, one, _ => { })));
        }

        Step("  the story", () => StoryWorld.Of(snapshot));
        Step("  the state of its world", () => StoryState.Of(snapshot));
        Step("  names", () => snapshot.Mentions);
        Step("  mentions", () => facts.Sum(one => snapshot.Mentions.In(one.Path).Count));
        foreach (var rule in Findings.Rules.OfType<StoryRule>())
        {
            Step("  " + rule.Code, () => facts.ForEach(one => rule.Check(new StoryReading(StoryWorld.Of(snapshot)), one, _ => { })));
        }

        Step("findings", () => AllFindings(snapshot));
        Step("findings once more", () => AllFindings(snapshot));
        Step("whole start", () => workspace.IndexAsync().GetAwaiter().GetResult());
    }

    private static async Task Typing(GeneratedStory story)
    {
        await using var workspace = IndexFigures.Open(story.Root);
        await workspace.IndexAsync();
        var text = workspace.Text(story.LongScene)!;
        var context = WorkspaceContext.Of(workspace.Current.Settings, workspace.Current.Schemas, Findings.DocumentRules);
        const int times = 100;
        Step("edit of the text, 100 times", () => Repeat(times, i => text.WithEdits([TypingFigures.Keystroke(text, i * 2)])));
        Step("Markdown, 100 times", () => Repeat(times, _ => MarkdownParser.Parse(text)));
        var facts = Step("document, 100 times", () => Repeat(times, _ => DocumentReader.Read(story.LongScene, text, context.Reading)))!.Facts;
        var next = Step("snapshot, 100 times", () => Repeat(times, _ => workspace.Current.With([facts], [])))!;
        Step("findings, 100 times", () => Repeat(times, _ => new Findings().Of(next, story.LongScene)));
    }

    private static int AllFindings(Snapshot snapshot)
    {
        var findings = new Findings();
        return snapshot.Documents.AsParallel().Sum(document => findings.Of(snapshot, document.Path).Count);
    }

    private static T? Repeat<T>(int times, Func<int, T> action)
    {
        T? last = default;
        for (var i = 0; i < times; i++)
        {
            last = action(i);
        }

        return last;
    }

    private static void Step(string name, Action action) => Step<object?>(name, () =>
    {
        action();
        return null;
    });

    private static T Step<T>(string name, Func<T> action)
    {
        GC.Collect();
        var collections = GC.CollectionCount(0);
        var allocated = GC.GetTotalAllocatedBytes();
        var processor = Environment.CpuUsage.TotalTime;
        var paused = GC.GetTotalPauseDuration();
        var clock = Stopwatch.StartNew();
        var result = action();
        var elapsed = clock.Elapsed;
        var used = Environment.CpuUsage.TotalTime - processor;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {name,-40} {elapsed.TotalMilliseconds,8:F0}   processor {used.TotalMilliseconds,6:F0}   collecting {(GC.GetTotalPauseDuration() - paused).TotalMilliseconds,6:F0} ({GC.CollectionCount(0) - collections,3} times)  {(GC.GetTotalAllocatedBytes() - allocated) / 1e6,8:F1} MB allocated"));
        return result;
    }
}
