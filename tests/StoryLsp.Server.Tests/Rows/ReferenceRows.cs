using NUnit.Framework;

namespace StoryLsp.Server.Tests.Rows;

/// <summary>Section 2 of the format, row by row: the forms of references and what they mean.</summary>
public sealed class ReferenceRows
{
    private const string Cast = """
        //- story.yaml
        story: 1
        //- characters/ada.yaml
        id: ada-vane
        name: Ada Vane
        aliases: [The Surveyor]
        //- characters/tom.yaml
        name: Tom Reed
        //- locations/mill.md
        # The Old Mill

        ## Wheel House

        Text. ^block1

        ## Größe & Maß

        """;

    private static IEnumerable<TestCaseData> Fields()
    {
        yield return new TestCaseData("ada-vane", "ada-vane → ada-vane").SetName("a written id");
        yield return new TestCaseData("Ada Vane", "Ada Vane → ada-vane").SetName("a name");
        yield return new TestCaseData("The Surveyor", "The Surveyor → ada-vane").SetName("an alias");
        yield return new TestCaseData("the SURVEYOR", "the SURVEYOR → ada-vane").SetName("an alias in another case");
        yield return new TestCaseData("ADA-VANE", "ADA-VANE → ada-vane").SetName("an id in another case");
        yield return new TestCaseData("tom", "tom → tom").SetName("a derived id");
        yield return new TestCaseData("characters/tom.yaml", "characters/tom.yaml → tom").SetName("a path");
        yield return new TestCaseData("\"[[Ada Vane]]\"", "Ada Vane → ada-vane").SetName("a wikilink in quotes");
        yield return new TestCaseData("[[Ada Vane]]", "Ada Vane → ada-vane").SetName("an unquoted wikilink");
        yield return new TestCaseData("\"[[Ada Vane|her]]\"", "Ada Vane → ada-vane").SetName("a wikilink that shows something else");
        yield return new TestCaseData("nobody", "nobody → Unresolved").SetName("what names nothing is unresolved");
        yield return new TestCaseData("mill", "mill → WrongType").SetName("what names another type is of the wrong type");
    }

    [TestCaseSource(nameof(Fields))]
    public async Task Field(string value, string expected)
    {
        using var row = await StoryRow.OfAsync(Cast + $"\n//- scenes/one.md\n---\npov: {value}\n---\n");
        Assert.That(row.References, Is.EqualTo("pov " + expected));
        Assert.That(row.Codes, Is.EqualTo(expected.EndsWith("Unresolved", StringComparison.Ordinal) ? "ref/unresolved" : expected.EndsWith("WrongType", StringComparison.Ordinal) ? "ref/wrong-type" : ""));
    }

    private static IEnumerable<TestCaseData> Links()
    {
        yield return Link("[[characters/tom]]", "");
        yield return Link("[[tom]]", "");
        yield return Link("[[Tom Reed]]", "");
        yield return Link("[[mill|the mill]]", "");
        yield return Link("[[mill#Wheel House]]", "");
        yield return Link("[[mill#wheel-house]]", "");
        yield return Link("[[mill#Größe & Maß]]", "");
        yield return Link("[[mill#größe--maß]]", "");
        yield return Link("[[mill#^block1]]", "");
        yield return Link("![[mill]]", "");
        yield return Link("![[map.png]]", "");
        yield return Link("[[#Here]]", "");
        yield return Link("[the mill](../locations/mill.md)", "");
        yield return Link("[the wheel](../locations/mill.md#wheel-house)", "");
        yield return Link("[web](https://example.com/x.md)", "");
        yield return Link("Tom Reed and Nobody Else met The Surveyor.", "");
        yield return Link("`[[nothing]]` <!-- [[nothing]] -->", "");
        yield return Link("[[nothing]]", "ref/unresolved");
        yield return Link("![[nothing.png]]", "ref/unresolved");
        yield return Link("[[mill#No Such]]", "ref/unresolved");
        yield return Link("[[mill#^nope]]", "ref/unresolved");
        yield return Link("[[#Nowhere]]", "ref/unresolved");
        yield return Link("[x](../locations/no.md)", "ref/broken-path");
        yield return Link("[x](../locations/mill.md#no-such)", "ref/broken-path");
    }

    [TestCaseSource(nameof(Links))]
    public async Task In_prose(string prose, string codes)
    {
        using var row = await StoryRow.OfAsync(Cast + $"\n//- map.png\nx\n//- scenes/one.md\n# Here\n\n{prose}\n");
        Assert.That(row.Codes, Is.EqualTo(codes));
    }

    [Test]
    public async Task Several_of_equal_rank_are_ambiguous()
    {
        using var row = await StoryRow.OfAsync("""
            //- story.yaml
            story: 1
            //- characters/a.yaml
            name: Alex
            //- characters/b.yaml
            name: Alex
            //- scenes/one.md
            ---
            pov: Alex
            ---
            """);
        Assert.That(row.Codes, Is.EqualTo("ref/ambiguous"));
    }

    [Test]
    public async Task Candidates_of_the_field_s_type_come_first_and_an_extending_type_counts()
    {
        using var row = await StoryRow.OfAsync("""
            //- story.yaml
            story: 1
            //- schemas/spaceship.yaml
            schema: spaceship
            extends: location
            //- characters/argo.yaml
            name: Argo
            //- spaceships/argo2.yaml
            name: Argo
            //- scenes/one.md
            ---
            pov: Argo
            location: Argo
            ---
            """);
        Assert.That(row.References, Is.EqualTo("pov Argo → argo\nlocation Argo → argo2"));
        Assert.That(row.Findings, Is.Empty);
    }

    [Test]
    public async Task A_link_leads_to_the_same_folder_first_and_then_to_the_shortest_path()
    {
        using var row = await StoryRow.OfAsync("""
            //- notes/a/Index.md
            # A
            //- notes/a/x.md
            [[index#A]]
            //- notes/b/index.md
            # B
            //- Index.md
            # Root
            //- other/y.md
            [[INDEX#Root]]
            """);
        Assert.That(row.Findings, Is.Empty);
    }

    [Test]
    public async Task Any_existing_file_counts_indexed_or_not()
    {
        using var row = await StoryRow.OfAsync("""
            //- story.yaml
            story: 1
            exclude: ["archive/**"]
            //- archive/old.md
            Old.
            //- .gitignore
            drafts/
            //- drafts/d.md
            D
            //- sheet.csv
            x
            //- notes/x.md
            [[old]] [[sheet.csv]] [d](../drafts/d.md)
            """);
        Assert.That(row.Findings, Is.Empty);
        Assert.That(row.Types, Is.EqualTo("note x"));
    }

    private static TestCaseData Link(string prose, string codes) => new TestCaseData(prose, codes).SetName($"{prose.Replace('.', '·')} gives {(codes.Length == 0 ? "nothing" : codes)}");
}
