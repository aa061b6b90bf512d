using NUnit.Framework;
using StoryLsp.Features.Completion;
using StoryLsp.Language.Text;
using StoryLsp.Testing;

namespace StoryLsp.Features.Tests.Completion;

public class CompletionTests
{
    private const string Cast = """
        //- story.yaml
        story: 1
        //- characters/ada.yaml
        type: character
        id: ada-vane
        name: Ada Vane
        aliases: [The Heron]
        //- characters/Tom Reed.md
        Tom keeps the mill.
        //- characters/yes.yaml
        type: character
        name: "Yes: a man"
        //- locations/Old Mill.md
        # The Old Mill
        ## Upper floor
        Boards. ^boards
        ## Cellar
        //- items/clock.yaml
        type: item
        name: Clock

        """;

    [Test]
    public void A_reference_is_offered_by_the_type_of_its_field()
    {
        Assert.That(Labels("scenes/1.yaml", "type: scene\npov: $0"), Is.EqualTo((string[])["Ada Vane", "Tom Reed", "Yes: a man"]));
        Assert.That(Labels("scenes/1.yaml", "type: scene\nlocation: $0"), Is.EqualTo((string[])["The Old Mill"]));
    }

    [TestCase("pov: $0", "Ada Vane", "pov: ada-vane", TestName = "The id where one is written")]
    [TestCase("pov: $0", "Tom Reed", "pov: Tom Reed", TestName = "The name where no id is written")]
    [TestCase("pov: $0", "Yes: a man", "pov: \"Yes: a man\"", TestName = "Quotes where YAML needs them")]
    [TestCase("pov:$0", "Ada Vane", "pov: ada-vane", TestName = "A space behind the colon")]
    [TestCase("pov: To$0", "Tom Reed", "pov: Tom Reed", TestName = "Typed letters are replaced")]
    [TestCase("pov: T$0om # note", "Tom Reed", "pov: Tom Reed # note", TestName = "The whole value is replaced")]
    [TestCase("pov: her$0", "Ada Vane", "pov: ada-vane", TestName = "By alias")]
    [TestCase("pov: \"T$0\"", "Tom Reed", "pov: \"Tom Reed\"", TestName = "Inside quotes")]
    [TestCase("pov: 'T$0", "Tom Reed", "pov: 'Tom Reed", TestName = "Inside an open quote")]
    [TestCase("pov: \"[[T$0\"", "Tom Reed", "pov: \"[[Tom Reed]]\"", TestName = "A wikilink in quotes")]
    [TestCase("pov: \"[[T$0]]\"", "Tom Reed", "pov: \"[[Tom Reed]]\"", TestName = "A closed wikilink in quotes")]
    [TestCase("characters: [ada-vane, $0", "Tom Reed", "characters: [ada-vane, Tom Reed", TestName = "An open flow list")]
    [TestCase("characters: [ada-vane, T$0]", "Tom Reed", "characters: [ada-vane, Tom Reed]", TestName = "A flow list")]
    [TestCase("characters:\n  - $0", "Tom Reed", "characters:\n  - Tom Reed", TestName = "An item of a list")]
    [TestCase("characters:\n  -$0", "Tom Reed", "characters:\n  - Tom Reed", TestName = "An item right behind the dash")]
    [TestCase("characters:\n  $0", "Tom Reed", "characters:\n  - Tom Reed", TestName = "The first item with its dash")]
    [TestCase("characters:\n  - ada-vane\n  $0", "Tom Reed", "characters:\n  - ada-vane\n  - Tom Reed", TestName = "The next item with its dash")]
    [TestCase("characters: $0", "Tom Reed", "characters: Tom Reed", TestName = "A scalar is a list of one")]
    [TestCase("uses: [{who: T$0}]", "Tom Reed", "uses: [{who: Tom Reed}]", TestName = "In the structured form of a field")]
    public void A_reference_is_inserted(string text, string label, string expected)
    {
        foreach (var end in new[] { "\n", "\r\n" })
        {
            var source = ("type: scene\n" + text).ReplaceLineEndings(end);
            Assert.That(Accept("scenes/1.yaml", source, label), Is.EqualTo(("type: scene\n" + expected).ReplaceLineEndings(end)));
        }
    }

    [TestCase("effects:\n  - $0", "Ada Vane", "effects:\n  - ada-vane")]
    [TestCase("effects:\n  $0", "Tom Reed", "effects:\n  - tom-reed")]
    [TestCase("effects:\n  - ada-vane $0", "takes", "effects:\n  - ada-vane takes")]
    [TestCase("effects:\n  - ada-vane ta$0 x", "takes", "effects:\n  - ada-vane takes x")]
    [TestCase("effects:\n  - ada-vane takes $0", "Clock", "effects:\n  - ada-vane takes clock")]
    [TestCase("effects: [ada-vane gives cl$0]", "Clock", "effects: [ada-vane gives clock]")]
    [TestCase("effects:\n  - ada-vane gives clock to T$0", "Tom Reed", "effects:\n  - ada-vane gives clock to tom-reed")]
    [TestCase("effects:\n  - le$0", "learns", "effects:\n  - learns:\n    $0", Description = "four columns behind the line's own two")]
    [TestCase("effects: [{takes: {who: ada-vane, item: $0}}]", "Clock", "effects: [{takes: {who: ada-vane, item: Clock}}]")]
    public void An_effect_is_written_word_by_word_or_as_a_mapping(string text, string label, string expected)
    {
        Assert.That(Accept("scenes/1.yaml", "type: scene\n" + text, label), Is.EqualTo("type: scene\n" + expected));
    }

    [Test]
    public void Front_matter_and_fences_complete_as_files_do()
    {
        Assert.Multiple(() =>
        {
            Assert.That(Accept("scenes/1.md", "---\npov: T$0\n---\nText", "Tom Reed"), Is.EqualTo("---\npov: Tom Reed\n---\nText"));
            Assert.That(Accept("scenes/1.md", "---\npov: T$0", "Tom Reed"), Is.EqualTo("---\npov: Tom Reed"));
            Assert.That(Accept("book.md", "# One\n\n```story\npov: T$0\n```\nText", "Tom Reed"), Is.EqualTo("# One\n\n```story\npov: Tom Reed\n```\nText"));
            Assert.That(Accept("book.md", "# One\n\n```story\npov: T$0", "Tom Reed"), Is.EqualTo("# One\n\n```story\npov: Tom Reed"));
            Assert.That(Labels("book.md", "# One\n\n```python\npov: T$0\n```"), Is.Empty);
            Assert.That(Accept("book.md", "# One\n\n```st$0\n", "story"), Is.EqualTo("# One\n\n```story\n"));
        });
    }

    [TestCase("He met [[T$0", "Tom Reed", "He met [[Tom Reed]]")]
    [TestCase("He met [[T$0 and left.", "Tom Reed", "He met [[Tom Reed]] and left.")]
    [TestCase("He met [[T$0]] and left.", "Tom Reed", "He met [[Tom Reed]] and left.")]
    [TestCase("He met [[T$0|him]].", "Tom Reed", "He met [[Tom Reed|him]].")]
    [TestCase("He met [[Ad$0", "Ada Vane", "He met [[ada-vane|Ada Vane]]")]
    [TestCase("He met [[Her$0", "Ada Vane", "He met [[ada-vane|The Heron]]")]
    [TestCase("At [[Old Mill#$0", "Cellar", "At [[Old Mill#Cellar]]")]
    [TestCase("At [[Old Mill#up$0]]", "Upper floor", "At [[Old Mill#Upper floor]]")]
    [TestCase("At [[Old Mill#^$0", "^boards", "At [[Old Mill#^boards]]")]
    [TestCase("# Here\n[[#$0", "Here", "# Here\n[[#Here]]")]
    [TestCase("See ![[pi$0", "picture.png", "See ![[picture.png]]")]
    [TestCase("[him](ch$0", "characters/Tom Reed.md", "[him](characters/Tom%20Reed.md)")]
    [TestCase("[him](Tom$0)", "characters/Tom Reed.md", "[him](characters/Tom%20Reed.md)")]
    [TestCase("[him](<Tom$0>)", "characters/Tom Reed.md", "[him](<characters/Tom Reed.md>)")]
    [TestCase("[floor](locations/Old%20Mill.md#up$0)", "Upper floor", "[floor](locations/Old%20Mill.md#upper-floor)")]
    [TestCase("@pov: T$0", "Tom Reed", "@pov: Tom Reed")]
    [TestCase("@char: ada-vane, T$0", "Tom Reed", "@char: ada-vane, Tom Reed")]
    public void A_link_is_inserted(string text, string label, string expected)
    {
        Assert.That(Accept("page.md", text, label), Is.EqualTo(expected));
    }

    [TestCase("page.md", "<!-- story-ignore: $0 -->", "ref/unresolved", "<!-- story-ignore: ref/unresolved -->")]
    [TestCase("page.md", "<!-- story-ignore-file: ref/un$0-->", "ref/unresolved", "<!-- story-ignore-file: ref/unresolved-->")]
    [TestCase("scenes/1.yaml", "pov: x # story-ignore:$0", "ref/*", "pov: x # story-ignore: ref/*")]
    public void A_rule_is_inserted_in_a_suppression(string path, string text, string label, string expected) =>
        Assert.That(Accept(path, text, label), Is.EqualTo(expected));

    [TestCase("`[[T$0`")]
    [TestCase("<!-- story-ignore: ref/unresolved bec$0ause -->")]
    [TestCase("```\n[[T$0\n```")]
    [TestCase("Just pr$0ose and nothing else.")]
    [TestCase("[[Tom Reed]] went $0")]
    [TestCase("[x](https://ex$0")]
    public void Nothing_is_offered(string text) => Assert.That(Labels("page.md", text), Is.Empty);

    [Test]
    public void Keys_are_those_of_the_type_that_are_not_there_yet()
    {
        var labels = Labels("scenes/1.yaml", "type: scene\npov: ada-vane\n$0\nlocation: x");
        Assert.Multiple(() =>
        {
            Assert.That(labels, Does.Contain("characters").And.Contain("when").And.Contain("name").And.Contain("id"));
            Assert.That(labels, Does.Not.Contain("pov").And.Not.Contain("location").And.Not.Contain("type").And.Not.Contain("hull"));
        });
    }

    [Test]
    public void Required_keys_come_first_and_deprecated_ones_last()
    {
        const string Schema = """
            //- schemas/ship.yaml
            schema: ship
            fields:
              old: {type: string, deprecated: true}
              hull: {type: enum, options: [wood, iron]}
              captain: {type: reference, target: character, required: true}
              decks: {type: list, of: {type: object, fields: {guns: {type: integer}, crew: {type: list}}}}

            """;
        var labels = Labels("ships/a.yaml", "name: x\n$0", Schema);
        Assert.Multiple(() =>
        {
            Assert.That(labels[0], Is.EqualTo("captain"));
            Assert.That(labels[^1], Is.EqualTo("old"));
            Assert.That(Labels("ships/a.yaml", "hull: $0", Schema), Is.EqualTo((string[])["wood", "iron"]));
            Assert.That(Labels("ships/a.yaml", "decks:\n  - g$0", Schema), Is.EqualTo((string[])["guns"]));
            Assert.That(Labels("ships/a.yaml", "decks:\n  - guns: 1\n    $0", Schema), Is.EqualTo((string[])["crew"]));
            Assert.That(Labels("ships/a.yaml", "decks: [{guns: 1, $0}]", Schema), Is.EqualTo((string[])["crew"]));
        });
    }

    [TestCase("po$0", "pov", "pov: $0")]
    [TestCase("char$0", "characters", "characters:\n  - $0")]
    [TestCase("progr$0", "progressions", "progressions:\n  - $0")]
    [TestCase("matching:\n  ali$0", "aliases_from", "matching:\n  aliases_from: $0")]
    [TestCase("po$0: x", "pov", "pov: x")]
    [TestCase("progressions:\n  - fr$0", "from", "progressions:\n  - from: $0")]
    public void A_key_is_inserted_with_what_follows_it(string text, string label, string expected)
    {
        Assert.That(Accept("scenes/1.yaml", "type: scene\n" + text, label), Is.EqualTo("type: scene\n" + expected));
    }

    [Test]
    public void Without_snippets_the_text_is_plain_and_indented_from_the_margin()
    {
        const string Text = "type: character\nmatching:\n  ign$0";
        Assert.That(Accept("characters/x.yaml", Text, "ignore", options: new(Snippets: false)), Is.EqualTo("type: character\nmatching:\n  ignore:\n    - "));
        Assert.That(Accept("characters/x.yaml", Text.ReplaceLineEndings("\r\n"), "ignore", options: new(Snippets: false)), Is.EqualTo("type: character\r\nmatching:\r\n  ignore:\r\n    - "));
        Assert.That(Accept("characters/x.yaml", Text, "ignore"), Is.EqualTo("type: character\nmatching:\n  ignore:\n  - $0"), "a snippet is indented relative to its line");
    }

    [TestCase("type: $0", "character")]
    [TestCase("type: char$0", "character")]
    [TestCase("type: scene\ntime_of_day: ni$0", "night")]
    [TestCase("type: scene\ntimeline: $0", "flashback")]
    [TestCase("type: clue\nessential: $0", "true")]
    public void Values_are_offered(string text, string label) => Assert.That(Labels("x.yaml", text), Does.Contain(label));

    [TestCase("$0", "rules")]
    [TestCase("status: $0", "complete")]
    [TestCase("ai:\n  pro$0", "provider")]
    [TestCase("ai:\n  provider: $0", "openai")]
    [TestCase("ai:\n  enabled: $0", "false")]
    [TestCase("rules:\n  ref/unresolved: $0", "warning")]
    [TestCase("rules:\n  $0", "ref/unresolved")]
    [TestCase("rules:\n  ref$0", "ref/*")]
    [TestCase("rules: {sch$0}", "schema/unknown-field")]
    [TestCase("folders:\n  cast: $0", "character")]
    [TestCase("folders: {cast: cha$0}", "character")]
    [TestCase("collections:\n  - $0", "files")]
    [TestCase("collections:\n  - files: x\n    type: $0", "character")]
    [TestCase("fields:\n  scene:\n    $0", "characters")]
    [TestCase("manuscript: [$0", "First")]
    [TestCase("manuscript: [x, [$0", "First")]
    [TestCase("manuscript:\n  - $0", "First")]
    public void The_settings_complete(string text, string label) =>
        Assert.That(Labels("story.yaml", text, "//- scenes/first.yaml\ntype: scene\nname: First\n", cast: ""), Does.Contain(label));

    [TestCase("$0", "schema")]
    [TestCase("schema: ship\nextends: $0", "location")]
    [TestCase("schema: ship\nadditional: $0", "deny")]
    [TestCase("schema: ship\nfields:\n  hull:\n    $0", "type")]
    [TestCase("schema: ship\nfields:\n  hull: {type: $0}", "enum")]
    [TestCase("schema: ship\nfields:\n  hull: {type: list, of: {type: reference, target: $0}}", "character")]
    [TestCase("schema: ship\nfields:\n  hull: {required: $0}", "true")]
    public void Schema_files_complete(string text, string label) => Assert.That(Labels("schemas/ship.yaml", text), Does.Contain(label));

    [Test]
    public void A_collection_completes_as_its_type()
    {
        const string Settings = """
            //- story.yaml
            story: 1
            collections:
              - {files: bible/*.yaml, at: people, type: character, id: canon_id}
            fields:
              scene: {characters: [chars]}

            """;
        Assert.Multiple(() =>
        {
            Assert.That(Labels("bible/all.yaml", "people:\n  - name: x\n    ho$0", Settings, cast: ""), Does.Contain("home"));
            Assert.That(Labels("bible/all.yaml", "people:\n  ada:\n    ho$0", Settings, cast: ""), Does.Contain("home"));
            Assert.That(Labels("other.yaml", "locations:\n  - name: x\n    wi$0", Settings, cast: ""), Does.Contain("within"));
            Assert.That(Labels("scenes/1.yaml", "type: scene\nch$0", Settings, cast: ""), Does.Contain("chars").And.Not.Contain("characters"));
            Assert.That(Labels("scenes/1.yaml", "type: scene\nchars: [$0", Settings + "//- characters/a.yaml\nname: Ada\n", cast: ""), Is.EqualTo((string[])["Ada"]));
        });
    }

    [Test]
    public void An_empty_file_offers_whole_containers_the_type_of_its_folder_first()
    {
        var labels = Labels("scenes/1.yaml", "$0");
        Assert.Multiple(() =>
        {
            Assert.That(labels[0], Is.EqualTo("new scene"));
            Assert.That(labels, Does.Contain("new character").And.Contain("pov"));
            Assert.That(Accept("scenes/1.yaml", "sc$0", "new scene"), Is.EqualTo("type: scene\nname: ${1:Name}\ncharacters: [$2]"));
            Assert.That(Accept("scenes/1.yaml", "$0", "new scene", options: new(Snippets: false)), Is.EqualTo("type: scene\nname: Name\ncharacters: []"));
            foreach (var label in labels.Where(label => label.StartsWith("new ", StringComparison.Ordinal)))
            {
                Assert.That(Accept("scenes/1.yaml", "$0", label, options: new(Snippets: false)), Does.Not.Match(@"(?m)[ \t]$"), label);
            }

            Assert.That(Accept("characters/New.md", "$0", "new character"), Does.StartWith("---\ntype: character\n").And.EndWith("\n---\n\n$0"));
            Assert.That(Accept("page.md", "---\n$0\n---\n", "new clue"), Does.StartWith("---\ntype: clue\n"));
            Assert.That(Labels("page.md", "# One\n\n```story\n$0\n```\n"), Does.Contain("new scene"));
        });
    }

    [Test]
    public void Names_of_every_script_complete()
    {
        const string Files = "//- characters/a.yaml\ntype: character\nname: 林 美雪 🐟\n//- characters/b.yaml\ntype: character\nname: \"Tom \\\"The Pike\\\" O'Neil\"\n//- characters/c.yaml\ntype: character\nname: Éléonore\n";
        Assert.Multiple(() =>
        {
            Assert.That(Accept("scenes/1.yaml", "type: scene\npov: 林$0", "林 美雪 🐟", Files), Is.EqualTo("type: scene\npov: 林 美雪 🐟"));
            Assert.That(Accept("scenes/1.yaml", "type: scene\npov: élé$0", "Éléonore", Files), Is.EqualTo("type: scene\npov: Éléonore"));
            Assert.That(Accept("scenes/1.yaml", "type: scene\npov: \"Pike$0\"", "Tom \"The Pike\" O'Neil", Files), Is.EqualTo("type: scene\npov: \"Tom \\\"The Pike\\\" O'Neil\""));
            Assert.That(Accept("scenes/1.yaml", "type: scene\npov: 'Pike$0'", "Tom \"The Pike\" O'Neil", Files), Is.EqualTo("type: scene\npov: 'Tom \"The Pike\" O''Neil'"));
        });
    }

    [Test]
    public void Long_lists_are_cut_and_say_so()
    {
        var files = string.Concat(Enumerable.Range(0, 300).Select(i => $"//- characters/c{i}.yaml\ntype: character\nname: Cal {i}\n")) + "//- characters/zed.yaml\ntype: character\nname: Zed\n";
        var all = Complete("scenes/1.yaml", "type: scene\npov: $0", files, "");
        var typed = Complete("scenes/1.yaml", "type: scene\npov: ze$0", files, "");
        Assert.Multiple(() =>
        {
            Assert.That(all.Items, Has.Count.EqualTo(Completions.MostItems));
            Assert.That(all.IsIncomplete, Is.True);
            Assert.That(typed.Items[0].Label, Is.EqualTo("Zed"));
            Assert.That(typed.IsIncomplete, Is.False);
        });
    }

    /// <summary>Some editors compare the beginning of what an item is filtered by, case and all.</summary>
    [TestCase("ada")]
    [TestCase("ADA")]
    [TestCase("Ada V")]
    [TestCase("ada-v")]
    public void What_an_item_is_filtered_by_begins_with_what_is_typed(string typed)
    {
        var (_, list) = Run("scenes/1.yaml", "type: scene\npov: " + typed + "$0", "", Cast, new());
        Assert.That(list.Items[0].FilterText, Does.StartWith(typed));
    }

    [Test]
    public void An_item_is_documented_when_it_is_resolved()
    {
        var (workspace, list) = Run("scenes/1.yaml", "type: scene\npov: Ada$0", "", Cast, new());
        var item = list.Items[0];
        Assert.Multiple(() =>
        {
            Assert.That(item.Documentation, Is.Null);
            Assert.That(Completions.Resolve(workspace.Snapshot, item).Documentation, Does.Contain("**Ada Vane** · character").And.Contain("The Heron"));
            Assert.That(item.FilterText, Does.StartWith("Ada Vane").And.Contain("ada-vane").And.Contain("The Heron"));
            Assert.That(item.Detail, Is.EqualTo("character · ada-vane"));
        });
    }

    private static string[] Labels(string path, string text, string files = "", string cast = Cast) => [.. Complete(path, text, files, cast).Items.Select(item => item.Label)];

    private static CompletionList Complete(string path, string text, string files, string cast) => Run(path, text, files, cast, new()).List;

    private static string Accept(string path, string text, string label, string files = "", CompletionOptions? options = null)
    {
        var (workspace, list) = Run(path, text, files, Cast, options ?? new());
        var item = list.Items.FirstOrDefault(candidate => candidate.Label == label);
        Assert.That(item, Is.Not.Null, $"`{label}` is not among: {string.Join(", ", list.Items.Select(candidate => candidate.Label))}");
        Assert.That(item!.Span.Touches(text.IndexOf("$0", StringComparison.Ordinal)), Is.True, "the caret is not in the replaced text");
        return workspace.Text(path)!.WithEdit(item.Span, item.NewText).Text;
    }

    private static (FixtureWorkspace Workspace, CompletionList List) Run(string path, string text, string files, string cast, CompletionOptions options)
    {
        var caret = text.IndexOf("$0", StringComparison.Ordinal);
        var texts = FixtureFile.Parse(cast + files + "//- picture.png\n").ToDictionary(file => file.Path, file => file.Text);
        texts[path] = text.Remove(caret, 2);
        var workspace = FixtureWorkspace.OfTexts(texts);
        return (workspace, Completions.At(workspace.Snapshot, path, caret, options, CancellationToken.None));
    }
}
