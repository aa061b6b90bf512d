using System.Text.Json.Nodes;
using NUnit.Framework;
using StoryLsp.Server.Tests.Cli;
using StoryLsp.Server.Tests.Editor;
using StoryLsp.Testing;

namespace StoryLsp.Server.Tests.Git;

/// <summary><c>storylsp review</c>.</summary>
public sealed class ReviewTests
{
    private const string Story = """
        //- story.yaml
        story: 1
        title: The Weir
        //- characters/ada.yaml
        type: character
        id: ada
        name: Ada Vane
        born: 1900-01-01
        hair: black
        //- characters/tom.yaml
        type: character
        id: tom
        name: Tom Reed
        occupation: gardener at the house by the weir
        description: Never says much, and knows all of it.
        //- items/gun.yaml
        type: item
        id: gun
        name: the revolver
        //- scenes/01.md
        ---
        id: arrival
        title: Arrival
        pov: ada
        when: 1926-11-03
        order: 1
        ---
        Ada came to the house. It was late.
        //- scenes/02.md
        ---
        id: dinner
        title: Dinner
        pov: ada
        characters: [tom]
        when: 1926-11-04
        order: 2
        ---
        They ate.

        Nobody spoke.
        //- scenes/03.md
        ---
        id: night
        title: Night
        pov: tom
        characters: [tom]
        when: 1926-11-05
        order: 3
        ---
        Tom slept.
        """;

    private static JsonArray List(JsonNode json, string name) => json[name]!.AsArray();

    private static JsonObject One(JsonNode json, string id) => List(json, "containers").Single(change => change!["id"]!.GetValue<string>() == id)!.AsObject();

    private static string Field(JsonObject change, string field) => List(change, "fields").Single(one => one!["field"]!.GetValue<string>() == field)!.ToJsonString();

    [Test]
    public async Task A_page_for_a_pull_request_is_as_verified()
    {
        using var story = new GitStory(Story);
        story.Replace("characters/ada.yaml", "born: 1900-01-01", "born: 1890-01-01");
        story.Replace("scenes/02.md", "characters: [tom]\n", "characters: [tom, lena]\neffects:\n  - tom takes gun\n");
        story.Replace("scenes/02.md", "They ate.", "They ate *slowly*, and\nwaited.");
        story.Write("characters/lena.yaml", "type: character\nid: lena\nname: Lena <b> @ada\nhome: the_house\n");
        File.Delete(story.PathOf("items/gun.yaml"));
        story.Write("items/pistol.yaml", "type: item\nid: gun\nname: the pistol\n");
        story.Commit("two");
        var result = await story.StoryAsync("review", "HEAD~1..HEAD", "--format", "markdown");
        Assert.That(result.Code, Is.Zero, result.ToString());
        Verified.Match(result.Out, "review");
    }

    [Test]
    public async Task Facts_are_told_field_by_field_by_what_they_are_about()
    {
        using var story = new GitStory(Story);
        story.Replace("characters/ada.yaml", "hair: black", "hair: red\nhome: gun");
        story.Replace("scenes/01.md", "when: 1926-11-03", "when: 1926-11-02\nmentions: [tom]\neffects: [ada takes gun]");
        story.Write("scenes/02.md", story.Read("scenes/02.md").Replace("They ate.\n\nNobody spoke.", "They ate. Nobody\nspoke.", StringComparison.Ordinal));
        var json = (await story.StoryAsync("review", "--format", "json")).Json;
        Assert.Multiple(() =>
        {
            Assert.That(List(json, "containers").Select(change => change!["id"]!.GetValue<string>()), Is.EqualTo(new[] { "arrival", "ada" }), "wrapping a line otherwise changes nothing");
            Assert.That(Field(One(json, "ada"), "hair"), Is.EqualTo("""{"field":"hair","kind":"value","before":"black","after":"red"}"""));
            Assert.That(Field(One(json, "ada"), "home"), Is.EqualTo("""{"field":"home","kind":"relation","after":"gun"}"""));
            Assert.That(Field(One(json, "arrival"), "when"), Is.EqualTo("""{"field":"when","kind":"time","before":"1926-11-03","after":"1926-11-02"}"""));
            Assert.That(Field(One(json, "arrival"), "mentions"), Is.EqualTo("""{"field":"mentions","kind":"cast","added":["tom"]}"""));
            Assert.That(Field(One(json, "arrival"), "effects"), Is.EqualTo("""{"field":"effects","kind":"state","added":["ada takes gun"]}"""));
            Assert.That(json["after"]!.GetValue<string>(), Is.EqualTo("the files as they are"));
        });
    }

    [Test]
    public async Task Scenes_are_touched_by_what_they_rely_on()
    {
        using var story = new GitStory(Story);
        story.Replace("characters/ada.yaml", "born: 1900-01-01", "born: 1890-01-01");
        story.Replace("scenes/01.md", "when: 1926-11-03", "when: 1926-11-03\neffects: [tom dies]");
        var json = (await story.StoryAsync("review", "--format", "json")).Json;
        var touched = List(json, "touched").ToDictionary(scene => scene!["id"]!.GetValue<string>(), scene => List(scene!, "reasons").Select(reason => $"{reason!["about"]} {reason["what"]}").ToList());
        Assert.That(touched.Keys, Is.EqualTo(new[] { "dinner", "night" }), "what was changed itself is not touched by others");
        Assert.That(touched["dinner"], Is.EquivalentTo(new[] { "Ada Vane `born` changed", "Ada Vane is 36 here, was 26", "Tom Reed is dead here" }));
        Assert.That(touched["night"], Is.EqualTo(new[] { "Tom Reed is dead here" }));
        Assert.That(List(json, "newFindings").Select(found => found!["code"]!.GetValue<string>()), Does.Contain("time/dead-acts"));
    }

    [Test]
    public async Task Renamed_containers_and_files_are_the_same_ones()
    {
        using var story = new GitStory(Story);
        Directory.CreateDirectory(story.PathOf("characters/old"));
        story.Run("mv", "characters/tom.yaml", "characters/old/thomas.yaml");
        story.Write("characters/old/thomas.yaml", story.Read("characters/old/thomas.yaml").Replace("id: tom\nname: Tom", "id: thomas\nname: Thomas", StringComparison.Ordinal));
        story.Run("mv", "scenes/03.md", "scenes/03-night.md");
        story.Commit("two");
        var json = (await story.StoryAsync("review", "HEAD^..", "--format", "json")).Json;
        var tom = One(json, "thomas");
        Assert.Multiple(() =>
        {
            Assert.That(List(json, "containers"), Has.Count.EqualTo(1), json.ToJsonString());
            Assert.That(tom["change"]!.GetValue<string>(), Is.EqualTo("renamed"));
            Assert.That(tom["idBefore"]!.GetValue<string>(), Is.EqualTo("tom"));
            Assert.That(tom["nameBefore"]!.GetValue<string>(), Is.EqualTo("Tom Reed"));
            Assert.That(tom["fileBefore"]!.GetValue<string>(), Is.EqualTo("characters/tom.yaml"));
        });
    }

    [Test]
    public async Task A_scene_that_moved_in_the_reading_order_is_the_one_that_is_named()
    {
        using var story = new GitStory(Story);
        story.Replace("scenes/03.md", "order: 3", "order: 0");
        var json = (await story.StoryAsync("review", "--format", "json")).Json;
        Assert.That(List(json, "reordered").Select(scene => scene!["name"]!.GetValue<string>()), Is.EqualTo(new[] { "Night" }));
    }

    [Test]
    public async Task What_a_model_wrote_is_told_where_it_is_known_and_nowhere_else()
    {
        using var story = new GitStory(Story);
        story.Replace("scenes/02.md", "They ate.", "They ate. The candles burned low over the linen. Outside the weir ran loud with the autumn rain. I wrote this one by my own hand.");
        story.Write(".story/provenance/p1.json", """
            {"proposal": "p1", "run": "r1", "pipeline": "continue-scene", "provider": "openai", "model": "some-model",
             "hunks": [{"hunk": 2, "file": "scenes/02.md", "container": "dinner", "by": "Ada", "at": "2026-01-01T10:00:00+00:00",
               "sentences": [{"text": "The candles burned low over the linen."}, {"text": "Outside the weir ran loud with the winter rain."}]}]}
            """);
        story.Commit("two");
        var json = (await story.StoryAsync("review", "HEAD^..HEAD", "--format", "json")).Json;
        var origins = List(json, "origins").Select(origin => (origin!["text"]!.GetValue<string>(), origin["kind"]!.GetValue<string>(), origin["model"]!.GetValue<string>(), origin["proposal"]!.GetValue<string>(), origin["firstLine"]!.GetValue<int>()));
        Assert.That(origins, Is.EquivalentTo(new[]
        {
            ("The candles burned low over the linen.", "generated", "some-model", "p1", 8),
            ("Outside the weir ran loud with the autumn rain.", "edited", "some-model", "p1", 8),
        }));
        var page = (await story.StoryAsync("review", "HEAD^..HEAD")).Out;
        Assert.That(page, Does.Contain("scenes/02.md:9 from some-model by proposal p1 (continue-scene), accepted by Ada on 2026-01-01: The candles"));
        Assert.That(page, Does.Not.Contain("own hand"));
        // Moved to another file it is no edit of the model any more.
        story.Replace("scenes/02.md", " The candles burned low over the linen.", "");
        story.Replace("scenes/03.md", "Tom slept.", "Tom slept. The candles burned low over the linen.");
        Assert.That(List((await story.StoryAsync("review", "--format", "json")).Json, "origins"), Is.Empty);
    }

    [Test]
    public async Task It_works_in_a_folder_of_the_repository_since_two_branches_parted_and_with_files_that_git_was_not_told_of()
    {
        using var story = new GitStory(Story, "my books/Der Röman");
        story.Run("switch", "-q", "-c", "other");
        story.Replace("characters/ada.yaml", "hair: black", "hair: red");
        story.Commit("other");
        story.Run("switch", "-q", "main");
        story.Replace("characters/tom.yaml", "name: Tom Reed", "name: Tom Reed\nhair: white");
        story.Commit("main");
        var parted = (await story.StoryAsync("review", "main...other", "--format", "json")).Json;
        Assert.That(List(parted, "containers").Select(change => change!["id"]!.GetValue<string>()), Is.EqualTo(new[] { "ada" }));
        var straight = (await GitStory.StoryInAsync(story.Top, "review", "main..other", "my books/Der Röman", "--format", "json")).Json;
        Assert.That(List(straight, "containers").Select(change => change!["id"]!.GetValue<string>()), Is.EqualTo(new[] { "ada", "tom" }));
        story.Write("scenes/04.md", "---\nid: new\n---\nNew.\n");
        var files = (await story.StoryAsync("review", "main", "--format", "json")).Json;
        Assert.That(One(files, "new")["change"]!.GetValue<string>(), Is.EqualTo("added"));
    }

    [Test]
    public async Task Nothing_is_said_in_a_line_and_so_is_what_cannot_be_done()
    {
        using var story = new GitStory(Story);
        Assert.That((await story.StoryAsync("review")).Lines[^1], Does.EndWith("the files as they are: nothing changed in the story."));
        StoryCli.AssertOneLine(await story.StoryAsync("review", "nope..HEAD"), "nope");
        StoryCli.AssertOneLine(await story.StoryAsync("review", "--", "--output=x"), "--output=x");
        StoryCli.AssertOneLine(await story.StoryAsync("review", "HEAD", "no-such-folder"), "no-such-folder");
        using var plain = new StoryOnDisk(Story);
        StoryCli.AssertOneLine(await GitStory.StoryInAsync(plain.Root, "review"), "no git repository");
        using var unborn = new GitStory(Story, commits: false);
        StoryCli.AssertOneLine(await unborn.StoryAsync("review"), "nothing is committed");
    }
}
