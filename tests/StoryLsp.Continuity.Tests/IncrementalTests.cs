using NUnit.Framework;
using StoryLsp.Index;
using StoryLsp.Language.Documents;
using StoryLsp.Language.Facts;
using StoryLsp.Language.Text;
using StoryLsp.Testing;

namespace StoryLsp.Continuity.Tests;

/// <summary>What is kept from before a change is what would be found anew, and nothing that a writer can type makes a rule or a fix fail.</summary>
public class IncrementalTests
{
    private static readonly string[] Names = ["ada", "Ada Vane", "tom", "Tom", "mill", "Old Mill", "Weir", "kit", "the weaver"];
    private static readonly string[] Paths =
    [
        "characters/ada.yaml", "characters/Tom.md", "characters/old/tom.yaml", "locations/mill.yaml", "locations/weir.md", "scenes/one.md", "scenes/two.md",
        "notes/plan.md", "Weir.md", "img/map.png", "all.yaml",
    ];

    [Test]
    public void Findings_after_changes_are_those_of_a_fresh_start([Values(1, 3, 36)] int seed)
    {
        var random = new Random(seed);
        var findings = new Findings();
        var texts = new Dictionary<string, string> { ["story.yaml"] = "story: 1\n" };
        var start = FixtureWorkspace.OfTexts(texts);
        var snapshot = start.Snapshot;
        var source = new ChangingSource(texts, snapshot);
        snapshot = Snapshot.Empty(FixtureWorkspace.Root, snapshot.Settings, snapshot.Schemas, source)
            .With([source.Document("story.yaml", snapshot)!.Facts], [], FileSet.Of(texts.Keys), true);
        for (var step = 0; step < 150; step++)
        {
            var path = Paths[random.Next(Paths.Length)];
            var removed = new List<string>();
            var changed = new List<DocumentFacts>();
            if (random.Next(4) == 0)
            {
                texts.Remove(path);
                removed.Add(path);
            }
            else
            {
                texts[path] = TextOf(path, random);
                if (!path.EndsWith(".png", StringComparison.Ordinal))
                {
                    changed.Add(source.Document(path, snapshot)!.Facts);
                }
            }

            snapshot = snapshot.With(changed, removed, FileSet.Of(texts.Keys));
            var fresh = FixtureWorkspace.OfTexts(texts);
            var kept = snapshot.Documents.Select(facts => facts.Path).Order(StringComparer.Ordinal)
                .SelectMany(each => findings.Of(snapshot, each).Select(finding => Line(each, finding)));
            Assert.That(kept, Is.EqualTo(fresh.AllFindings().Select(found => Line(found.Path, found.Finding))), $"step {step}, {path}\n{fresh.Render()}");
        }
    }

    [Test]
    public void No_text_makes_a_rule_or_a_fix_fail([Values(1, 2)] int seed)
    {
        var random = new Random(seed);
        var clean = FixtureWorkspace.OfFolder(Path.Combine(Repository.Root, "examples", "first-draft"));
        for (var round = 0; round < 40; round++)
        {
            var texts = clean.Files.ToDictionary(file => file.Path, file => file.Text);
            for (var edit = 0; edit < 12; edit++)
            {
                var path = texts.Keys.ElementAt(random.Next(texts.Count));
                texts[path] = Broken(texts[path], random);
            }

            var workspace = FixtureWorkspace.OfTexts(texts);
            foreach (var found in workspace.AllFindings())
            {
                Assert.That(found.Finding.Span.End, Is.LessThanOrEqualTo(workspace.Text(found.Path)!.Length));
                foreach (var fix in workspace.FixesOf(found))
                {
                    // A change whose edits overlap or leave the text fails here.
                    workspace.Apply(fix.Change);
                }
            }
        }
    }

    [Test]
    public void Thousands_of_one_name_and_thousands_of_errors_take_no_square_of_time()
    {
        const int Many = 20_000;
        var guards = string.Concat(Enumerable.Range(0, Many).Select(_ => "  - {id: guard, name: Guard, home: Guard, eeyes: x}\n"));
        var broken = string.Concat(Enumerable.Range(0, Many).Select(i => $"  - id: b{i}\n    name: a: b\n    home: @x\n    home: y\n"));
        var workspace = FixtureWorkspace.OfTexts([
            KeyValuePair.Create("story.yaml", "story: 1\n"), KeyValuePair.Create("guards.yaml", "locations:\n" + guards), KeyValuePair.Create("broken.yaml", "characters:\n" + broken),
        ]);
        var codes = workspace.AllFindings().GroupBy(found => found.Finding.Code).ToDictionary(group => group.Key, group => group.Count());
        Assert.That(codes["ref/duplicate-id"], Is.EqualTo(Many - 1));
        Assert.That(codes["yaml/syntax"], Is.GreaterThanOrEqualTo(100));
        Assert.That(codes["yaml/duplicate-key"], Is.EqualTo(Many));
    }

    [Test]
    public void Every_fix_of_the_first_draft_mends_its_fault()
    {
        var workspace = FixtureWorkspace.OfFolder(Path.Combine(Repository.Root, "examples", "first-draft"));
        RuleCheck.Fixes(workspace);
    }

    private static string Line(string path, Finding finding) =>
        $"{path} {finding.Span} {finding.Code} {finding.Severity} {finding.Message} {string.Join(' ', finding.Related.OrderBy(place => place.Path, StringComparer.Ordinal).ThenBy(place => place.Span.Start))}";

    private static string TextOf(string path, Random random)
    {
        string Name() => Names[random.Next(Names.Length)];
        var fields = new[]
        {
            $"name: {Name()}", $"id: {Name()}", $"aliases: [{Name()}]", $"pov: {Name()}", $"location: \"[[{Name()}]]\"", $"characters: [{Name()}, {Name()}]",
            $"synopsys: x", "charcters: []", $"routes: [{{to: {Name()}, moode: x}}]", $"routes: [{{to: {Name()}, moode: x, timme: y}}]", $"within: {Name()}", "type: location", "order: x",
        };
        var chosen = string.Join('\n', fields.Where(_ => random.Next(3) == 0));
        if (path == "all.yaml")
        {
            return $"characters:\n  - {{id: {Name()}, name: {Name()}}}\n  - {{id: {Name()}, home: {Name()}}}\n";
        }

        return path.EndsWith(".yaml", StringComparison.Ordinal)
            ? chosen + "\n"
            : $"---\n{chosen}\n---\n# {Name()}\n\n[[{Name()}]] [[{Name()}#{Name()}]] ![[map.png]] [a]({Name()}.md#{Name()}) [[#{Name()}]]\n\n## {Name()}\n";
    }

    private static string Broken(string text, Random random)
    {
        string[] bits = ["\"", "'", "[", "]", "{", "}", ": ", "\n", "\t", "@", "---\n", "[[", "]]", "#", "- ", "*a", "&a ", "\r\n", "é", "😀", "<!-- story-ignore: ref/* -->\n", "type: ", "|\n"];
        var at = random.Next(text.Length + 1);
        var length = Math.Min(random.Next(3) == 0 ? random.Next(40) : 0, text.Length - at);
        return text.Remove(at, length).Insert(at, bits[random.Next(bits.Length)]);
    }
}
