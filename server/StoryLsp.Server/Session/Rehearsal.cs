using StoryLsp.Continuity;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Schemas;
using StoryLsp.Language.Settings;
using StoryLsp.Language.Text;
using StoryLsp.Protocol;

namespace StoryLsp.Server.Session;

/// <summary>
/// Does once, with nothing at stake, what the first answers will do. Most of what a first time costs is that the runtime compiles it, and that another processor
/// can do while the first one waits for the editor or reads the files.
/// </summary>
internal static class Rehearsal
{
    private static readonly Dictionary<string, string> Page = new(StringComparer.Ordinal)
    {
        ["characters/ada.yaml"] = "id: ada\nname: Ada Vane\naliases: [the Heron]\nborn: 1890-02-03\neyes: grey\n",
        ["characters/tom.yaml"] = "id: tom\nname: Tom Marsh\nage: 40\nrelationships:\n  - {to: ada, kind: friend}\n",
        ["locations/mill.yaml"] = "id: mill\nname: The Mill\n",
        ["items/key.yaml"] = "id: key\nname: The Key\n",
        ["scenes/one.md"] = "---\nid: one\nchapter: 1\norder: 1\npov: ada\ncharacters: [ada, tom]\nlocation: mill\nwhen: 1926-11-05T09:00\nduration: PT1H\neffects:\n  - ada takes key\n  - tom leaves mill\n---\n# One\n\nAda Vane met [[tom|Tom]] at the Mill. “The Heron,” he said. Her grey eyes were on the key. Three days ago she was thirty.\n",
        ["scenes/two.md"] = "---\nid: two\nchapter: 1\norder: 2\npov: tom\ncharacters: [ada]\nlocation: mill\nwhen: 1926-11-08\n---\n# Two\n\nMarsh waited for Ada. It rained.\n",
    };

    private static readonly Lazy<Task> Answers = new(() => Task.Run(ReadAndAnswer));
    private static readonly Lazy<Task> Rules = new(() => Task.Run(Check));

    private static bool IsOfUse => Environment.ProcessorCount > 1;

    /// <summary>The shapes of the first question and of its answer, which are the largest that there are.</summary>
    public static void OfInitialize() => _ = IsOfUse ? Answers.Value : null;

    /// <summary>Reading documents and checking them by all rules.</summary>
    public static void OfFindings() => _ = IsOfUse ? Rules.Value : null;

    private static void ReadAndAnswer()
    {
        _ = LspJsonContext.Default.InitializeParams.Properties.Count;
        _ = LspJsonContext.Default.InitializeResult.Properties.Count;
    }

    private static void Check()
    {
        var source = new Pages();
        var snapshot = Snapshot.Empty("", StorySettings.None, SchemaSet.Shipped, source);
        snapshot = snapshot.With([.. Page.Keys.Select(path => source.Document(path, snapshot).Facts)], [], FileSet.Of(Page.Keys), isComplete: true);
        var findings = new Findings();
        foreach (var path in Page.Keys)
        {
            findings.Of(snapshot, path);
        }
    }

    private sealed class Pages : IDocumentSource
    {
        public SourceText Text(string path) => SourceText.From(Page[path]);

        public Document Document(string path, Snapshot snapshot) =>
            DocumentReader.Read(path, Text(path), new ReadingContext(snapshot.Schemas, snapshot.Settings, Findings.DocumentRules));
    }
}
