using NUnit.Framework;
using StoryLsp.Server.Tests.Editor;

namespace StoryLsp.Server.Tests.Cli;

/// <summary><c>storylsp query</c> and <c>storylsp search</c>.</summary>
public sealed class QueryTests
{
    private const string Story = """
        //- story.yaml
        story: 1
        manuscript: [two, one]
        //- characters/ada.yaml
        name: "Ada, \"the\" Vane"
        //- scenes/one.md
        ---
        title: One
        pov: ada
        ---
        The quick brown fox 🦊 was here.
        //- scenes/two.md
        ---
        title: Two
        pov: nobody
        ---
        The slow fox was not.
        """;

    private StoryOnDisk _story = null!;

    [OneTimeSetUp]
    public void Write() => _story = new StoryOnDisk(Story);

    [OneTimeTearDown]
    public void Delete() => _story.Dispose();

    [Test]
    public async Task Json_is_a_list_of_rows()
    {
        var rows = (await StoryCli.RunAsync(_story.Root, "query", "SELECT id, name, type FROM containers ORDER BY id", "--format", "json")).Json.AsArray();
        Assert.That(rows.Select(row => row!["id"]!.GetValue<string>()), Is.EqualTo(new[] { "ada", "one", "two" }));
        Assert.That(rows[0]!["name"]!.GetValue<string>(), Is.EqualTo("Ada, \"the\" Vane"));
    }

    [Test]
    public async Task Csv_quotes_what_needs_it()
    {
        var result = await StoryCli.RunAsync(_story.Root, "query", "SELECT id, name FROM containers WHERE type = 'character'", "--format", "csv");
        Assert.That(result.Out, Is.EqualTo("id,name\r\nada,\"Ada, \"\"the\"\" Vane\"\r\n"));
    }

    [Test]
    public async Task A_table_shows_columns_rows_and_their_number()
    {
        var result = await StoryCli.RunAsync(_story.Root, "query", "SELECT id FROM containers ORDER BY id");
        Assert.That(result.Out, Does.Contain("| id").And.Contain("ada").And.Contain("3 rows"));
        Assert.That(result.Out, Does.Not.Contain("\u001b"));
    }

    [Test]
    public async Task The_manuscript_is_in_the_reader_s_order()
    {
        var rows = (await StoryCli.RunAsync(_story.Root, "query", "SELECT position, id FROM manuscript ORDER BY position", "--format", "json")).Json.AsArray();
        Assert.That(rows.Select(row => row!["id"]!.GetValue<string>()), Is.EqualTo(new[] { "two", "one" }));
        Assert.That(rows.Select(row => row!["position"]!.GetValue<int>()), Is.EqualTo(new[] { 1, 2 }));
    }

    [Test]
    public async Task Findings_are_a_table()
    {
        var rows = (await StoryCli.RunAsync(_story.Root, "query", "SELECT path, line, character, severity, code FROM findings", "--format", "json")).Json.AsArray();
        Assert.That(rows.Single()!.ToJsonString(), Is.EqualTo("""{"path":"scenes/two.md","line":3,"character":6,"severity":"error","code":"ref/unresolved"}"""));
    }

    [Test]
    public async Task The_story_may_be_named_first()
    {
        var rows = (await StoryCli.RunAsync(Path.GetTempPath(), "query", _story.Root, "SELECT count(*) AS n FROM containers", "--format", "json")).Json.AsArray();
        Assert.That(rows[0]!["n"]!.GetValue<int>(), Is.EqualTo(3));
    }

    [TestCase("DELETE FROM containers")]
    [TestCase("DROP TABLE containers")]
    [TestCase("CREATE TABLE x (y)")]
    [TestCase("ATTACH 'x.db' AS x")]
    [TestCase("PRAGMA user_version = 5")]
    [TestCase("SELECT 1; DELETE FROM containers")]
    [TestCase("INSERT INTO containers SELECT * FROM containers")]
    [TestCase("VACUUM INTO 'x.db'")]
    public async Task Nothing_can_be_written(string sql)
    {
        StoryCli.AssertOneLine(await StoryCli.RunAsync(_story.Root, "query", sql));
        Assert.That(File.Exists(_story.PathOf("x.db")), Is.False);
    }

    [TestCase("SELEC 1", "SELEC")]
    [TestCase("SELECT nothing FROM containers", "nothing")]
    [TestCase("SELECT * FROM nowhere", "nowhere")]
    [TestCase("", "")]
    public async Task Bad_SQL_is_told_in_one_line(string sql, string says) =>
        StoryCli.AssertOneLine(await StoryCli.RunAsync(_story.Root, "query", sql), says);

    [Test]
    public async Task Search_finds_words_with_their_places()
    {
        var result = await StoryCli.RunAsync(_story.Root, "search", "brown fox");
        Assert.That(result.Code, Is.Zero);
        Assert.That(result.Lines, Has.Some.Match(@"^scenes/one\.md:5:\d+: .*\[scene one\]$"));
    }

    [Test]
    public async Task Search_finds_names()
    {
        var hits = (await StoryCli.RunAsync(_story.Root, "search", "Vane", "--format", "json")).Json.AsArray();
        Assert.That(hits.Select(hit => hit!["file"]!.GetValue<string>()), Has.Some.EqualTo("characters/ada.yaml"));
        Assert.That(hits[0]!["container"]!.GetValue<string>(), Is.EqualTo("ada"));
    }

    [Test]
    public async Task Search_that_finds_nothing_exits_with_1()
    {
        var result = await StoryCli.RunAsync(_story.Root, "search", "zebra");
        Assert.That(result.Code, Is.EqualTo(1));
        Assert.That(result.Out, Is.Empty);
    }

    [TestCase("\"")]
    [TestCase("AND")]
    [TestCase("*")]
    [TestCase("fox OR")]
    [TestCase("(")]
    public async Task Search_takes_any_characters(string text)
    {
        var result = await StoryCli.RunAsync(_story.Root, "search", text);
        Assert.That(result.Code, Is.LessThan(2), result.ToString());
    }
}
