using StoryLsp.Language.Text;

namespace StoryLsp.Index.Tests;

public sealed class QuestionTests
{
    private static TestFolder Story() => new TestFolder()
        .WriteOld("story.yaml", "title: T\n")
        .WriteOld("characters/ada.yaml", "id: ada\nname: Ada Vane\naliases: [The Fox]\nage: 41\nhome: mill\ntags: [a, {b: 1.5}]\nnotes:\n")
        .WriteOld("locations/mill.md", "---\nid: mill\n---\n# The Old Mill\n\nÉlan vital, said [[Ada Vane|she]] at the mill-house. \"Quoted\" words.\n")
        .WriteOld("scenes/one.md", "# One\n\n## Part two\n\nThe water rose.\nAda waited for the water.\n");

    [TestCase(true)]
    [TestCase(false)]
    public async Task The_documented_tables_hold_what_the_files_say(bool useIndexFile)
    {
        using var folder = Story();
        await using var workspace = await folder.OpenIndexedAsync(useIndexFile);
        async Task<string> Ask(string sql) => string.Join('\n', (await workspace.QueryAsync(sql)).Rows.Select(row => string.Join('|', row)));

        Assert.That(await Ask("SELECT id, type, name, path, line, character, has_written_id FROM containers ORDER BY path"),
            Is.EqualTo("ada|character|Ada Vane|characters/ada.yaml|1|6|1\nmill|location|The Old Mill|locations/mill.md|3|2|1\none|scene|One|scenes/one.md|0|2|0"));
        Assert.That(await Ask("SELECT container, alias, path, line FROM aliases"), Is.EqualTo("ada|The Fox|characters/ada.yaml|2"));
        Assert.That(await Ask("SELECT container, name, value, is_json FROM fields WHERE path LIKE 'characters/%' AND name IN ('age', 'tags', 'notes') ORDER BY position"),
            Is.EqualTo("ada|age|41|0\nada|tags|[\"a\",{\"b\":1.5}]|1\nada|notes||0"));
        Assert.That(await Ask("SELECT json_extract(value, '$[1].b') FROM fields WHERE name = 'tags'"), Is.EqualTo("1.5"));
        Assert.That(await Ask("SELECT container, field, text, target_type, is_link, path, line, character FROM refs"), Is.EqualTo("ada|home|mill|location|0|characters/ada.yaml|4|6"));
        Assert.That(await Ask("SELECT container, kind, target, shown, path, line FROM links"), Is.EqualTo("mill|wikilink|Ada Vane|she|locations/mill.md|5"));
        Assert.That(await Ask("SELECT path, level, text, slug, line FROM headings WHERE path LIKE 'scenes/%' ORDER BY line"), Is.EqualTo("scenes/one.md|1|One|one|0\nscenes/one.md|2|Part two|part-two|2"));
        Assert.That(await Ask("SELECT path, kind FROM files ORDER BY path"), Is.EqualTo("characters/ada.yaml|yaml\nlocations/mill.md|markdown\nscenes/one.md|markdown\nstory.yaml|settings"));
        Assert.That(await Ask("SELECT words FROM files WHERE path = 'scenes/one.md'"), Is.EqualTo("11").Or.EqualTo("8"));
        Assert.That(await Ask("SELECT f.path FROM search JOIN files f ON f.text_row = search.rowid WHERE search MATCH 'elan'"), Is.EqualTo("locations/mill.md"));
    }

    [Test]
    public async Task Derived_ids_that_collide_have_their_folder_in_front_as_in_the_snapshot()
    {
        using var folder = new TestFolder().WriteOld("story.yaml", "title: T\n").WriteOld("items/rose.md", "# Rose\n").WriteOld("characters/rose.md", "# Rose\n").WriteOld("notes/x.md", "---\nid: lily\n---\n").WriteOld("items/lily.md", "x");
        await using var workspace = await folder.OpenIndexedAsync();
        var rows = (await workspace.QueryAsync("SELECT path, id FROM containers ORDER BY path")).Rows.Select(row => $"{row[0]}={row[1]}");
        Assert.That(rows, Is.EqualTo(workspace.Current.Containers.OrderBy(container => container.Path, StringComparer.Ordinal).Select(container => $"{container.Path}={workspace.Current.IdOf(container)}")));
        Assert.That(rows, Does.Contain("items/rose.md=items-rose"));
    }

    [TestCase("DELETE FROM files")]
    [TestCase("CREATE TABLE x(a)")]
    [TestCase("CREATE TEMP TABLE x(a)")]
    [TestCase("PRAGMA query_only = 0")]
    [TestCase("PRAGMA user_version = 9")]
    [TestCase("ATTACH ':memory:' AS other")]
    [TestCase("SELECT 1; SELECT 2")]
    [TestCase("SELECT 1; DROP TABLE files")]
    [TestCase("SELEC")]
    [TestCase("SELECT nothing FROM files")]
    [TestCase("SELECT * FROM nowhere")]
    [TestCase("")]
    [TestCase("-- nothing")]
    [TestCase("VACUUM")]
    [TestCase("BEGIN")]
    [TestCase("SELECT load_extension('x')")]
    public async Task What_is_no_reading_question_is_refused_in_one_line(string sql)
    {
        using var folder = Story();
        await using var workspace = await folder.OpenIndexedAsync();
        var exception = await Assert.ThrowsAsync<QueryException>(() => workspace.QueryAsync(sql));
        Assert.That(exception!.Message, Is.Not.Empty.And.Not.Contains("\n"));
        Assert.That((await workspace.QueryAsync("SELECT count(*) FROM files; -- all")).Rows[0][0], Is.EqualTo(4L));
    }

    [Test]
    public async Task A_question_without_end_is_stopped_when_it_is_cancelled()
    {
        using var folder = Story();
        await using var workspace = await folder.OpenIndexedAsync();
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        Assert.That(
            async () => await workspace.QueryAsync("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n", cancellation: stop.Token),
            Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task A_question_may_bring_tables_of_its_own()
    {
        using var folder = Story();
        await using var workspace = await folder.OpenIndexedAsync();
        var table = new QueryTable("manuscript", ["position", "id"], [[1L, "one"], [2L, null]]);
        var result = await workspace.QueryAsync("SELECT c.name, m.position FROM manuscript m JOIN containers c ON c.id = m.id", [table]);
        Assert.That(result.Columns, Is.EqualTo(["name", "position"]));
        Assert.That(result.Rows, Is.EqualTo(new object?[][] { ["One", 1L] }));
    }

    [TestCase("water", "scenes/one.md:4 scenes/one.md:5")]
    [TestCase("WATER rose", "scenes/one.md:4")]
    [TestCase("\"the water\"", "scenes/one.md:4 scenes/one.md:5")]
    [TestCase("\"water the\"", "")]
    [TestCase("elan", "locations/mill.md:5")]
    [TestCase("ÉLAN", "locations/mill.md:5")]
    [TestCase("wate", "scenes/one.md:4 scenes/one.md:5")]
    [TestCase("ater", "")]
    [TestCase("wat* waited", "scenes/one.md:5")]
    [TestCase("mill-house", "locations/mill.md:5")]
    [TestCase("\"quoted", "locations/mill.md:5")]
    [TestCase("water NOT rose", "")]
    [TestCase("(", "")]
    [TestCase("* \" ' OR AND NEAR( ^ : {a} -", "")]
    [TestCase("text:water", "")]
    public async Task A_search_finds_words_phrases_and_beginnings_in_texts(string text, string expected)
    {
        using var folder = Story();
        await using var workspace = await folder.OpenIndexedAsync();
        var hits = await workspace.SearchAsync(text);
        Assert.That(string.Join(' ', hits.Where(hit => hit.Container is null).Select(hit => $"{hit.Path}:{hit.Range.Start.Line}")), Is.EqualTo(expected));
    }

    [Test]
    public async Task A_search_finds_names_first_and_shows_the_place()
    {
        using var folder = Story();
        await using var workspace = await folder.OpenIndexedAsync();
        var hits = await workspace.SearchAsync("ada");
        Assert.That(hits[0].Container?.Fact.Id, Is.EqualTo("ada"));
        Assert.That((await workspace.SearchAsync("the fox"))[0].Container?.Fact.Id, Is.EqualTo("ada"));
        var inText = hits.First(hit => hit.Path == "scenes/one.md");
        Assert.That(inText.Snippet.Substring(inText.SnippetSpan.Start, inText.SnippetSpan.Length), Is.EqualTo("Ada"));
    }

    [Test]
    public async Task A_search_reads_open_buffers_and_scripts_without_spaces()
    {
        using var folder = Story().WriteOld("notes/jp.md", "彼女は東京に行った。\n");
        await using var workspace = await folder.OpenIndexedAsync();
        workspace.OpenDocument("scenes/one.md", 1, SourceText.From("Nothing but zeppelins.\n"));
        Assert.That((await workspace.SearchAsync("zeppelins")).Select(hit => hit.Path), Is.EqualTo(["scenes/one.md"]));
        Assert.That((await workspace.SearchAsync("water")).Select(hit => hit.Path), Is.Empty);
        Assert.That((await workspace.SearchAsync("東京")).Select(hit => hit.Path), Is.EqualTo(["notes/jp.md"]));
    }

    [Test]
    public async Task A_saved_file_is_found_by_its_new_words_and_no_longer_by_its_old()
    {
        using var folder = Story();
        await using var workspace = await folder.OpenIndexedAsync();
        Assert.That(await workspace.SearchAsync("water"), Is.Not.Empty);
        folder.Write("scenes/one.md", "# One\n\nThe fire rose.\n");
        await workspace.ApplyFileEventsAsync([new("scenes/one.md", FileEventKind.Changed)]);
        Assert.That(await workspace.SearchAsync("water"), Is.Empty);
        Assert.That(await workspace.SearchAsync("fire"), Has.Count.EqualTo(1));
        File.Delete(folder.PathOf("scenes/one.md"));
        await workspace.ApplyFileEventsAsync([new("scenes/one.md", FileEventKind.Deleted)]);
        Assert.That(await workspace.SearchAsync("fire"), Is.Empty);
        Assert.That((await workspace.QueryAsync("SELECT count(*) FROM headings WHERE path LIKE 'scenes/%'")).Rows[0][0], Is.EqualTo(0L));
    }
}
