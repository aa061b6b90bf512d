using NUnit.Framework;
using StoryLsp.Continuity.Story;
using StoryLsp.Index;
using StoryLsp.Language.Facts;
using StoryLsp.Testing;

namespace StoryLsp.Continuity.Tests;

/// <summary>After any edits of a story, what was kept of it is what would be found anew: no rule misses that something changed which it rests on.</summary>
public class StoryIncrementalTests
{
    private static readonly string[] People = ["ada", "tom", "lena", "kit"];
    private static readonly string[] Places = ["mill", "weir", "house", "attic"];
    private static readonly string[] Items = ["revolver", "lamp"];
    private static readonly string[] Facts = ["will", "debt"];
    private static readonly string[] Threads = ["gun", "letter"];
    private static readonly string[] Clues = ["boots", "ash", "note"];
    private static readonly string[] Scenes = ["s1", "s2", "s3", "s4", "s5", "s6"];
    private static readonly string[] Whens =
    [
        "1926-11-05", "1926-11-05T21:30", "1926-11-06T08:00", "1926-11-07", "1926-11", "1926~", "2026-02-30", "3 days after s1", "1 day before s3", "the day after ball", "Day 3",
        "1930-01-01", "1899-05-05", "1926-11-05T23:00",
    ];

    [Test]
    public void Findings_after_edits_are_those_of_a_fresh_start([Range(1, 6)] int seed)
    {
        var random = new Random(seed);
        var texts = new Dictionary<string, string>();
        foreach (var path in Paths())
        {
            texts[path] = TextOf(path, random);
        }

        texts["story.yaml"] = seed % 2 == 0 ? "story: 1\nstatus: complete\n" : "story: 1\nstatus: complete\nmanuscript: [s3, s1, s2]\n";
        var start = FixtureWorkspace.OfTexts(texts).Snapshot;
        var source = new ChangingSource(texts, start);
        var snapshot = Snapshot.Empty(FixtureWorkspace.Root, start.Settings, start.Schemas, source)
            .With([.. texts.Keys.Select(path => source.Document(path, start)!.Facts)], [], FileSet.Of(texts.Keys), true);
        var findings = new Findings();
        for (var step = 0; step < 60; step++)
        {
            var path = Paths().ElementAt(random.Next(Paths().Count()));
            var changed = new List<DocumentFacts>();
            var removed = new List<string>();
            if (random.Next(6) == 0 && texts.Remove(path))
            {
                removed.Add(path);
            }
            else
            {
                // Often only prose or places change, and then nothing else may be found anew.
                texts[path] = texts.TryGetValue(path, out var old) && random.Next(3) == 0 ? Nudged(old, random) : TextOf(path, random);
                changed.Add(source.Document(path, snapshot)!.Facts);
            }

            snapshot = snapshot.With(changed, removed, FileSet.Of(texts.Keys));
            var fresh = FixtureWorkspace.OfTexts(texts);
            var kept = snapshot.Documents.Select(facts => facts.Path).Order(StringComparer.Ordinal)
                .SelectMany(each => findings.Of(snapshot, each).Select(finding => Line(each, finding)));
            Assert.That(kept, Is.EqualTo(fresh.AllFindings().Select(found => Line(found.Path, found.Finding))), $"step {step}, {path}\n{fresh.Render()}");
            Assert.That(findings.Outdated(snapshot), Is.Empty, "What was just found is not out of date.");
        }
    }

    [Test]
    public void Typing_in_prose_changes_no_answer()
    {
        var texts = new Dictionary<string, string> { ["story.yaml"] = "story: 1\n" };
        var random = new Random(7);
        foreach (var path in Paths())
        {
            texts[path] = TextOf(path, random);
        }

        var start = FixtureWorkspace.OfTexts(texts).Snapshot;
        var source = new ChangingSource(texts, start);
        var before = Snapshot.Empty(FixtureWorkspace.Root, start.Settings, start.Schemas, source)
            .With([.. texts.Keys.Select(path => source.Document(path, start)!.Facts)], [], FileSet.Of(texts.Keys), true);
        var edition = StoryWorld.Of(before).Edition;
        texts["scenes/s2.md"] += " And more.";
        var after = before.With([source.Document("scenes/s2.md", before)!.Facts], [], null);
        Assert.That(StoryWorld.Of(after).Edition, Is.SameAs(edition));
        texts["scenes/s2.md"] = texts["scenes/s2.md"].Replace("---\npov:", "---\nwhen: 1926-12-24\npov:", StringComparison.Ordinal);
        after = after.With([source.Document("scenes/s2.md", after)!.Facts], [], null);
        Assert.That(StoryWorld.Of(after).Edition, Is.Not.SameAs(edition));
    }

    private static IEnumerable<string> Paths() =>
    [
        .. People.Select(name => $"characters/{name}.yaml"), .. Places.Select(name => $"locations/{name}.yaml"), .. Items.Select(name => $"items/{name}.yaml"),
        .. Facts.Select(name => $"facts/{name}.yaml"), .. Threads.Select(name => $"threads/{name}.yaml"), .. Clues.Select(name => $"clues/{name}.yaml"),
        "events/ball.yaml", "cases/murder.yaml", "shots/one.yaml", "shots/two.yaml", .. Scenes.Select(name => $"scenes/{name}.md"),
    ];

    private static string TextOf(string path, Random random)
    {
        string Any(string[] names) => names[random.Next(names.Length)];
        string List(string[] names) => "[" + string.Join(", ", names.Where(_ => random.Next(2) == 0)) + "]";
        string Some(params string[] fields) => string.Concat(fields.Where(_ => random.Next(2) == 0).Select(field => field + "\n"));
        var name = Path.GetFileNameWithoutExtension(path);
        var title = $"name: {char.ToUpperInvariant(name[0])}{name[1..]} {(random.Next(4) == 0 ? "Vane" : "Holt")}\n";
        var effect = $"{Any(People)} {Any(["dies", "revives", "learns " + Any(Facts), "takes " + Any(Items), "loses " + Any(Items), "gives " + Any(Items) + " to " + Any(People), "hair: red"])}";
        return path.Split('/')[0] switch
        {
            "characters" => title + Some($"born: {Any(Whens)}", $"died: {Any(Whens)}", "eyes: grey", $"aliases: [{Any(["Rose", "Doc", "the Weaver"])}]", "age: 34", $"home: {Any(Places)}",
                $"progressions: [{{from: {Any(Scenes)}, field: eyes, to: green}}]"),
            "locations" => title + Some($"within: {Any(Places)}", $"routes: [{{to: {Any(Places)}, time: PT5H}}]", $"built: {Any(Whens)}", $"destroyed: {Any(Whens)}"),
            "items" => title + Some($"owner: {Any(People)}"),
            "facts" => title + Some("statement: There is a second will", $"known_by: {List(People)}", $"secret_until: {Any(Scenes)}", "terms: [codicil]"),
            "threads" => title,
            "clues" => title + Some($"eliminates: {List(People)}", $"points_to: {List(People)}", "essential: true", $"establishes: {Any(Facts)}", "red_herring: true"),
            "events" => title + $"when: {Any(Whens)}\n" + Some($"participants: {List(People)}", $"location: {Any(Places)}", $"effects: [{effect}]", "duration: 2 hours"),
            "cases" => title + $"culprit: {Any(People)}\nreveal: {Any(Scenes)}\nclues: {List(Clues)}\n" + Some($"red_herrings: {List(Clues)}", $"detective: {Any(People)}",
                $"suspects: [{{who: {Any(People)}}}, {{who: {Any(People)}, alibi: {{where: {Any(Places)}, from: 1926-11-05T20:00, until: 1926-11-05T23:00}}}}]"),
            "shots" => $"scene: {Any(Scenes)}\nnumber: {random.Next(1, 3)}\nduration: {random.Next(1, 90)}\n",
            _ => "---\n" + $"pov: {Any(People)}\n" + Some($"characters: {List(People)}", $"mentions: {List(People)}", $"location: {Any(Places)}", $"when: {Any(Whens)}", "duration: 3 hours",
                    $"time_of_day: {Any(["dawn", "noon", "night"])}", $"order: {random.Next(1, 5)}", $"timeline: {Any(["linear", "flashback", "dream"])}", $"strand: {Any(["a", "b"])}",
                    $"effects: [{effect}]", $"uses: [{Any(Items)}]", $"relies_on: [{Any(Facts)}]", $"reveals: [{Any(Facts)}]", $"setups: {List(Threads)}", $"payoffs: {List(Threads)}",
                    $"plants: {List(Clues)}", "solves: murder") +
                $"---\n# {name}\n\nINT. {Any(Places).ToUpperInvariant()} - NIGHT\n\nThree days later {Any(["Ada", "Tom", "Lena Holt", "Rose", "Adda"])} was thirty-four years old, on Friday, November 5, 1926. " +
                $"{Any(["Ada", "Tom", "Kit"])}'s green eyes met the codicil. {Any(["Doc", "The Weaver", "Kit Holt"])} laughed.\n",
        };
    }

    private static string Nudged(string text, Random random) => random.Next(3) switch
    {
        0 => text + "Nobody spoke.\n",
        1 => text.StartsWith("---", StringComparison.Ordinal) ? text.Replace("---\npov", "---\n\n# a note\npov", StringComparison.Ordinal) : "# a note\n" + text,
        _ => text.Replace("laughed", "wept", StringComparison.Ordinal),
    };

    private static string Line(string path, Finding finding) =>
        $"{path} {finding.Span} {finding.Code} {finding.Severity} {finding.Message} {string.Join(' ', finding.Related.OrderBy(place => place.Path, StringComparer.Ordinal).ThenBy(place => place.Span.Start))}";
}
