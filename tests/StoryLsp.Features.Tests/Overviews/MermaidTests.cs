using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;
using StoryLsp.Features.Overviews;
using StoryLsp.Testing;

namespace StoryLsp.Features.Tests.Overviews;

/// <summary>Graph and timeline as text that Mermaid reads, whatever the names are.</summary>
public sealed partial class MermaidTests
{
    private static readonly string[] Hostile =
    [
        "\"quoted\"", "a\"] --> n1[\"b", "end", "graph TD; A-->B", "%% no comment", "%%{init: {}}%%", "[[Ada]]", "{a}", "(a)", "a|b", "# heading", "#quot;", "a:b : c", "1. list", "12.", "- item", "* star", "`code`",
        "line\nbreak", "section Two", "title Mine", "timeline", "accTitle: x", "<b>bold</b>", "&amp;", "a\\b", "\u2028", "\u202Eesrever", "\uD800", "style x:#1;", "classDef y:#2;", "click n0 call()", "---", "subgraph", "é ж 日本", "🦊 fox", " ", "…",
    ];

    [TestCaseSource(nameof(Hostile))]
    public void Any_name_stands_in_a_diagram_as_text(string name) => AssertMeansNothing(MermaidText.Of(name));

    [Test]
    public void No_text_at_all_means_anything() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(ArbMap.Default.ArbFor<string>().Filter(text => text is not null), text => AssertMeansNothing(MermaidText.Of(text!))));

    [Test]
    public void Names_of_people_stay_legible() => Assert.That(
        new[] { "Ada Vane", "Mr. Hale", "Anne-Marie O’Neil", "Tom (the younger)", "Ж 2", "日本", "🦊" }.Select(MermaidText.Of), Is.EqualTo(new[] { "Ada Vane", "Mr. Hale", "Anne-Marie O’Neil", "Tom (the younger)", "Ж 2", "日本", "🦊" }));

    [Test]
    public void A_graph_of_hostile_names_has_one_line_for_each_node_and_edge()
    {
        var story = Story();
        var graph = RelationshipGraph.Of(story.Snapshot, CancellationToken.None);
        Assert.That(graph.Nodes, Has.Count.EqualTo(Hostile.Length));
        var lines = graph.Mermaid().TrimEnd('\n').Split('\n');
        Assert.That(lines[0], Is.EqualTo("flowchart LR"));
        Assert.That(lines.Skip(1), Has.All.Matches<string>(line => Node().IsMatch(line!) || Edge().IsMatch(line!)));
        Assert.That(lines.Count(line => Node().IsMatch(line)), Is.EqualTo(graph.Nodes.Count));
        Assert.That(lines.Count(line => Edge().IsMatch(line)), Is.EqualTo(graph.Ties.Count).And.GreaterThan(5));
    }

    [Test]
    public void A_timeline_of_hostile_names_has_one_line_for_each_scene()
    {
        var text = TimelineOverview.Mermaid(Story().Snapshot);
        var lines = text.TrimEnd('\n').Split('\n');
        Assert.That(lines[0], Is.EqualTo("timeline"));
        Assert.That(lines[1], Is.EqualTo("    title #34;It#34; #58; the story"));
        Assert.That(lines.Skip(2), Has.All.Matches<string>(line => Moment().IsMatch(line!)));
        Assert.That(lines, Has.Length.EqualTo(Hostile.Length + 2));
    }

    [Test]
    public void More_than_Mermaid_draws_is_left_out_and_said()
    {
        var people = Enumerable.Range(0, 40).Select(number => $"//- characters/c{number}.yaml\nname: Person {number}\n");
        var story = FixtureWorkspace.Of("//- story.yaml\nstory: 1\n" + string.Concat(people) + $"//- scenes/all.md\n---\ncharacters: [{string.Join(", ", Enumerable.Range(0, 40).Select(number => $"c{number}"))}]\n---\nAll.\n");
        var graph = RelationshipGraph.Of(story.Snapshot, CancellationToken.None);
        var lines = graph.Mermaid().TrimEnd('\n').Split('\n');
        Assert.That(graph.Ties, Has.Count.EqualTo(40 * 39 / 2));
        Assert.That(lines.Count(line => Edge().IsMatch(line)), Is.EqualTo(MermaidText.MostEdges));
        Assert.That(lines[^1], Is.EqualTo($"%% {(40 * 39 / 2) - MermaidText.MostEdges} more do not fit into what Mermaid draws"));
    }

    private static FixtureWorkspace Story() => FixtureWorkspace.OfTexts(
    [
        new("story.yaml", "story: 1\ntitle: '\"It\" : the story'\n"),
        .. Hostile.Select((name, number) => KeyValuePair.Create($"characters/c{number}.yaml", $"id: c{number}\nname: {Quoted(name)}\nrelations: [{{to: c{(number + 1) % 7}, kind: {Quoted(name)}}}]\n")),
        .. Hostile.Select((name, number) => KeyValuePair.Create($"scenes/s{number}.md", $"---\nname: {Quoted(name)}\nwhen: 1926-11-05T21:30\ncharacters: [c1, c2]\n---\n")),
    ]);

    private static string Quoted(string name) => System.Text.Json.JsonSerializer.Serialize(name.Replace("\uD800", "", StringComparison.Ordinal));

    private static void AssertMeansNothing(string written)
    {
        Assert.That(written, Is.Not.Empty.And.Matches(Meaningless()));
        Assert.That(written, Does.Not.Match(Beginning()));
    }

    // Letters of any script, a few signs that mean nothing, and codes; never two blanks, which a list could begin with.
    private const string Words = @"(?:[\p{L}\p{M}\p{N} ,'!?()/.\-]|[^\x00-\x7F\p{C}\p{Zl}\p{Zp}]|[\uD800-\uDBFF][\uDC00-\uDFFF]|\u200C|\u200D|#[0-9]+;)+";

    [GeneratedRegex("^" + Words + "$")]
    private static partial Regex Meaningless();

    [GeneratedRegex(@"^(?:[-./( ]|[0-9]+\.|title|section|timeline|acctitle|accdescr)", RegexOptions.IgnoreCase)]
    private static partial Regex Beginning();

    [GeneratedRegex("^    n\\d+\\[\"" + Words + "\"\\]$")]
    private static partial Regex Node();

    [GeneratedRegex("^    n\\d+ (?:-->|---)\\|\"" + Words + "\"\\| n\\d+$")]
    private static partial Regex Edge();

    [GeneratedRegex("^(?:    " + Words + "|           ) : " + Words + "$")]
    private static partial Regex Moment();
}
