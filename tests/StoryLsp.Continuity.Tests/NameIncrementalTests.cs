using NUnit.Framework;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Testing;

namespace StoryLsp.Continuity.Tests;

/// <summary>What the rules of names keep while prose, names and casts change is what they would find anew.</summary>
public class NameIncrementalTests
{
    private static readonly string[] People = ["Annabel Thornbury", "Marla Stone", "Marta Stone", "Tom Hale", "Josiah Crane"];
    private static readonly string[] Words =
    [
        "Annabel", "Annabbel", "Thornbury", "Thornbery", "Marla", "Tom", "the Captain", "the Weaver", "Josiah", "Pettigrew", "pettigrew", "thornbery", "Crane", "Mrs. Hale", "rain", "rain", "and", "the house", "saw",
    ];

    [Test]
    public void Findings_after_edits_are_those_of_a_fresh_start([Range(1, 6)] int seed)
    {
        var random = new Random(seed);
        var texts = new Dictionary<string, string> { ["story.yaml"] = seed % 2 == 0 ? "story: 1\nmanuscript: [s2, s1, s3]\n" : "story: 1\n" };
        foreach (var path in Paths())
        {
            texts[path] = TextOf(path, random);
        }

        var start = FixtureWorkspace.OfTexts(texts).Snapshot;
        var source = new ChangingSource(texts, start);
        var snapshot = Snapshot.Empty(FixtureWorkspace.Root, start.Settings, start.Schemas, source)
            .With([.. texts.Keys.Select(path => source.Document(path, start)!.Facts)], [], FileSet.Of(texts.Keys), true);
        var findings = new Findings();
        var codes = new HashSet<string>();
        for (var step = 0; step < 80; step++)
        {
            var path = Paths()[random.Next(Paths().Length)];
            var removed = new List<string>();
            var changed = new List<DocumentFacts>();
            if (random.Next(8) == 0 && texts.Remove(path))
            {
                removed.Add(path);
            }
            else
            {
                texts[path] = texts.TryGetValue(path, out var old) && random.Next(2) == 0 ? old + " " + Words[random.Next(Words.Length)] : TextOf(path, random);
                changed.Add(source.Document(path, snapshot)!.Facts);
            }

            snapshot = snapshot.With(changed, removed, FileSet.Of(texts.Keys));
            if (random.Next(3) == 0)
            {
                // Nobody asks after every change.
                continue;
            }

            var fresh = FixtureWorkspace.OfTexts(texts);
            var kept = snapshot.Documents.Select(facts => facts.Path).Order(StringComparer.Ordinal).SelectMany(each => findings.Of(snapshot, each).Select(finding => Line(each, finding))).ToList();
            Assert.That(kept, Is.EqualTo(fresh.AllFindings().Select(found => Line(found.Path, found.Finding))), $"step {step}, {path}\n{fresh.Render()}");
            Assert.That(findings.Outdated(snapshot), Is.Empty, "What was just found is not out of date.");
            codes.UnionWith(fresh.AllFindings().Select(found => found.Finding.Code));
        }

        Assert.That(codes, Is.SupersetOf(new[] { "name/ambiguous-alias", "name/cast-missing", "name/drift" }));
    }

    private static string[] Paths() =>
        [.. Enumerable.Range(0, People.Length).Select(i => $"characters/c{i}.yaml"), "scenes/s1.md", "scenes/s2.md", "scenes/s3.md", "chapters/c.md", "notes/n.md"];

    private static string TextOf(string path, Random random)
    {
        string Cast() => "[" + string.Join(", ", People.Where(_ => random.Next(2) == 0)) + "]";
        var name = Path.GetFileNameWithoutExtension(path);
        return path.Split('/')[0] switch
        {
            "characters" => $"name: {People[name[1] - '0']}\n" + (random.Next(2) == 0 ? "aliases: [the Captain]\n" : "aliases: [the Weaver]\nmatching: {aliases_from: s2}\n"),
            "scenes" => $"---\ntitle: {name}\n{(random.Next(2) == 0 ? $"characters: {Cast()}\n" : "")}{(random.Next(2) == 0 ? $"mentions: {Cast()}\n" : "")}---\nSo {Prose(random)}",
            _ => Prose(random),
        };
    }

    private static string Prose(Random random) => string.Join(random.Next(3) == 0 ? ". " : " and ", Enumerable.Range(0, random.Next(2, 14)).Select(_ => Words[random.Next(Words.Length)]));

    private static string Line(string path, Finding finding) =>
        $"{path} {finding.Code} {finding.Span} {finding.Message} {string.Join(' ', finding.Related.Select(place => place.Path + place.Span))}";
}
