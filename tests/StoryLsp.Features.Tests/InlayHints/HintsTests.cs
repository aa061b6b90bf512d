using NUnit.Framework;
using StoryLsp.Features.InlayHints;
using StoryLsp.Language.Text;
using StoryLsp.Testing;

namespace StoryLsp.Features.Tests.InlayHints;

public class HintsTests
{
    private const string World = """
        //- story.yaml
        story: 1
        //- world.yaml
        characters:
          - {id: ada, name: Ada Vane, born: 1892-11-06}
          - {id: tom, name: Tom, born: 1900}
          - {id: lena, name: Lena, age: 30}
          - {id: joe, name: Joe, born: 1890-01-01, died: 1920-05-05}
          - {id: kid, name: Kid, born: 1950-01-01}
        threads: [{id: gun, name: The gun}, {id: ring, name: The ring}]

        """;

    [TestCase("when: 1926-11-05\npov: ada", "pov: ada‹33›", Description = "the day before the birthday")]
    [TestCase("when: 1926-11-06T21:20\npov: ada", "pov: ada‹34›")]
    [TestCase("when: 1926-11-06\npov: ada\ncharacters: [tom, ada]", "characters: [tom, ada‹34›]", Description = "each once; tom is 25 or 26")]
    [TestCase("when: 1926-12-31\npov: ada\ncharacters: [lena, joe, kid, nobody]", "pov: ada‹34›", Description = "no birth, dead, not yet born, nobody")]
    [TestCase("when: 1926-11\npov: ada", null, Description = "the birthday is in that month")]
    [TestCase("when: 1926-12\npov: ada", "pov: ada‹34›")]
    [TestCase("when: c. 1926-12\npov: ada", null)]
    [TestCase("pov: ada", null)]
    [TestCase("when: 1926-12\ntimeline: dream\npov: ada", null)]
    [TestCase("when: 1926-12\nmentions: [ada]", null)]
    [TestCase("when: 1926-12\ncharacters:\n  - \"[[Ada Vane|she]]\"", "  - \"[[Ada Vane|she]]\"‹34›")]
    [TestCase("when: 1926-12\ncharacters:\n  - 'ada'", "  - 'ada'‹34›")]
    [TestCase("when: 1926-12\ncharacters: [[Ada Vane]]", "characters: [[Ada Vane]]‹34›")]
    public void Ages_of_those_who_are_there(string scene, string? line) =>
        Assert.That(Lines(World, scene, HintKind.Age), Is.EqualTo(line is null ? Array.Empty<string>() : [line]));

    [Test]
    public void Who_died_has_no_age_from_then_on()
    {
        const string Before = "//- scenes/0.md\n---\nwhen: 1926-11-01\neffects: [ada dies]\n---\n";
        Assert.That(Lines(World + Before, "when: 1926-12-01\npov: ada", HintKind.Age), Is.Empty);
    }

    [TestCase("when: 1926-11-05", "when: 1926-11-05‹Friday›")]
    [TestCase("when: 1926-11-05T21:20", "when: 1926-11-05T21:20‹Friday›")]
    [TestCase("when: \"1926-11-05\"   # noted", "when: \"1926-11-05\"‹Friday›   # noted")]
    [TestCase("when: Friday 5 November 1926", null, Description = "it says so itself")]
    [TestCase("when: 1926-11", null)]
    [TestCase("when: 1926-11-05~", null)]
    [TestCase("when: 1926-11-05/1926-11-07", null)]
    [TestCase("when: Day 3", null)]
    [TestCase("when: 1926-11-31", null)]
    [TestCase("when: 3 days after start", "when: 3 days after start‹Thursday, 4 November 1926›")]
    [TestCase("when: {after: start, by: P3D}", "when: {after: start, by: P3D}‹Thursday, 4 November 1926›")]
    [TestCase("when:\n  after: start\n  by: P3D", "when:‹Thursday, 4 November 1926›")]
    [TestCase("when: 3 days after long", "when: 3 days after long‹Thursday, 4 November 1926›", Description = "at any hour of that day")]
    [TestCase("when: 2 days before long", "when: 2 days before long‹Saturday, 30 October 1926›")]
    [TestCase("when: 3 days after night", null, Description = "from which day?")]
    [TestCase("when: 2 months after start", null)]
    [TestCase("when: 2 to 5 days after start", null)]
    [TestCase("when: 3 days after nothing", null)]
    [TestCase("when: 1926-11-05T20:00\nuntil: 1926-11-05T22:00", "when: 1926-11-05T20:00‹Friday›", Description = "the same day once")]
    [TestCase("when: 1926-11\nuntil: 1926-11-07", "until: 1926-11-07‹Sunday›")]
    public void Dates_say_their_day(string scene, string? line)
    {
        const string Start = "//- events/start.yaml\nid: start\nwhen: 1926-11-01\n---\nid: long\nwhen: 1926-11-01T16:10\nduration: PT30M\n---\nid: night\nwhen: 1926-11-01T23:10\nduration: PT2H\n";
        Assert.That(Lines(World + Start, scene, HintKind.Date), Is.EqualTo(line is null ? Array.Empty<string>() : [line]));
    }

    [Test]
    public void Dates_of_other_things_say_their_weekday_too_but_for_births()
    {
        var workspace = FixtureWorkspace.Of("""
            //- story.yaml
            story: 1
            //- schemas/ship.yaml
            schema: ship
            fields:
              launched: {type: date}
              voyages: {type: list, of: {type: object, fields: {sailed: {type: date}}}}
              note: {type: string}
            //- x.yaml
            type: ship
            built: 1912-04-10
            launched: 1911-05-31
            voyages: [{sailed: 1912-04-10}]
            note: 1912-04-14
            ---
            type: character
            name: Smith
            born: 1850-01-27
            died: 1912-04-15
            ---
            type: case
            when: 1912-04-15T02:20
            suspects:
              - {alibi: {from: 1912-04-15T01:00, until: 1912-04-16T01:00}}
            """);
        Assert.That(Rendered(workspace, "x.yaml", _ => true), Is.EqualTo(new[] { "launched: 1911-05-31‹Wednesday›", "voyages: [{sailed: 1912-04-10‹Wednesday›}]", "died: 1912-04-15‹Monday›", "when: 1912-04-15T02:20‹Monday›", "  - {alibi: {from: 1912-04-15T01:00, until: 1912-04-16T01:00‹Tuesday›}}" }));
    }

    [Test]
    public void A_calendar_of_the_story_has_its_own_weekdays_and_years()
    {
        var workspace = FixtureWorkspace.Of("""
            //- story.yaml
            story: 1
            calendar:
              name: Creek
              months: [{name: Thaw, days: 10}, {name: Feast, days: 1, intercalary: true}, {name: Fall, days: 10}]
              weekdays: [Oneday, Twoday, Threeday, Fourday, Fiveday]
            //- characters/ada.yaml
            name: Ada
            born: 0001-02-05
            //- scenes/1.md
            ---
            when: 0010-01-10
            ---
            //- scenes/2.md
            ---
            pov: ada
            when: 0010-02-01
            ---
            //- scenes/3.md
            ---
            pov: ada
            when: 0010-02-05
            ---
            """);
        Assert.That(Rendered(workspace, "scenes/2.md", _ => true), Is.EqualTo(new[] { "pov: Ada‹8›".Replace("Ada", "ada", StringComparison.Ordinal), "when: 0010-02-01‹Oneday›‹2 days later›" }));
        Assert.That(Rendered(workspace, "scenes/3.md", _ => true), Is.EqualTo(new[] { "pov: ada‹9›", "when: 0010-02-05‹Fiveday›‹4 days later›" }));
    }

    [TestCase("when: 1926-11-01", "when: 1926-11-02", "the next day")]
    [TestCase("when: 1926-11-01", "when: 1926-12-01T10:00", "30 days later")]
    [TestCase("when: 1926-11-01", "when: 1926-11-01T10:00", null)]
    [TestCase("when: 1926-11-03", "when: 1926-11-01", null, Description = "another rule speaks of that")]
    [TestCase("when: 1924-11-01", "when: 1926-11-01", "2 years later")]
    [TestCase("when: 1924-11-01", "when: 1926-11-02", "over 2 years later")]
    [TestCase("when: 1924-11-02", "when: 1926-11-01", "729 days later")]
    [TestCase("when: 1926-11", "when: 1926-12-01", null)]
    [TestCase("when: 1926-11-01\nuntil: 1926-11-03", "when: 1926-11-04", null, Description = "from which day?")]
    [TestCase("when: Day 1", "when: Day 4", "3 days later")]
    [TestCase("when: Day 1", "when: 1926-11-01", null)]
    [TestCase("when: 1926-11-01\nstrand: a", "when: 1926-11-03\nstrand: b", null)]
    [TestCase("when: 1926-11-01\nstrand: a", "when: 1926-11-03\nstrand: A", "2 days later")]
    [TestCase("when: 1926-11-01", "when: 1926-11-03\ntimeline: flashback", null)]
    [TestCase("when: 3 days after long", "when: 1926-11-08", "4 days later")]
    [TestCase("id: start\nwhen: 1926-11-01", "when: 3 days after start", null, Description = "it says so itself")]
    public void Days_since_the_scene_before(string before, string scene, string? expected)
    {
        var lines = Lines(World + $"//- events/x.yaml\nid: long\nwhen: 1926-11-01T16:10\nduration: PT30M\n//- scenes/0.md\n---\n{before}\n---\n", scene, HintKind.Elapsed);
        Assert.That(lines.Select(line => line[(line.IndexOf('‹', StringComparison.Ordinal) + 1)..^1]), Is.EqualTo(expected is null ? Array.Empty<string>() : [expected]));
    }

    [Test]
    public void A_scene_between_of_which_nobody_knows_when_it_is_leaves_the_days_open()
    {
        const string Before = "//- scenes/0.md\n---\nwhen: 1926-11-01\n---\n//- scenes/00.md\n---\npov: ada\n---\n";
        Assert.That(Lines(World + Before, "when: 1926-11-03", HintKind.Elapsed), Is.Empty);
    }

    [Test]
    public void Threads_lead_to_their_other_end()
    {
        var workspace = FixtureWorkspace.Of(World + """
            //- scenes/1.md
            ---
            title: First
            setups: [gun, ring]
            ---
            //- scenes/2.md
            ---
            title: Second
            setups: [gun]
            payoffs: [ring]
            ---
            //- scenes/3.md
            ---
            title: Third
            payoffs: [gun]
            setups: [ring]
            ---
            """);
        Assert.Multiple(() =>
        {
            Assert.That(Rendered(workspace, "scenes/1.md", _ => true), Is.EqualTo(new[] { "setups: [gun‹→ Third›, ring‹→ Second›]" }));
            Assert.That(Rendered(workspace, "scenes/2.md", _ => true), Is.EqualTo(new[] { "setups: [gun‹→ Third›]", "payoffs: [ring‹← First›]" }));
            Assert.That(Rendered(workspace, "scenes/3.md", _ => true), Is.EqualTo(new[] { "payoffs: [gun‹← First›]" }), "a promise that nobody keeps is silent");
        });
    }

    [Test]
    public void Only_what_is_on_the_screen_is_hinted_at()
    {
        var workspace = FixtureWorkspace.Of(World + "//- scenes/1.md\n---\npov: ada\nwhen: 1926-12-01\n---\n");
        var line = workspace.Text("scenes/1.md")!.GetLineSpan(1);
        Assert.That(Hints.In(workspace.Snapshot, "scenes/1.md", line, default).Select(hint => hint.Kind), Is.EqualTo(new[] { HintKind.Age }));
    }

    [Test]
    public void Nothing_is_said_before_all_is_read()
    {
        var workspace = FixtureWorkspace.Of(World + "//- scenes/1.md\n---\npov: ada\nwhen: 1926-12-01\n---\n", isComplete: false);
        Assert.That(Hints.In(workspace.Snapshot, "scenes/1.md", new TextSpan(0, 1000), default), Is.Empty);
    }

    [Test]
    public void Every_hint_says_why_it_is_true()
    {
        var workspace = FixtureWorkspace.Of(World + """
            //- scenes/1.md
            ---
            title: First
            when: 1926-11-01
            setups: [gun]
            ---
            //- scenes/2.md
            ---
            title: Second
            when: 1926-11-08T21:00
            pov: ada
            payoffs: [gun]
            ---
            """);
        var details = new[] { "scenes/1.md", "scenes/2.md" }.SelectMany(path => Hints.In(workspace.Snapshot, path, new TextSpan(0, 1000), default))
            .Select(hint => HintDetails.Of(workspace.Snapshot, hint.Kind, hint.Subject, hint.Other)!)
            .Select(detail => $"{detail.Tooltip}{(detail.Path is null ? "" : $" {detail.Path} `{workspace.Text(detail.Path)!.Slice(detail.Span)}`")}");
        Assert.That(details, Is.EqualTo(new[]
        {
            "*First* begins on Monday, 1 November 1926.",
            "*The gun* is set up here, and paid off in *Second* (scene 2). scenes/2.md `gun`",
            "*Second* begins on Monday, 8 November 1926, 21:00.",
            "7 days later: counted from *First* (scene 1), which is on Monday, 1 November 1926. It is the scene that is read before this one. scenes/1.md `1926-11-01`",
            "Ada Vane is 34 when *Second* begins: born 1892-11-06. world.yaml `1892-11-06`",
            "*The gun* is paid off here, and was set up in *First* (scene 1). scenes/1.md `gun`",
        }));
        Assert.That(HintDetails.Of(workspace.Snapshot, HintKind.Age, new("gone.md", 0), null), Is.Null);
    }

    private static string[] Lines(string world, string scene, HintKind kind) =>
        Rendered(FixtureWorkspace.Of($"{world}//- scenes/1.md\n---\n{scene}\n---\n"), "scenes/1.md", hint => hint.Kind == kind);

    // The lines that have hints, with the hints in their places.
    private static string[] Rendered(FixtureWorkspace workspace, string path, Func<Hint, bool> which)
    {
        var text = workspace.Text(path)!.Text;
        foreach (var hint in Hints.In(workspace.Snapshot, path, new TextSpan(0, text.Length), default).Where(which).Reverse())
        {
            text = text.Insert(hint.Offset, $"‹{hint.Label}›");
        }

        return [.. text.Split('\n').Where(line => line.Contains('‹'))];
    }

    [Test]
    public void A_case_begins_with_its_crime()
    {
        var workspace = FixtureWorkspace.Of("""
            //- mystery/case.yaml
            type: case
            id: affair
            name: The Affair
            when: 1926-11-05T20:45

            """);
        Assert.That(HintDetails.Of(workspace.Snapshot, HintKind.Date, new("mystery/case.yaml", 0), null)?.Tooltip, Is.EqualTo("The crime of *The Affair* begins on Friday, 5 November 1926, 20:45."));
    }
}
