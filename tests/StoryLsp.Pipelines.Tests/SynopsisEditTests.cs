using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;
using StoryLsp.Pipelines.Steps;

namespace StoryLsp.Pipelines.Tests;

[TestFixture]
internal sealed class SynopsisEditTests
{
    private const string Text = "Ada meets Tom.";

    private static readonly TestCaseData[] Cases =
    [
        Case("yaml", "a.yaml", "type: scene\nname: A\npov: ada\n", "type: scene\nname: A\nsynopsis: Ada meets Tom.\npov: ada\n"),
        Case("yaml, comments", "a.yaml", "# top\ntype: scene # kind\n\n# who\npov: ada\n", "# top\ntype: scene # kind\nsynopsis: Ada meets Tom.\n\n# who\npov: ada\n"),
        Case("yaml, no line end", "a.yaml", "pov: ada\ntype: scene", "pov: ada\ntype: scene\nsynopsis: Ada meets Tom."),
        Case("yaml, CRLF", "a.yaml", "type: scene\r\npov: ada\r\n", "type: scene\r\nsynopsis: Ada meets Tom.\r\npov: ada\r\n"),
        Case("yaml, BOM", "a.yaml", "\uFEFFtype: scene\n", "\uFEFFtype: scene\nsynopsis: Ada meets Tom.\n"),
        Case("yaml, no id", "scenes/a.yaml", "pov: ada\nnotes: |+\n  x\n\n\n", "synopsis: Ada meets Tom.\npov: ada\nnotes: |+\n  x\n\n\n"),
        Case("flow", "a.yaml", "{type: scene, id: a, pov: ada}\n", "{type: scene, id: a, synopsis: \"Ada meets Tom.\", pov: ada}\n"),
        Case("flow, JSON", "a.yaml", "{\"type\": \"scene\", \"id\": \"a\"}\n", "{\"type\": \"scene\", \"id\": \"a\", \"synopsis\": \"Ada meets Tom.\"}\n"),
        Case("flow, replaced", "a.yaml", "{type: scene, synopsis: old words, pov: ada}\n", "{type: scene, synopsis: \"Ada meets Tom.\", pov: ada}\n"),
        Case("empty", "a.yaml", "type: scene\nsynopsis:\npov: ada\n", "type: scene\nsynopsis: Ada meets Tom.\npov: ada\n"),
        Case("empty, comment", "a.yaml", "type: scene\nsynopsis: # later\npov: ada\n", "type: scene\nsynopsis: Ada meets Tom. # later\npov: ada\n"),
        Case("empty, last", "a.yaml", "type: scene\nsynopsis:", "type: scene\nsynopsis: Ada meets Tom."),
        Case("null", "a.yaml", "type: scene\nsynopsis: ~\n", "type: scene\nsynopsis: Ada meets Tom.\n"),
        Case("plain", "a.yaml", "type: scene\nsynopsis: Old. # note\npov: ada\n", "type: scene\nsynopsis: Ada meets Tom. # note\npov: ada\n"),
        Case("other case", "a.yaml", "type: scene\nSynopsis: Old.\n", "type: scene\nSynopsis: Ada meets Tom.\n"),
        Case("folded", "a.yaml", "type: scene\nsynopsis: >\n  Old\n  words.\n\npov: ada\n", "type: scene\nsynopsis: Ada meets Tom.\n\npov: ada\n"),
        Case("literal", "a.yaml", "type: scene\nsynopsis: |-\n  Old\n\n  words.\n# end\n", "type: scene\nsynopsis: Ada meets Tom.\n# end\n"),
        Case("quoted lines", "a.yaml", "type: scene\nsynopsis: \"Old\n  words\"\npov: ada\n", "type: scene\nsynopsis: Ada meets Tom.\npov: ada\n"),
        Case("plain lines", "a.yaml", "type: scene\nsynopsis: Old\n  words\npov: ada\n", "type: scene\nsynopsis: Ada meets Tom.\npov: ada\n"),
        Case("next line", "a.yaml", "type: scene\nsynopsis:\n  Old words\npov: ada\n", "type: scene\nsynopsis: Ada meets Tom.\npov: ada\n"),
        Case("list", "a.yaml", "type: scene\nsynopsis:\n- Old\n- words\npov: ada\n", "type: scene\nsynopsis: Ada meets Tom.\npov: ada\n"),
        Case("nested", "a.yaml", "scenes:\n  - id: a\n    pov: ada\n  - id: b\n", "scenes:\n  - id: a\n    synopsis: Ada meets Tom.\n    pov: ada\n  - id: b\n", "a"),
        Case("nested, second", "a.yaml", "scenes:\n- id: a\n  pov: ada\n-   pov: ada\n    id: b # b\n", "scenes:\n- id: a\n  pov: ada\n-   pov: ada\n    id: b # b\n    synopsis: Ada meets Tom.\n", "b"),
        Case("nested, only id", "a.yaml", "scenes:\n  - id: b", "scenes:\n  - id: b\n    synopsis: Ada meets Tom.", "b"),
        Case("nested map", "a.yaml", "scenes:\n  a:\n    name: A\n  b: {name: B}\n", "scenes:\n  a:\n    name: A\n    synopsis: Ada meets Tom.\n  b: {name: B}\n", "a"),
        Case("second document", "a.yaml", "type: scene\nid: a\n---\ntype: scene\nid: b\n...\n", "type: scene\nid: a\n---\ntype: scene\nid: b\nsynopsis: Ada meets Tom.\n...\n", "b"),
        Case("showrunner", "a.yaml", "id: a\ncontainer_type: scene\nname: A\nattributes:\n  pov: ada\n", "id: a\ncontainer_type: scene\nname: A\nattributes:\n  synopsis: Ada meets Tom.\n  pov: ada\n"),
        Case("showrunner, replaced", "a.yaml", "id: a\ncontainer_type: scene\nattributes:\n  synopsis: Old.\n", "id: a\ncontainer_type: scene\nattributes:\n  synopsis: Ada meets Tom.\n"),
        Case("front matter", "a.md", "---\ntype: scene\ntitle: A\npov: ada\n---\n\nProse.\n", "---\ntype: scene\ntitle: A\nsynopsis: Ada meets Tom.\npov: ada\n---\n\nProse.\n"),
        Case("front matter, CRLF", "a.md", "---\r\ntype: scene\r\n---\r\nProse.\r\n", "---\r\ntype: scene\r\nsynopsis: Ada meets Tom.\r\n---\r\nProse.\r\n"),
        Case("front matter, empty", "scenes/a.md", "---\n---\nProse.\n", "---\nsynopsis: Ada meets Tom.\n---\nProse.\n"),
        Case("fence, odd indentation", "scenes/a.md", "# Two\n\n```story\n   id: two\n   pov: ada\n```\nProse.\n", "# Two\n\n```story\n   id: two\n   synopsis: Ada meets Tom.\n   pov: ada\n```\nProse.\n", "two"),
        Case("no front matter", "scenes/a.md", "# The Mill\n\nProse.\n", "---\nsynopsis: Ada meets Tom.\n---\n\n# The Mill\n\nProse.\n"),
        Case("no front matter, BOM", "scenes/a.md", "\uFEFFProse.\n", "\uFEFF---\nsynopsis: Ada meets Tom.\n---\n\nProse.\n"),
        Case("no front matter, a rule", "scenes/a.md", "---\n\nProse.\n", "---\nsynopsis: Ada meets Tom.\n---\n\n---\n\nProse.\n"),
        Case("heading", "scenes/a.md", "# One\n\n## Two\n\n```story\npov: ada\nid: two\n```\n\nProse.\n", "# One\n\n## Two\n\n```story\npov: ada\nid: two\nsynopsis: Ada meets Tom.\n```\n\nProse.\n", "two"),
        Case("heading, empty fence", "scenes/a.md", "## Two\n```story\n```\nProse.\n", "## Two\n```story\nsynopsis: Ada meets Tom.\n```\nProse.\n", "two"),
        Case("novelWriter", "scenes/a.md", "### A\n\n@pov: Ada\n%synopsis: Old words.\n\nProse.\n", "### A\n\n@pov: Ada\n%synopsis: Ada meets Tom.\n\nProse.\n"),
        Case("novelWriter, new", "scenes/a.md", "### A\n\n@pov: Ada\n\nProse.\n", "### A\n\n@pov: Ada\n%Synopsis: Ada meets Tom.\n\nProse.\n"),
        Case("fountain", "a.fountain", "Title: T\n\nINT. MILL - DAY\n\nAda waits.\n", "Title: T\n\nINT. MILL - DAY\n\n= Ada meets Tom.\n\nAda waits.\n", "a-1"),
        Case("fountain, replaced", "a.fountain", "INT. MILL - DAY\n\n= Old.\n\nAda waits.\n", "INT. MILL - DAY\n\n= Ada meets Tom.\n\nAda waits.\n", "a-1"),
    ];

    private static readonly string[] Awkward =
    [
        "Ada: she waits.", "Ada waits #1 of 2.", "\"Wait,\" says Ada.", "- Ada waits.", "@ada waits.", "*Ada* waits.", "Ada waits 🦊 there.", "C:\\mill is 'her' place.",
        "true", "12", "Ada", "~", "null", "[Ada] waits.", "{Ada} waits.", "Ada waits, then [leaves]} it.", "Ada waits:", "---", "Ada \u2028 waits.", "川の流れを見る。", "% Ada", "? Ada", "! Ada", "& Ada", "| Ada",
        "Ada’s “mill”", "Ada waits \uFEFF there.", "Lone \uD83E half.", string.Join(' ', Enumerable.Repeat("word", 2000)),
    ];

    [TestCaseSource(nameof(Cases))]
    public void TheSynopsisGoesWhereAWriterWouldPutIt(string path, string before, string after, string? id)
    {
        var (workspace, edit) = Propose(path, before, id, Text);
        Assert.That(edit, Is.Not.Null);
        Assert.That(workspace.Text(path)!.WithEdits([edit!.Value]).Text, Is.EqualTo(after));
    }

    [TestCaseSource(nameof(Cases))]
    public void ReadAgainTheFieldSaysWhatWasWrittenAndASecondRunReplacesIt(string path, string before, string after, string? id)
    {
        foreach (var words in Awkward.Where(words => !path.EndsWith(".fountain", StringComparison.Ordinal) || !words.Contains('\uFEFF')))
        {
            var (workspace, edit) = Propose(path, before, id, words);
            Assert.That(edit, Is.Not.Null, words);
            var text = workspace.Text(path)!;
            var once = FixtureWorkspace.OfTexts([new("story.yaml", "story: 1\n"), new(path, text.WithEdits([edit!.Value]).Text)]);
            Assert.That(Scene(once.Document(path), id).Field("synopsis")!.Value.ToString(), Is.EqualTo(words));
            Assert.That(once.AllFindings().Select(found => found.Finding.Code), Is.SubsetOf(workspace.AllFindings().Select(found => found.Finding.Code)), words);

            var (_, second) = Propose(path, once.Text(path)!.Text, id, Text);
            Assert.That(second, Is.Not.Null, words);
            var twice = once.Text(path)!.WithEdits([second!.Value]).Text;
            var mark = path.EndsWith(".fountain", StringComparison.Ordinal) ? "\n= " : "ynopsis";
            Assert.That(twice.Split(mark), Has.Length.EqualTo(2), twice);
            Assert.That(Scene(FixtureWorkspace.OfTexts([new("story.yaml", "story: 1\n"), new(path, twice)]).Document(path), id).Field("synopsis")!.Value.ToString(), Is.EqualTo(Text));
        }
    }

    [TestCase("a.yaml", "type: scene\nname: \"A\n", "a", TestName = "an open quote")]
    [TestCase("a.yaml", "type: scene\nname: A\n  stray line\n: : :\n", "a", TestName = "a stray line")]
    [TestCase("a.yaml", "{type: scene, id: a", "a", TestName = "an open brace")]
    [TestCase("a.md", "---\ntype: scene\n\nProse without a fence.\n", "a", TestName = "open front matter")]
    [TestCase("a.yaml", "type: scene\nid: a\n? synopsis\n: Old.\n", "a", TestName = "an explicit key")]
    [TestCase("a.yaml", "type: scene\nid: a\nsynopsis: &s\npov: *s\n", "a", TestName = "an anchor")]
    [TestCase("a.yaml", "type: scene\nid: a\nsynopsis: !!str\n", "a", TestName = "a tag")]
    [TestCase("scenes/a.yaml", "scenes:\n- [id: a]\n- id: b\n", "b", TestName = "a pair in brackets")]
    [TestCase("a.yaml", "\ttype: scene\n\tid: a\n", "a", TestName = "tabs")]
    public void WhereTheFileIsBrokenNothingElseIs(string path, string before, string id)
    {
        var (workspace, edit) = Propose(path, before, id, Text);
        if (edit is { } found)
        {
            var after = FixtureWorkspace.OfTexts([new("story.yaml", "story: 1\n"), new(path, workspace.Text(path)!.WithEdits([found]).Text)]);
            Assert.That(Scene(after.Document(path), id).Field("synopsis")?.Value.ToString(), Is.EqualTo(Text));
            Assert.That(after.AllFindings(), Has.Count.LessThanOrEqualTo(workspace.AllFindings().Count));
        }
    }

    private static TestCaseData Case(string name, string path, string before, string after, string? id = null) =>
        new TestCaseData(path, before, after, id).SetArgDisplayNames(name);

    private static (FixtureWorkspace Workspace, TextEdit? Edit) Propose(string path, string text, string? id, string synopsis)
    {
        var workspace = FixtureWorkspace.OfTexts([new("story.yaml", "story: 1\n"), new(path, text)]);
        var document = workspace.Document(path);
        var context = new ReadingContext(workspace.Snapshot.Schemas, workspace.Snapshot.Settings, []);
        return (workspace, SynopsisEdit.Of(document, Scene(document, id), synopsis, context));
    }

    private static ContainerFact Scene(Document document, string? id) => document.Facts.Containers.First(container => id is null || container.Id == id);
}
